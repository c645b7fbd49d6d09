import { expect, test } from '@jest/globals';
import { runAction } from '../../dev/runner/run-action.ts';
import { authenticate, expectFailure, operations, speckleServer } from './scenario.ts';

test('an expired token costs one request and names the token page', async () => {
  const server = await speckleServer();
  const token = server.world.addToken({ scopes: ['profile:read'], createdAt: new Date(0), lifespan: 1 });
  const result = await runAction({ with: { server: server.url, token } });
  const message = expectFailure(result, 'invalid-token');
  expect(message).toContain(`${server.url}/settings/user/developer`);
  expect(message).toContain(`${token.slice(0, 3)}…`);
  expect(message).toContain('input server');
  expect(message).toMatch(/\(Request id of the server: [\da-f-]{36}\)/);
  expect(result.outputs).toMatchObject({ 'token-hint': `${token.slice(0, 3)}…`, 'token-source': 'input' });
  expect(operations(server)).toEqual([1]);
});

test('all missing scopes are named at once, with what is known besides', async () => {
  const server = await speckleServer();
  const result = await authenticate(server, 'profile:read', { scopes: 'write profile:email' });
  const message = expectFailure(result, 'missing-scope');
  expect(message).toContain('profile:email, streams:read and streams:write');
  expect(result.outputs).toMatchObject({
    scopes: 'profile:read',
    'missing-scopes': 'profile:email streams:read streams:write',
    'user-name': 'Ada Engineer',
  });
  expect(server.requests.length).toBeLessThanOrEqual(2);
});

test('without profile:read the others cannot be told for certain', async () => {
  const server = await speckleServer();
  const result = await authenticate(server, 'streams:read', { scopes: 'read' });
  expect(expectFailure(result, 'missing-scope')).toMatch(/profile:read.*embed/);
});

test('an answer as to nobody is no success', async () => {
  const server = await speckleServer({ resolvers: { 'Query.activeUser': () => null } });
  const result = await authenticate(server, 'profile:read', { scopes: 'read' });
  expect(expectFailure(result, 'anonymous')).toContain('as if no token had been sent');
});
