// Events that hand secrets to a run that may execute the code of a fork: the step verifies, and warns.
import { describe, expect, test } from '@jest/globals';
import { authenticate, operations, speckleServer } from './scenario.ts';

const here = { full_name: 'owner/repository' };
const fork = { full_name: 'somebody/repository' };

/** A step that verifies in a run of this event. */
async function verified(name: string, payload: object) {
  const server = await speckleServer();
  const step = { event: { repository: here, ...payload }, env: { GITHUB_EVENT_NAME: name } };
  const result = await authenticate(server, 'profile:read', {}, step);
  expect(result).toMatchObject({ exitCode: 0, stderr: '', outputs: { status: 'verified' } });
  expect(operations(server)).toEqual([1]);
  return result;
}

describe('a warning', () => {
  test.each([
    ['pull_request_target', { pull_request: { head: { repo: fork } } }],
    ['pull_request_target', { pull_request: { head: { repo: null } } }],
    ['workflow_run', { workflow_run: { head_repository: fork } }],
    ['workflow_run', { workflow_run: { head_repository: null } }],
  ])('%s %j', async (name, payload) => {
    const { stdout, summary, token } = await verified(name, payload);
    const warning = `This run (${name}) is on behalf of a fork: later steps that check out and run its code can read the token. Keep such steps in a job without secrets.`;
    const lines = stdout.split('\n');
    const at = lines.indexOf(`::warning title=Speckle::${warning}`);
    expect(at).toBeGreaterThan(-1);
    expect(lines.slice(0, at)).toContain(`::add-mask::${token}`);
    expect(lines.slice(at).join('\n')).toContain('The token belongs to ');
    expect(summary).toContain(`<li>⚠️ ${warning}</li>`);
  });
});

describe('no warning', () => {
  test.each([
    ['pull_request_target', { pull_request: { head: { repo: here } } }],
    ['workflow_run', { workflow_run: { head_repository: here } }],
    // A run of a fork without secrets has no token, and one with a token is no such run.
    ['pull_request', { pull_request: { head: { repo: fork } } }],
    ['push', {}],
  ])('%s %j', async (name, payload) => {
    const { stdout, summary } = await verified(name, payload);
    expect(stdout).not.toContain('::warning');
    expect(summary).not.toContain('⚠️');
  });
});

test('an event that cannot be read is taken for none', async () => {
  const server = await speckleServer();
  const env = { GITHUB_EVENT_NAME: 'pull_request_target', GITHUB_EVENT_PATH: '/nowhere/event.json' };
  const result = await authenticate(server, 'profile:read', {}, { env });
  expect(result).toMatchObject({ exitCode: 0, stderr: '', outputs: { status: 'verified' } });
  expect(result.stdout).not.toContain('::warning');
});
