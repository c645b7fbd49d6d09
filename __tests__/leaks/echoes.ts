import fc from 'fast-check';

/** How a server may write what it was sent. */
const forms = {
  plain: (text: string) => text,
  upper: (text: string) => text.toUpperCase(),
  lower: (text: string) => text.toLowerCase(),
  doubled: (text: string) => text + text,
  base64: (text: string) => Buffer.from(text).toString('base64'),
  base64url: (text: string) => Buffer.from(text).toString('base64url'),
  base64Behind1: (text: string) => Buffer.from(`:${text}`).toString('base64'),
  base64Behind2: (text: string) => Buffer.from(`r:${text}r`).toString('base64'),
  hexadecimal: (text: string) => Buffer.from(text).toString('hex'),
  upperHexadecimal: (text: string) => Buffer.from(text).toString('hex').toUpperCase(),
  percent: (text: string) => encodeURIComponent(text),
  percentLower: (text: string) => encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase()),
  percentAll: (text: string) => Buffer.from(text).toString('hex').replace(/../g, '%$&'),
  percentSome: (text: string) => encodeURI(text),
  percentBase64: (text: string) => encodeURIComponent(Buffer.from(text).toString('base64')),
  html: (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`),
  htmlNames: (text: string) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'),
  json: (text: string) => JSON.stringify(text).slice(1, -1),
  header: (text: string) => `Bearer ${text}`,
} as const;

export interface Echo {
  readonly form: keyof typeof forms;
  /** Which part: from there on, and what is cut off at the end. */
  readonly from: number;
  readonly less: number;
  readonly before: string;
  readonly after: string;
}

const names = Object.keys(forms) as (keyof typeof forms)[];

export const echoes: fc.Arbitrary<Echo> = fc.record({
  form: fc.constantFrom(...names),
  from: fc.oneof(fc.constant(0), fc.nat(12)),
  less: fc.oneof(fc.constant(0), fc.nat(12)),
  before: fc.constantFrom('', 'x', 'Server of ', '::error::', '##[error]', '**', '~'.repeat(190)),
  after: fc.constantFrom('', 'x', ' and more', ':read', '…', '%', '**'),
});

/** What a server writes that was sent this token. */
export function echoed(token: string, { form, from, less, before, after }: Echo): string {
  // Half a character is none that could be sent.
  const part = token.slice(from, Math.max(from + 8, token.length - less)).toWellFormed();
  return before + forms[form](part) + after;
}
