// Servers differ by age and settings; the embedded one can be any of them.
import { expect, test } from '@jest/globals';
import { oldFields, type Settings, startSpeckleServer } from '../../dev/speckle-server/server.ts';
import { ask } from './ask.ts';

async function askOnce(settings: Settings, query: string | string[], ...scopes: string[]) {
  await using server = await startSpeckleServer(settings);
  return await ask(server, query, server.world.addToken({ scopes }));
}

const firstError = (message: unknown, extensions: object) => ({
  json: { errors: [{ message, extensions }] },
});

test('without batching', async () => {
  const answer = await askOnce({ batching: false }, ['{ serverInfo { name } }']);
  const message = 'Operation batching disabled.';
  expect(answer.status).toBe(400);
  expect(answer.json).toEqual({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] });
});

test('before mid-2024 the missing scope stands in the message alone', async () => {
  const { json } = await askOnce({ oldErrors: true }, '{ activeUser { id } }');
  const message = 'Your auth token does not have the required scope: profile:read.';
  expect(json).toMatchObject({ errors: [{ message, extensions: { code: 'FORBIDDEN' } }] });
  expect(JSON.stringify(json)).not.toContain('"scope"');
});

test.each([
  ['{ serverInfo { migration { movedTo } } }', 'Cannot query field "migration" on type "ServerInfo".'],
  ['{ project(id: "") { permissions { canRead { code } } } }', expect.stringContaining('"permissions"')],
])('before 2.18.5 there was no such field: %s', async (query, message) => {
  const answer = await askOnce({ absentFields: oldFields }, query);
  expect(answer).toMatchObject({
    status: 400,
    ...firstError(message, { code: 'GRAPHQL_VALIDATION_FAILED' }),
  });
});

test('a field that never was cannot be left out', async () => {
  await expect(startSpeckleServer({ absentFields: ['Query.nope'] })).rejects.toThrow('no field Query.nope');
});

test.each([
  ['workspace:read', '{ workspace(id: "") { id } }', 'WORKSPACES_MODULE_DISABLED_ERROR'],
  ['workspace:update', 'mutation { dashboardMutations { __typename } }', 'INTERNAL_SERVER_ERROR'],
  [
    'workspace:billing',
    'mutation { workspaceMutations { billing { __typename } } }',
    'INTERNAL_SERVER_ERROR',
  ],
  ['automate-functions:read', '{ automateFunction(id: "") { id } }', 'INTERNAL_SERVER_ERROR'],
  ['automate-functions:write', 'mutation { automateMutations { __typename } }', 'INTERNAL_SERVER_ERROR'],
])('with its modules off %s guards a field that fails in its own way', async (scope, query, code) => {
  expect(await askOnce({}, query)).toMatchObject(firstError(expect.anything(), { code: 'FORBIDDEN', scope }));
  expect(await askOnce({}, query, scope)).toMatchObject(firstError(expect.anything(), { code }));
});

test('a functions service that is down is told late, as an error of the server', async () => {
  const query = '{ automateFunction(id: "") { id } }';
  const answer = await askOnce({ modules: { automate: 'down' } }, query, 'automate-functions:read');
  expect(answer).toMatchObject(firstError(expect.anything(), { code: 'INTERNAL_SERVER_ERROR' }));
});

test('values that no good server gives', async () => {
  const name = '"<b>\n::error::x';
  const settings = { resolvers: { 'ServerInfo.name': () => name, 'Query.activeUser': () => ({ id: null }) } };
  const { json } = await askOnce(settings, '{ serverInfo { name } activeUser { id } }', 'profile:read');
  expect(json).toMatchObject({ data: { serverInfo: { name }, activeUser: null } });
});
