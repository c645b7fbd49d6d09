import { expect, test } from '@jest/globals';
import { runAction } from '../../dev/runner/run-action.ts';
import { authenticate, expectFailure, speckleServer, unmasked } from './scenario.ts';

const token = '0123456789abcdef0123456789abcdef0123456789';

test('all of them are named at once, and nothing is sent', async () => {
  const server = await speckleServer();
  const inputs = { scopes: 'stream:read', timeout: 'soon', summary: 'perhaps', 'env-prefix': 'GITHUB_' };
  const result = await authenticate(server, 'profile:read', inputs);
  const message = expectFailure(result, 'invalid-input');
  for (const part of [
    '4 inputs',
    'scopes got “stream:read”',
    'streams:read',
    'timeout got “soon”',
    'summary got “perhaps”',
    'env-prefix',
  ])
    expect(message).toContain(part);
  expect(server.requests).toEqual([]);
  expect(result.outputs).toMatchObject({ 'server-url': server.url, 'token-source': 'input' });
});

test.each(['server', 'scopes', 'project', 'timeout', 'env-prefix', 'allowed-users'])(
  'a token pasted into %s is masked and not shown',
  async (input) => {
    const result = await runAction({ with: { [input]: token } });
    expectFailure(result, 'invalid-input');
    expect(result.stdout).toContain(`::add-mask::${token}`);
    expect(unmasked(result) + JSON.stringify(result.outputs) + result.summary).not.toContain(
      token.slice(0, 8),
    );
  },
);

test.each([
  ['Bearer', `Bearer ${token}`],
  ['quotation marks', `"${token}"`],
  ['equals sign', `SPECKLE_TOKEN=${token}`],
  ['GitHub', 'ghp_abcdefghijklmnopqrst'],
  ['shorter than 20', token.slice(0, 12)],
  ['line break', `${token}\nsecond line`],
])('a token that cannot be one (%s) never reaches the server', async (fault, value) => {
  const server = await speckleServer();
  const result = await runAction({ with: { server: server.url, token: value } });
  expect(expectFailure(result, 'malformed-token')).toContain(fault);
  expect(server.requests).toEqual([]);
  const shown = unmasked(result) + JSON.stringify(result.outputs) + result.summary;
  expect(shown).not.toContain(token.slice(0, 8));
  expect(shown).not.toContain('abcdefgh');
});

test.each(['GITHUB_OUTPUT', 'GITHUB_ENV'] as const)('without %s nothing secret is printed', async (file) => {
  const server = await speckleServer();
  const result = await authenticate(server, 'profile:read', { 'output-token': 'true' }, { without: [file] });
  expect(result.exitCode).toBe(1);
  expect(result.stdout).toMatch(/::error.*GITHUB_/);
  expect(result.stdout).not.toMatch(/::set-output|::set-env/);
  expect(unmasked(result)).not.toContain(result.token);
  expect(server.requests).toEqual([]);
});

test('without a summary and a state everything works', async () => {
  const server = await speckleServer();
  const without = ['GITHUB_STEP_SUMMARY', 'GITHUB_STATE'] as const;
  const result = await authenticate(server, 'profile:read', {}, { without });
  expect(result).toMatchObject({ exitCode: 0, stderr: '', outputs: { status: 'verified' } });
});
