import { expect, test } from '@jest/globals';
import { runAction, type Step } from '../../dev/runner/run-action.ts';
import { expectFailure } from './scenario.ts';

const here = { full_name: 'owner/repository' };
const fork = { head: { repo: { full_name: 'somebody/repository' } } };

test.each<[string, Step, string]>([
  ['for no known reason', {}, 'the name of the secret is misspelt'],
  [
    'because a fork started the run',
    { event: { repository: here, pull_request: fork }, env: { GITHUB_EVENT_NAME: 'pull_request' } },
    'A pull request from a fork',
  ],
  [
    'because a fork that is deleted now started the run',
    {
      event: { repository: here, pull_request: { head: { repo: null } } },
      env: { GITHUB_EVENT_NAME: 'pull_request' },
    },
    'A pull request from a fork',
  ],
  [
    'because Dependabot started the run',
    {
      event: { repository: here, pull_request: { head: { repo: here } } },
      env: { GITHUB_ACTOR: 'dependabot[bot]' },
    },
    'secrets of Dependabot',
  ],
  [
    'although the event of a fork gives secrets',
    { event: { repository: here, pull_request: fork }, env: { GITHUB_EVENT_NAME: 'pull_request_target' } },
    'usual causes',
  ],
  ['and the event cannot be read', { env: { GITHUB_EVENT_PATH: '/does/not/exist' } }, 'usual causes'],
  ['but blanks', { with: { token: ' \n ' } }, 'usual causes'],
])('no token came %s', async (_, step, cause) => {
  const result = await runAction(step);
  expect(expectFailure(result, 'missing-token')).toContain(cause);
});

test('on-missing-token: skip says the same as a notice and succeeds', async () => {
  const result = await runAction({ with: { 'on-missing-token': 'skip' } });
  expect(result).toMatchObject({
    exitCode: 0,
    outputs: { status: 'skipped', authenticated: 'false' },
    variables: {},
  });
  expect(result.stdout).toMatch(/::notice.*If one was meant to come, check the three usual causes/);
  expect(result.summary).toContain('Speckle: skipped');
});

test('where a fork may go without a token, nobody is told to allow it', async () => {
  const { stdout } = await runAction({
    with: { 'on-missing-token': 'skip' },
    event: { repository: here, pull_request: fork },
    env: { GITHUB_EVENT_NAME: 'pull_request' },
  });
  expect(stdout).toMatch(/::notice.*A pull request from a fork .*: nothing is to be done/);
  expect(stdout).not.toContain('set on-missing-token');
});

test('a wrong input is told before a missing token', async () => {
  const result = await runAction({ with: { timeout: 'soon', 'on-missing-token': 'skip' } });
  expect(expectFailure(result, 'invalid-input')).toContain('timeout');
});

test('the page about the status code is linked where the runner tells which version runs', async () => {
  const env = { GITHUB_ACTION_REPOSITORY: 'owner/speckle-auth-action', GITHUB_ACTION_REF: 'v1' };
  const page = 'https://github.com/owner/speckle-auth-action/blob/v1/docs/troubleshooting.md#missing-token';
  const { stdout, summary } = await runAction({ env });
  expect(stdout).toContain(`More about missing-token: ${page}`);
  expect(summary).toContain(`<a href="${page}">`);
  const forged = await runAction({ env: { ...env, GITHUB_ACTION_REF: '"><img src=x>' } });
  expect(forged.stdout + forged.summary).not.toContain('More about');
});
