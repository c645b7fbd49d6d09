import { describe, expect, test } from '@jest/globals';
import { forbiddenImports } from '../../dev/check-imports.ts';

describe('who may import whom', () => {
  test.each([
    ['src/speckle/plan.ts', "import { send } from '../http/send.ts';", 'src/http/send.ts'],
    ['src/speckle/plan.ts', "import type { Inputs } from '../action/inputs.ts';", 'src/action/inputs.ts'],
    ['src/speckle/plan.ts', "import { gql } from 'graphql-request';", 'graphql-request'],
    ['src/speckle/ask.ts', "const { context } = await import('@actions/github');", '@actions/github'],
    ['src/http/send.ts', "export { judge } from '../speckle/judge.ts';", 'src/speckle/judge.ts'],
    ['src/http/send.ts', "import * as core from '@actions/core';", '@actions/core'],
    ['src/action/run.ts', "import {\n  get,\n  request,\n} from 'node:https';", 'node:https'],
    ['src/action/run.ts', "import { connect } from 'tls';", 'node:tls'],
    ['src/action/run.ts', "import { run } from '../main.ts';", 'src/main.ts'],
    ['src/clean.ts', "import { inputNames } from './action/inputs.ts';", 'src/action/inputs.ts'],
    ['src/main.ts', "import '../dev/speckle-server/server.ts';", 'dev/speckle-server/server.ts'],
    ['src/post.ts', "import { parse } from 'yaml';", 'yaml'],
    ['src/version.ts', 'const found = await import(name);', 'name'],
    ['src/version.ts', "type Schema = import('graphql').GraphQLSchema;", 'graphql'],
    ['dev/demo.ts', "import { world } from '../__tests__/world.ts';", '__tests__/world.ts'],
  ])('%s may not say %j', (file, text, name) => {
    expect(forbiddenImports(file, text)).toEqual([`${file} may not import ${name}.`]);
  });

  test.each([
    ['src/speckle/ask.ts', "import { GraphQLClient } from 'graphql-request';"],
    [
      'src/speckle/plan.ts',
      "import { Failure } from '../failure.ts';\nimport { scopes } from './scopes.ts';",
    ],
    ['src/http/send.ts', "import { request } from 'node:https';\nimport { Failure } from '../failure.ts';"],
    ['src/action/run.ts', "import { send } from '../http/send.ts';\nawait import('@actions/github');"],
    ['src/main.ts', "import { run } from './action/run.ts';"],
    ['dev/demo.ts', "import { run } from '../src/action/run.ts';\nimport { parse } from 'yaml';"],
    ['src/clean.ts', "/** Not an import: import 'tls'. */\nexport const from = 'tls';"],
  ])('%s may say %j', (file, text) => {
    expect(forbiddenImports(file, text)).toEqual([]);
  });

  test('a new folder of src has to be given a rule', () => {
    expect(forbiddenImports('src/cloud/a.ts', '')).toEqual([
      'src/cloud/a.ts is in a folder for which there is no rule.',
    ]);
  });
});
