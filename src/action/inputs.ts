import type { Address } from '../speckle/address.ts';
import type { Requirements } from '../speckle/request.ts';

/** The inputs as they came. */
export function textsOf(text: (name: string) => string) {
  return {
    token: text('token'),
    server: text('server'),
    scopes: text('scopes'),
    'excess-scopes': text('excess-scopes'),
    project: text('project'),
    permission: text('permission'),
    'allowed-users': text('allowed-users'),
    'on-missing-token': text('on-missing-token'),
    'export-env': text('export-env'),
    'env-prefix': text('env-prefix'),
    'output-token': text('output-token'),
    'account-file': text('account-file'),
    'ca-certificate': text('ca-certificate'),
    'verify-certificate': text('verify-certificate'),
    timeout: text('timeout'),
    summary: text('summary'),
  };
}

export type InputTexts = Readonly<ReturnType<typeof textsOf>>;
export type InputName = keyof InputTexts;

/** Every input that action.yml declares; a check holds both to each other. */
export const inputNames: readonly string[] = Object.keys(textsOf(() => ''));

export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables that can name a server, the first first. */
export const serverVariables = ['SPECKLE_SERVER_URL', 'SPECKLE_SERVER'] as const;

/** A server with where its address came from. */
export interface ServerPlace {
  readonly origin: string;
  readonly source: 'input' | 'project' | (typeof serverVariables)[number] | 'default';
}

export interface Token {
  readonly value: string;
  readonly source: 'input' | 'SPECKLE_TOKEN';
  /** What shows that it cannot be one, as the end of a sentence: then it must not be sent. */
  readonly fault?: string | undefined;
}

export interface Inputs {
  readonly token?: Token | undefined;
  /** Why the token of the environment does not count, as a sentence. */
  readonly tokenWithheld?: string | undefined;
  /** Absent only beside a fault. */
  readonly server?: ServerPlace | undefined;
  /** The project with what else the address shows; all of one and the same page. */
  readonly page: Omit<Address, 'origin'>;
  readonly scopes: readonly string[];
  readonly excessScopes: Requirements['excessScopes'];
  readonly permission: Requirements['permission'];
  readonly allowedUsers: readonly string[];
  readonly onMissingToken: 'fail' | 'skip';
  readonly exportEnv: boolean;
  readonly envPrefix: string;
  readonly outputToken: boolean;
  readonly accountFile: boolean;
  /** Certificates of a private authority, as PEM. */
  readonly caCertificate?: string | undefined;
  readonly verifyCertificate: boolean;
  /** Seconds for everything. */
  readonly timeout: number;
  readonly summary: boolean;
}

export interface Reading {
  /** What was understood; an input with a fault has its default. */
  readonly inputs: Inputs;
  /** Each names the input, what came and what is taken. */
  readonly faults: readonly string[];
  readonly warnings: readonly string[];
}
