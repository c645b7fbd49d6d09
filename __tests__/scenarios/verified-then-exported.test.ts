import { expect, test } from '@jest/globals';
import { authenticate, operations, speckleServer } from './scenario.ts';

test('a token that holds what is required authenticates later steps', async () => {
  const server = await speckleServer();
  const user = server.world.addUser({ name: 'Ada', email: 'ada@example.com' });
  const result = await authenticate(server, 'profile:read profile:email streams:read', { scopes: 'read' });
  expect(result.stderr).toBe('');
  expect(result.exitCode).toBe(0);
  expect(result.outputs).toEqual({
    authenticated: 'true',
    status: 'verified',
    message: expect.stringContaining(`Ada (${user.id})`),
    'server-url': server.url,
    'server-source': 'input',
    'server-name': 'My new Speckle Server',
    'server-version': '2.31.14',
    'token-hint': `${result.token.slice(0, 3)}…`,
    'token-source': 'input',
    'user-id': user.id,
    'user-name': 'Ada',
    'user-email': 'ada@example.com',
    'user-role': 'server:user',
    scopes: 'profile:email profile:read streams:read',
    'missing-scopes': '',
    'unverified-scopes': '',
  });
  expect(result.variables).toEqual({
    SPECKLE_TOKEN: result.token,
    SPECKLE_SERVER: server.url,
    SPECKLE_SERVER_URL: server.url,
  });
  expect(result.summary).toContain('✅ Speckle: verified');
  expect(result.summary).not.toContain('ada@example.com');
});

test('the mask is printed first, then to whom the token goes', async () => {
  const server = await speckleServer();
  const { stdout, token } = await authenticate(server, 'profile:read');
  const lines = stdout.split('\n');
  const masks = lines.findIndex((line) => !line.startsWith('::add-mask::'));
  expect(lines.slice(0, masks)).toEqual(
    expect.arrayContaining([token, token.slice(0, 10), token.slice(10)].map((part) => `::add-mask::${part}`)),
  );
  expect(lines[masks]).toContain(`(from the input token) at ${server.url} (from the input server).`);
  expect(lines.slice(masks).join('\n')).not.toContain(token.slice(0, 8));
  expect(stdout).toContain('specklepy needs use_ssl=False for this server');
});

test('reading costs one operation, writing two, both in one request', async () => {
  const server = await speckleServer();
  await authenticate(server, 'profile:read streams:read', { scopes: 'read' });
  const written = await authenticate(server, 'profile:read streams:read streams:write', { scopes: 'Write' });
  expect(written.outputs['status']).toBe('verified');
  expect(operations(server)).toEqual([1, 2]);
  expect(server.requests[0]).toMatchObject({
    method: 'POST',
    path: '/graphql',
    headers: {
      'user-agent': expect.stringMatching(/^speckle-auth-action\/\d/),
      'content-type': 'application/json',
    },
  });
});

test('export-env: false, output-token: true and summary: false are obeyed', async () => {
  const server = await speckleServer();
  const inputs = { 'export-env': 'false', 'output-token': 'true', summary: 'false' };
  const { variables, outputs, summary, token } = await authenticate(server, 'profile:read', inputs);
  expect(variables).toEqual({});
  expect(outputs).toMatchObject({ status: 'verified', token });
  expect(summary).toBe('');
});

test('env-prefix stands before every variable, for several servers in one job', async () => {
  const server = await speckleServer();
  const project = server.world.addProject();
  const inputs = { server: `${server.url}/projects/${project.id}/models/m1@v1`, 'env-prefix': 'SOURCE_' };
  const { variables, outputs, token } = await authenticate(server, 'profile:read streams:read', inputs);
  expect(variables).toEqual({
    SOURCE_SPECKLE_TOKEN: token,
    SOURCE_SPECKLE_SERVER: server.url,
    SOURCE_SPECKLE_SERVER_URL: server.url,
    SOURCE_SPECKLE_PROJECT_ID: project.id,
    SOURCE_SPECKLE_MODEL_ID: 'm1',
  });
  expect(outputs).toMatchObject({
    'project-id': project.id,
    'project-name': 'Bridge',
    'project-role': 'stream:owner',
    'model-id': 'm1',
    'version-id': 'v1',
  });
});

test('a token and a server that variables held before are replaced with a notice', async () => {
  const server = await speckleServer();
  const old = 'fedcba9876'.padEnd(42, '0');
  const env = {
    SPECKLE_TOKEN: old,
    SPECKLE_SERVER: 'https://old.example.com',
    SPECKLE_SERVER_URL: `${server.url}/`,
  };
  const { stdout, variables, token } = await authenticate(server, 'profile:read', {}, { env });
  expect(variables['SPECKLE_TOKEN']).toBe(token);
  expect(stdout).toContain(`::add-mask::${old}`);
  expect(stdout).toMatch(/::notice.*SPECKLE_TOKEN held another token \(fed…\)/);
  expect(stdout).toMatch(/::notice.*SPECKLE_SERVER held https:\/\/old\.example\.com/);
  expect(stdout).not.toMatch(/::notice.*SPECKLE_SERVER_URL held/);
});
