import { type GraphqlError, isForbidden, isNotFound, isUnauthorized } from './graphql-error.ts';
import { isRecord } from './json.ts';
import { type Answer, type Answered, errorsAt } from './operation.ts';
import type { Probe } from './scopes.ts';

/** Of a scope that is in neither state nothing is known. */
export type Scopes = ReadonlyMap<string, 'held' | 'missing'>;

/**
 * What the answers tell about scopes. It counts only where the server knows the token: anonymous calls skip the guards
 * (exchange 40).
 */
export function learnScopes(answered: readonly Answered[]): Scopes {
  const scopes = new Map<string, 'held' | 'missing'>();
  for (const { operation, answer } of answered) {
    if (operation.identity) learnIdentity(answer, scopes);
    if (operation.project) learnProject(answer, scopes);
    learnProbes(operation.probes, answer, scopes);
  }
  // A refusal is told by its scope wherever it stands, and no data outweighs it.
  for (const { answer } of answered)
    for (const { scope } of answer.errors) if (scope) scopes.set(scope, 'missing');
  return scopes;
}

function learnIdentity({ data }: Answer, scopes: Map<string, 'held' | 'missing'>): void {
  const user = data?.['activeUser'];
  if (!isRecord(user)) return;
  scopes.set('profile:read', 'held');
  // It guards no field: without it the email is null (exchange 03).
  scopes.set('profile:email', typeof user['email'] === 'string' ? 'held' : 'missing');
}

/** A project that is missing or forbidden was looked for behind the guard (exchanges 24–26). */
function learnProject(answer: Answer, scopes: Map<string, 'held' | 'missing'>): void {
  const error = errorsAt(answer, 'project')[0];
  const looked = error ? isForbidden(error) || isNotFound(error) : isRecord(answer.data?.['project']);
  if (looked) scopes.set('streams:read', 'held');
}

function learnProbes(asked: readonly Probe[], answer: Answer, scopes: Map<string, 'held' | 'missing'>): void {
  // Mutations run one after the other and stop at the first error: those before it have passed their guards.
  const stop = asked.findIndex(({ kind, key }) => kind === 'mutation' && errorsAt(answer, key).length > 0);
  for (const [at, probe] of asked.entries()) {
    const errors = errorsAt(answer, probe.key);
    const value = answer.data?.[probe.key];
    const answers = value !== undefined && (value !== null || probe.nullable);
    if (errors.length > 0 ? errors.every((error) => passed(probe, error)) : at < stop || answers)
      scopes.set(probe.scope, 'held');
  }
}

/** Whether an error shows that the guard of the probe's scope let the token pass. */
function passed({ mayFail, nested }: Probe, error: GraphqlError): boolean {
  if (nested && error.path.length < 2) return false;
  if (error.scope !== undefined || isUnauthorized(error)) return false;
  // Worded as no known server does it, but of a scope: that proves nothing.
  if (/\bscope/i.test(error.message)) return false;
  // The role is checked after the scope (exchange 39).
  return mayFail !== undefined || isForbidden(error);
}
