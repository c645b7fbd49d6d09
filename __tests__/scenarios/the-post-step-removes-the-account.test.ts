import { describe, expect, test } from '@jest/globals';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { StepResult } from '../../dev/runner/run-action.ts';
import {
  databaseOf,
  filesIn,
  forAccount,
  Job,
  jsonAccounts,
  storedAccounts,
  temporaryFolder,
} from './job.ts';
import { speckleServer } from './scenario.ts';

const posix = process.platform === 'win32' ? describe.skip : describe;
const silent = { exitCode: 0, stdout: '', stderr: '' };

/** A job in which one step has written an account. */
async function jobWithAccount() {
  const server = await speckleServer();
  const { token, inputs } = forAccount(server);
  const job = new Job();
  const { state, outputs } = await job.step(inputs);
  return { server, job, token, state, folder: outputs['userdata-path'] ?? '' };
}

function expectWarning(result: StepResult, text: string | RegExp): void {
  expect(result).toMatchObject({ exitCode: 0, stderr: '' });
  expect(result.stdout).toMatch(/^::warning title=Speckle::[^\n]*\n$/);
  expect(result.stdout).toMatch(text);
}

test('everything is gone, without a word and without a request, and once more does no harm', async () => {
  const { server, job, state } = await jobWithAccount();
  const requests = server.requests.length;
  const proxy = {
    HTTPS_PROXY: 'http://127.0.0.1:1',
    HTTP_PROXY: 'http://127.0.0.1:1',
    NODE_USE_ENV_PROXY: '1',
  };
  expect(await job.post(state, proxy)).toMatchObject(silent);
  expect(job.files()).toEqual([]);
  expect(await job.post(state)).toMatchObject(silent);
  expect(server.requests).toHaveLength(requests);
});

test('a step without an account leaves nothing to do', async () => {
  expect(await new Job().post({})).toMatchObject(silent);
  expect(await new Job().post({}, { RUNNER_TEMP: '' })).toMatchObject(silent);
});

test.each(['the last first', 'the first first'])('two steps with one folder, %s', async (order) => {
  const { server, job, state, token, folder } = await jobWithAccount();
  const other = forAccount(server);
  const steps = [
    { state, token },
    { state: (await job.step(other.inputs)).state, token: other.token },
  ];
  if (order === 'the last first') steps.reverse();
  const [first, second] = steps;
  expect(await job.post(first?.state ?? {})).toMatchObject(silent);
  expect(jsonAccounts(folder)).toMatchObject([{ token: second?.token }]);
  expect(storedAccounts(folder)).toMatchObject([{ token: second?.token }]);
  expect(job.holding(first?.token ?? '')).toEqual([]);
  expect(await job.post(second?.state ?? {})).toMatchObject(silent);
  expect(job.files()).toEqual([]);
});

test('what an SDK put there stays, without a warning', async () => {
  const { job, state, token, folder } = await jobWithAccount();
  mkdirSync(join(folder, 'Speckle', 'Logs'));
  writeFileSync(join(folder, 'Speckle', 'Objects.db'), 'objects');
  const theirs = join(folder, 'Speckle', 'Accounts', 'theirs.json');
  writeFileSync(theirs, '{}');
  expect(await job.post(state)).toMatchObject(silent);
  expect(existsSync(join(folder, 'Speckle', 'Logs'))).toBe(true);
  expect(existsSync(join(folder, 'Speckle', 'Objects.db'))).toBe(true);
  expect(existsSync(theirs)).toBe(true);
  expect(existsSync(databaseOf(folder))).toBe(false);
  expect(job.holding(token)).toEqual([]);
});

test('an SDK has written to the database as SDKs do, and died or still runs', async () => {
  const { job, state, token, folder } = await jobWithAccount();
  const file = databaseOf(folder);
  const sdk = new DatabaseSync(file);
  const [account] = storedAccounts(folder);
  sdk.exec("PRAGMA journal_mode = 'wal'");
  sdk.prepare('INSERT INTO objects VALUES (?, ?)').run('THEIRS', JSON.stringify({ id: 'THEIRS' }));
  const ours = JSON.stringify({ ...account, padding: 'x'.repeat(9000) });
  sdk.prepare('REPLACE INTO objects VALUES (?, ?)').run(account?.id ?? '', ours);
  // The files as they are while it runs are all that is left of one that died.
  for (const ending of ['', '-wal']) copyFileSync(`${file}${ending}`, `${file}${ending}.then`);
  expect(await job.post(state)).toMatchObject(silent);
  expect(job.holding(token).filter((path) => !path.endsWith('.then'))).toEqual([]);
  sdk.close();
  expect(storedAccounts(folder)).toEqual([{ id: 'THEIRS' }]);

  for (const ending of ['', '-wal']) renameSync(`${file}${ending}.then`, `${file}${ending}`);
  expect(await job.post(state)).toMatchObject(silent);
  expect(storedAccounts(folder)).toEqual([{ id: 'THEIRS' }]);
  expect(job.holding(token)).toEqual([]);
});

test('a database that is none is left, the file of the account is not', async () => {
  const { job, state, token, folder } = await jobWithAccount();
  writeFileSync(databaseOf(folder), 'no database at all');
  expectWarning(await job.post(state), /file is not a database.* Remove the folder speckle-auth-/);
  expect(job.holding(token)).toEqual([]);
});

test('of a database that is gone, its journal goes too', async () => {
  const { job, state, folder } = await jobWithAccount();
  renameSync(databaseOf(folder), `${databaseOf(folder)}-wal`);
  expect(await job.post(state)).toMatchObject(silent);
  expect(job.files()).toEqual([]);
});

test('the folder is gone', async () => {
  const { job, state, folder } = await jobWithAccount();
  rmSync(folder, { recursive: true });
  expect(await job.post(state)).toMatchObject(silent);
});

test.each<[string, Record<string, string>]>([
  ['the parent', { ACCOUNT_FOLDER: '..' }],
  ['the temporary folder itself', { ACCOUNT_FOLDER: '.' }],
  ['no folder', { ACCOUNT_FOLDER: '' }],
  ['another folder', { ACCOUNT_FOLDER: 'precious' }],
  ['a way out', { ACCOUNT_FOLDER: 'speckle-auth-Abc123/../precious' }],
  ['an absolute path', { ACCOUNT_FOLDER: join(tmpdir(), 'speckle-auth-Abc123') }],
  ['no account', { ACCOUNT_ID: '' }],
  ['another file', { ACCOUNT_ID: '../../../precious/Speckle/Accounts/theirs' }],
  ['a command', { ACCOUNT_ID: 'x\n::error::forged' }],
])('the state was changed to name %s', async (_, forged) => {
  const { job, state } = await jobWithAccount();
  const precious = join(job.runnerTemp, 'precious', 'Speckle', 'Accounts');
  mkdirSync(precious, { recursive: true });
  writeFileSync(join(precious, 'theirs.json'), '{}');
  const files = job.files();
  expectWarning(await job.post({ ...state, ...forged }), 'names no account of this action');
  expect(job.files()).toEqual(files);
});

test('the state names the account of somebody else: it stays', async () => {
  const { job, state } = await jobWithAccount();
  const files = job.files();
  expect(await job.post({ ...state, ACCOUNT_ID: 'F'.repeat(32) })).toMatchObject(silent);
  expect(job.files()).toEqual(files);
});

posix('where there are links and modes', () => {
  test.each([
    ['the folder', '', 'folder'],
    ['Speckle', 'Speckle', 'folder'],
    ['Accounts', 'Speckle/Accounts', 'folder'],
    ['the file of the account', 'Speckle/Accounts/ID.json', 'file'],
    ['the database', 'Speckle/Accounts.db', 'file'],
    ['the journal', 'Speckle/Accounts.db-wal', 'file'],
  ])('%s was replaced by a link, which is not followed', async (_, path, kind) => {
    const { job, state, folder } = await jobWithAccount();
    const place = join(folder, path.replace('ID', state['ACCOUNT_ID'] ?? ''));
    const elsewhere = join(temporaryFolder(), 'elsewhere');
    if (existsSync(place)) renameSync(place, elsewhere);
    else writeFileSync(elsewhere, '');
    symlinkSync(elsewhere, place);
    const before = filesIn(elsewhere);
    expectWarning(await job.post(state), `something else is where a ${kind} of it was`);
    expect(filesIn(elsewhere)).toEqual(before);
  });

  test('a folder that a step has opened for others to read is removed all the same', async () => {
    const { job, state, folder } = await jobWithAccount();
    chmodSync(folder, 0o755);
    expect(await job.post(state)).toMatchObject(silent);
    expect(job.files()).toEqual([]);
  });

  test('in a folder that others can write nothing is touched', async () => {
    const { job, state, folder } = await jobWithAccount();
    chmodSync(folder, 0o777);
    const files = job.files();
    expectWarning(await job.post(state), 'others can change what is in the folder');
    expect(job.files()).toEqual(files);
  });
});
