// Each row of the table, from the answers that were recorded with a real server.
import { expect, test } from '@jest/globals';
import { readAnswer } from '../../src/speckle/answer.ts';
import { learnScopes } from '../../src/speckle/learn.ts';
import { compose } from '../../src/speckle/operation.ts';
import { knownScopes, canBeProbed, probes } from '../../src/speckle/scopes.ts';
import { exchanges } from '../../dev/recordings/exchanges.ts';
import { startServer, tokenIn, verifyAt } from './bench.ts';

/** `field` is the first of the recorded path, where it differs from ours. */
const recorded: [exchange: number, at: number, scope: string, told: string | undefined, field?: string][] = [
  [10, 1, 'streams:read', 'held'],
  [10, 2, 'users:read', 'missing'],
  [10, 4, 'server:stats', 'missing', 'admin'],
  [10, 5, 'workspace:read', 'missing'],
  [10, 6, 'automate-functions:read', 'missing'],
  [10, 7, 'streams:write', 'held'],
  [10, 8, 'profile:write', 'missing'],
  [10, 9, 'users:invite', 'missing', 'workspaceMutations'],
  [10, 10, 'automate-functions:write', 'missing'],
  [10, 11, 'workspace:update', 'missing'],
  [11, 1, 'streams:read', 'missing'],
  [11, 7, 'streams:write', 'missing'],
  [13, 2, 'users:read', 'held'],
  [14, 8, 'profile:write', 'held'],
  [20, 0, 'apps:read', 'missing'],
  [28, 0, 'tokens:read', 'held', 'activeUser'],
  [29, 0, 'streams:read', undefined],
  [39, 0, 'server:stats', 'held', 'admin'],
  [39, 1, 'server:stats', 'held'],
  [40, 1, 'users:read', undefined],
  [40, 2, 'streams:write', undefined],
  [40, 2, 'server:setup', undefined, 'projectMutations'],
  [41, 0, 'users:invite', 'held', 'workspaceMutations'],
  [42, 0, 'workspace:read', 'held'],
  [43, 0, 'workspace:update', 'held'],
  [44, 0, 'workspace:billing', 'held', 'workspaceMutations'],
  [45, 0, 'automate-functions:read', 'held'],
  [46, 0, 'automate-functions:write', 'held'],
  [47, 0, 'server:setup', 'held'],
  [48, 0, 'profile:write', 'held'],
  [49, 0, 'apps:read', 'held'],
  [50, 0, 'users:read', 'held'],
  [51, 0, 'workspace:read', 'missing'],
];

test.each(recorded)('recording %i, answer %i: %s is %s', (number, at, scope, told, field = '') => {
  const probe = probes.find((one) => one.scope === scope);
  if (!probe) throw new Error(scope);
  const asked = { ...probe, ...(field && { key: field }) };
  const operation = { document: '', identity: false, project: false, probes: [asked] };
  const answered = [{ operation, answer: recordedAnswer(number, at) }];
  expect(learnScopes(answered).get(scope)).toBe(told);
});

test.each<[exchange: number, read: string | undefined, email: string | undefined]>([
  [1, undefined, undefined],
  [2, 'held', 'held'],
  [3, 'held', 'missing'],
  [4, 'missing', undefined],
])('recording %i: profile:read is %s, profile:email %s', (number, read, email) => {
  const operation = { document: '', identity: true, project: false, probes: [] };
  const told = learnScopes([{ operation, answer: recordedAnswer(number, 0) }]);
  expect([told.get('profile:read'), told.get('profile:email')]).toEqual([read, email]);
});

test.each<[exchange: number, told: string | undefined]>([
  [21, 'held'],
  [24, 'held'],
  [25, 'held'],
  [26, 'held'],
  [27, 'missing'],
  [29, undefined],
])('recording %i of a project: streams:read is %s', (number, told) => {
  const operation = { document: '', identity: false, project: true, probes: [] };
  expect(learnScopes([{ operation, answer: recordedAnswer(number, 0) }]).get('streams:read')).toBe(told);
});

test.each([
  ['Your auth token does not have the required scope: server:setup.', 'missing'],
  ['Missing the scope "server:setup"', 'missing'],
  ['Your scopes do not suffice', undefined],
  ['You do not have the required server role', 'held'],
])('an old server that says %j', (message, told) => {
  const asked = probes.filter(({ scope }) => scope === 'server:setup');
  const operation = { document: '', identity: false, project: false, probes: asked };
  const error = { message, path: ['serverInfoMutations'], extensions: { code: 'FORBIDDEN' } };
  const answer = readAnswer({ data: null, errors: [error] });
  expect(learnScopes([{ operation, answer }]).get('server:setup')).toBe(told);
});

test('recording 19: what stands behind a refused namespace stays unknown', () => {
  const asked = ['streams:write', 'profile:write'].map((scope, at) => {
    const probe = probes.find((one) => one.scope === scope);
    if (!probe) throw new Error(scope);
    return { ...probe, key: 'ab'[at] ?? '' };
  });
  const operation = { document: '', identity: false, project: false, probes: asked };
  const told = learnScopes([{ operation, answer: recordedAnswer(19, 0) }]);
  expect(Object.fromEntries(told)).toEqual({ 'streams:write': 'missing' });
});

test.each(knownScopes.filter((scope) => !canBeProbed(scope)))(
  '%s: unverified, or told by the entry',
  async (scope) => {
    await using server = await startServer();
    const blind = await verifyAt(server, tokenIn(server.world, `profile:read ${scope}`), { scopes: scope });
    expect(blind.failure).toBeUndefined();
    expect(blind.scopes).toEqual({ held: ['profile:read'], missing: [], unverified: [scope] });
    expect(blind.notices).toEqual([
      `Not verified: the scope ${scope}, of which a server tells nothing before they are used. A personal token with tokens:read shows all its scopes; if you give it that one, name it in the input scopes too.`,
    ]);

    const held = await verifyAt(server, tokenIn(server.world, `profile:read tokens:read ${scope}`), {
      scopes: scope,
    });
    expect(held.failure).toBeUndefined();
    expect(held.scopes).toMatchObject({ missing: [], unverified: [] });
    expect(held.notices).toEqual([]);

    const missing = await verifyAt(server, tokenIn(server.world, 'profile:read tokens:read'), {
      scopes: scope,
    });
    expect(missing.scopes).toEqual({
      held: ['profile:read', 'tokens:read'],
      missing: [scope],
      unverified: [],
    });
  },
);

function recordedAnswer(number: number, at: number) {
  const json = exchanges.find((exchange) => exchange.number === number)?.response.json;
  return readAnswer(Array.isArray(json) ? json[at] : json);
}

test.each(probes.filter(({ nested }) => nested))(
  'what goes wrong around the guarded field of $scope proves nothing',
  (probe) => {
    const error = { message: '', code: 'FORBIDDEN', statusCode: 403 };
    const told = (...path: string[]) =>
      learnScopes([
        { operation: compose({ probes: [probe] }), answer: { errors: [{ ...error, path }] } },
      ]).get(probe.scope);
    expect(told(probe.key)).toBeUndefined();
    expect(told(probe.key, 'inner')).toBe('held');
  },
);

test('a refusal counts, whatever data comes beside it', () => {
  const operation = compose({ probes: probes.filter(({ scope }) => scope === 'streams:read') });
  const refusal = { message: '', path: ['elsewhere'], code: 'FORBIDDEN', scope: 'streams:read' };
  const answer = { data: { streams: { totalCount: 0 } }, errors: [refusal] };
  expect(learnScopes([{ operation, answer }]).get('streams:read')).toBe('missing');
});
