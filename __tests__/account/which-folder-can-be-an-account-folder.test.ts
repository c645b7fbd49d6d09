import { describe, expect, test } from '@jest/globals';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix, win32 } from 'node:path';
import {
  folderNameOf,
  isAccountId,
  isOwn,
  isWithin,
  reasonIn,
  Replaced,
} from '../../src/action/account-folder.ts';

const name = 'speckle-auth-Abc123';

test.each([
  ['a direct child with a name of ours', `/runner/_temp/${name}`, name],
  ['with a slash at its end', `/runner/_temp/${name}/`, name],
  ['by a detour', `/runner/_temp/../_temp/./${name}`, name],
  ['further down', `/runner/_temp/further/${name}`, undefined],
  ['beside', `/runner/${name}`, undefined],
  ['in a folder whose name begins alike', `/runner/_temp2/${name}`, undefined],
  ['the temporary folder itself', '/runner/_temp', undefined],
  ['another name', '/runner/_temp/speckle', undefined],
  ['a name that goes on', `/runner/_temp/${name}4`, undefined],
  ['relative', name, undefined],
  ['nothing', '', undefined],
])('on Linux and macOS: %s', (_, folder, expected) => {
  expect(folderNameOf(folder, '/runner/_temp', posix)).toBe(expected);
});

test.each([
  ['a direct child', `D:\\a\\_temp\\${name}`, name],
  ['in other case', `d:\\A\\_TEMP\\${name}`, name],
  ['with slashes', `D:/a/_temp/${name}`, name],
  ['with a backslash at its end', `D:\\a\\_temp\\${name}\\`, name],
  ['on another drive', `C:\\a\\_temp\\${name}`, undefined],
  ['on another machine', `\\\\host\\a\\_temp\\${name}`, undefined],
  ['beside', `D:\\a\\${name}`, undefined],
  ['another stream of it', `D:\\a\\_temp\\${name}:stream`, undefined],
  ['relative', `_temp\\${name}`, undefined],
])('on Windows: %s', (_, folder, expected) => {
  expect(folderNameOf(folder, 'D:\\a\\_temp', win32)).toBe(expected);
});

test.each([
  ['/work', '/work', true],
  ['/work/temp', '/work', true],
  ['/work/..temp', '/work', true],
  ['/work', '/work/temp', false],
  ['/work-temp', '/work', false],
])('%s in %s: %s', (folder, outer, within) => {
  expect(isWithin(folder, outer, posix)).toBe(within);
});

test.each([
  ['D:\\a\\Repo\\temp', 'D:\\a\\repo', true],
  ['D:\\a\\_temp', 'D:\\a\\repo', false],
  ['C:\\a\\repo', 'D:\\a\\repo', false],
])('%s in %s: %s', (folder, outer, within) => {
  expect(isWithin(folder, outer, win32)).toBe(within);
});

test('an id of an account can name nothing else', () => {
  expect(isAccountId('0C0647CE77E95F8AEB933B9FB0FD6AD9')).toBe(true);
  for (const text of [
    '',
    'ID',
    '0c0647ce77e95f8aeb933b9fb0fd6ad9',
    `../${'F'.repeat(29)}`,
    `${'F'.repeat(32)}\n`,
  ])
    expect(isAccountId(text)).toBe(false);
});

test.each<[string, unknown, string]>([
  ['of the system', Object.assign(new Error('secret'), { code: 'ENOSPC' }), 'ENOSPC'],
  [
    'of SQLite',
    Object.assign(new Error('secret'), { code: 'ERR_SQLITE_ERROR', errstr: 'disk I/O error' }),
    'disk I/O error',
  ],
  ['of our own', new Replaced('something else'), 'something else'],
  ['of others', Object.assign(new Error('secret'), { code: 'x\n::error::forged' }), 'an unknown fault'],
  ['that is no error', 'secret', 'an unknown fault'],
])('the reason of an error %s is shown without its message', (_, error, reason) => {
  expect(reasonIn(error)).toBe(reason);
});

const here = process.platform === 'win32' ? describe.skip : describe;

here('where there are modes and links', () => {
  test.each<[string, (place: string) => void, string]>([
    ['closed', (place) => mkdirSync(place, { mode: 0o700 }), 'nothing read'],
    ['open for reading', (place) => (mkdirSync(place), chmodSync(place, 0o755)), 'read'],
    ['open for the group', (place) => (mkdirSync(place), chmodSync(place, 0o770)), ''],
    ['a file', (place) => writeFileSync(place, '', { mode: 0o600 }), ''],
    ['a link to a folder', (place) => symlinkSync(tmpdir(), place), ''],
    ['not there', () => {}, ''],
  ])('%s', (_, make, expected) => {
    const folder = mkdtempSync(join(tmpdir(), 'speckle-own-'));
    const place = join(folder, name);
    make(place);
    const allowed = (['nothing', 'read'] as const).filter((others) => isOwn(place, others));
    rmSync(folder, { recursive: true });
    expect(allowed.join(' ')).toBe(expected);
  });
});
