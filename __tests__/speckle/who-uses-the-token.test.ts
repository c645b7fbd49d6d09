// The user, the allowed users, what is missing, and in which order the failures are told.
import { describe, expect, test } from '@jest/globals';
import { startServer, tokenIn, verifyAt, withoutToken } from './bench.ts';

const ada = { id: 'AbCdEf0123', name: 'Ada Engineer', email: 'Ada@Example.com' };

test('who and where', async () => {
  await using server = await startServer();
  server.world.server.name = 'Our\nServer';
  server.world.addUser({ ...ada, role: 'server:admin' });
  const verdict = await verifyAt(server, tokenIn(server.world, 'profile:read profile:email'));
  expect(verdict).toMatchObject({
    failure: undefined,
    server: { name: 'Our Server', version: '2.31.14' },
    user: { ...ada, role: 'server:admin' },
    scopes: { held: ['profile:email', 'profile:read'], missing: [], unverified: [] },
    warnings: [],
    notices: [],
  });
  const silent = await verifyAt(server, tokenIn(server.world, 'profile:read'));
  expect(silent.user).toEqual({ id: ada.id, name: ada.name, role: 'server:admin' });
});

describe('allowed users', () => {
  test('a name does not make anybody one of them', async () => {
    await using server = await startServer();
    server.world.addUser(ada);
    const token = tokenIn(server.world, 'profile:read');
    const { failure } = await verifyAt(server, token, { allowedUsers: ['ada engineer'] });
    expect(failure?.code).toBe('wrong-user');
  });

  test('the failure says who it is, not who is allowed nor the email', async () => {
    await using server = await startServer();
    server.world.addUser({ ...ada, name: '::warning::Ada\u202e' });
    const token = tokenIn(server.world, 'profile:read profile:email');
    const { failure } = await verifyAt(server, token, { allowedUsers: ['other@example.com'] });
    expect(failure).toMatchObject({
      problem:
        'The token belongs to “: :warning::Ada” (user id AbCdEf0123), who is not one of the allowed users.',
      remedy: 'Use a token of an allowed user, or add this user to the input allowed-users.',
    });
  });
});

describe('missing scopes', () => {
  test('all are named, with what a token should have', async () => {
    await using server = await startServer();
    const token = tokenIn(server.world, 'profile:read');
    const { failure } = await verifyAt(server, token, { scopes: 'write users:read' });
    expect(failure).toMatchObject({
      code: 'missing-scope',
      problem: 'The token lacks the scopes streams:read, streams:write and users:read.',
      remedy: `Make a token with the scopes profile:read, streams:read, streams:write and users:read on ${server.url}/settings/user/developer and use it in place of this one.`,
    });
  });

  test('without profile:read what is known is named', async () => {
    await using server = await startServer();
    const token = tokenIn(server.world, 'streams:write');
    const { failure, scopes, user, notices } = await verifyAt(server, token, {
      scopes: 'write profile:email',
    });
    expect(failure?.problem).toBe(
      'The token lacks the scopes profile:read and streams:read; without profile:read the others cannot all be checked.',
    );
    expect(scopes).toEqual({
      held: ['streams:write'],
      missing: ['profile:read', 'streams:read'],
      unverified: ['profile:email'],
    });
    expect([user, notices]).toEqual([undefined, []]);
  });

  test('an embed token is recognised', async () => {
    await using server = await startServer();
    const token = tokenIn(server.world, 'streams:read', { kind: 'embed' });
    const { failure } = await verifyAt(server, token, { scopes: 'read' });
    expect(failure?.problem).toContain('it holds streams:read, so it may be an embed token');
    const { failure: other } = await verifyAt(server, tokenIn(server.world, 'users:read'), {
      scopes: 'read',
    });
    expect(other?.problem).toBe(
      'The token lacks the scopes profile:read and streams:read; without profile:read the others cannot all be checked.',
    );
  });

  test('one scope alone', async () => {
    await using server = await startServer();
    const { failure } = await verifyAt(server, tokenIn(server.world, ''));
    expect(failure?.message).toMatch(
      /^The token lacks the scope profile:read\. Make a token with the scope profile:read on /,
    );
  });
});

test('nobody: a gateway that drops the header', async () => {
  await using server = await startServer();
  const token = tokenIn(server.world, 'profile:read apps:read');
  const verdict = await verifyAt(server, token, { scopes: 'apps:read' }, withoutToken);
  expect(verdict.failure).toMatchObject({
    code: 'anonymous',
    problem: `${server.url} answered as if no token had been sent.`,
    remedy: expect.stringContaining('remove the Authorization header'),
  });
  // Without a token the guards let everything pass: nothing of it counts.
  expect(verdict.server?.version).toBe('2.31.14');
  expect([verdict.user, verdict.scopes]).toEqual([undefined, undefined]);
  const project = server.world.addProject();
  const refused = await verifyAt(server, token, { scopes: 'read', project: project.id }, withoutToken);
  expect(refused.failure?.code).toBe('anonymous');
  const writing = await verifyAt(server, token, { scopes: 'write' }, withoutToken);
  expect(writing.failure?.code).toBe('anonymous');
  expect([writing.scopes, writing.operations]).toEqual([undefined, [2]]);
});

test('of several failures the first of the contract is told, and the facts of the others stay', async () => {
  await using server = await startServer();
  const project = server.world.addProject({ visibility: 'PUBLIC', roles: [] });
  const wanted = {
    scopes: 'write',
    permission: 'write',
    allowedUsers: ['someone'],
    excessScopes: 'fail',
    project: project.id,
  } as const;
  const few = tokenIn(server.world, 'profile:read users:read streams:read');
  const enough = tokenIn(server.world, 'profile:read users:read streams:read streams:write');
  const missing = await verifyAt(server, few, wanted);
  expect(missing.failure?.code).toBe('missing-scope');
  expect(missing).toMatchObject({ project: { name: 'Bridge' }, scopes: { excess: ['users:read'] } });
  const wrong = await verifyAt(server, enough, wanted);
  expect(wrong.failure?.code).toBe('wrong-user');
  const forbidden = await verifyAt(server, enough, { ...wanted, allowedUsers: [] });
  expect(forbidden.failure?.code).toBe('project-forbidden');
  const excess = await verifyAt(server, enough, { ...wanted, allowedUsers: [], permission: 'read' });
  expect(excess.failure?.code).toBe('excess-scope');
});
