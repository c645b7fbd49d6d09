// project and permission: what the user may do there, and what the token may.
import { describe, expect, test } from '@jest/globals';
import { refusal } from '../../dev/speckle-server/guards.ts';
import { oldFields, type Settings } from '../../dev/speckle-server/server.ts';
import type { ProjectRole } from '../../dev/speckle-server/world.ts';
import {
  authenticate,
  cardRows,
  expectFailure,
  expectVerified,
  operations,
  speckleServer,
} from './scenario.ts';

const reading = 'profile:read streams:read';
const writing = `${reading} streams:write`;
const object = 'd056a8d0885363630ff144f58b08ac44';

describe('a project as people name it', () => {
  const model = { 'model-id': 'm1' };
  test.each<[address: string, facts: Record<string, string>]>([
    ['ID', {}],
    ['SERVER/projects/ID', {}],
    ['SERVER/projects/ID/', {}],
    ['SERVER/projects/ID/settings/general', {}],
    ['SERVER/projects/ID/collaborators', {}],
    ['SERVER/projects/ID/automations/a1/runs', { 'automation-id': 'a1' }],
    ['SERVER/projects/ID/models/m1', model],
    ['SERVER/projects/ID/models/m1/versions', model],
    ['SERVER/projects/ID/models/m1#threadId=t1', model],
    ['SERVER/projects/ID/models/m1@v1', { ...model, 'version-id': 'v1' }],
    ['SERVER/projects/ID/models/m1%40v1', { ...model, 'version-id': 'v1' }],
    ['SERVER/projects/ID/models/m1@v1,m2', {}],
    ['SERVER/projects/ID/models/$folder', {}],
    ['SERVER/projects/ID/models/all', {}],
    [`SERVER/projects/ID/models/${object}`, {}],
    ['SERVER/streams/ID?u=abc', {}],
    ['SERVER/streams/ID/branches/a%2Fb/c', {}],
    ['SERVER/streams/ID/commits/c1', { 'version-id': 'c1' }],
    [`SERVER/streams/ID/objects/${object}`, {}],
  ])('%s', async (address, facts) => {
    const server = await speckleServer();
    const { id } = server.world.addProject();
    const project = address.replace('SERVER', server.url).replace('ID', id);
    // Its server is that of the address.
    const result = await authenticate(server, reading, { project, ...(project !== id && { server: '' }) });
    expectVerified(result);
    const { SPECKLE_TOKEN: _, ...variables } = result.variables;
    expect(variables).toEqual({
      SPECKLE_SERVER: server.url,
      SPECKLE_SERVER_URL: server.url,
      SPECKLE_PROJECT_ID: id,
      ...('model-id' in facts && { SPECKLE_MODEL_ID: 'm1' }),
      ...('automation-id' in facts && { SPECKLE_AUTOMATION_ID: 'a1' }),
    });
    const shown = Object.entries(result.outputs).filter(([name]) =>
      /^(model|version|automation)-/.test(name),
    );
    expect(Object.fromEntries(shown)).toEqual(facts);
    expect(result.outputs).toMatchObject({
      'server-source': project === id ? 'input' : 'project',
      'project-id': id,
      'project-name': 'Bridge',
      'project-role': 'stream:owner',
    });
  });

  test('in the address of the server counts as well', async () => {
    const server = await speckleServer();
    const { id } = server.world.addProject();
    const inputs = { server: `${server.url}/projects/${id}/models/m1`, permission: 'write' };
    const result = await authenticate(server, writing, inputs);
    expect(expectVerified(result)).toContain(`It may write to the project Bridge (${id}).`);
    expect(result.variables).toMatchObject({ SPECKLE_PROJECT_ID: id, SPECKLE_MODEL_ID: 'm1' });
  });

  test.each([
    ['on another server', 'https://speckle.example.com/projects/abc', 'is on another server'],
    ['without a project', 'SERVER/authn/login', 'shows no project'],
  ])('%s is refused before anything is sent', async (_, address, reason) => {
    const server = await speckleServer();
    const project = address.replace('SERVER', server.url);
    expect(expectFailure(await authenticate(server, reading, { project }), 'invalid-input')).toContain(
      reason,
    );
    expect(server.requests).toEqual([]);
  });
});

describe('a project that the user or the token may not use', () => {
  test('does not exist', async () => {
    const server = await speckleServer();
    const result = await authenticate(server, reading, { project: '0000000000' });
    expect(expectFailure(result, 'project-not-found')).toContain(
      `${server.url} has no project “0000000000”. Copy the project’s address from the browser into the input project, and check that this is its server (the address came from the input server).`,
    );
    expect(operations(server)).toEqual([1, 1]);
  });

  test('is one of others', async () => {
    const server = await speckleServer();
    server.world.addUser();
    const { id } = server.world.addProject({ roles: [] });
    const result = await authenticate(server, reading, { project: id });
    expect(expectFailure(result, 'project-forbidden')).toContain(
      `The token’s user “Ada Engineer” has no role in the project “${id}” and cannot see it. Ask an owner of the project to invite this user, or use a token of a user who has a role there.`,
    );
    expect(result.outputs).toMatchObject({ 'user-name': 'Ada Engineer', scopes: reading });
  });

  test.each(['another project', 'no project at all'])(
    'lies outside the limits of the token: %s',
    async (what) => {
      const server = await speckleServer();
      const inside = server.world.addProject();
      const id = what === 'another project' ? server.world.addProject().id : '0000000000';
      const token = server.world.addToken({ scopes: reading.split(' '), projects: [inside.id] });
      const result = await authenticate(server, reading, { token, project: id });
      expect(expectFailure(result, 'project-forbidden')).toContain(
        `The token is limited to certain projects, and “${id}” is not one of them (a project that does not exist looks the same to it). Check the project’s id, or make a token on ${server.url}/settings/user/developer that is not limited or includes this project.`,
      );
      expectVerified({ ...(await authenticate(server, '', { token, project: inside.id })), token });
    },
  );
});

describe('permission', () => {
  const today: Settings = {};
  const old: Settings = { absentFields: oldFields };
  test.each<[who: string, settings: Settings, role: ProjectRole | undefined, writes: boolean]>([
    ['an owner', today, 'stream:owner', true],
    ['a contributor', today, 'stream:contributor', true],
    ['a reviewer', today, 'stream:reviewer', false],
    ['anybody in a public project', today, undefined, false],
    ['a contributor on an old server', old, 'stream:contributor', true],
    ['a reviewer on an old server', old, 'stream:reviewer', false],
    ['anybody in a public project of an old server', old, undefined, false],
  ])('%s may read; and write?', async (_, settings, role, writes) => {
    const server = await speckleServer(settings);
    const user = server.world.addUser();
    const project = server.world.addProject({ visibility: 'PUBLIC', roles: role ? [[user, role]] : [] });
    const [read, write] = await Promise.all([
      authenticate(server, reading, { project: project.id }),
      authenticate(server, writing, { project: project.id, permission: 'write' }),
    ]);
    expect(expectVerified(read)).toContain('It may read the project Bridge');
    expect(write.outputs['project-role']).toBe(role);
    if (writes) {
      expectVerified(write);
      return;
    }
    const message = expectFailure(write, 'project-forbidden');
    const named = role?.replace('stream:', '') ?? 'none';
    expect(message).toContain(`may not write to the project “Bridge” (role there: ${named})`);
    expect(message).toContain(
      '. Ask an owner of the project to make this user a contributor of it, or use a token of a user who is one.',
    );
  });

  test('of the user is not enough without the scope', async () => {
    const server = await speckleServer();
    const inputs = { project: server.world.addProject().id, permission: 'write' };
    const result = await authenticate(server, reading, inputs);
    expect(expectFailure(result, 'missing-scope')).toContain('The token lacks the scope streams:write.');
    expect(cardRows(result)).toMatchObject({
      'Scopes missing': 'streams:write',
      'Permission required': 'write',
    });
  });

  test('that another thing than the role stands in the way of', async () => {
    const canRead = { authorized: true, code: 'OK', message: 'OK' };
    const canPublish = { authorized: false, code: 'NEW', message: 'An editor seat is needed.\n::error::' };
    const server = await speckleServer({
      resolvers: { 'Project.permissions': () => ({ canRead, canPublish }) },
    });
    const inputs = { project: server.world.addProject().id, permission: 'write' };
    expect(expectFailure(await authenticate(server, writing, inputs), 'project-forbidden')).toContain(
      'may not write to the project “Bridge” (role there: owner): “An editor seat is needed. ::error::”. The role is enough, so ask an administrator of the project’s workspace what else is missing, or use a token of a user who may do it.',
    );
  });
});

test.each<[said: string, code: string, statusCode: number, status: string, shown: string]>([
  ['Gone\n::error::for ever.', 'PROJECT_GONE', 404, 'project-not-found', '“Gone ::error::for ever”'],
  ['Your SSO session ended', 'SSO_ENDED', 401, 'project-forbidden', '“Your SSO session ended”'],
  ['Pay first', 'NEW_CODE', 402, 'project-forbidden', '“Pay first”'],
  ['The database sleeps', 'INTERNAL_SERVER_ERROR', 500, 'server-error', '“The database sleeps”'],
])('a new answer of the server (%j, %s, %i) means %s', async (said, code, statusCode, status, shown) => {
  const server = await speckleServer({
    resolvers: {
      'Query.project': () => {
        throw refusal(said, code, statusCode);
      },
    },
  });
  const result = await authenticate(server, reading, { project: 'abc' });
  expect(expectFailure(result, status)).toContain(` project “abc”: ${shown}. `);
  expect(result.stdout).not.toMatch(/^::error::/m);
});
