import type { Cleaner } from '../clean.ts';
import { type GraphqlError, isCrash } from './graphql-error.ts';
import { isRecord } from './json.ts';
import { type Answered, errorsAt, isUnfit } from './operation.ts';
import type { ServerFacts, UserFacts } from './request.ts';

/** Who answered, and as whom it knows the token. */
export type Identity =
  /** Without `profile:read` the user stays unknown, though the server knows the token. */
  | { readonly kind: 'known'; readonly server?: ServerFacts; readonly user?: UserFacts }
  | { readonly kind: 'nobody'; readonly server: ServerFacts; readonly error?: GraphqlError | undefined }
  /** A Speckle server by its errors, which cannot tell. */
  | { readonly kind: 'broken'; readonly error: GraphqlError }
  /** GraphQL of something else. */
  | { readonly kind: 'foreign' };

/** Reads who the server and the user are. Names and ids come cleaned. */
export function readIdentity(answered: readonly Answered[], clean: Cleaner): Identity {
  const answers = answered.filter(({ operation }) => operation.identity).map(({ answer }) => answer);
  const errors = answers.flatMap((answer) => errorsAt(answer, 'activeUser'));
  const refused = errors.some(({ scope }) => scope === 'profile:read');
  const told = answers.find(({ data }) => data !== undefined);
  if (!told?.data) {
    const error = answers.at(-1)?.errors[0];
    if (refused) return { kind: 'known' };
    const ran = error && (isCrash(error) || !answers.every(isUnfit));
    return ran ? { kind: 'broken', error } : { kind: 'foreign' };
  }
  const server = readServer(told.data['serverInfo'], clean);
  const user = readUser(told.data['activeUser'], clean);
  if (!server || user === undefined) return { kind: 'foreign' };
  if (user) return { kind: 'known', server, user };
  if (refused) return { kind: 'known', server };
  const error = errors.at(-1);
  return error && isCrash(error) ? { kind: 'broken', error } : { kind: 'nobody', server, error };
}

function readServer(info: unknown, clean: Cleaner): ServerFacts | undefined {
  if (!isRecord(info) || typeof info['name'] !== 'string') return undefined;
  const { name, version, migration } = info;
  const movedTo = isRecord(migration) ? migration['movedTo'] : undefined;
  return {
    name: clean.value(name),
    ...(typeof version === 'string' && { version: clean.value(version) }),
    ...(typeof movedTo === 'string' && movedTo !== '' && { movedTo: clean.value(movedTo) }),
  };
}

/** @returns null for nobody, undefined for what is no user. */
function readUser(user: unknown, clean: Cleaner): UserFacts | null | undefined {
  if (user === null) return null;
  if (!isRecord(user) || typeof user['id'] !== 'string' || typeof user['name'] !== 'string') return undefined;
  const { id, name, email, role } = user;
  return {
    id: clean.value(id),
    name: clean.value(name),
    ...(typeof email === 'string' && { email: clean.value(email) }),
    ...(typeof role === 'string' && { role: clean.value(role) }),
  };
}
