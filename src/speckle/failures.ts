import type { Cleaner } from '../clean.ts';
import { Failure } from '../failure.ts';
import type { HttpAnswer } from '../transport.ts';
import type { Requirements } from './request.ts';
import { tokenHint, tokenPage } from './token.ts';

/** `a`, `a and b`, `a, b and c`. */
export function list(names: readonly string[]): string {
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

/** The server's request id of an answer. */
export function requestIdOf({ headers }: HttpAnswer, clean: Cleaner): string | undefined {
  const id = headers['x-request-id'];
  return id ? clean.line(id, 100) : undefined;
}

export function tokenRefused(requirements: Requirements, answer: HttpAnswer, clean: Cleaner): Failure {
  const { server, serverSource, token } = requirements;
  const hint = tokenHint(token);
  const page = tokenPage(server);
  return new Failure({
    code: 'invalid-token',
    problem: `${server}, whose address came from ${serverSource}, does not accept the token.`,
    remedy: hint
      ? `Look on ${page} for a token whose id begins like “${hint}”: if none is there, it was revoked, has expired, or is of another user or another server, so make a new one there, or name the right server in the input server.`
      : `A Speckle token is 42 hexadecimal characters, and this one is not: copy it again as a whole, or make a new one on ${page}.`,
    requestId: requestIdOf(answer, clean),
  });
}

/** A 401, or a 403 of another form than the server's own. */
export function gatewayInstead(requirements: Requirements, answer: HttpAnswer, clean: Cleaner): Failure {
  return new Failure({
    code: 'not-speckle',
    problem: `${requirements.server} answered with ${described(answer, clean)}, which is not how a Speckle server refuses a token.`,
    remedy: `A firewall, or a gateway with a login of its own, seems to stand before it: ask whoever runs it to let this runner through, or check the address, which came from ${requirements.serverSource}.`,
    requestId: requestIdOf(answer, clean),
  });
}

/** Something else answered. */
export function notSpeckle(requirements: Requirements, answer: HttpAnswer, clean: Cleaner): Failure {
  return new Failure({
    code: 'not-speckle',
    problem: `${requirements.server} answered with ${described(answer, clean)}, which is not the answer of a Speckle server.`,
    remedy: checkAddress(requirements),
    requestId: requestIdOf(answer, clean),
  });
}

export function checkAddress({ serverSource }: Requirements): string {
  return `Check the address, which came from ${serverSource}: it must be where the Speckle server opens in a browser.`;
}

function described({ status, headers, body }: HttpAnswer, clean: Cleaner): string {
  const type = headers['content-type']?.split(';')[0]?.trim();
  const title = /<title[^>]*>([^<]{1,200})/i.exec(body)?.[1]?.trim();
  const content =
    body.trim() === '' ? 'an empty body' : type ? clean.line(type, 60) : 'a body without a content type';
  return `HTTP status ${status} and ${content}${title ? `, a page titled ${quoted(title, clean)}` : ''}`;
}

/** GraphQL of something else: it does not know the smallest identity. */
export function otherGraphql(requirements: Requirements, requestId: string | undefined): Failure {
  return new Failure({
    code: 'not-speckle',
    problem: `${requirements.server} speaks GraphQL, but does not say who it is and who the token’s user is as a Speckle server does.`,
    remedy: checkAddress(requirements),
    requestId,
  });
}

export function brokenServer(
  { server }: Requirements,
  what: string,
  said: string,
  clean: Cleaner,
  requestId: string | undefined,
): Failure {
  return new Failure({
    code: 'server-error',
    problem: `${server} cannot say ${what}${saying(said, clean)}.`,
    remedy: 'Run the job again later, and tell whoever runs the server if this goes on.',
    requestId,
  });
}

/** @param said the server's reason, if it gave one. */
export function anonymous(
  { server, serverSource }: Requirements,
  said: string | undefined,
  clean: Cleaner,
  requestId: string | undefined,
): Failure {
  return new Failure({
    code: 'anonymous',
    problem: `${server} answered, but as to nobody, as if no token had come${saying(said ?? '', clean)}.`,
    remedy: `A proxy or a gateway on the way may drop the Authorization header: let it pass there, or check the address, which came from ${serverSource}.`,
    requestId,
  });
}
