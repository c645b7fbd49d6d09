// Excess scopes, expiry, a server that moved: what can be known besides.
import { describe, expect, test } from '@jest/globals';
import { startServer, today, tokenIn, verifyAt, type Wanted } from './bench.ts';

const day = 86_400_000;
const unseen =
  'Not visible to excess-scopes: the scopes apps:write, automate-functions:read, automate:report-results, profile:delete, tokens:write, users:email, workspace:create and workspace:delete. A personal token with tokens:read shows all its scopes; if you give it that one, name it in the input scopes too.';

describe('an audit', () => {
  const scopes =
    'profile:read streams:read profile:write workspace:delete server:setup automate-functions:read';
  const excess = ['profile:write', 'server:setup'];

  test('fails with the excess and with what a token should have', async () => {
    await using server = await startServer();
    const verdict = await verifyAt(server, tokenIn(server.world, scopes), {
      scopes: 'read',
      excessScopes: 'fail',
    });
    expect(verdict.failure).toMatchObject({
      code: 'excess-scope',
      problem:
        'The token can do more than this job needs: it also holds the scopes profile:write and server:setup.',
      remedy: `Make a token with only the scopes profile:read and streams:read on ${server.url}/settings/user/developer, or name the others in the input scopes if the job needs them.`,
    });
    expect(verdict.scopes).toMatchObject({ excess, missing: [], unverified: [] });
    expect(verdict.notices).toEqual([unseen]);
    expect(verdict.operations).toHaveLength(1);
    expect(JSON.stringify(verdict.requests[0]?.body)).not.toContain('automateFunction(');
  });

  test('warns with the same sentences', async () => {
    await using server = await startServer();
    const verdict = await verifyAt(server, tokenIn(server.world, scopes), {
      scopes: 'read',
      excessScopes: 'warn',
    });
    expect(verdict.failure).toBeUndefined();
    expect(verdict.warnings).toEqual([
      expect.stringMatching(/^The token can do more .* profile:write and server:setup\. Make a token with /),
    ]);
  });

  test('sees everything where the token holds tokens:read', async () => {
    await using server = await startServer();
    const token = tokenIn(server.world, `${scopes} tokens:read`);
    const verdict = await verifyAt(server, token, { scopes: 'read', excessScopes: 'warn' });
    expect(verdict.scopes?.excess).toEqual([
      'automate-functions:read',
      'profile:write',
      'server:setup',
      'tokens:read',
      'workspace:delete',
    ]);
    expect(verdict.notices).toEqual([]);
  });

  test('finds nothing, and warns of nothing', async () => {
    await using server = await startServer();
    const token = tokenIn(server.world, 'profile:read streams:read');
    const verdict = await verifyAt(server, token, { scopes: 'read', excessScopes: 'fail' });
    expect(verdict).toMatchObject({ failure: undefined, warnings: [], scopes: { excess: [] } });
  });

  test('does not call unseen what was called unverified', async () => {
    await using server = await startServer();
    const token = tokenIn(server.world, 'profile:read');
    const verdict = await verifyAt(server, token, { scopes: 'workspace:delete', excessScopes: 'warn' });
    expect(verdict.notices).toEqual([
      expect.stringContaining('Not verified: the scope workspace:delete, of which'),
      unseen
        .replace('workspace:create and workspace:delete', 'and workspace:create')
        .replace(', and', ' and'),
    ]);
  });

  test('is not made unless it is asked for', async () => {
    await using server = await startServer();
    const verdict = await verifyAt(server, tokenIn(server.world, scopes), { scopes: 'read' });
    expect(verdict).toMatchObject({ failure: undefined, warnings: [], notices: [] });
    expect(verdict.scopes).toEqual({ held: ['profile:read', 'streams:read'], missing: [], unverified: [] });
  });
});

describe('the expiry', () => {
  const createdAt = new Date(today.getTime() - 2 * 3_600_000);
  const cases: [what: string, lifespan: number, expiresAt: Date | undefined, warning: string | undefined][] =
    [
      ['in a hundred years is none', 3_154_000_000_000, undefined, undefined],
      ['in 15 days', 15 * day, new Date(createdAt.getTime() + 15 * day), undefined],
      [
        'in less than 14 days',
        14 * day,
        new Date('2026-12-09T10:00:00Z'),
        'The token expires in 13 days, at 2026-12-09T10:00:00.000Z. Make a new one in time on PAGE.',
      ],
      [
        'of seconds given for milliseconds',
        90 * 86_400,
        new Date('2026-11-25T12:09:36Z'),
        'The token expires in less than a day, at 2026-11-25T12:09:36.000Z. Its lifespan is 7776000 milliseconds: if seconds were meant, make a new one with a lifespan of 7776000000.',
      ],
    ];

  test.each(cases)('%s', async (_, lifespan, expiresAt, warning) => {
    await using server = await startServer({ now: () => today.getTime() });
    const token = tokenIn(server.world, 'profile:read tokens:read', { lifespan, createdAt });
    tokenIn(server.world, 'profile:read', { lifespan: day, createdAt });
    const verdict = await verifyAt(server, token, { scopes: 'tokens:read' });
    expect(verdict.expiresAt).toEqual(expiresAt);
    expect(verdict.warnings).toEqual(
      warning ? [warning.replace('PAGE', `${server.url}/settings/user/developer`)] : [],
    );
  });

  test('a lifespan may be told as text', async () => {
    await using server = await startServer({
      now: () => today.getTime(),
      resolvers: { 'ApiToken.lifespan': () => String(30 * day) },
    });
    const token = tokenIn(server.world, 'profile:read tokens:read', { createdAt });
    const { expiresAt } = await verifyAt(server, token, { scopes: 'tokens:read' });
    expect(expiresAt).toEqual(new Date(createdAt.getTime() + 30 * day));
  });

  test.each([
    ['Query.activeUser', 'is not asked', 'read', 'profile:read streams:read tokens:read', {}],
    [
      'User.apiTokens',
      'of an app token is not told',
      'tokens:read',
      'profile:read tokens:read',
      { kind: 'app' },
    ],
  ] as const)('%s: %s', async (_, __, required, scopes, facts) => {
    await using server = await startServer({ now: () => today.getTime() });
    const token = tokenIn(server.world, scopes, { lifespan: day, createdAt, ...facts });
    const verdict = await verifyAt(server, token, { scopes: required });
    expect(verdict).toMatchObject({ failure: undefined, expiresAt: undefined, warnings: [] });
  });

  test('is unknown where the server tells nonsense', async () => {
    await using server = await startServer({ resolvers: { 'ApiToken.lifespan': () => 'soon' } });
    const token = tokenIn(server.world, 'profile:read tokens:read');
    const verdict = await verifyAt(server, token, { scopes: 'tokens:read' });
    expect(verdict).toMatchObject({ failure: undefined, expiresAt: undefined, warnings: [] });
  });
});

test('scopes that a server makes up are kept if they look like scopes, without a piece of the token', async () => {
  await using server = await startServer();
  const secret = 'a1b2c3d4e5'.padEnd(42, 'f');
  const made = ['new:scope', 'a b\n::error::', `new:${secret.slice(0, 20)}`];
  const token = server.world.addToken({ token: secret, scopes: ['profile:read', 'tokens:read', ...made] });
  const { scopes } = await verifyAt(server, token, { scopes: 'tokens:read' });
  expect(scopes?.held).toEqual(['new:***', 'new:scope', 'profile:read', 'tokens:read']);
});

test.each<[what: string, wanted: Wanted, code: string | undefined]>([
  ['with success', {}, undefined],
  ['with a failure', { scopes: 'profile:email' }, 'missing-scope'],
  ['where the project has moved along', { scopes: 'read', project: '0000000000' }, 'project-not-found'],
])('a server that moved is named, %s', async (_, wanted, code) => {
  await using server = await startServer();
  server.world.server.migration = { movedTo: 'https://new.example.com\n', movedFrom: null };
  const verdict = await verifyAt(server, tokenIn(server.world, 'profile:read streams:read'), wanted);
  expect(verdict.failure?.code).toBe(code);
  expect(verdict.warnings).toEqual([
    'This server says that it has moved to “https://new.example.com”. Use that address from now on.',
  ]);
});

test('a scope that an old server cannot be asked for is unverified', async () => {
  await using server = await startServer({ absentFields: ['Mutation.dashboardMutations'], oldErrors: true });
  const token = tokenIn(server.world, 'profile:read streams:write');
  const verdict = await verifyAt(server, token, { scopes: 'streams:write workspace:update' });
  expect(verdict.failure).toBeUndefined();
  expect(verdict.scopes).toEqual({
    held: ['profile:read', 'streams:write'],
    missing: [],
    unverified: ['workspace:update'],
  });
  expect(verdict.notices).toEqual([
    'Not verified: the scope workspace:update, of which this server tells nothing. It may be too old to be asked.',
  ]);
  expect(verdict.operations).toEqual([2, 2]);
});
