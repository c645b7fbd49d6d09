import { expect, test } from '@jest/globals';
import {
  accountId,
  accountRecord,
  secondAccountId,
  userOf,
  withoutDefault,
} from '../../src/action/account-record.ts';

const withoutEmail = { id: 'a1b2c3d4e5', name: 'Ada' };
const facts = {
  token: '0123456789abcdef0123456789abcdef0123456789',
  origin: 'https://speckle.example.com',
  server: { name: 'Our server', version: 'custom' },
  user: { ...withoutEmail, email: 'ada@example.com' },
};

test('the id is the MD5 of email and server address, in upper case', () => {
  // printf 'ada@example.comhttps://speckle.example.com' | md5sum
  expect(accountId(facts)).toBe('CDE7C693F287939EAC2D9BD302B48B14');
  // printf 'https://speckle.example.com' | md5sum
  expect(accountId({ ...facts, user: withoutEmail })).toBe('7ABB29756B75A33E3554F39D4C9A9E68');
});

test('users without an email can be kept apart by their ids', () => {
  const [one, other] = ['a', 'b'].map((id) => secondAccountId({ ...facts, user: { ...withoutEmail, id } }));
  expect(one).not.toBe(other);
  expect([one, other]).not.toContain(accountId({ ...facts, user: withoutEmail }));
});

test('nothing that a server leaves out makes a record that an SDK passes over', () => {
  const record = JSON.parse(
    accountRecord({ ...facts, server: { name: '' }, user: withoutEmail }, 'ID'),
  ) as unknown;
  expect(record).toMatchObject({
    id: 'ID',
    serverInfo: { name: 'speckle.example.com', version: null, migration: null },
    userInfo: { email: '' },
  });
});

test.each([
  ['letters of all languages', 'Žofie 王 😀'],
  ['quotes and backslashes', '"\\u0041'],
  ['half a surrogate pair', 'a\uD83D', 'a\uFFFD'],
  ['a line separator and a byte order mark', '\u2028\uFEFF'],
  ['control characters', '\0\u007F\n'],
])('a name of %s is plain ASCII', (_, name, read = name) => {
  const record = accountRecord({ ...facts, user: { ...facts.user, name } }, 'ID');
  expect(record).toMatch(/^[ -~]+$/);
  expect(JSON.parse(record)).toMatchObject({ userInfo: { name: read } });
});

test('another account stops being the default one and keeps all else', () => {
  const record = accountRecord({ ...facts, user: { ...facts.user, name: 'Žofie' } }, 'ID');
  const changed = withoutDefault(record) ?? '';
  expect(JSON.parse(changed)).toEqual({ ...(JSON.parse(record) as object), isDefault: false });
  expect(changed).toMatch(/^[ -~]+$/);
  expect(withoutDefault(changed)).toBeUndefined();
});

test.each(['', 'no JSON', 'null', '[]', '"text"', '{"isDefault":"true"}'])(
  'what is no account is left as it is: %j',
  (text) => {
    expect(withoutDefault(text)).toBeUndefined();
    expect(userOf(text)).toBeUndefined();
  },
);
