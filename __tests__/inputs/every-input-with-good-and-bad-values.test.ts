import { describe, expect, test } from '@jest/globals';
import {
  inputNames,
  type Environment,
  type InputName,
  type InputTexts,
  textsOf,
} from '../../src/action/inputs.ts';
import { readInputs } from '../../src/action/read-inputs.ts';

const token = '0123456789abcdef0123456789abcdef0123456789';
const blank = textsOf(() => '');
const noFile = () => {
  throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
};

function read(texts: Partial<InputTexts>, environment: Environment = {}) {
  return readInputs({ ...blank, ...texts }, environment, noFile);
}

test('without any input everything has its default', () => {
  expect(read({})).toEqual({
    faults: [],
    warnings: [],
    inputs: {
      server: { origin: 'https://app.speckle.systems', source: 'default' },
      page: {},
      scopes: ['profile:read'],
      excessScopes: 'ignore',
      permission: 'read',
      allowedUsers: [],
      onMissingToken: 'fail',
      exportEnv: true,
      envPrefix: '',
      outputToken: false,
      accountFile: false,
      verifyCertificate: true,
      timeout: 60,
      summary: true,
    },
  });
});

describe('good values', () => {
  test.each<[InputName, string, object]>([
    ['excess-scopes', 'Warn', { excessScopes: 'warn' }],
    ['excess-scopes', ' fail\n', { excessScopes: 'fail' }],
    ['on-missing-token', 'SKIP', { onMissingToken: 'skip' }],
    ['export-env', 'false', { exportEnv: false }],
    ['export-env', 'FALSE', { exportEnv: false }],
    ['output-token', 'True', { outputToken: true }],
    ['account-file', 'true', { accountFile: true }],
    ['verify-certificate', 'False', { verifyCertificate: false }],
    ['summary', 'false\r\n', { summary: false }],
    ['timeout', '1', { timeout: 1 }],
    ['timeout', '3600', { timeout: 3600 }],
    ['timeout', '2.5', { timeout: 2.5 }],
    ['env-prefix', 'SOURCE_', { envPrefix: 'SOURCE_' }],
    ['env-prefix', '_x1', { envPrefix: '_x1' }],
    [
      'allowed-users',
      'A097E60AAE, ci.robot@Example.com\nb',
      { allowedUsers: ['a097e60aae', 'ci.robot@example.com', 'b'] },
    ],
    ['scopes', 'read', { scopes: ['profile:read', 'streams:read'] }],
    ['scopes', 'Write', { scopes: ['profile:read', 'streams:read', 'streams:write'] }],
    [
      'scopes',
      'Streams:Read,\r\nprofile:email',
      { scopes: ['profile:email', 'profile:read', 'streams:read'] },
    ],
    ['project', 'abc123', { page: { projectId: 'abc123' }, scopes: ['profile:read', 'streams:read'] }],
  ])('%s: %j', (name, text, understood) => {
    const { inputs, faults } = read({ [name]: text });
    expect(faults).toEqual([]);
    expect(inputs).toMatchObject(understood);
  });

  test('an allowed email needs profile:email, writing into a project needs streams:write', () => {
    const { inputs } = read({ 'allowed-users': 'a@example.com', project: 'abc', permission: 'write' });
    expect(inputs.scopes).toEqual(['profile:email', 'profile:read', 'streams:read', 'streams:write']);
  });
});

describe('bad values are named with what came and what is taken', () => {
  test.each<[InputName, string, string]>([
    ['excess-scopes', 'maybe', '“maybe”'],
    ['permission', 'admin', 'read or write'],
    ['permission', 'write', 'needs a project'],
    ['on-missing-token', 'yes', 'fail or skip'],
    ['export-env', 'yes', 'true or false'],
    ['export-env', '1', 'true or false'],
    ['output-token', 'tru', '“tru”'],
    ['account-file', 'no', 'true or false'],
    ['verify-certificate', 'off', 'true or false'],
    ['summary', 'null', 'true or false'],
    ['ca-certificate', '/does/not/exist.pem', 'PEM'],
    ['ca-certificate', '-----BEGIN PRIVATE KEY-----\nabcd\n-----END PRIVATE KEY-----', 'private key'],
    ['timeout', '0', 'from 1 to 3600'],
    ['timeout', '0.99', 'from 1 to 3600'],
    ['timeout', '3601', 'from 1 to 3600'],
    ['timeout', '-5', 'from 1 to 3600'],
    ['timeout', '1e3', 'from 1 to 3600'],
    ['timeout', '0x10', 'from 1 to 3600'],
    ['timeout', '60s', 'from 1 to 3600'],
    ['timeout', 'Infinity', 'from 1 to 3600'],
    ['env-prefix', '1ST_', 'no digit first'],
    ['env-prefix', 'A-B', 'letters, digits and _'],
    ['env-prefix', 'GITHUB_', 'belongs to the runner'],
    ['env-prefix', 'runner_x', 'belongs to the runner'],
    ['env-prefix', 'ACTIONS_', 'belongs to the runner'],
    ['env-prefix', 'Ä_', 'letters, digits and _'],
    ['allowed-users', 'a b@ c', 'number 2'],
    ['allowed-users', '*@example.com', 'number 1'],
    ['allowed-users', ' ,\n; ', 'names nobody'],
    ['export-env', 'constructor', 'true or false'],
    ['output-token', '__proto__', 'true or false'],
    ['scopes', 'stream:read', 'streams:read'],
    ['scopes', 'reed', 'read'],
    ['scopes', '<b>', 'is not a scope'],
    ['project', 'https://speckle.example.com/workspaces/x', 'shows no project'],
    ['project', 'a b', 'id of a project'],
    ['server', 'ftp://speckle.example.com', 'neither http nor https'],
  ])('%s: %j', (name, text, fault) => {
    const { faults } = read({ [name]: text });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(`${name} got `);
    expect(faults[0]).toContain(fault);
    expect(faults[0]).toContain('; it takes ');
  });

  test('all at once', () => {
    const { faults, inputs } = read({ timeout: 'x', summary: 'y', server: 'z z', scopes: 'stream:read' });
    expect(faults.map((fault) => fault.split(' ')[0] ?? '').toSorted()).toEqual([
      'scopes',
      'server',
      'summary',
      'timeout',
    ]);
    expect(inputs).toMatchObject({ timeout: 60, summary: true, server: undefined });
  });

  test.each(inputNames.filter((name) => name !== 'token'))(
    'a token pasted into %s is refused and not shown',
    (name) => {
      const { faults } = read({ [name]: token });
      expect(faults).toHaveLength(1);
      expect(faults[0]).toMatch(/ got (what may be a secret|a value), which /);
      expect(faults[0]).not.toContain(token.slice(0, 8));
    },
  );

  test.each<[InputName, string]>([
    ['server', 'https://robot:correct-horse@speckle.example.com'],
    ['timeout', 'ghp_abcdefghijklmnopqrstuvwxyz'],
    ['excess-scopes', 'Zm9vYmFyMTIzNDU2Nzg5MA=='],
  ])('a secret in %s is not shown', (name, text) => {
    expect(read({ [name]: text }).faults[0]).toContain('what may be a secret');
  });
});
