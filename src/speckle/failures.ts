import type { Cleaner } from '../clean.ts';
import { Failure } from '../failure.ts';
import type { HttpAnswer } from '../transport.ts';
import type { Requirements } from './request.ts';
import { tokenHint, tokenPage } from './token.ts';

/** What every failure of a request is told from. */
export interface Context {
  readonly requirements: Requirements;
  readonly clean: Cleaner;
  /** The server's, cleaned. */
  readonly requestId?: string | undefined;
}

/** What to do about a server that fails. */
export const later = 'Run the job again later, and tell whoever runs the server if this goes on.';

/** `a`, `a and b`, `a, b and c`. */
function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** `the scope a`, `the scopes a and b`. */
export function theScopes(names: readonly string[]): string {
  return `the scope${names.length === 1 ? '' : 's'} ${list(names)}`;
}

/** A sentence of the server inside one of ours, without its full stop. */
export function quoted(text: string, clean: Cleaner): string {
  return `“${clean.line(text.trim(), 200).replace(/\.$/, '')}”`;
}

/** What the server says of it, as the end of a sentence of ours; nothing where it says nothing. */
export function saying(text: string, clean: Cleaner): string {
  return text.trim() === '' ? '' : `: ${quoted(text, clean)}`;
}

/** @param context with the request id of the answer */
export function tokenRefused({ requirements, requestId }: Context): Failure {
  const { server, serverSource, token } = requirements;
  const hint = tokenHint(token);
  const page = tokenPage(server);
  const count = /^[\da-f]+$/i.test(token) ? `this one has ${token.length}` : 'this one has others';
  return new Failure({
    code: 'invalid-token',
    problem: `${server}, whose address came from ${serverSource}, does not accept the token.`,
    remedy: hint
      ? `Look on ${page} for a token that begins with “${hint}”: if there is none, it was revoked, has expired, or belongs to another user or another server, so make a new one there, or name the right server in the input server.`
      : `A Speckle token has 42 characters, 0 to 9 and a to f, and ${count}: copy it again as a whole, or make a new one on ${page}.`,
    requestId,
  });
}

/** A 401, or a 403 of another form than the server's own. */
export function gatewayInstead(context: Context, answer: HttpAnswer): Failure {
  const { server, serverSource } = context.requirements;
  return new Failure({
    code: 'not-speckle',
    problem: `${server} answered with ${described(answer, context)}, which is not how a Speckle server refuses a token.`,
    remedy: `There seems to be a firewall, or a gateway with a login of its own, in front of it: ask whoever runs it to let this runner through, or check the address (it came from ${serverSource}).`,
    requestId: context.requestId,
  });
}

/** Something else answered. */
export function notSpeckle(context: Context, answer: HttpAnswer): Failure {
  return new Failure({
    code: 'not-speckle',
    problem: `${context.requirements.server} answered with ${described(answer, context)}, which is not the answer of a Speckle server.`,
    remedy: checkAddress(context),
    requestId: context.requestId,
  });
}

function checkAddress({ requirements }: Context): string {
  return `Check the address (it came from ${requirements.serverSource}): in a browser it must open the Speckle server.`;
}

function described({ status, headers, body }: HttpAnswer, { clean }: Context): string {
  const type = headers['content-type']?.split(';')[0]?.trim();
  const title = /<title[^>]*>([^<]{1,200})/i.exec(body)?.[1]?.trim();
  const content =
    body.trim() === '' ? 'an empty body' : type ? clean.line(type, 60) : 'a body without a content type';
  return `HTTP status ${status} and ${content}${title ? `, a page titled ${quoted(title, clean)}` : ''}`;
}

/** GraphQL of something else: it does not know the smallest identity. */
export function otherGraphql(context: Context): Failure {
  return new Failure({
    code: 'not-speckle',
    problem: `${context.requirements.server} speaks GraphQL, but does not tell who it is and whose the token is, as a Speckle server does.`,
    remedy: checkAddress(context),
    requestId: context.requestId,
  });
}

/** @param said the server's reason, if it gave one. */
export function brokenServer(context: Context, what: string, said: string): Failure {
  return new Failure({
    code: 'server-error',
    problem: `${context.requirements.server} cannot tell ${what}${saying(said, context.clean)}.`,
    remedy: later,
    requestId: context.requestId,
  });
}

/** @param said the server's reason, if it gave one. */
export function anonymous({ requirements, clean, requestId }: Context, said = ''): Failure {
  const { server, serverSource } = requirements;
  return new Failure({
    code: 'anonymous',
    problem: `${server} answered as if no token had been sent${saying(said, clean)}.`,
    remedy: `A proxy or a gateway on the way may remove the Authorization header: let it pass there, or check the address (it came from ${serverSource}).`,
    requestId,
  });
}
