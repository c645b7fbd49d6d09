import type { Cleaner } from '../clean.ts';
import { isRecord } from './json.ts';
import { type Answered, type Fault, faultsAt, isUnfit } from './operation.ts';
import type { ServerFacts, UserFacts } from './request.ts';

/** Who answered, and as whom it knows the token. */
export type Identity =
  /** Without `profile:read` the user stays unknown, though the server knows the token. */
  | { readonly kind: 'known'; readonly server?: ServerFacts; readonly user?: UserFacts }
  | { readonly kind: 'nobody'; readonly server: ServerFacts; readonly fault?: Fault | undefined }
  /** A Speckle server by its errors, which cannot tell. */
  | { readonly kind: 'broken'; readonly fault: Fault }
  /** GraphQL of something else. */
  | { readonly kind: 'foreign' };

/** Reads who the server and the user are. Names and ids come cleaned. */
export function readIdentity(answered: readonly Answered[], clean: Cleaner): Identity {
  const answers = answered.filter(({ operation }) => operation.identity).map(({ answer }) => answer);
  const faults = answers.flatMap((answer) => faultsAt(answer, 'activeUser'));
  const refused = faults.some(({ scope }) => scope === 'profile:read');
  const told = answers.find(({ data }) => data !== undefined);
  if (!told?.data) {
    const fault = answers.at(-1)?.faults[0];
    if (refused) return { kind: 'known' };
    const ran = fault && (fault.code === 'INTERNAL_SERVER_ERROR' || !answers.every(isUnfit));
    return ran ? { kind: 'broken', fault } : { kind: 'foreign' };
  }
  const server = readServer(told.data['serverInfo'], clean);
  const user = readUser(told.data['activeUser'], clean);
  if (!server || user === undefined) return { kind: 'foreign' };
  if (user) return { kind: 'known', server, user };
  if (refused) return { kind: 'known', server };
  const fault = faults.at(-1);
  return fault?.code === 'INTERNAL_SERVER_ERROR'
    ? { kind: 'broken', fault }
    : { kind: 'nobody', server, fault };
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
