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
import type { Environment, InputName, Inputs, InputTexts, Reading } from './inputs.ts';
import { Intake } from './intake.ts';
import { readPlaces, readToken } from './places.ts';

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
    intake.refuse(
      'permission',
      texts.permission,
      'needs a project, and the input project is empty',
      'write only together with a project',
    );
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
  const [first, ...others] = faults.slice(0, 5).map(({ given, meant }) => ({
    given,
    reason: meant ? `is not a scope (${meant} is one)` : 'is not a scope',
  }));
  if (first)
    intake.refuse(
      'scopes',
      first.given,
      [first.reason, ...others.map(({ given, reason }) => `${shown(given)} ${reason}`)].join('; '),
      'scopes such as streams:read, or read, write, automate',
    );
  return scopes;
}
