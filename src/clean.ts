/** How many characters in a row of a secret may not be shown; masks are not shorter either. */
export const revealing = 8;

/** Longer than any token: such a paste is hidden as it stands, its encodings are not worth the memory. */
const longest = 2000;

/** Stands where a piece of a secret was. */
const hidden = '***';

/** C0 and C1 controls, line and paragraph separators, and characters that change the direction of text. */
const unprintable = /[\p{Cc}\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/** Cleans text that came from a server, a proxy or a certificate, and every line that is printed. */
export interface Cleaner {
  /** For a value: control characters become spaces, nothing of a secret remains. The length stays free. */
  value(text: string): string;
  /** For a line of the log or a part of a sentence: a value that can be no command, of at most `limit` characters. */
  line(text: string, limit?: number): string;
}

/**
 * A cleaner that knows these secrets. The runner's masks hide only whole values; what was cut, or changed in case or
 * encoding, is hidden here.
 */
export function createCleaner(secrets: Iterable<string>): Cleaner {
  const pieces = new Set<string>();
  for (const secret of secrets)
    for (const form of forms(secret))
      for (let at = 0; at + revealing <= form.length; at++)
        pieces.add(form.slice(at, at + revealing).toLowerCase());

  const value = (text: string): string => hide(text.replace(unprintable, ' '), pieces);
  return {
    value,
    line(text, limit = 1000) {
      // A command is `::name::` at the start of a line, or `##[name]` anywhere in it.
      const harmless = value(text)
        .replace(/##(?=\[)/g, '# #')
        .replace(/^\s*::/, ': :');
      return cut(harmless, limit);
    },
  };
}

/** Shortens to `limit` characters (code points), with an ellipsis as the last of them. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const points = Array.from(text.slice(0, 2 * limit + 2));
  return points.length <= limit ? text : `${points.slice(0, limit - 1).join('')}…`;
}

/** A secret as it may turn up: as it is, in hexadecimal, and in Base64 at each of the three alignments. */
function forms(secret: string): string[] {
  if (secret.length > longest) return [secret];
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64url');
    // The characters at both ends depend on the neighbours too.
    return encoded.slice(Math.ceil((shift * 4) / 3), Math.floor(((shift + bytes.length) * 4) / 3));
  });
  const plain = [secret, bytes.toString('hex'), encodeURIComponent(secret.toWellFormed())];
  return [...plain, ...base64, ...base64.map((text) => text.replaceAll('-', '+').replaceAll('_', '/'))];
}

/** Puts `***` for every run of characters that a piece covers. Case makes no difference. */
function hide(text: string, pieces: ReadonlySet<string>): string {
  if (pieces.size === 0) return text;
  // Lower-casing may change the length of exotic characters; one unit at a time keeps the places.
  const lower = Array.from({ length: text.length }, (_, at) => {
    const unit = text.charAt(at).toLowerCase();
    return unit.length === 1 ? unit : text.charAt(at);
  }).join('');
  let result = '';
  let shown = 0;
  for (let at = 0; at + revealing <= lower.length; at++) {
    if (!pieces.has(lower.slice(at, at + revealing))) continue;
    let end = at + revealing;
    while (end < lower.length && pieces.has(lower.slice(end - revealing + 1, end + 1))) end++;
    result += text.slice(shown, at) + hidden;
    shown = end;
    at = end - 1;
  }
  return result + text.slice(shown);
}
