import { isRecord } from './json.ts';
import { type Answer, type Answered, type Fault, faultsAt } from './operation.ts';
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
    for (const { scope } of answer.faults) if (scope) scopes.set(scope, 'missing');
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
  const fault = faultsAt(answer, 'project')[0];
  const looked = fault ? isForbidden(fault) || isNotFound(fault) : isRecord(answer.data?.['project']);
  if (looked) scopes.set('streams:read', 'held');
}

function learnProbes(asked: readonly Probe[], answer: Answer, scopes: Map<string, 'held' | 'missing'>): void {
  // Mutations run one after the other and stop at the first error: those before it have passed their guards.
  const stop = asked.findIndex(({ kind, key }) => kind === 'mutation' && faultsAt(answer, key).length > 0);
  for (const [at, probe] of asked.entries()) {
    const faults = faultsAt(answer, probe.key);
    const value = answer.data?.[probe.key];
    const answers = value !== undefined && (value !== null || probe.nullable);
    if (faults.length > 0 ? faults.every((fault) => passed(probe, fault)) : at < stop || answers)
      scopes.set(probe.scope, 'held');
  }
}

/** Whether an error shows that the guard of the probe's scope let the token pass. */
function passed({ mayFail }: Probe, fault: Fault): boolean {
  if (fault.scope !== undefined || isUnauthorized(fault)) return false;
  // Worded as no known server does it, but of a scope: that proves nothing.
  if (/\bscope/i.test(fault.message)) return false;
  // The role is checked after the scope (exchange 39).
  return mayFail !== undefined || isForbidden(fault);
}

export function isUnauthorized({ code, statusCode }: Fault): boolean {
  return code === 'UNAUTHORIZED' || code === 'UNAUTHENTICATED' || statusCode === 401;
}

/** Whether the server itself failed, so that the error tells nothing about a token. */
export function isCrash({ code, statusCode = 0 }: Fault): boolean {
  return code === 'INTERNAL_SERVER_ERROR' || statusCode >= 500;
}

export function isForbidden({ code, statusCode, scope }: Fault): boolean {
  return scope === undefined && (code === 'FORBIDDEN' || statusCode === 403);
}

export function isNotFound({ code, statusCode }: Fault): boolean {
  return code.includes('NOT_FOUND') || statusCode === 404;
}
