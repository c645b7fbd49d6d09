// A required scope that the server cannot tell is asked once more, and is never taken for held.
import { expect, test } from '@jest/globals';
import { authenticate, expectFailure, expectVerified, operations, speckleServer } from './scenario.ts';

const all = 'profile:read streams:read streams:write';

/** Fails so many times, behind the guards. */
function failing(times: number): () => unknown {
  let left = times;
  return () => {
    if (left-- > 0) throw new Error('The database is away.');
    return {};
  };
}

test.each([
  ['Mutation.projectMutations', 'streams:write', [2, 1]],
  ['Query.streams', 'streams:read', [1, 1]],
  // The field around the guarded one has no guard.
  ['Mutation.workspaceMutations', 'workspace:billing', [2, 1]],
  ['Mutation.workspaceMutations', 'users:invite', [2, 1]],
])('%s fails for good', async (field, scope, asked) => {
  const server = await speckleServer({ resolvers: { [field]: failing(Infinity) } });
  const result = await authenticate(server, all, { scopes: scope });
  const message = expectFailure(result, 'server-error');
  expect(message).toContain(`cannot tell whether the token holds the scope ${scope}`);
  expect(result.outputs).toMatchObject({ 'unverified-scopes': scope, 'user-name': 'Ada Engineer' });
  expect(result.stdout).not.toContain('::notice');
  expect(operations(server)).toEqual(asked);
});

test('a failure that passes costs one request more', async () => {
  const server = await speckleServer({ resolvers: { 'Mutation.projectMutations': failing(1) } });
  expectVerified(await authenticate(server, all, { scopes: 'streams:write' }));
  expect(operations(server)).toEqual([2, 1]);
});

test('a scope that is missing for certain is told first', async () => {
  const server = await speckleServer({ resolvers: { 'Query.streams': failing(Infinity) } });
  const result = await authenticate(server, 'profile:read streams:read', { scopes: 'write' });
  expect(expectFailure(result, 'missing-scope')).toContain('streams:write');
});
