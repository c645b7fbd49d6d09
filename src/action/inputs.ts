import { secretsIn } from '../secrets.ts';
import type { Address } from '../speckle/address.ts';
import type { Requirements } from '../speckle/request.ts';
import { readScopes } from '../speckle/scopes.ts';
import {
  choice,
  environmentPrefix,
  flag,
  shown,
  timeout,
  users,
  Refusal,
  type Reader,
} from './input-values.ts';
import { defaultServer, project, server, serverVariables, type ServerPlace } from './places.ts';

/** Every input that action.yml declares; a check holds both to each other. */
export const inputNames = [
  'token',
  'server',
  'scopes',
  'excess-scopes',
  'project',
  'permission',
  'allowed-users',
  'on-missing-token',
  'export-env',
  'env-prefix',
  'output-token',
  'account-file',
  'ca-certificate',
  'verify-certificate',
  'timeout',
  'summary',
] as const;

export type InputName = (typeof inputNames)[number];
export type InputTexts = Readonly<Record<InputName, string>>;
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
  readonly caCertificate: string;
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

/** Reads all inputs and, for token and server, the environment; collects every fault instead of stopping at one. */
export function readInputs(texts: InputTexts, environment: Environment): Reading {
  const faults: string[] = [];
  const warnings: string[] = [];

  function refuse(name: string, text: string, reason: string, takes: string): void {
    faults.push(`${name}: ${shown(text)} ${reason}; it takes ${takes}`);
  }
  function take<T>(name: string, text: string, reader: Reader<T>): T | undefined {
    if (text.trim() === '') return undefined;
    // The query of an address is dropped, so an embedToken in it is no fault.
    const pasted = secretsIn(text.replace(/[?#].*/s, '')).length > 0;
    const value = pasted ? new Refusal('does not belong here') : reader.read(text.trim());
    if (!(value instanceof Refusal)) return value;
    refuse(name, text, value.reason, reader.takes);
    return undefined;
  }

  const givenProject = take('project', texts.project, project);
  const place = readServer();
  const page = readPage();
  const permission = take('permission', texts.permission, choice('read', 'write')) ?? 'read';
  if (permission === 'write' && texts.project.trim() === '' && page.projectId === undefined)
    refuse('permission', texts.permission, 'needs a project', 'write only beside the input project');
  const allowedUsers = take('allowed-users', texts['allowed-users'], users) ?? [];

  return {
    inputs: {
      ...readToken(),
      server: place,
      page,
      scopes: readRequiredScopes(),
      excessScopes:
        take('excess-scopes', texts['excess-scopes'], choice('ignore', 'warn', 'fail')) ?? 'ignore',
      permission,
      allowedUsers,
      onMissingToken: take('on-missing-token', texts['on-missing-token'], choice('fail', 'skip')) ?? 'fail',
      exportEnv: take('export-env', texts['export-env'], flag) ?? true,
      envPrefix: take('env-prefix', texts['env-prefix'], environmentPrefix) ?? '',
      outputToken: take('output-token', texts['output-token'], flag) ?? false,
      accountFile: take('account-file', texts['account-file'], flag) ?? false,
      caCertificate: texts['ca-certificate'].trim(),
      verifyCertificate: take('verify-certificate', texts['verify-certificate'], flag) ?? true,
      timeout: take('timeout', texts.timeout, timeout) ?? 60,
      summary: take('summary', texts.summary, flag) ?? true,
    },
    faults,
    warnings,
  };

  function readServer(): ServerPlace | undefined {
    const named = namedServers(environment);
    if (new Set(named.map(([, origin]) => origin)).size > 1)
      warnings.push(
        `${serverVariables.join(' and ')} name different servers. Set both to the same address, or only one of them.`,
      );
    if (texts.server.trim() !== '') {
      const address = take('server', texts.server, server);
      if (address && givenProject?.page && givenProject.page.origin !== address.origin)
        refuse('project', texts.project, 'is on another server than the input server', project.takes);
      return address && { address, source: 'input' };
    }
    if (givenProject?.page) return { address: givenProject.page, source: 'project' };
    for (const source of serverVariables) {
      const text = environment[source] ?? '';
      if (text.trim() === '') continue;
      const address = take(`the variable ${source}`, text, server);
      return address && { address, source };
    }
    return { address: { origin: defaultServer }, source: 'default' };
  }

  function readPage(): Inputs['page'] {
    const { origin: _, ...shownByServer } = place?.address ?? { origin: '' };
    if (!givenProject) return shownByServer;
    const other = shownByServer.projectId;
    if (other !== undefined && other !== givenProject.id)
      refuse(
        'project',
        texts.project,
        'is another project than the address of the server shows',
        project.takes,
      );
    const { origin: __, ...shownByProject } = givenProject.page ?? { origin: '', projectId: givenProject.id };
    return { ...(other === givenProject.id && shownByServer), ...defined(shownByProject) };
  }

  function readToken(): Pick<Inputs, 'token' | 'tokenWithheld'> {
    const given = texts.token.trim();
    if (given !== '') return { token: { value: given, source: 'input' } };
    const value = environment['SPECKLE_TOKEN']?.trim() ?? '';
    if (value === '') return {};
    const [source, origin] = namedServers(environment)[0] ?? [];
    if (source === undefined || place === undefined || origin === place.address.origin)
      return { token: { value, source: 'SPECKLE_TOKEN' } };
    return {
      tokenWithheld: `The input token is empty, and the token in the variable SPECKLE_TOKEN belongs to another server, the one that ${source} names.`,
    };
  }

  function readRequiredScopes(): readonly string[] {
    const { scopes, faults: odd } = readScopes(texts.scopes);
    for (const { given, meant } of odd.slice(0, 5))
      refuse(
        'scopes',
        given,
        meant ? `is no scope, but ${meant} is` : 'is no scope',
        'scopes such as streams:read, or read, write, automate',
      );
    const implied = [
      ...(page.projectId === undefined ? [] : ['streams:read']),
      ...(permission === 'write' ? ['streams:write'] : []),
      ...(allowedUsers.some((user) => user.includes('@')) ? ['profile:email'] : []),
    ];
    return [...new Set([...scopes, ...implied])].toSorted();
  }
}

/** The servers that the environment names, the one that counts first; one that cannot be read has no origin. */
function namedServers(environment: Environment): readonly (readonly [string, string | undefined])[] {
  return serverVariables.flatMap((name) => {
    const text = environment[name]?.trim() ?? '';
    if (text === '') return [];
    const address = server.read(text);
    return [[name, address instanceof Refusal ? undefined : address.origin] as const];
  });
}

function defined<T extends object>(facts: T): Partial<T> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Partial<T>;
}
