// For any sets of held and required scopes, any user, project and server: the required scopes fall into held, missing
// and unverified exactly as the facts say, and it costs what was promised.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { oldFields, type Settings, type SpeckleServer } from '../../dev/speckle-server/server.ts';
import type { ServerRole } from '../../dev/speckle-server/world.ts';
import { canBeProbed, knownScopes } from '../../src/speckle/scopes.ts';
import { requirements, startServer, verifyAt } from './bench.ts';

const off = { workspaces: false, dashboards: false, billing: false, automate: false } as const;
const on = { workspaces: true, dashboards: true, billing: true, automate: true } as const;

/** Servers, each with the scopes whose probe it does not know. */
const kinds: readonly { readonly settings: Settings; readonly unknown?: readonly string[] }[] = [
  { settings: { modules: on } },
  { settings: { modules: off } },
  { settings: { modules: { ...on, automate: 'down' } } },
  { settings: { batching: false, oldErrors: true } },
  { settings: { batching: false, oldErrors: true, absentFields: oldFields } },
  { settings: { oldErrors: true, absentFields: oldFields.slice(1) } },
  {
    settings: {
      absentFields: [
        ...oldFields,
        'Mutation.dashboardMutations',
        'Query.adminStreams',
        'WorkspaceMutations.billing',
      ],
    },
    unknown: ['workspace:update', 'server:stats', 'workspace:billing'],
  },
  {
    settings: {
      batching: false,
      absentFields: ['User.apiTokens', 'Query.workspace', 'Mutation.automateMutations'],
    },
    unknown: ['tokens:read', 'workspace:read', 'automate-functions:write'],
  },
];

const servers: SpeckleServer[] = [];
beforeAll(async () => {
  for (const { settings } of kinds) servers.push(await startServer(settings));
});
afterAll(() => Promise.all(servers.map((server) => server.close())));

const anyScopes = fc.subarray([...knownScopes, 'future:thing']);
const mostScopes = anyScopes.map((without) => knownScopes.filter((scope) => !without.includes(scope)));
const cases = fc.record({
  kind: fc.nat(kinds.length - 1),
  held: fc.oneof(anyScopes, mostScopes),
  required: fc.oneof(anyScopes, fc.subarray([...knownScopes], { maxLength: 4 })),
  role: fc.constantFrom<ServerRole[]>('server:admin', 'server:user', 'server:guest'),
  personal: fc.boolean(),
  excessScopes: fc.constantFrom('ignore', 'warn', 'fail'),
  project: fc.constantFrom(
    undefined,
    'owner',
    'contributor',
    'reviewer',
    'public',
    'stranger',
    'missing',
    'limited',
  ),
  permission: fc.constantFrom('read', 'write'),
});

type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

test('scopes, projects and costs are as the facts say', async () => {
  await fc.assert(fc.asyncProperty(cases, check), { numRuns: 300 });
}, 60_000);

async function check(facts: Case): Promise<void> {
  const server = servers[facts.kind];
  const { settings, unknown = [] } = kinds[facts.kind] ?? { settings: {} };
  if (!server) throw new Error('There is no such server.');
  const { token, project } = populate(server, facts);
  const permission = facts.project ? facts.permission : 'read';
  const scopes = [
    ...facts.required,
    ...(facts.project ? ['streams:read'] : []),
    ...(permission === 'write' ? ['streams:write'] : []),
  ].join(' ');
  const wanted = { scopes, excessScopes: facts.excessScopes, project, permission };
  const verdict = await verifyAt(server, token, wanted);

  const required = requirements(server.url, token, wanted).scopes;
  const expected = expectedScopes(facts, required, unknown);
  const { held = [], missing, unverified, excess } = verdict.scopes ?? {};
  expect({ held: held.filter((scope) => required.includes(scope)), missing, unverified }).toEqual(expected);
  // Nothing is called held that is not.
  expect(facts.held).toEqual(expect.arrayContaining([...held]));
  expect(excess).toEqual(
    facts.excessScopes === 'ignore' ? undefined : held.filter((scope) => !required.includes(scope)),
  );
  expect(verdict.failure?.code).toBe(expectedFailure(facts, permission, expected.missing, excess));
  expect(verdict.user?.role).toBe(facts.held.includes('profile:read') ? facts.role : undefined);
  checkCost(facts, settings, required, verdict);
}

function populate({ world }: SpeckleServer, facts: Case): { token: string; project: string | undefined } {
  world.tokens.clear();
  const user = world.addUser({ role: facts.role });
  const other = world.addUser();
  const isRole = facts.project === 'owner' || facts.project === 'contributor' || facts.project === 'reviewer';
  const project = world.addProject({
    visibility: facts.project === 'public' ? 'PUBLIC' : 'PRIVATE',
    roles: [
      [other, 'stream:owner'],
      ...(isRole ? [[user, `stream:${facts.project}`] as const] : []),
    ] as never,
  });
  const token = world.addToken({
    user,
    scopes: facts.held,
    kind: facts.personal ? 'personal' : 'app',
    ...(facts.project === 'limited' && { projects: [] }),
  });
  const id = facts.project === 'missing' ? 'ffffffffff' : project.id;
  return { token, project: facts.project && id };
}

function expectedScopes(facts: Case, required: readonly string[], unknown: readonly string[]) {
  const holds = (scope: string): boolean => facts.held.includes(scope);
  const showsEntry =
    holds('profile:read') && holds('tokens:read') && facts.personal && facts.role !== 'server:guest';
  const asked =
    facts.excessScopes !== 'ignore' || required.includes('tokens:read') || !required.every(canBeProbed);
  const entry = showsEntry && asked && !unknown.includes('tokens:read');
  const isSeen = (scope: string): boolean => {
    if (entry) return true;
    // These two are fields of the user, whom profile:read guards.
    if (scope === 'profile:email' || scope === 'tokens:read')
      return holds('profile:read') && !unknown.includes(scope);
    return canBeProbed(scope) && !unknown.includes(scope);
  };
  return {
    held: required.filter((scope) => isSeen(scope) && holds(scope)),
    missing: required.filter((scope) => isSeen(scope) && !holds(scope)),
    unverified: required.filter((scope) => !isSeen(scope)),
  };
}

function expectedFailure(
  facts: Case,
  permission: string,
  missing: readonly string[],
  excess: readonly string[] = [],
): string | undefined {
  if (missing.length > 0) return 'missing-scope';
  if (facts.project === 'missing') return 'project-not-found';
  if (facts.project === 'stranger' || facts.project === 'limited') return 'project-forbidden';
  const writes = facts.project === 'owner' || facts.project === 'contributor';
  if (facts.project && permission === 'write' && !writes) return 'project-forbidden';
  return facts.excessScopes === 'fail' && excess.length > 0 ? 'excess-scope' : undefined;
}

function checkCost(
  facts: Case,
  { batching = true, absentFields = [], modules = off }: Settings,
  required: readonly string[],
  { failure, operations }: Awaited<ReturnType<typeof verifyAt>>,
): void {
  const batches = operations.filter((count) => count > 1).length;
  // One by one, there is at most one request that was refused for being a batch.
  if (!batching) expect(batches).toBeLessThanOrEqual(1);
  else expect(operations.length).toBeLessThanOrEqual(2);

  const alone = ['workspace:read', 'automate-functions:read', 'server:setup'];
  const ofModules = ['workspace:billing', 'workspace:update', 'automate-functions:write'];
  const always = ['streams:write', 'profile:write', 'users:invite'];
  const count = (scopes: readonly string[]): number =>
    required.filter((scope) => scopes.includes(scope)).length;
  const promised = 1 + Math.min(1, count([...always, ...ofModules])) + count(alone);
  const modulesFail = modules !== on && count(ofModules) > 1;
  const plain = !failure && batching && absentFields.length === 0;
  if (plain && !modulesFail) {
    expect(operations).toHaveLength(1);
    if (facts.excessScopes === 'ignore') expect(operations).toEqual([promised]);
  }
}
