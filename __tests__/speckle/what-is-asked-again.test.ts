// A server may fail for a moment: its identity is worth asking again, a probe is not.
import { expect, test } from '@jest/globals';
import { isTemporary } from '../../src/speckle/answer.ts';
import { plainTransport, startServer, tokenIn, verifyAt } from './bench.ts';

const internal = { message: 'Boom', extensions: { code: 'INTERNAL_SERVER_ERROR' } };
const at = (...path: string[]): object => ({ data: null, errors: [{ ...internal, path }] });
const known = { data: { serverInfo: {}, activeUser: {} } };

test.each<[what: string, result: unknown, temporary: boolean]>([
  ['an operation that fails as a whole', { data: null, errors: [internal] }, true],
  ['a user that fails', at('activeUser'), true],
  ['a server that fails', at('serverInfo', 'name'), true],
  ['a user that fails, in a batch', [at('activeUser'), known], true],
  ['a project that fails', at('project'), false],
  ['a list of tokens that fails', at('own', 'apiTokens'), false],
  ['another operation of a batch', [known, at('projectMutations')], false],
  [
    'a user that fails in another way',
    { data: null, errors: [{ message: 'Boom', path: ['activeUser'] }] },
    false,
  ],
  ['no failure', known, false],
  ['no GraphQL', 'Boom', false],
])('%s', (_, result, temporary) => {
  expect(isTemporary({ status: 200, headers: {}, body: JSON.stringify(result) })).toBe(temporary);
});

test('only requests that ask for the identity say what is temporary', async () => {
  await using server = await startServer({ batching: false });
  const asked: boolean[] = [];
  await verifyAt(server, tokenIn(server.world, 'profile:read'), { scopes: 'write' }, (request) => {
    asked.push(request.isTemporary !== undefined);
    return plainTransport(request);
  });
  expect(asked).toEqual([true, true, false]);
});
