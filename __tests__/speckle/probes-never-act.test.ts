// Whatever is asked, nothing may happen: each document that the plan can yield is parsed, and held to the schema.
import { describe, expect, test } from '@jest/globals';
import {
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  validate,
} from 'graphql';
import { createSchema } from '../../dev/speckle-server/schema.ts';
import type { Answer } from '../../src/speckle/operation.ts';
import { firstRequest, followUp } from '../../src/speckle/plan.ts';
import { knownScopes } from '../../src/speckle/scopes.ts';
import { requirements } from './bench.ts';

const project = 'a1b2c3d4e5';
const fault = (path: string[]): Answer => ({ errors: [{ message: '', path, code: 'FORBIDDEN' }] });
const answers: Record<string, Answer> = {
  'does not know a field': fault([]),
  'refuses the project': fault(['project']),
  'cannot say who it is': fault(['serverInfo']),
  'answers the identity alone': { data: { serverInfo: {}, activeUser: {} }, errors: [] },
};

const documents = new Set<string>();
for (const excessScopes of ['ignore', 'warn'] as const)
  for (const scopes of [knownScopes.join(' '), ...knownScopes])
    for (const wanted of [{}, { project }]) {
      const required = requirements('https://speckle.example.com', '', { scopes, excessScopes, ...wanted });
      const first = firstRequest(required);
      for (const { document } of first) documents.add(document);
      for (const answer of Object.values(answers)) {
        const answered = first.map((operation) => ({ operation, answer }));
        for (const { document } of followUp(required, answered)) documents.add(document);
      }
    }

const operations = [...documents].map((document) => {
  const [definition, ...others] = parse(document).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION || others.length > 0) throw new Error(document);
  return [document, definition] as const;
});

const mutations = operations.filter(([, { operation }]) => operation === OperationTypeNode.MUTATION);
const queries = operations.filter(([, { operation }]) => operation === OperationTypeNode.QUERY);

test('both kinds are among what can be asked', () => {
  expect(mutations.length).toBeGreaterThanOrEqual(7);
  expect(queries.length + mutations.length).toBe(operations.length);
  expect(queries.length).toBeGreaterThan(20);
});

describe('a mutation asks for the name of a type and nothing else', () => {
  test.each(mutations)('%s', (_, definition) => {
    for (const path of paths(definition)) {
      expect(path.at(-1)?.name.value).toBe('__typename');
      for (const namespace of path.slice(0, -1)) {
        expect(namespace.name.value).toMatch(/Mutations$|^invites$|^billing$/);
        expect(namespace.arguments).toEqual([]);
        expect(namespace.directives).toEqual([]);
      }
    }
  });
});

describe('a document fits the schema', () => {
  const schema = createSchema({}, []);
  test.each(operations)('%s', (document) => {
    expect(validate(schema, parse(document))).toEqual([]);
  });
});

/** Every way from the operation to a leaf. */
function paths({ selectionSet }: OperationDefinitionNode | FieldNode): FieldNode[][] {
  return (selectionSet?.selections ?? []).flatMap((field) => {
    if (field.kind !== Kind.FIELD) throw new Error('A fragment may hide anything.');
    return field.selectionSet ? paths(field).map((path) => [field, ...path]) : [[field]];
  });
}
