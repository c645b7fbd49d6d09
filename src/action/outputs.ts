import { tokenHint } from '../speckle/token.ts';
import type { Outcome } from './outcome.ts';

/** Every output that action.yml declares; a check holds both to each other. */
export const outputNames = [
  'authenticated',
  'status',
  'message',
  'server-url',
  'server-source',
  'server-name',
  'server-version',
  'token-hint',
  'token-source',
  'token',
  'user-id',
  'user-name',
  'user-email',
  'user-role',
  'scopes',
  'missing-scopes',
  'unverified-scopes',
  'excess-scopes',
  'expires-at',
  'project-id',
  'project-name',
  'project-role',
  'model-id',
  'version-id',
  'automation-id',
  'userdata-path',
] as const;

export type OutputName = (typeof outputNames)[number];

/** The outputs that have a value: whatever is known, also on failure; the token only when it was verified and asked for. */
export function outputsOf(outcome: Outcome): [OutputName, string][] {
  const { inputs, verdict, status } = outcome;
  const { server, user, scopes, project, expiresAt } = verdict ?? {};
  const verified = status === 'verified';
  const token = inputs.token?.fault === undefined ? inputs.token : undefined;
  const values: Record<OutputName, string | undefined> = {
    authenticated: String(verified),
    status,
    message: outcome.message,
    'server-url': inputs.server?.origin,
    'server-source': inputs.server?.source,
    'server-name': server?.name,
    'server-version': server?.version,
    'token-hint': token && tokenHint(token.value),
    'token-source': token?.source,
    token: verified && inputs.outputToken ? token?.value : undefined,
    'user-id': user?.id,
    'user-name': user?.name,
    'user-email': user?.email,
    'user-role': user?.role,
    scopes: scopes?.held.join(' '),
    'missing-scopes': scopes?.missing.join(' '),
    'unverified-scopes': scopes?.unverified.join(' '),
    'excess-scopes': scopes?.excess?.join(' '),
    'expires-at': expiresAt?.toISOString(),
    'project-id': project?.id ?? inputs.page.projectId,
    'project-name': project?.name,
    'project-role': project?.role,
    'model-id': inputs.page.modelId,
    'version-id': inputs.page.versionId,
    'automation-id': inputs.page.automationId,
    'userdata-path': outcome.userdataPath,
  };
  return outputNames.flatMap((name) => {
    const value = values[name];
    return value === undefined ? [] : [[name, value]];
  });
}
