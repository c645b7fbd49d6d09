import { existsSync } from 'node:fs';
import type { Environment } from './inputs.ts';

/** What the event that started the workflow tells about secrets. */
export interface EventFacts {
  readonly name: string;
  /** Whether it is about code of another repository. */
  readonly fork: boolean;
  readonly dependabot: boolean;
}

/** The events that hand secrets to a workflow that may run the code of a fork. */
const privileged = new Set(['pull_request_target', 'workflow_run']);

/** Reads the event, only where it matters: the toolkit for it is large. None where it cannot be read. */
async function readEvent({ GITHUB_EVENT_PATH: path }: Environment): Promise<EventFacts | undefined> {
  // Where the file is missing the toolkit would print its name, uncleaned.
  if (path && !existsSync(path)) return undefined;
  try {
    const { context } = await import('@actions/github');
    const { payload } = context;
    const here = at(payload, 'repository', 'full_name');
    // A fork that was deleted since has no repository any more.
    const about = payload.pull_request
      ? at(payload, 'pull_request', 'head', 'repo', 'full_name')
      : at(payload, 'workflow_run', 'head_repository', 'full_name');
    const concerns = payload.pull_request !== undefined || 'workflow_run' in payload;
    return {
      name: context.eventName,
      fork: concerns && about !== here,
      dependabot: context.actor === 'dependabot[bot]',
    };
  } catch {
    return undefined;
  }
}

/** What stands in nested objects under these names. */
function at(value: unknown, ...names: readonly string[]): unknown {
  return names.reduce<unknown>(
    (inner, name) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined),
    value,
  );
}

/**
 * The sentence of why there may be no token, and what to do.
 * @param skips whether the step may go without one, by its input on-missing-token
 */
export async function missingTokenAdvice(environment: Environment, skips: boolean): Promise<string> {
  const event = await readEvent(environment);
  if (event?.dependabot)
    return `Dependabot started this run, and such runs get only the secrets of Dependabot: add the token to those too (Settings, Secrets and variables, Dependabot)${skips ? '' : ', or set on-missing-token to skip'}.`;
  // A privileged event gives its run secrets although it is about a fork.
  if (event?.fork && !privileged.has(event.name))
    return `A pull request from a fork started this run, and such runs get no secrets: ${skips ? 'nothing is to be done' : 'set on-missing-token to skip'}, and verify again when the change is merged.`;
  return `${skips ? 'If one was meant to come, check' : 'Check'} the three usual causes: the name of the secret is misspelt, the secret belongs to an environment that the job does not name, or a called workflow gets no secrets because its caller does not pass them (secrets: inherit).`;
}

/** Warns where later steps may run the code of a fork and could read the token. */
export async function forkWarning(environment: Environment): Promise<string | undefined> {
  const name = environment['GITHUB_EVENT_NAME'] ?? '';
  if (!privileged.has(name) || !(await readEvent(environment))?.fork) return undefined;
  return `This run (${name}) is on behalf of a fork: later steps that check out and run its code can read the token. Keep such steps in a job without secrets.`;
}
