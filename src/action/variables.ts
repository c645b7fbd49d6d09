import { readAddress } from '../speckle/address.ts';
import { tokenHint } from '../speckle/token.ts';
import type { Environment, Inputs } from './inputs.ts';

/** The variables that take the prefix. */
const prefixed = [
  'SPECKLE_TOKEN',
  'SPECKLE_SERVER',
  'SPECKLE_SERVER_URL',
  'SPECKLE_PROJECT_ID',
  'SPECKLE_MODEL_ID',
  'SPECKLE_AUTOMATION_ID',
  'SPECKLE_USERDATA_PATH',
] as const;

/** Those of certificates never do: the programs that read them know no other name. */
export const certificateVariables = ['NODE_EXTRA_CA_CERTS', 'REQUESTS_CA_BUNDLE', 'SSL_CERT_FILE'] as const;

/** Every variable that can be exported; a check holds the README to it. */
export const variableNames = [...prefixed, ...certificateVariables] as const;

type VariableName = (typeof variableNames)[number];

/** What was verified. */
export interface Verified {
  readonly token: string;
  /** The server's address without a trailing slash. */
  readonly origin: string;
}

/** What is exported for later steps, never an empty value. Call it only after everything was verified. */
export function variablesOf(
  inputs: Inputs,
  { token, origin }: Verified,
  written: Partial<Record<VariableName, string | undefined>> = {},
): Record<string, string> {
  if (!inputs.exportEnv) return {};
  const values: Partial<Record<VariableName, string | undefined>> = {
    SPECKLE_TOKEN: token,
    SPECKLE_SERVER: origin,
    SPECKLE_SERVER_URL: origin,
    SPECKLE_PROJECT_ID: inputs.page.projectId,
    SPECKLE_MODEL_ID: inputs.page.modelId,
    SPECKLE_AUTOMATION_ID: inputs.page.automationId,
    ...written,
  };
  const entries = variableNames.flatMap((name) => {
    const value = values[name];
    const takesPrefix = prefixed.some((each) => each === name);
    return value ? [[(takesPrefix ? inputs.envPrefix : '') + name, value] as const] : [];
  });
  return Object.fromEntries<string>(entries);
}

/** Says which token and servers that variables already held are replaced; by their hints, never the tokens. */
export function replacements(
  variables: Readonly<Record<string, string>>,
  environment: Environment,
): string[] {
  return Object.entries(variables).flatMap(([name, value]) => {
    const old = environment[name]?.trim() ?? '';
    if (old === '' || old === value) return [];
    if (name.endsWith('SPECKLE_TOKEN'))
      return [
        `${name} held another token${named(tokenHint(old))}, which is replaced by the verified one${named(tokenHint(value))}.`,
      ];
    if (!/SPECKLE_SERVER(_URL)?$/.test(name)) return [];
    const address = readAddress(old);
    if (typeof address !== 'string' && address.origin === value) return [];
    const server = typeof address === 'string' ? 'something else' : address.origin;
    return [`${name} held ${server}, which is replaced by the verified ${value}.`];
  });
}

function named(hint: string | undefined): string {
  return hint ? ` (${hint})` : '';
}
