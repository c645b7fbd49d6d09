import type { Cleaner } from '../clean.ts';
import { tokenHint } from '../speckle/token.ts';
import type { Outcome } from './outcome.ts';

/**
 * The card of the job summary: who, where, with which scopes, and what to do. One block of HTML without an empty line,
 * in which Markdown means nothing; text of others is encoded besides. Emails are left out: summaries are public.
 * @param help the page about the status code
 */
export function card(outcome: Outcome, clean: Cleaner, help?: string): string {
  const { inputs, verdict, status } = outcome;
  const { server, user, scopes, project, expiresAt } = verdict ?? {};
  const origin = inputs.server?.origin;
  const variable = inputs.token?.source === 'input' ? undefined : inputs.token?.source;
  const text = (value: string): string => encode(clean.value(value), origin);
  const code = (value: string): string => `<code>${text(value)}</code>`;
  const list = (values: readonly string[] | undefined): string =>
    values === undefined ? '' : values.map(code).join(' ') || 'none seen';
  const some = (values: readonly string[] | undefined): string => (values?.length ? list(values) : '');
  const join = (...parts: (string | undefined)[]): string =>
    parts.flatMap((part) => (part ? [code(part)] : [])).join(' ');

  const rows: (readonly [string, string])[] = [
    ['Server', join(server?.name, server?.version, origin)],
    // One of the environment may be another than whoever wrote the input thinks.
    ['Token', join(inputs.token && tokenHint(inputs.token.value), variable)],
    ['User', join(user?.name, user?.id, user?.role)],
    ['Scopes seen', list(scopes?.held)],
    ['Scopes missing', some(scopes?.missing)],
    ['Scopes not verified', some(scopes?.unverified)],
    ['Scopes beyond those required', list(scopes?.excess)],
    ['Project', join(project?.name, project?.id ?? inputs.page.projectId, project?.role)],
    ['Permission required', inputs.page.projectId === undefined ? '' : code(inputs.permission)],
    ['Token expires', expiresAt ? code(expiresAt.toISOString()) : ''],
    ['For later steps', some(Object.keys(outcome.variables))],
  ];
  const remarks = [
    ...outcome.warnings.map((each) => `⚠️ ${text(each)}`),
    ...outcome.notices.map((each) => `ℹ️ ${text(each)}`),
  ];
  const icon = status === 'verified' ? '✅' : status === 'skipped' ? '⏭️' : '❌';
  return [
    '',
    `<h3>${icon} Speckle: ${status}</h3>`,
    `<p>${text(outcome.message)}</p>`,
    ...(help === undefined ? [] : [`<p><a href="${help}">More about ${status}</a></p>`]),
    '<table>',
    ...rows.flatMap(([name, cell]) =>
      cell ? [`<tr><th align="left">${name}</th><td>${cell}</td></tr>`] : [],
    ),
    '</table>',
    ...(remarks.length > 0 ? ['<ul>', ...remarks.map((remark) => `<li>${remark}</li>`), '</ul>'] : []),
    '',
  ].join('\n');
}

/** Encodes what HTML or Markdown could take for their own, and addresses (they become links) but the server's. */
function encode(text: string, origin: string | undefined): string {
  const encoded = text.replace(/[&<>"'`*[\]|~\\@]/g, entity);
  const host = origin?.replace(/^https?:\/\//, '');
  return encoded.replace(/(:\/\/|\bwww\.)([^\s/]*)/gi, (whole, sign: string, named: string) =>
    named.replace(/[.,;:)]+$/, '') === host ? whole : `${sign.replace(/[:.]/, entity)}${named}`,
  );
}

function entity(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}
