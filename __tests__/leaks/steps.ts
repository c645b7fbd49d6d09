import fc from 'fast-check';
import { runAction, type StepResult } from '../../dev/runner/run-action.ts';
import { knownScopes } from '../../src/speckle/scopes.ts';
import { answers } from './answers.ts';
import type { AnsweringServers } from './answering-servers.ts';
import { mangledTokens, wellFormedTokens } from './tokens.ts';

const flag = fc.constantFrom('true', 'false');

/** One step: a token, what the workflow asks for, and what the server answers. */
export const steps = fc.record({
  token: fc.oneof({ arbitrary: wellFormedTokens, weight: 3 }, mangledTokens),
  fromEnvironment: fc.boolean(),
  /** What the variable of the token held before, where the token comes as an input. */
  old: fc.option(mangledTokens, { nil: '' }),
  debug: fc.boolean(),
  held: fc.oneof(fc.constant([...knownScopes]), fc.subarray([...knownScopes])),
  answer: answers,
  withProject: fc.boolean(),
  inputs: fc.record({
    scopes: fc.constantFrom('profile:read', 'read', 'write', 'automate', 'users:read tokens:read'),
    'excess-scopes': fc.constantFrom('ignore', 'warn', 'fail'),
    'allowed-users': fc.constantFrom('', '', 'somebody@example.com'),
    'export-env': flag,
    'output-token': flag,
    'account-file': flag,
    'verify-certificate': fc.constantFrom('true', 'true', 'false'),
  }),
});

export type LeakStep = (typeof steps extends fc.Arbitrary<infer T> ? T : never) & {
  /** What the server writes in place of the token. */
  readonly writes?: string;
};

/** Everything that came of a step. */
export type Told = Omit<StepResult, 'log'>;

/** How a step is run: what it is given, what came of it. */
export type RunStep = (
  inputs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
) => Promise<Told>;

/** In a process of its own, as the runner does. */
export function asRunner(action?: string): RunStep {
  return (inputs, env) => runAction({ with: inputs, env, ...(action !== undefined && { action }) });
}

export async function takeStep(
  { token, fromEnvironment, old, debug, held, answer, withProject, inputs, writes }: LeakStep,
  servers: AnsweringServers,
  run: RunStep,
): Promise<Told> {
  return servers.with({ answer, writes }, token.trim(), held, async (place) => {
    const given = {
      ...inputs,
      ...place.inputs,
      server: place.server,
      timeout: '1',
      ...(withProject && { project: place.project }),
      token: fromEnvironment ? '' : token,
    };
    const env = {
      ...place.env,
      ...(fromEnvironment ? { SPECKLE_TOKEN: token } : old !== '' && { SPECKLE_TOKEN: old }),
      ...(debug && { RUNNER_DEBUG: '1', ACTIONS_STEP_DEBUG: 'true' }),
    };
    return run(given, env);
  });
}

/** Every text that others may read: all but the masks, and the places where the token is promised. */
export function shownTexts({
  stdout,
  stderr,
  summary,
  outputs,
  state,
  variables,
  files,
}: Told): Record<string, string> {
  return {
    stdout: stdout.replace(/^::add-mask::.*$/gm, ''),
    stderr,
    summary,
    outputs: but(outputs, /^token$/),
    state: but(state, /^$/),
    variables: but(variables, /SPECKLE_TOKEN$/),
    files: but(
      files,
      /[\\/]speckle-auth-[^\\/]+[\\/]Speckle[\\/](Accounts\.db|Accounts[\\/][\dA-F]+\.json)$/,
    ),
  };
}

function but(values: Readonly<Record<string, string>>, promised: RegExp): string {
  return (
    Object.entries(values)
      .flatMap(([name, value]) => (promised.test(name) ? [name] : [name, value]))
      // No token holds this one.
      .join('\0')
  );
}
