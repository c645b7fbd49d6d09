import { runnerTempFault, writeAccount } from './account.ts';
import type { Found } from './outcome.ts';
import { writeBundles } from './certificate-bundle.ts';
import type { Environment, Inputs } from './inputs.ts';
import { canWrite, remember, type Tools } from './runner.ts';
import { replacements, variablesOf, type Verified } from './variables.ts';

/**
 * Gives later steps what was verified: the bundle of authorities, the account, the variables. What can fail comes first,
 * so that nothing is exported when it does.
 * @throws {Failure} when a file cannot be written
 */
export function deliver(found: Found, verified: Verified, { runner, environment, say }: Tools): void {
  const { inputs, verdict } = found;
  const bundles =
    inputs.exportEnv && inputs.caCertificate !== undefined
      ? writeBundles(inputs.caCertificate, environment, found.undo)
      : undefined;
  for (const warning of bundles?.warnings ?? []) say.warning(warning);
  if (inputs.accountFile) {
    const { saveState } = runner;
    found.userdataPath = writeAccount(
      { ...verified, server: verdict?.server, user: verdict?.user },
      { environment, prefix: inputs.envPrefix, saveState, undo: found.undo },
    );
    if (!verdict?.user?.email) say.warning(accountWithoutEmail);
  }
  found.variables = variablesOf(inputs, verified, {
    SPECKLE_USERDATA_PATH: found.userdataPath,
    ...bundles?.variables,
  });
  for (const text of replacements(found.variables, environment)) say.notice(text);
  found.undo.push(remember(environment['GITHUB_ENV']));
  runner.exportVariables(found.variables);
}

const accountWithoutEmail =
  'The account has no email, and .NET SDKs before Speckle.Sdk 3.15 pass over account files without one. Give the token the scope profile:email if a later step uses such an SDK.';

/** What of the runner is missing for that, as faults of inputs; without its files the toolkit would print values instead. */
export function runnerFaults(inputs: Inputs, environment: Environment): string[] {
  const needed = [
    'GITHUB_OUTPUT',
    ...(inputs.exportEnv ? ['GITHUB_ENV'] : []),
    // Nothing else would tell the post step what to remove.
    ...(inputs.accountFile ? ['GITHUB_STATE'] : []),
  ];
  const files = needed
    .filter((name) => !canWrite(environment[name]))
    .map((name) => `The file that the runner’s variable ${name} names is not there or cannot be written`);
  const writes = inputs.accountFile || (inputs.exportEnv && inputs.caCertificate !== undefined);
  const temp = writes ? runnerTempFault(environment) : undefined;
  return temp === undefined ? files : [...files, temp];
}
