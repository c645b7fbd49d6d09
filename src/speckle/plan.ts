import { isCrash } from './graphql-error.ts';
import { learnScopes } from './learn.ts';
import { type Answered, compose, errorsAt, isUnfit, type Operation } from './operation.ts';
import { ownToken } from './own-token.ts';
import type { Requirements } from './request.ts';
import { canBeProbed, type Probe, probes } from './scopes.ts';

/**
 * The operations of the first request: all that a success needs. One query for what can be read; one mutation for the
 * scopes that only mutations tell; and one more for each probe whose refusal would take others with it although the
 * scope is held. An audit asks every probe, those that may be refused each in an operation of its own.
 */
export function firstRequest(requirements: Requirements): Operation[] {
  const { scopes: required, project } = requirements;
  const wanted = wantedProbes(requirements);
  const shared = wanted.filter((probe) => probe.nullable);
  const namespaces = wanted.filter(
    (probe) => probe.kind === 'mutation' && probe.mayFail !== 'role' && required.includes(probe.scope),
  );
  return [
    compose({
      identity: 'full',
      probes: shared,
      project: project === undefined ? undefined : { id: project, by: 'permissions' },
    }),
    ...(namespaces.length > 0 ? [compose({ probes: namespaces })] : []),
    ...wanted.filter((probe) => !shared.includes(probe) && !namespaces.includes(probe)).map(alone),
  ];
}

/**
 * The operations of the one further request that a refusal or an older server may cost: finer ones, which together
 * tell everything that is still open. None, when there is nothing more to be learnt.
 */
export function followUp(requirements: Requirements, answered: readonly Answered[]): Operation[] {
  const first = answered.find(({ operation }) => operation.identity);
  if (!first) return [];
  const { operation, answer } = first;
  const told = learnScopes(answered);
  const open = wantedProbes(requirements).filter(
    ({ scope }) => !told.has(scope) && !answered.some((one) => isAlone(one, scope)),
  );

  if (isUnfit(answer))
    return [compose({ identity: 'smallest' }), ...open.map(alone), ...projectAlone(requirements)];
  if (!answer.data) {
    // A refused project took the identity with it, and silence about the other fields proves nothing.
    const again = open.filter((probe) => operation.probes.includes(probe));
    const refused = errorsAt(answer, 'project').length > 0;
    return [
      compose({ identity: refused ? 'full' : 'smallest', probes: again }),
      ...open.filter((probe) => !again.includes(probe)).map(alone),
      ...(refused ? [] : projectAlone(requirements)),
    ];
  }
  const anonymous = answer.data['activeUser'] === null && told.get('profile:read') !== 'missing';
  if (anonymous) return [];
  // The token's own entry tells about every scope at once.
  if (ownToken(answered, requirements.token)) return [];
  // Without profile:read it may be the token of an embedded view, which streams:read shows.
  const embedded = told.get('profile:read') === 'missing' && !told.has('streams:read');
  return probes
    .filter(
      (probe) =>
        (probe.scope === 'streams:read' && embedded) ||
        (open.includes(probe) && requirements.scopes.includes(probe.scope)),
    )
    .map(alone);
}

/** The probes to ask, in the order of their table. */
function wantedProbes(requirements: Requirements): Probe[] {
  const { scopes: required } = requirements;
  const audit = requirements.excessScopes !== 'ignore';
  return probes.filter(({ scope }) => {
    if (required.includes(scope)) return true;
    // That probe makes the server call another service, which takes 3 s where that is down.
    if (audit) return scope !== 'automate-functions:read';
    return scope === 'tokens:read' && !required.every(canBeProbed);
  });
}

function alone(probe: Probe): Operation {
  return compose({ probes: [probe] });
}

/** Whether the scope alone was asked, and answered: a server that failed is asked once more. */
function isAlone({ operation, answer }: Answered, scope: string): boolean {
  const { identity, project, probes: asked } = operation;
  const only = !identity && !project && asked.length === 1 && asked[0]?.scope === scope;
  return only && !answer.errors.some(isCrash);
}

/** Both ways at once: a server that is too old for permissions is judged by the role. */
function projectAlone({ project }: Requirements): Operation[] {
  if (project === undefined) return [];
  return (['permissions', 'role'] as const).map((by) => compose({ project: { id: project, by } }));
}
