import { describe, expect, test } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesIn, forAccount, Job, temporaryFolder } from './job.ts';
import { expectFailure, speckleServer } from './scenario.ts';

test.each<[string, (job: Job) => Record<string, string>]>([
  ['is not named', () => ({ RUNNER_TEMP: '' })],
  ['is not there', (job) => ({ RUNNER_TEMP: join(job.runnerTemp, 'nowhere') })],
  ['is a file', () => ({ RUNNER_TEMP: import.meta.filename })],
  ['is the workspace', (job) => ({ GITHUB_WORKSPACE: job.runnerTemp })],
  ['is in the workspace', (job) => ({ GITHUB_WORKSPACE: join(job.runnerTemp, '..') })],
])('the temporary folder %s', async (_, env) => {
  const server = await speckleServer();
  const job = new Job();
  const result = await job.step(forAccount(server).inputs, { env: env(job) });
  expect(expectFailure(result, 'invalid-input')).toContain('variable RUNNER_TEMP names');
  expect(result.state).toEqual({});
  expect(server.requests).toEqual([]);
  expect(job.files()).toEqual([]);
});

test('a runner without its files is told all of them at once', async () => {
  const server = await speckleServer();
  const job = new Job();
  const result = await job.step(forAccount(server).inputs, {
    without: ['GITHUB_STATE', 'GITHUB_ENV'],
    env: { RUNNER_TEMP: '' },
  });
  expect(expectFailure(result, 'invalid-input')).toMatch(
    /GITHUB_ENV names.*GITHUB_STATE names.*RUNNER_TEMP names/,
  );
  expect(server.requests).toEqual([]);
});

test('the files of the account are needed for an account alone', async () => {
  const server = await speckleServer();
  const { inputs } = forAccount(server);
  const result = await new Job().step(
    { ...inputs, 'account-file': 'false' },
    { without: ['GITHUB_STATE'], env: { RUNNER_TEMP: '' } },
  );
  expect(result.outputs).toMatchObject({ status: 'verified' });
});

test.each([
  ['the record of the second', 'SECOND.json', 'something else is where a file of it was'],
  ['the first on its way to be rewritten', 'FIRST.json.tmp', 'ERR_FS_EISDIR'],
])('a second account that fails for %s leaves the first as it was', async (_, obstacle, reason) => {
  const server = await speckleServer();
  const job = new Job();
  const first = await job.step(forAccount(server).inputs);
  const second = forAccount(server);
  const ids = [first, await new Job().step(second.inputs)].map(({ state }) => state['ACCOUNT_ID'] ?? '');
  const accounts = join(first.outputs['userdata-path'] ?? '', 'Speckle', 'Accounts');
  mkdirSync(join(accounts, obstacle.replace('FIRST', ids[0] ?? '').replace('SECOND', ids[1] ?? '')));
  const files = filesIn(job.runnerTemp);

  const result = await job.step(second.inputs);
  expect(expectFailure(result, 'internal-error')).toContain(reason);
  expect(filesIn(job.runnerTemp)).toEqual(files);
  expect(job.holding(second.token)).toEqual([]);
});

const bash = process.platform === 'win32' ? describe.skip : describe;

bash('where the size of files can be limited', () => {
  test('a full disk leaves nothing behind, and the post step has nothing to do', async () => {
    const server = await speckleServer();
    const job = new Job();
    // Not sh: some of them drop variables with a hyphen in their name, which inputs have.
    const node = join(temporaryFolder(), 'node');
    const script = `#!/bin/bash\nulimit -f 4\nexec '${process.execPath}' "$@"\n`;
    writeFileSync(node, script, { mode: 0o700 });
    const { token, inputs } = forAccount(server);
    const result = await job.step(inputs, { node });
    expect(expectFailure(result, 'internal-error')).toMatch(
      /could not be written into the temporary folder .* Make room there/,
    );
    expect(result.outputs).not.toHaveProperty('userdata-path');
    expect(job.files()).toEqual([]);
    expect(result.state).toEqual({
      ACCOUNT_FOLDER: expect.any(String),
      ACCOUNT_ID: expect.any(String),
    });
    expect(JSON.stringify(result.state)).not.toContain(token.slice(0, 8));
    expect(await job.post(result.state)).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
  });
});
