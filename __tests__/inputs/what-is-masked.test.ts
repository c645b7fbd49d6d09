import { expect, test } from '@jest/globals';
import { type InputTexts, textsOf } from '../../src/action/inputs.ts';
import { masksFor } from '../../src/action/masks.ts';

const token = '0123456789abcdef0123456789abcdef0123456789';
const id = token.slice(0, 10);
const secret = token.slice(10);
const blank = textsOf(() => '');

test.each<[string, Partial<InputTexts>, Record<string, string>, string[]]>([
  ['nothing', {}, {}, []],
  ['the token with its parts', { token }, {}, [token, id, secret]],
  [
    'as it came and without white space',
    { token: ` ${token}\n` },
    {},
    [` ${token}\n`, ` ${token}`, token, id, secret],
  ],
  [
    'each line',
    { token: 'first-line\r\nsecond-line' },
    {},
    ['first-line\r\nsecond-line', 'first-line', 'second-line'],
  ],
  [
    'the token inside a malformed one',
    { token: `TOKEN="${token}"` },
    {},
    [`TOKEN="${token}"`, token, id, secret],
  ],
  ['the token inside a longer one', { token: `${token}xyz` }, {}, [`${token}xyz`, token, id, secret]],
  ['nothing short', { token: 'short' }, {}, []],
  ['no blanks', { token: '          ' }, {}, []],
  ['the token of the environment', {}, { SPECKLE_TOKEN: token }, [token, id, secret]],
  ['the variable that is replaced', { 'env-prefix': 'A_' }, { A_SPECKLE_TOKEN: token }, [token, id, secret]],
  ['a token in another input', { project: `x${token}` }, {}, [token, id, secret]],
  [
    'a token of another service in another input',
    { timeout: 'ghp_abcdefghijklmnop' },
    {},
    ['ghp_abcdefghijklmnop', 'ghp_abcdef', 'ghijklmnop'],
  ],
  [
    'a password in an address',
    { server: 'https://me:p%40ssword1@example.com' },
    {},
    ['p%40ssword1', 'p@ssword1'],
  ],
  ['a password in a variable', {}, { SPECKLE_SERVER: 'me:password1@example.com' }, ['password1']],
  [
    'the passwords in the variables of proxies',
    {},
    {
      HTTPS_PROXY: 'http://builder:p%40ssword1@proxy.example.com:3128',
      http_proxy: 'builder:other-password@proxy.example.com',
      HTTP_PROXY: 'http://builder:short@proxy.example.com',
      all_proxy: 'socks5://builder:third-password@proxy.example.com',
      NO_PROXY: 'http://x:not-a-proxy@example.com',
    },
    ['p%40ssword1', 'p@ssword1', 'other-password', 'third-password'],
  ],
  [
    'a password after a user with a backslash',
    {},
    { HTTPS_PROXY: 'http://OFFICE\\builder:Passw0rdLong@proxy.example.com:3128' },
    ['Passw0rdLong'],
  ],
  [
    'a password with characters that an address may not have',
    {},
    { http_proxy: 'http://builder:pa/ss#w0rd?L%6fng@proxy.example.com', HTTP_PROXY: 'b:p@ss\\word/1@proxy' },
    ['pa/ss#w0rd?L%6fng', 'pa/ss#w0rd?Long', 'p@ss\\word/1'],
  ],
  [
    'nothing of a proxy without a password',
    {},
    { HTTPS_PROXY: 'http://proxy.example.com:3128/', HTTP_PROXY: 'http://builder@proxy.example.com:3128' },
    [],
  ],
  [
    'nothing of an address with @ in its path',
    {
      server: 'https://example.com:8080/projects/abcdef0123/models/0123abcdef@fedcba9876',
      project: 'https://example.com/projects/abcdef0123/models/0123abcdef@fedcba9876,a1b2c3d4e5@0a1b2c3d4e',
    },
    { SPECKLE_SERVER: 'https://example.com:8080/projects/abcdef0123/models/0123abcdef@fedcba9876' },
    [],
  ],
  [
    'the token of an embedded view',
    { project: 'https://example.com/projects/p?embedToken=abcdefghij' },
    {},
    ['abcdefghij'],
  ],
  [
    'no address, id, name or email',
    { server: 'https://example.com/projects/abcdef0123', 'allowed-users': 'ci@example.com' },
    {},
    [],
  ],
])('%s', (_, texts, environment, masks) => {
  expect(masksFor({ ...blank, ...texts }, environment).toSorted()).toEqual([...masks].toSorted());
});

test('a token is masked wherever it begins in a longer run', () => {
  const other = 'fedcba9876543210'.repeat(3).slice(0, 42);
  const masks = masksFor({ ...blank, token: `ab${token} x` }, {});
  const pasted = masksFor({ ...blank, token: token + other }, {});
  expect(masks).toEqual(expect.arrayContaining([token, id, secret]));
  expect(pasted).toEqual(
    expect.arrayContaining([token, id, secret, other, other.slice(0, 10), other.slice(10)]),
  );
});
