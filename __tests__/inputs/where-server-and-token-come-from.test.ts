import { describe, expect, test } from '@jest/globals';
import { type Environment, type InputTexts, textsOf } from '../../src/action/inputs.ts';
import { readInputs } from '../../src/action/read-inputs.ts';

const token = '0123456789abcdef0123456789abcdef0123456789';
const blank = textsOf(() => '');
const noFile = () => {
  throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
};

function read(texts: Partial<InputTexts>, environment: Environment = {}) {
  return readInputs({ ...blank, ...texts }, environment, noFile);
}

describe('the server', () => {
  const url = 'https://speckle.example.com';
  const other = 'https://other.example.com';

  test.each<[string, Partial<InputTexts>, Environment, string, string]>([
    ['the input first', { server: url, project: 'p' }, { SPECKLE_SERVER: other }, url, 'input'],
    ['then the project', { project: `${url}/projects/p` }, { SPECKLE_SERVER: other }, url, 'project'],
    [
      'then SPECKLE_SERVER_URL',
      {},
      { SPECKLE_SERVER_URL: url, SPECKLE_SERVER: other },
      url,
      'SPECKLE_SERVER_URL',
    ],
    [
      'then SPECKLE_SERVER',
      {},
      { SPECKLE_SERVER_URL: ' ', SPECKLE_SERVER: `${url}/\n` },
      url,
      'SPECKLE_SERVER',
    ],
  ])('%s', (_, texts, environment, origin, source) => {
    expect(read(texts, environment).inputs.server).toMatchObject({ origin, source });
  });

  test('a warning where both variables differ, none where they mean the same', () => {
    expect(read({}, { SPECKLE_SERVER_URL: url, SPECKLE_SERVER: other }).warnings).toHaveLength(1);
    expect(read({}, { SPECKLE_SERVER_URL: url, SPECKLE_SERVER: `${url}/graphql` }).warnings).toEqual([]);
  });

  test('a fault in a variable names the variable, and is none where the input is given', () => {
    expect(read({}, { SPECKLE_SERVER: 'a b' }).faults[0]).toContain('the variable SPECKLE_SERVER got “a b”');
    expect(read({ server: url }, { SPECKLE_SERVER: 'a b' }).faults).toEqual([]);
  });

  test('a page gives project, model, version and automation', () => {
    expect(read({ server: `${url}/projects/p/models/m@v` }).inputs.page).toEqual({
      projectId: 'p',
      modelId: 'm',
      versionId: 'v',
    });
    expect(read({ project: `${url}/projects/p/automations/a` }).inputs.page).toEqual({
      projectId: 'p',
      automationId: 'a',
    });
  });

  test('a project of another server, or another project than the page shows, is refused', () => {
    expect(read({ server: url, project: `${other}/projects/p` }).faults[0]).toContain('on another server');
    expect(read({ server: `${url}/projects/p`, project: 'q' }).faults[0]).toContain('another project');
    expect(read({ server: `${url}/projects/p/models/m`, project: 'p' }).inputs.page).toMatchObject({
      modelId: 'm',
    });
  });
});

describe('the token', () => {
  const url = 'https://speckle.example.com';

  test('white space around it is dropped', () => {
    expect(read({ token: ` ${token}\r\n` }).inputs.token).toEqual({ value: token, source: 'input' });
    expect(read({}, { SPECKLE_TOKEN: `${token}\n` }).inputs.token).toEqual({
      value: token,
      source: 'SPECKLE_TOKEN',
    });
  });

  test.each<[string, Partial<InputTexts>, Environment, boolean]>([
    ['counts without a named server', { server: url }, {}, true],
    ['counts for the same server', { server: url }, { SPECKLE_SERVER: `${url}/` }, true],
    ['counts for the server that it names itself', {}, { SPECKLE_SERVER: url }, true],
    [
      'does not count for another server',
      { server: url },
      { SPECKLE_SERVER: 'https://x.example.com' },
      false,
    ],
    [
      'does not count for the server of a project',
      { project: `${url}/projects/p` },
      { SPECKLE_SERVER_URL: 'x.example.com' },
      false,
    ],
    ['does not count where its server is not understood', { server: url }, { SPECKLE_SERVER: 'a b' }, false],
  ])('of the environment %s', (_, texts, environment, counts) => {
    const { inputs } = read(texts, { SPECKLE_TOKEN: token, ...environment });
    expect(inputs.token !== undefined).toBe(counts);
    expect(inputs.tokenWithheld === undefined).toBe(counts);
  });
});
