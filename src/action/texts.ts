import { Failure } from '../failure.ts';
import type { Verdict } from '../speckle/request.ts';
import { tokenHint, tokenPage } from '../speckle/token.ts';
import type { Inputs, ServerPlace, Token } from './inputs.ts';

/** Where the server's address came from, for a sentence. */
export function sourceInWords({ source }: ServerPlace): string {
  if (source === 'input') return 'the input server';
  if (source === 'project') return 'the input project';
  return source === 'default' ? 'the default, since no server was named' : `the variable ${source}`;
}

/** Said before anything is sent. */
export function toWhom(token: Token, server: ServerPlace): string {
  const hint = tokenHint(token.value);
  const { origin } = server;
  return `Verifying the token${hint ? ` ${hint}` : ''} (from ${tokenSource(token)}) at ${origin} (from ${sourceInWords(server)}).`;
}

function tokenSource({ source }: Token): string {
  return source === 'input' ? 'the input token' : 'the variable SPECKLE_TOKEN';
}

export function unencrypted(origin: string): string {
  return `${origin} is asked without encryption, so anyone on the way can read the token. Use https if the server has it.`;
}

/** For later steps: specklepy drops the scheme of an address. */
export const specklepyWithoutHttps =
  'In later steps specklepy needs use_ssl=False for this server (SpeckleClient(host=…, use_ssl=False)), as it takes https for granted.';

export function unverifiedCertificate(origin: string, { caCertificate }: Inputs): string {
  const instead = caCertificate
    ? 'Leave verify-certificate at true: the authority in ca-certificate is trusted then.'
    : 'Give the certificate of its authority in ca-certificate instead.';
  return `The certificate of ${origin} is not verified, so another server can answer in its place and get the token. ${instead}`;
}

/**
 * @param faults of inputs, each with its name, what came and what is taken
 * @param lacking what the runner does not have, as sentences without a full stop
 */
export function invalidInput(faults: readonly string[], lacking: readonly string[] = []): Failure {
  const count = faults.length === 1 ? 'An input is wrong' : `${faults.length} inputs are wrong`;
  const inputs = faults.length === 0 ? [] : [`${count}: ${faults.join('. ')}`];
  const remedies = [
    ...(faults.length === 0 ? [] : ['correct this in the workflow, under with: or env: of this step']),
    ...(lacking.length === 0 ? [] : ['use a current runner, and do not change the variables that it sets']),
  ].join('; ');
  return new Failure({
    code: 'invalid-input',
    problem: `${[...inputs, ...lacking].join('. ')}.`,
    remedy: `${remedies.charAt(0).toUpperCase()}${remedies.slice(1)}.`,
  });
}

export function malformedToken(inputs: Inputs, fault: string): Failure {
  const origin = inputs.server?.origin;
  const where = inputs.token ? tokenSource(inputs.token) : 'the token';
  return new Failure({
    code: 'malformed-token',
    problem: `The value of ${where} ${fault}.`,
    remedy: `Store the token again as it was shown when it was made, 42 characters of 0 to 9 and a to f, or make a new one${origin ? ` at ${tokenPage(origin)}` : ''}.`,
  });
}

/** @param advice the causes and remedies that the event tells */
export function missingToken(inputs: Inputs, advice: string): Failure {
  if (inputs.tokenWithheld)
    return new Failure({
      code: 'missing-token',
      problem: inputs.tokenWithheld,
      remedy: 'Give this step the token of its own server in the input token.',
    });
  return new Failure({
    code: 'missing-token',
    problem: 'No token came: the input token and the variable SPECKLE_TOKEN are both empty.',
    remedy: advice,
  });
}

/** What went wrong without anybody having foreseen it: a fault of this action. */
export function internalError(error: unknown): Failure {
  return new Failure({
    code: 'internal-error',
    problem: `The action itself failed (${kindOf(error)}).`,
    remedy: 'Run the job again, and if it fails again report it with this message.',
    cause: error,
  });
}

/** The name of an error, which its message or its stack could only make worse; anything may have been thrown. */
function kindOf(error: unknown): string {
  try {
    const name: unknown = error instanceof Error ? error.name : undefined;
    if (typeof name === 'string' && /^[A-Za-z]{0,30}Error$/.test(name)) return name;
  } catch {
    // It is no error then.
  }
  return typeof error;
}

/** @param verdict without a failure; its texts are clean */
export function verified(
  { permission }: Inputs,
  origin: string,
  { user, scopes, project }: Verdict,
  short: (text: string) => string,
): string {
  const who = user ? `${short(user.name)} (${short(user.id)})` : 'its user';
  const { held = [] } = scopes ?? {};
  const may = held.length > 0 ? ` and holds at least ${held.join(', ')}` : '';
  const what = project
    ? ` It may ${permission === 'write' ? 'write to' : 'read'} the project ${short(project.name)} (${short(project.id)}).`
    : '';
  return `The token belongs to ${who} at ${origin}${may}.${what}`;
}
