// What we say of a token that cannot be one is the same whatever it holds, also where that is our own words: gaps in them
// would tell what was pasted, and nobody could read them.
import { afterAll, expect, test } from '@jest/globals';
import { inProcess } from './in-process.ts';

const here = inProcess();
afterAll(() => here.remove());

const server = 'https://speckle.example.com';
const inputs = { server, 'export-env': 'true', summary: 'true' };
const other = 'f3'.repeat(21);

test.each([
  ['an address', `${server}/settings/user/developer`, 'https://example.org/a'],
  ['a file of variables', `SPECKLE_SERVER=${server}\r\nSPECKLE_TOKEN=${other}\r\n`, `A=b\nC=${other}`],
  ['a command', `$env:SPECKLE_TOKEN = '${other}'`, `'${other}'`],
  ['our own sentence', 'Store the token again as it was shown when it was made', 'x y'],
  ['the name of a variable', '"SPECKLE_TOKEN"', '"x"'],
])('%s', async (_, pasted, anything) => {
  const [told, expected] = [
    await here.run({ ...inputs, token: pasted }, {}),
    await here.run({ ...inputs, token: anything }, {}),
  ];
  expect(told.outputs['status']).toBe('malformed-token');
  expect(told).toEqual(expected);
});

test('an address and the names of its variables stay readable with a token that holds them', async () => {
  const { outputs, stdout } = await here.run(
    { ...inputs, token: `${server}\n`, project: 'https://other.example.com/projects/abc' },
    { SPECKLE_SERVER: 'https://other.example.com', SPECKLE_SERVER_URL: server },
  );
  expect(outputs).toMatchObject({ status: 'invalid-input', 'server-url': server });
  expect(stdout).toContain('SPECKLE_SERVER_URL and SPECKLE_SERVER name different servers.');
});
