import fc from 'fast-check';
import { echoes, type Echo } from './echoes.ts';

/** What a server answers; where it is a text, it is made of what the server was sent. */
export type Answer =
  /** The right answer of a Speckle server with other texts in its JSON. */
  | { readonly kind: 'fields'; readonly which: Which; readonly echo: Echo }
  | { readonly kind: 'status'; readonly status: number; readonly body: Body; readonly echo: Echo }
  | { readonly kind: 'redirect'; readonly status: number; readonly target: Target; readonly echo: Echo }
  /** Bytes in place of HTTP, or HTTP by hand. */
  | { readonly kind: 'bytes'; readonly bytes: Bytes; readonly echo: Echo }
  /** A certificate for another name. */
  | { readonly kind: 'certificate'; readonly echo: Echo }
  /** A proxy that refuses. */
  | { readonly kind: 'proxy'; readonly echo: Echo }
  | { readonly kind: 'half' };

/** Which texts of an answer: those under a name, or every so manyth from one on. */
type Which = { readonly name: string } | { readonly every: number; readonly from: number };
const fields = [
  'name',
  'version',
  'movedTo',
  'id',
  'email',
  'role',
  'message',
  'code',
  'scope',
  'scopes',
] as const;
const bodies = ['html', 'json', 'errors', 'refusal', 'text', 'nothing'] as const;
const targets = ['path', 'host', 'subdomain', 'user', 'whole'] as const;
const bytes = ['reason', 'headers', 'garbage', 'status line', 'early end', 'refusal'] as const;
type Body = (typeof bodies)[number];
type Target = (typeof targets)[number];
type Bytes = (typeof bytes)[number];

export const answers: fc.Arbitrary<Answer> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('fields'),
      which: fc.oneof(
        fc.record({ name: fc.constantFrom(...fields) }),
        fc.record({ every: fc.constantFrom(1, 1, 2, 3, 5, 1000), from: fc.nat(12) }),
      ),
      echo: echoes,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('status'),
      status: fc.constantFrom(200, 200, 201, 204, 400, 401, 403, 403, 404, 407, 418, 429, 429, 500, 503, 599),
      body: fc.constantFrom(...bodies),
      echo: echoes,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('redirect'),
      status: fc.constantFrom(301, 302, 303, 307, 308),
      target: fc.constantFrom(...targets),
      echo: echoes,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('bytes'), bytes: fc.constantFrom(...bytes), echo: echoes }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('certificate'), echo: echoes }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('proxy'), echo: echoes }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'half' } as const) },
);

/** A body of that form around a text, with the type that belongs to it. */
export function bodyOf(form: Body, text: string): { readonly type: string; readonly body: string } {
  const json = JSON.stringify(text);
  const all: Record<Body, readonly [type: string, body: string]> = {
    html: ['text/html', `<!DOCTYPE html><title>${text}</title><h1>${text}</h1>`],
    json: ['application/json', `{"message":${json},"token":${json},"data":null}`],
    errors: [
      'application/json',
      `{"errors":[{"message":${json},"path":[${json}],"extensions":{"code":${json},"scope":${json}}}],"data":null}`,
    ],
    refusal: ['application/json', `{"error":${json}}`],
    text: [`text/${text.replace(/[^\x20-\x7e]/g, '')}`, text],
    nothing: ['', ''],
  };
  const [type, body] = all[form];
  return { type, body };
}

/** An address to which a server redirects. */
export function addressOf(target: Target, text: string): string {
  return {
    path: `/login/${text}/${text}`,
    host: `https://${text}/`,
    subdomain: `https://${text.replace(/[^\w-]/g, '').slice(-60)}.example.com:8443/${text}`,
    user: `https://${text}:${text}@example.com/${text}#${text}`,
    whole: text,
  }[target];
}

/** What comes over the wire where no server writes it as it should be. */
export function bytesOf(form: Bytes, text: string): string {
  return {
    reason: `HTTP/1.1 404 ${text}\r\ncontent-length: 0\r\nx-request-id: ${text}\r\n\r\n`,
    refusal: `HTTP/1.1 403 ${text}\r\nx-request-id: ${text}\r\ncontent-length: 0\r\n\r\n`,
    headers: `HTTP/1.1 200 OK\r\n${text}: ${text}\r\nx-request-id: ${text}\r\ncontent-type: ${text}\r\n\r\n${text}`,
    garbage: `${text}\r\n\r\n${text}`,
    'status line': `HTTP/${text} ${text}\r\n\r\n`,
    'early end': `HTTP/1.1 200 OK\r\ncontent-type: ${text}\r\ncontent-length: 99999\r\n\r\n${text}`,
  }[form];
}

/** Replaces texts in a JSON value. */
export function withTexts(json: string, which: Which, text: string): string {
  let count = 0;
  return JSON.stringify(JSON.parse(json), (name, value: unknown) => {
    if ('name' in which) {
      if (name !== which.name) return value;
      return Array.isArray(value) ? value.map(() => text) : text;
    }
    return typeof value === 'string' && (count++ - which.from) % which.every === 0 ? text : value;
  });
}
