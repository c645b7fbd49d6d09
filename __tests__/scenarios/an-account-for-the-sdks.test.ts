import { describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { databaseOf, forAccount, Job, jsonAccounts, storedAccounts } from './job.ts';
import { speckleServer } from './scenario.ts';

const posix = process.platform === 'win32' ? describe.skip : describe;

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex').toUpperCase();
}

test('the account is written as every SDK reads it', async () => {
  const server = await speckleServer();
  const { user, token, inputs } = forAccount(server, { email: 'ada@example.com' });
  const job = new Job();
  const { outputs, variables, exitCode, stderr, log } = await job.step(inputs);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(log).not.toContain('Warning');
  const folder = outputs['userdata-path'] ?? '';
  expect(variables['SPECKLE_USERDATA_PATH']).toBe(folder);
  expect(dirname(folder)).toBe(job.runnerTemp);
  const id = md5(`ada@example.com${server.url}`);
  const account = {
    id,
    token,
    refreshToken: null,
    isDefault: true,
    isOnline: true,
    serverInfo: {
      name: 'My new Speckle Server',
      company: null,
      version: '2.31.14',
      description: null,
      url: server.url,
      frontend2: true,
      migration: null,
    },
    userInfo: { id: user.id, name: user.name, email: 'ada@example.com', company: null, avatar: null },
  };
  expect(jsonAccounts(folder)).toEqual([account]);
  expect(storedAccounts(folder)).toEqual([account]);
  const root = basename(folder);
  expect(job.files()).toEqual([
    root,
    join(root, 'Speckle'),
    join(root, 'Speckle', 'Accounts'),
    join(root, 'Speckle', 'Accounts.db'),
    join(root, 'Speckle', 'Accounts', `${id}.json`),
  ]);
});

test('the database has the table of the SDKs, with the id as its key', async () => {
  const server = await speckleServer();
  const { outputs } = await new Job().step(forAccount(server).inputs);
  const folder = outputs['userdata-path'] ?? '';
  const database = new DatabaseSync(databaseOf(folder), { readOnly: true });
  const [row] = database.prepare('SELECT hash FROM objects').all();
  const columns = database.prepare("SELECT name, type, pk FROM pragma_table_info('objects')").all();
  database.close();
  expect(row).toMatchObject({ hash: jsonAccounts(folder)[0]?.id });
  expect(columns).toMatchObject([
    { name: 'hash', type: 'TEXT', pk: 1 },
    { name: 'content', type: 'TEXT', pk: 0 },
  ]);
});

posix('where modes mean something', () => {
  test('nobody else can read it, whatever the umask', async () => {
    const server = await speckleServer();
    const job = new Job();
    const umask = process.umask(0);
    try {
      await job.step(forAccount(server).inputs);
    } finally {
      process.umask(umask);
    }
    const modes = job.files().map((file) => {
      const found = statSync(join(job.runnerTemp, file));
      return `${found.isDirectory() ? 'folder' : 'file'} ${(found.mode & 0o777).toString(8)}`;
    });
    expect(modes).toEqual(['folder 700', 'folder 700', 'folder 700', 'file 600', 'file 600']);
  });
});

test('the post step is told the names alone, never the token', async () => {
  const server = await speckleServer();
  const { token, inputs } = forAccount(server);
  const { state, outputs } = await new Job().step(inputs);
  expect(state).toEqual({
    ACCOUNT_FOLDER: basename(outputs['userdata-path'] ?? ''),
    ACCOUNT_ID: expect.stringMatching(/^[\dA-F]{32}$/),
  });
  expect(JSON.stringify(state)).not.toContain(token.slice(0, 8));
});

test('without profile:email the account has no email, and a warning says who minds', async () => {
  const server = await speckleServer();
  const { inputs } = forAccount(server, {}, ['profile:read']);
  const { outputs, log } = await new Job().step(inputs);
  expect(log).toMatch(/Warning: The account has no email, and \.NET SDKs before Speckle\.Sdk 3\.15/);
  const folder = outputs['userdata-path'] ?? '';
  expect(jsonAccounts(folder)).toMatchObject([{ id: md5(server.url), userInfo: { email: '' } }]);
});

test('without exported variables the output alone names the folder', async () => {
  const server = await speckleServer();
  const result = await new Job().step({ ...forAccount(server).inputs, 'export-env': 'false' });
  expect(result.variables).toEqual({});
  expect(jsonAccounts(result.outputs['userdata-path'] ?? '')).toHaveLength(1);
});

test('nothing is written unless it is asked for and all is verified', async () => {
  const server = await speckleServer();
  const job = new Job();
  const { inputs } = forAccount(server);
  await job.step({ ...inputs, 'account-file': 'false' });
  await job.step({ ...inputs, scopes: 'write' });
  const skipped = { server: server.url, 'account-file': 'true', 'on-missing-token': 'skip' };
  const { outputs, state } = await new Job().step(skipped);
  expect(outputs).toMatchObject({ status: 'skipped' });
  expect(state).toEqual({});
  expect(job.files()).toEqual([]);
});

test('names in all languages are plain ASCII in the file', async () => {
  const server = await speckleServer();
  const { outputs } = await new Job().step(forAccount(server, { name: 'Žofie 😀 "Ø"' }).inputs);
  const folder = outputs['userdata-path'] ?? '';
  const [account] = jsonAccounts(folder);
  expect(account).toMatchObject({ userInfo: { name: 'Žofie 😀 "Ø"' } });
  const text = readFileSync(join(folder, 'Speckle', 'Accounts', `${account?.id}.json`), 'latin1');
  expect(text).toMatch(/^[ -~]+$/);
});
