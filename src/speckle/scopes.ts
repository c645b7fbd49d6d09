import { nearMiss } from './near-miss.ts';

/**
 * How a scope is seen without doing anything. The guard of a field checks the scope first, then the server role, and
 * only then runs the field; so what the field itself answers does not matter.
 */
export interface Probe {
  readonly scope: string;
  readonly kind: 'query' | 'mutation';
  /** The name under which the answer and its errors speak of the field. */
  readonly key: string;
  readonly selection: string;
  /** A nullable field keeps its refusal to itself; any other takes the whole operation with it. */
  readonly nullable: boolean;
  /**
   * Why the field may answer with an error although the scope is held: its module is off (or nothing has the empty id
   * that it is asked for), or the user lacks a server role. Then any answer but the scope error means held.
   */
  readonly mayFail?: 'module' | 'role';
  /** The guarded field is inside another one: what goes wrong with that one happens before the guard, and proves nothing. */
  readonly nested?: true;
}

const mutation = (scope: string, key: string, mayFail?: 'module' | 'role', inner?: string): Probe => ({
  scope,
  kind: 'mutation',
  key,
  // Nothing but the name of a namespace's type is ever asked for: no field that acts.
  selection: inner ? `${key}: ${inner}` : `${key} { __typename }`,
  nullable: false,
  ...(mayFail && { mayFail }),
  ...(inner && { nested: true }),
});

const query = (scope: string, key: string, selection: string, mayFail?: 'module' | 'role'): Probe => ({
  scope,
  kind: 'query',
  key,
  selection,
  nullable: mayFail !== 'module',
  ...(mayFail && { mayFail }),
});

/**
 * Every scope that can be seen, measured on a server 2.31.14 (speckle-server/README.md, exchanges 10–14, 34–51).
 * Namespaces that always answer come before those that depend on a module: in a shared mutation an error proves the
 * scopes before it. `profile:read` and `profile:email` are told by the identity itself.
 */
export const probes: readonly Probe[] = [
  query('streams:read', 'streams', 'streams(limit: 0) { totalCount }'),
  query('users:read', 'otherUser', 'otherUser(id: "") { id }'),
  query('apps:read', 'apps', 'apps { id }'),
  query('server:stats', 'adminStreams', 'adminStreams(limit: 0) { totalCount }', 'role'),
  // Inside an alias of its own, so that a refusal leaves the identity alone.
  {
    ...query('tokens:read', 'own', 'own: activeUser { apiTokens { id scopes createdAt lifespan } }'),
    nested: true,
  },
  query('workspace:read', 'workspace', 'workspace(id: "") { id }', 'module'),
  query('automate-functions:read', 'automateFunction', 'automateFunction(id: "") { id }', 'module'),
  mutation('streams:write', 'projectMutations'),
  mutation('profile:write', 'activeUserMutations'),
  mutation('users:invite', 'invites', undefined, 'workspaceMutations { invites { __typename } }'),
  mutation('workspace:billing', 'billing', 'module', 'workspaceMutations { billing { __typename } }'),
  mutation('workspace:update', 'dashboardMutations', 'module'),
  mutation('automate-functions:write', 'automateMutations', 'module'),
  mutation('server:setup', 'serverInfoMutations', 'role'),
];

const byIdentity = ['profile:read', 'profile:email'];

/** These guard acting fields alone: only the token's own entry, which `tokens:read` opens, tells about them. */
const withoutProbe = [
  'apps:write',
  'automate:report-results',
  'profile:delete',
  'tokens:write',
  'users:email',
  'workspace:create',
  'workspace:delete',
];

export const knownScopes: readonly string[] = [
  ...byIdentity,
  ...probes.map(({ scope }) => scope),
  ...withoutProbe,
].toSorted();

/** Whether an answer can tell about the scope, without its entry in the list of tokens. */
export function canBeProbed(scope: string): boolean {
  return byIdentity.includes(scope) || probes.some((probe) => probe.scope === scope);
}

const read = ['profile:read', 'streams:read'];
const write = [...read, 'streams:write'];
const words = new Map([
  ['read', read],
  ['write', write],
  ['automate', [...write, 'automate:report-results']],
]);

/** Parts of at most 40 characters: a pasted token is longer. */
const form = /^[a-z][a-z0-9_.-]{0,39}(?::[a-z][a-z0-9_.-]{0,39}){1,2}$/;

/** Whether text has the form of a scope; a scope need not be known. */
export function isScope(text: string): boolean {
  return form.test(text);
}

export interface ScopeFault {
  /** As it was written: it may hold anything. */
  readonly given: string;
  /** The scope or word that was probably meant. */
  readonly meant?: string;
}

/**
 * Reads a list of scopes and of the words `read`, `write` and `automate`. The scopes come in lower case, sorted, each
 * once, with `profile:read`. One of the right form that nobody knows is taken: servers may know more of them.
 */
export function readScopes(text: string): { scopes: string[]; faults: ScopeFault[] } {
  const scopes = new Set(['profile:read']);
  const faults: ScopeFault[] = [];
  for (const given of new Set(text.split(/[\s,;]+/).filter(Boolean))) {
    const name = given.toLowerCase();
    const expanded = words.get(name) ?? (knownScopes.includes(name) ? [name] : undefined);
    const meant = expanded ? undefined : nearMiss(name, [...knownScopes, ...words.keys()]);
    if (meant) faults.push({ given, meant });
    else if (!expanded && !isScope(name)) faults.push({ given });
    else for (const scope of expanded ?? [name]) scopes.add(scope);
  }
  return { scopes: [...scopes].toSorted(), faults };
}
