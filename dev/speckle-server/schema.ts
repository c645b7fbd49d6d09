import { readFileSync } from 'node:fs';
import {
  buildASTSchema,
  type FieldDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
  isScalarType,
  Kind,
  parse,
  visit,
} from 'graphql';
import { type Context, guardScope, guardServerRole } from './guards.ts';
import type { Resolvers } from './resolvers.ts';
import type { ServerRole } from './world.ts';

const source = readFileSync(new URL('schema.graphql', import.meta.url), 'utf8');

/**
 * The schema, ready to execute: each field guarded as its directives say.
 * @param absent Fields that this server does not have, each as `Type.field`.
 */
export function createSchema(resolvers: Resolvers, absent: readonly string[]): GraphQLSchema {
  const schema = buildASTSchema(without(absent));
  for (const type of Object.values(schema.getTypeMap())) {
    if (isObjectType(type) && !type.name.startsWith('__')) guardFields(type, resolvers);
    else if (isScalarType(type) && type.name === 'DateTime')
      type.serialize = (value) => (value instanceof Date ? value.toISOString() : value);
  }
  return schema;
}

function without(absent: readonly string[]) {
  const parsed = parse(source);
  const left = new Set(absent);
  const document = visit(parsed, {
    ObjectTypeDefinition: (type) => ({
      ...type,
      fields: type.fields?.filter((field) => !left.delete(`${type.name.value}.${field.name.value}`)),
    }),
  });
  if (left.size > 0) throw new Error(`The schema has no field ${Array.from(left).join(', ')}.`);
  return document;
}

function guardFields(type: GraphQLObjectType, resolvers: Resolvers): void {
  for (const [name, field] of Object.entries(type.getFields())) {
    const guards = field.astNode ? readGuards(field.astNode) : [];
    const resolver = resolvers[`${type.name}.${name}`];
    field.resolve = (parent, args, context: Context) => {
      for (const guard of guards) guard(context);
      if (resolver) return resolver(parent as never, args as never, context);
      return Reflect.get(Object(parent), name) as unknown;
    };
  }
}

/** The guards of a field. The scope is asked before the role (measured, exchange 39). */
function readGuards(field: FieldDefinitionNode): ((context: Context) => void)[] {
  const named = new Map(
    field.directives?.map(({ name, arguments: given }) => {
      const value = given?.[0]?.value;
      return [name.value, value?.kind === Kind.STRING ? value.value : ''];
    }),
  );
  const scope = named.get('hasScope');
  const role = named.get('hasServerRole');
  return [
    ...(scope ? [(context: Context) => guardScope(context, scope)] : []),
    ...(role ? [(context: Context) => guardServerRole(context, role as ServerRole)] : []),
  ];
}
