import { describe, expect, test } from '@jest/globals';
import { chmodSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { databaseOf, forAccount, Job, jsonAccounts, storedAccounts, temporaryFolder } from './job.ts';
import { speckleServer } from './scenario.ts';

const posix = process.platform === 'win32' ? describe.skip : describe;

test('the account of a second step joins the first and is the default one', async () => {
  const [one, other] = [await speckleServer(), await speckleServer()];
  const job = new Job();
  const first = await job.step(forAccount(one).inputs);
  const second = await job.step(forAccount(other).inputs);
  const folder = second.outputs['userdata-path'] ?? '';
  expect(folder).toBe(first.outputs['userdata-path']);
  for (const accounts of [jsonAccounts(folder), storedAccounts(folder)])
    expect(accounts.map(({ serverInfo, isDefault }) => `${serverInfo.url} ${isDefault}`).toSorted()).toEqual(
      [`${one.url} false`, `${other.url} true`].toSorted(),
    );
});

test('with a prefix each account has a folder of its own, also when the prefix comes again', async () => {
  const [one, other, third] = [await speckleServer(), await speckleServer(), await speckleServer()];
  const job = new Job();
  const plain = await job.step(forAccount(one).inputs);
  const prefixed = await job.step({ ...forAccount(other).inputs, 'env-prefix': 'SOURCE_' });
  const again = await job.step({ ...forAccount(third).inputs, 'env-prefix': 'SOURCE_' });
  const folder = prefixed.variables['SOURCE_SPECKLE_USERDATA_PATH'] ?? '';
  expect(prefixed.variables).not.toHaveProperty('SPECKLE_USERDATA_PATH');
  expect(folder).not.toBe(plain.outputs['userdata-path']);
  expect(again.outputs['userdata-path']).toBe(folder);
  expect(jsonAccounts(folder)).toHaveLength(2);
  expect(jsonAccounts(plain.outputs['userdata-path'] ?? '')).toMatchObject([{ isDefault: true }]);
});

test('the same user again has one account, with the newer token', async () => {
  const server = await speckleServer();
  const { user, inputs } = forAccount(server);
  const job = new Job();
  const first = await job.step(inputs);
  // An SDK may write more, and so leave behind what the next record does not cover.
  const database = new DatabaseSync(databaseOf(first.outputs['userdata-path'] ?? ''));
  const more = `{"more":"${'x'.repeat(9000)}",`;
  database.prepare('UPDATE objects SET content = ? || substr(content, 2)').run(more);
  database.close();
  const token = server.world.addToken({ user, scopes: ['profile:read', 'profile:email'] });
  const { outputs } = await job.step({ ...inputs, token });
  const folder = outputs['userdata-path'] ?? '';
  expect(jsonAccounts(folder)).toMatchObject([{ token, isDefault: true }]);
  expect(storedAccounts(folder)).toMatchObject([{ token, isDefault: true }]);
  expect(job.holding(inputs.token)).toEqual([]);
});

test('two users without an email on one server are two accounts', async () => {
  const server = await speckleServer();
  const one = forAccount(server, {}, ['profile:read']);
  const other = forAccount(server, {}, ['profile:read']);
  const job = new Job();
  await job.step(one.inputs);
  const { outputs } = await job.step(other.inputs);
  await job.step(other.inputs);
  const folder = outputs['userdata-path'] ?? '';
  for (const accounts of [jsonAccounts(folder), storedAccounts(folder)])
    expect(accounts.map(({ userInfo, isDefault }) => `${userInfo.id} ${isDefault}`).toSorted()).toEqual(
      [`${one.user.id} false`, `${other.user.id} true`].toSorted(),
    );
});

test.each<[string, (runnerTemp: string, folder: string) => string]>([
  ['another folder', () => temporaryFolder()],
  ['a folder further down', (temp, folder) => join(temp, 'further', basename(folder))],
  ['a folder with another name', (temp) => join(temp, 'speckle')],
  ['a folder that is gone', (temp) => join(temp, 'speckle-auth-Abc123')],
])('the variable names %s: the account gets a folder of its own', async (_, name) => {
  const server = await speckleServer();
  const job = new Job();
  const first = await job.step(forAccount(server).inputs);
  const folder = first.outputs['userdata-path'] ?? '';
  const named = name(job.runnerTemp, folder);
  const { outputs } = await job.step(forAccount(server).inputs, { env: { SPECKLE_USERDATA_PATH: named } });
  expect([folder, named]).not.toContain(outputs['userdata-path']);
  expect(jsonAccounts(folder)).toHaveLength(1);
});

posix('where there are modes and links', () => {
  test.each<[string, (folder: string) => void]>([
    ['a link', (folder) => symlinkSync(temporaryFolder(), folder)],
    ['a folder that others can enter', (folder) => (mkdirSync(folder), chmodSync(folder, 0o755))],
    [
      'a folder with a link in it',
      (folder) => (
        mkdirSync(folder, { mode: 0o700 }),
        symlinkSync(temporaryFolder(), join(folder, 'Speckle'))
      ),
    ],
  ])('the variable names %s: the account gets a folder of its own', async (_, make) => {
    const server = await speckleServer();
    const job = new Job();
    const named = join(job.runnerTemp, 'speckle-auth-Abc123');
    make(named);
    const { outputs } = await job.step(forAccount(server).inputs, { env: { SPECKLE_USERDATA_PATH: named } });
    expect(outputs['userdata-path']).not.toBe(named);
    expect(readdirSync(named).filter((name) => name !== 'Speckle')).toEqual([]);
  });
});
