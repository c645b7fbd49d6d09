import type { Cleaner } from '../clean.ts';
import { createTransport } from '../http/transport.ts';
import { isLoopback } from '../loopback.ts';
import type { Verdict } from '../speckle/request.ts';
import { tokenFault, tokenHint } from '../speckle/token.ts';
import { verify } from '../speckle/verify.ts';
import { version } from '../version.ts';
import { runnerTempFault, writeAccount } from './account.ts';
import { forkWarning, missingTokenAdvice } from './event.ts';
import type { Environment, Inputs, Reading } from './inputs.ts';
import { canWrite, type Runner } from './runner.ts';
import { invalidInput, malformedToken, missingToken, sourceInWords, verified } from './texts.ts';
import { replacements, variablesOf } from './variables.ts';

/** What becomes known on the way; a failure leaves it as it stands. */
export interface Found {
  readonly inputs: Inputs;
  readonly warnings: string[];
  readonly notices: string[];
  verdict?: Verdict;
  variables: Record<string, string>;
  userdataPath?: string;
}

interface Tools {
  readonly runner: Runner;
  readonly clean: Cleaner;
  readonly environment: Environment;
}

/**
 * Checks the inputs, says to whom, verifies, and only then exports.
 * @returns the sentence of the success
 * @throws {Failure} the reason why nothing was exported
 */
export async function authenticate(reading: Reading, found: Found, tools: Tools): Promise<string> {
  const { runner, clean, environment } = tools;
  const { inputs } = reading;
  const warn = (text: string): void => {
    found.warnings.push(text);
    runner.warning(text);
  };
  const notice = (text: string): void => {
    found.notices.push(text);
    runner.notice(text);
  };
  for (const warning of reading.warnings) warn(warning);

  const { server, token } = inputs;
  const faults = [...reading.faults, ...missingCommandFiles(inputs, environment)];
  if (faults.length > 0 || !server) throw invalidInput(faults);
  if (!token) throw missingToken(inputs, inputs.tokenWithheld ? '' : await missingTokenAdvice());
  const fault = tokenFault(token.value);
  if (fault !== undefined) throw malformedToken(inputs, fault);

  const { origin } = server.address;
  const hint = tokenHint(token.value);
  const source = token.source === 'input' ? 'the input token' : 'the variable SPECKLE_TOKEN';
  runner.info(
    `Verifying the token ${hint ?? ''} of ${source} at ${origin}, the address of ${sourceInWords(server)}.`,
  );
  const { protocol, hostname } = new URL(origin);
  if (protocol === 'http:' && !isLoopback(hostname))
    warn(
      `${origin} is asked without encryption, so others on the way can read the token. Use https if the server has it.`,
    );
  const fork = await forkWarning(environment);
  if (fork !== undefined) warn(fork);

  const transport = createTransport({
    timeoutSeconds: inputs.timeout,
    environment,
    verifyCertificate: inputs.verifyCertificate,
    userAgent: `speckle-auth-action/${version}`,
    clean,
    log: (line) => runner.info(line),
  });
  const requirements = {
    server: origin,
    serverSource: sourceInWords(server),
    token: token.value,
    tokenHint: hint,
    scopes: inputs.scopes,
    excessScopes: inputs.excessScopes,
    project: inputs.page.projectId,
    permission: inputs.permission,
    allowedUsers: inputs.allowedUsers,
  };
  const verdict = await verify(requirements, { transport, clean, now: () => new Date() });
  found.verdict = verdict;
  for (const warning of verdict.warnings) warn(warning);
  for (const text of verdict.notices) notice(text);
  if (verdict.failure) throw verdict.failure;

  if (inputs.accountFile) {
    if (!verdict.user?.email)
      warn(
        'The account has no email, and .NET SDKs before Speckle.Sdk 3.15 pass over account files without one. Give the token the scope profile:email if a later step uses such an SDK.',
      );
    found.userdataPath = writeAccount(
      { token: token.value, origin, server: verdict.server, user: verdict.user },
      { environment, prefix: inputs.envPrefix, saveState: (name, value) => runner.saveState(name, value) },
    );
  }
  found.variables = variablesOf(inputs, token.value, { SPECKLE_USERDATA_PATH: found.userdataPath });
  for (const text of replacements(found.variables, environment)) notice(text);
  for (const [name, value] of Object.entries(found.variables)) runner.exportVariable(name, value);
  return verified(inputs, verdict, (text) => clean.line(text, 100));
}

/** Without its files the toolkit would print outputs and variables into the log instead. */
function missingCommandFiles(inputs: Inputs, environment: Environment): string[] {
  const needed = [
    'GITHUB_OUTPUT',
    ...(inputs.exportEnv ? ['GITHUB_ENV'] : []),
    // Nothing else would tell the post step what to remove.
    ...(inputs.accountFile ? ['GITHUB_STATE'] : []),
  ];
  const files = needed
    .filter((name) => !canWrite(environment[name]))
    .map(
      (name) =>
        `${name}: the file of the runner that this variable names is not there or cannot be written; it takes a runner of today`,
    );
  const temp = inputs.accountFile ? runnerTempFault(environment) : undefined;
  return temp === undefined ? files : [...files, temp];
}
