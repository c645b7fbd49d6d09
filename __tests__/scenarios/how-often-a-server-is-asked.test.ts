// The limit of a server counts operations, and all jobs of a matrix share it: one request on success, whatever is
// required, and at most one more where something is refused or the server is older.
import { describe, expect, test } from '@jest/globals';
import type { Fault } from '../../dev/speckle-server/faults.ts';
import { oldFields, type Settings } from '../../dev/speckle-server/server.ts';
import {
  annotations,
  authenticate,
  cardRows,
  expectFailure,
  expectVerified,
  operations,
  speckleServer,
} from './scenario.ts';

const on = { workspaces: true, dashboards: true, billing: true, automate: true };
const ofModules = 'workspace:billing workspace:update automate-functions:write';

describe('success is one request', () => {
  test.each([
    ['profile:read', 1],
    ['read profile:email users:read apps:read server:stats tokens:read', 1],
    ['write', 2],
    ['write profile:write users:invite', 2],
    [ofModules, 2],
    ['automate tokens:read', 2],
    ['workspace:read', 2],
    ['automate-functions:read', 2],
    ['server:setup', 2],
    ['write workspace:read automate-functions:read server:setup', 5],
  ])('%s: operations %i', async (scopes, count) => {
    const server = await speckleServer({ modules: on });
    const held = `profile:read streams:read streams:write automate:report-results ${scopes}`;
    expectVerified(await authenticate(server, held, { scopes }));
    expect(operations(server)).toEqual([count]);
  });

  test('with a project, its role and permissions too', async () => {
    const server = await speckleServer();
    const inputs = { project: server.world.addProject().id, permission: 'write' };
    const result = await authenticate(server, 'profile:read streams:read streams:write', inputs);
    expect(expectVerified(result)).toContain('It may write to the project Bridge');
    expect(operations(server)).toEqual([2]);
  });

  test('and an audit is one request too, whatever it finds', async () => {
    const server = await speckleServer({ modules: on });
    const scopes = `profile:read ${ofModules} workspace:read server:setup`;
    expectVerified(await authenticate(server, scopes, { 'excess-scopes': 'warn' }));
    expectVerified(await authenticate(server, 'profile:read', { 'excess-scopes': 'fail' }));
    expect(operations(server)).toEqual([9, 9]);
  });

  test('and may be two where several modules are off', async () => {
    const server = await speckleServer();
    expectVerified(await authenticate(server, `profile:read ${ofModules}`, { scopes: ofModules }));
    expect(operations(server)).toEqual([2, 2]);
  });
});

describe('a refusal', () => {
  test.each([
    ['of what the first answer tells whole', 'profile:read', 'read users:read', [1]],
    ['of one scope for writing', 'profile:read streams:read', 'write', [2]],
    ['of several scopes for writing', 'profile:read', 'write profile:write users:invite', [2, 2]],
    ['where the token shows all its scopes', 'profile:read tokens:read', 'automate users:invite', [2]],
  ])('%s', async (_, held, scopes, counts) => {
    const server = await speckleServer();
    expectFailure(await authenticate(server, held, { scopes }), 'missing-scope');
    expect(operations(server)).toEqual(counts);
  });

  test('of the project costs one request more, and what is missing is named all the same', async () => {
    const server = await speckleServer();
    const inputs = { project: '0000000000', permission: 'write', scopes: 'users:read' };
    const result = await authenticate(server, 'profile:read streams:read', inputs);
    expect(expectFailure(result, 'missing-scope')).toContain('the scopes streams:write and users:read');
    expect(operations(server)).toHaveLength(2);
  });

  test('of the token costs one request', async () => {
    const server = await speckleServer();
    const result = await authenticate(server, 'profile:read', { token: 'f'.repeat(42), scopes: 'write' });
    expectFailure(result, 'invalid-token');
    expect(operations(server)).toEqual([2]);
  });
});

describe('a server that takes no batches', () => {
  test('is asked the same operations one by one', async () => {
    const server = await speckleServer({ batching: false });
    const scopes = 'profile:read streams:read streams:write server:setup';
    expectVerified(await authenticate(server, scopes, { scopes }));
    expect(operations(server)).toEqual([3, 1, 1, 1]);
    expect(server.requests[0]?.status).toBe(400);
  });

  test('and never in a batch where one operation will do', async () => {
    const server = await speckleServer({ batching: false });
    expectVerified(await authenticate(server, 'profile:read streams:read', { scopes: 'read' }));
    expect(operations(server)).toEqual([1]);
  });

  test('names everything that is missing, without a second try of a batch', async () => {
    const server = await speckleServer({ batching: false });
    const result = await authenticate(server, 'profile:read', { scopes: 'write profile:write users:invite' });
    const message = expectFailure(result, 'missing-scope');
    expect(message).toMatch(/ \(Request id of the server: [\da-f-]{36}\)$/);
    expect(result.outputs['missing-scopes']).toBe('profile:write streams:read streams:write users:invite');
    // What is asked again would be a batch of two: that is not tried any more.
    expect(operations(server)).toEqual([2, 1, 1, 1, 1]);
  });
});

describe('an older server', () => {
  test('without permissions and migration is asked once more', async () => {
    const server = await speckleServer({ absentFields: oldFields, oldErrors: true });
    const inputs = { project: server.world.addProject().id, permission: 'write' };
    const result = await authenticate(server, 'profile:read streams:read streams:write', inputs);
    expectVerified(result);
    expect(result.outputs).toMatchObject({ 'project-name': 'Bridge', 'project-role': 'stream:owner' });
    expect(server.requests).toHaveLength(2);
  });

  test('that names a scope in its sentence alone is understood', async () => {
    const server = await speckleServer({ absentFields: oldFields, oldErrors: true, batching: false });
    const result = await authenticate(server, 'profile:read', { scopes: 'write users:read profile:write' });
    expectFailure(result, 'missing-scope');
    expect(result.outputs).toMatchObject({
      scopes: 'profile:read',
      'missing-scopes': 'profile:write streams:read streams:write users:read',
    });
  });

  test('that does not know one of the operations answers 400 with all the others, which count', async () => {
    const server = await speckleServer({ absentFields: ['Mutation.dashboardMutations'] });
    const scopes = 'streams:read streams:write workspace:update';
    const result = await authenticate(server, 'profile:read streams:read streams:write', { scopes });
    expectVerified(result);
    expect(result.outputs).toMatchObject({
      scopes: 'profile:read streams:read streams:write',
      'unverified-scopes': 'workspace:update',
    });
    expect(annotations(result, 'Notice')).toEqual([
      'Not verified: the scope workspace:update, of which this server tells nothing. It may be too old to be asked.',
    ]);
    expect(server.requests.map(({ status }) => status)).toEqual([400, 400]);
  });
});

test.each<[what: string, settings: Settings, fault: Fault, status: string]>([
  ['refused by a gateway', {}, { answer: { status: 401 } }, 'not-speckle'],
  ['never answered', {}, { stall: true, times: Infinity }, 'timeout'],
  ['never answered, one by one', { batching: false }, { stall: true, times: Infinity }, 'timeout'],
])('what the first request told stays known where the next is %s', async (_, settings, fault, status) => {
  const server = await speckleServer(settings);
  const answered = settings.batching === false ? 2 : 1;
  server.faults.push({ ...fault, when: () => server.requests.length > answered });
  const result = await authenticate(server, 'profile:read', { scopes: 'write profile:write', timeout: '1' });
  expectFailure(result, status);
  expect(result.outputs).toMatchObject({
    scopes: 'profile:read',
    'user-name': 'Ada Engineer',
    'server-version': '2.31.14',
  });
  expect(result.outputs['missing-scopes']?.split(' ')).toContain('streams:read');
  expect(cardRows(result)['User']).toContain('Ada Engineer');
  // That some scopes are unknown yet is not the fault of the server's age.
  expect(annotations(result, 'Notice')).toEqual([]);
});
