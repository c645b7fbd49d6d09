import type { GraphqlError } from './graphql-error.ts';
import type { Probe } from './scopes.ts';

/** One GraphQL operation, with what is asked in it. */
export interface Operation {
  readonly document: string;
  readonly variables?: { readonly id: string };
  /** Whether it asks who the token's user and the server are. */
  readonly identity: boolean;
  /** In the order of their fields, which is the order in which a mutation runs them. */
  readonly probes: readonly Probe[];
  readonly project: boolean;
}

/** `smallest` is what every server knows; `migration` is missing before 2.18.5. */
const identities = {
  full: 'serverInfo { name version migration { movedTo } } activeUser { id name email role }',
  smallest: 'serverInfo { name version } activeUser { id name email role }',
};

/** `permissions` is missing before 2.23.24, and `canPublish` before 2.24.1. */
const projects = {
  permissions:
    'project(id: $id) { id name role permissions { canRead { authorized message } canPublish { authorized message } } }',
  role: 'project(id: $id) { id name role }',
};

export interface Parts {
  readonly identity?: keyof typeof identities;
  /** All of one kind. */
  readonly probes?: readonly Probe[];
  readonly project?: { readonly id: string; readonly by: keyof typeof projects } | undefined;
}

/** Writes an operation. The project is the last field: what it refuses shall be the last thing that is run. */
export function compose({ identity, probes = [], project }: Parts): Operation {
  const fields = [
    ...(identity ? [identities[identity]] : []),
    ...probes.map(({ selection }) => selection),
    ...(project ? [projects[project.by]] : []),
  ].join(' ');
  const kind = probes[0]?.kind === 'mutation' ? 'mutation ' : project ? 'query ($id: String!) ' : '';
  return {
    document: `${kind}{ ${fields} }`,
    ...(project && { variables: { id: project.id } }),
    identity: identity !== undefined,
    probes,
    project: project !== undefined,
  };
}

export interface Answer {
  /** None where it was null. */
  readonly data?: Readonly<Record<string, unknown>> | undefined;
  readonly errors: readonly GraphqlError[];
}

export interface Answered {
  readonly operation: Operation;
  readonly answer: Answer;
}

/** Whether the operation was not run: it does not fit the schema. Such an answer tells nothing about a token. */
export function isUnfit({ data, errors }: Answer): boolean {
  return data === undefined && errors.every(({ path }) => path.length === 0);
}

export function errorsAt({ errors }: Answer, key: string): GraphqlError[] {
  return errors.filter(({ path }) => path[0] === key);
}
