import type { Address } from '../speckle/address.ts';
import type { Requirements } from '../speckle/request.ts';
import { readScopes } from '../speckle/scopes.ts';
import {
  authorities,
  choice,
  environmentPrefix,
  flag,
  shown,
  timeout,
  users,
  type Reader,
} from './input-values.ts';
import { Intake } from './intake.ts';
import { readPlaces, readToken, type ServerPlace } from './places.ts';

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

export interface Inputs {
  readonly token?: { readonly value: string; readonly source: 'input' | 'SPECKLE_TOKEN' } | undefined;
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

/** Reads all inputs and, for token and server, the environment. */
export function readInputs(
  texts: InputTexts,
  environment: Environment,
  readFile: (path: string) => Buffer,
): Reading {
  const intake = new Intake();
  const take = <T>(name: InputName, reader: Reader<T>): T | undefined =>
    intake.take(name, texts[name], reader);
  const { server, page } = readPlaces(intake, texts, environment);
  const permission = take('permission', choice('read', 'write')) ?? 'read';
  if (permission === 'write' && texts.project.trim() === '' && page.projectId === undefined)
    intake.refuse('permission', texts.permission, 'needs a project', 'write only beside the input project');
  const allowedUsers = take('allowed-users', users) ?? [];
  const implied = [
    ...(page.projectId === undefined ? [] : ['streams:read']),
    ...(permission === 'write' ? ['streams:write'] : []),
    ...(allowedUsers.some((user) => user.includes('@')) ? ['profile:email'] : []),
  ];
  const inputs: Inputs = {
    ...readToken(texts.token, server, environment),
    server,
    page,
    scopes: [...new Set([...takeScopes(intake, texts.scopes), ...implied])].toSorted(),
    excessScopes: take('excess-scopes', choice('ignore', 'warn', 'fail')) ?? 'ignore',
    permission,
    allowedUsers,
    onMissingToken: take('on-missing-token', choice('fail', 'skip')) ?? 'fail',
    exportEnv: take('export-env', flag) ?? true,
    envPrefix: take('env-prefix', environmentPrefix) ?? '',
    outputToken: take('output-token', flag) ?? false,
    accountFile: take('account-file', flag) ?? false,
    caCertificate: take('ca-certificate', authorities(readFile)),
    verifyCertificate: take('verify-certificate', flag) ?? true,
    timeout: take('timeout', timeout) ?? 60,
    summary: take('summary', flag) ?? true,
  };
  return { inputs, faults: intake.faults, warnings: intake.warnings };
}

function takeScopes(intake: Intake, text: string): readonly string[] {
  const { scopes, faults } = readScopes(text);
  const [first, ...others] = faults
    .slice(0, 5)
    .map(({ given, meant }) => ({ given, reason: meant ? `is no scope, but ${meant} is` : 'is no scope' }));
  if (first)
    intake.refuse(
      'scopes',
      first.given,
      [first.reason, ...others.map(({ given, reason }) => `${shown(given)} ${reason}`)].join('; '),
      'scopes such as streams:read, or read, write, automate',
    );
  return scopes;
}
