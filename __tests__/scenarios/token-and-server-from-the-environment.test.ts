import { describe, expect, test } from '@jest/globals';
import { runAction } from '../../dev/runner/run-action.ts';
import { closedPort } from '../http/servers.ts';
import { cardRows, expectFailure, speckleServer } from './scenario.ts';

test('both come from the environment, also with a line break behind them', async () => {
  const server = await speckleServer();
  const token = server.world.addToken({ scopes: ['profile:read'] });
  const result = await runAction({
    env: { SPECKLE_TOKEN: `${token}\n`, SPECKLE_SERVER: `${server.url}/\r\n` },
  });
  expect(result.outputs).toMatchObject({
    status: 'verified',
    'token-source': 'SPECKLE_TOKEN',
    'server-source': 'SPECKLE_SERVER',
    'server-url': server.url,
  });
  expect(result.stdout).toContain(`::add-mask::${token}%0A`);
  expect(cardRows(result)['Token']).toBe(`${token.slice(0, 3)}… SPECKLE_TOKEN`);
});

test('a warning where the two variables of the server differ; the first of them counts', async () => {
  const server = await speckleServer();
  const token = server.world.addToken({ scopes: ['profile:read'] });
  const { outputs, stdout, summary } = await runAction({
    with: { token },
    env: { SPECKLE_SERVER_URL: server.url, SPECKLE_SERVER: 'https://other.example.com' },
  });
  expect(outputs).toMatchObject({ status: 'verified', 'server-source': 'SPECKLE_SERVER_URL' });
  expect(stdout).toMatch(/::warning.*name different servers/);
  expect(summary).toContain('name different servers');
});

test('where nobody names a server, the log says so before the default one is asked', async () => {
  const env = { HTTPS_PROXY: `http://127.0.0.1:${await closedPort()}` };
  const result = await runAction({ with: { token: 'ab'.repeat(21), timeout: '1' }, env });
  expectFailure(result, 'proxy-error');
  expect(result.outputs).toMatchObject({ 'server-source': 'default' });
  expect(result.stdout).toContain(
    'at https://app.speckle.systems (from the default, since no server was named).',
  );
});

function step(server: string) {
  return {
    with: { server, token: '' },
    env: { SPECKLE_TOKEN: 'ab'.repeat(21), SPECKLE_SERVER: 'https://other.example.com' },
  };
}

describe('a token of the environment that belongs to another server', () => {
  test('is never sent', async () => {
    const server = await speckleServer();
    const result = await runAction(step(server.url));
    expect(expectFailure(result, 'missing-token')).toContain('belongs to another server');
    expect(server.requests).toEqual([]);
  });

  test('is no failure with on-missing-token: skip', async () => {
    const server = await speckleServer();
    const { with: inputs, env } = step(server.url);
    const result = await runAction({ with: { ...inputs, 'on-missing-token': 'skip' }, env });
    expect(result).toMatchObject({
      exitCode: 0,
      outputs: { status: 'skipped', authenticated: 'false' },
      variables: {},
    });
    expect(server.requests).toEqual([]);
  });
});
