// The project is missing, the token is limited to others, the user has no role or too small a one: each is told apart.
import { describe, expect, test } from '@jest/globals';
import { oldFields } from '../../dev/speckle-server/server.ts';
import { refusal } from '../../dev/speckle-server/guards.ts';
import type { ProjectRole } from '../../dev/speckle-server/world.ts';
import { startServer, tokenIn, verifyAt } from './bench.ts';

const scopes = 'profile:read streams:read streams:write';
const writing = { scopes: 'write', permission: 'write' } as const;

test('a project that does not exist', async () => {
  await using server = await startServer();
  const { failure, project, user } = await verifyAt(server, tokenIn(server.world, scopes), {
    scopes: 'read',
    project: '0000000000',
  });
  expect(failure).toMatchObject({
    code: 'project-not-found',
    problem: `${server.url} has no project “0000000000”.`,
    remedy: expect.stringContaining('the input server'),
    message: expect.stringMatching(/\(Request id of the server: [\da-f-]{36}\)$/),
  });
  expect(project).toBeUndefined();
  expect(user?.name).toBe('Ada Engineer');
});

test('a project of others', async () => {
  await using server = await startServer();
  server.world.addUser({ name: 'Ada "the" Engineer' });
  const { id } = server.world.addProject({ roles: [] });
  const { failure } = await verifyAt(server, tokenIn(server.world, scopes), { scopes: 'read', project: id });
  expect(failure).toMatchObject({
    code: 'project-forbidden',
    problem: `The token’s user “Ada "the" Engineer” has no role in the project “${id}” and cannot see it.`,
    remedy: 'Ask an owner of the project to invite this user, or use a token of a user who has a role there.',
  });
});

test.each([
  ['another project', true],
  ['a missing project', false],
])('a token that is limited, and %s', async (_, exists) => {
  await using server = await startServer();
  const inside = server.world.addProject();
  const { id } = exists ? server.world.addProject() : { id: '0000000000' };
  const token = tokenIn(server.world, scopes, { projects: [inside.id] });
  const outside = await verifyAt(server, token, { scopes: 'read', project: id });
  expect(outside.failure).toMatchObject({
    code: 'project-forbidden',
    problem: `The token is limited to certain projects, and “${id}” is not one of them (a project that does not exist looks the same to it).`,
    remedy: expect.stringContaining(`${server.url}/settings/user/developer`),
  });
  const { failure } = await verifyAt(server, token, { scopes: 'read', project: inside.id });
  expect(failure).toBeUndefined();
});

describe.each([
  ['a server of today', []],
  ['a server too old to tell permissions', oldFields],
  ['a server that does not know canPublish', ['ProjectPermissionChecks.canPublish']],
])('%s', (_, absentFields) => {
  test.each<[role: ProjectRole | undefined, reads: boolean, writes: boolean]>([
    ['stream:owner', true, true],
    ['stream:contributor', true, true],
    ['stream:reviewer', true, false],
    [undefined, true, false],
  ])('a user who is %s in a public project', async (role, reads, writes) => {
    await using server = await startServer({ absentFields });
    const user = server.world.addUser();
    const { id } = server.world.addProject({ visibility: 'PUBLIC', roles: role ? [[user, role]] : [] });
    const token = tokenIn(server.world, scopes);
    const read = await verifyAt(server, token, { scopes: 'read', project: id });
    const write = await verifyAt(server, token, { ...writing, project: id });
    expect([!read.failure, !write.failure]).toEqual([reads, writes]);
    expect(write.project).toEqual({ id, name: 'Bridge', ...(role && { role }) });
    const limit = absentFields.length > 0 ? 2 : 1;
    expect([read.operations.length, write.operations.length]).toEqual([limit, limit]);
  });
});

test('a role that is too small is told with the server’s own sentence', async () => {
  await using server = await startServer();
  const user = server.world.addUser();
  const { id } = server.world.addProject({ roles: [[user, 'stream:reviewer']] });
  const { failure } = await verifyAt(server, tokenIn(server.world, scopes), { ...writing, project: id });
  expect(failure).toMatchObject({
    code: 'project-forbidden',
    problem:
      "The token’s user “Ada Engineer” may not write to the project “Bridge” (role there: reviewer): “Your role on this project doesn't give you permission to publish”.",
    remedy:
      'Ask an owner of the project to make this user a contributor of it, or use a token of a user who is one.',
  });
});

test('an old server gives no sentence, and none is made up', async () => {
  await using server = await startServer({ absentFields: oldFields });
  const { id } = server.world.addProject({ visibility: 'PUBLIC', roles: [] });
  const { failure } = await verifyAt(server, tokenIn(server.world, scopes), { ...writing, project: id });
  expect(failure?.problem).toBe(
    'The token’s user “Ada Engineer” may not write to the project “Bridge” (role there: none).',
  );
});

test.each([
  ['reading', { scopes: 'read' }],
  ['writing', writing],
])('a permission to read that is not given, for %s', async (_, wanted) => {
  const denied = { authorized: false, code: 'NEW', message: 'The plan of the workspace ended.' };
  await using server = await startServer({
    resolvers: { 'Project.permissions': () => ({ canRead: denied, canPublish: denied }) },
  });
  const { id } = server.world.addProject();
  const { failure } = await verifyAt(server, tokenIn(server.world, scopes), { ...wanted, project: id });
  expect(failure).toMatchObject({
    code: 'project-forbidden',
    problem: expect.stringContaining(
      'may not read the project “Bridge” (role there: owner): “The plan of the workspace ended”.',
    ),
  });
});

test.each<[message: string, code: string, statusCode: number, expected: string]>([
  ['No such thing', 'PROJECT_NOT_FOUND_ERROR', 404, 'project-not-found'],
  ['No such thing', 'GONE', 404, 'project-not-found'],
  ['Stream not found', 'INTERNAL_SERVER_ERROR', 500, 'project-not-found'],
  ['Your SSO session has ended', 'SSO_SESSION_MISSING_OR_EXPIRED_ERROR', 401, 'project-forbidden'],
  ['Pay first', 'NEW_CODE', 402, 'project-forbidden'],
  ['The database is asleep', 'INTERNAL_SERVER_ERROR', 500, 'server-error'],
  ['Try later', 'NEW_CODE', 503, 'server-error'],
])('a new answer %j (%s, %i) means %s', async (message, code, statusCode, expected) => {
  await using server = await startServer({
    resolvers: {
      'Query.project': () => {
        throw refusal(`${message}\n::error::${message}`, code, statusCode);
      },
    },
  });
  const {
    failure,
    scopes: judged,
    user,
  } = await verifyAt(server, tokenIn(server.world, scopes), {
    scopes: 'read',
    project: 'abc',
  });
  expect(failure).toMatchObject({
    code: expected,
    problem: expect.stringContaining(`“${message} ::error::`),
  });
  expect(judged).toMatchObject({ held: ['profile:read', 'streams:read'], missing: [], unverified: [] });
  expect(user).toBeDefined();
});

test('a server without projects of today’s kind', async () => {
  await using server = await startServer({ absentFields: ['Query.project'] });
  const { failure } = await verifyAt(server, tokenIn(server.world, scopes), {
    scopes: 'read',
    project: 'abc',
  });
  expect(failure).toMatchObject({ code: 'project-forbidden', problem: expect.stringContaining('too old') });
});
