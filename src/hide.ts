/** How many characters in a row of a secret may not be shown; masks are not shorter either. */
export const revealing = 8;

/** Longer than any token: such a paste is hidden as it stands, its encodings are not worth the memory. */
const longest = 2000;

/** Stands where a piece of a secret was. */
const hidden = '***';

/** How characters are written in URLs, JSON and HTML. */
const escapes =
  /%(?<percent>[\da-f]{2})|\\u(?<unit>[\da-f]{4})|&#x(?<hex>[\da-f]{1,4});|&#(?<decimal>\d{1,5});|&(?<name>amp|lt|gt|quot|apos);|\\(?<escaped>["'\\/])/gi;
const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** A text as it may be read, and where each unit of it begins in the text as it stands; at last, where that ends. */
interface Reading {
  readonly text: string;
  readonly starts: readonly number[];
}

/**
 * What takes every eight characters in a row of a secret out of a text: as they are, in any case, in hexadecimal, in
 * Base64 at any alignment, or escaped.
 * @param open texts that are shown anyway: what a secret has in common with them is none
 */
export function createHide(secrets: Iterable<string>, open: Iterable<string> = []): (text: string) => string {
  const pieces = new Set<string>();
  for (const secret of secrets)
    for (const form of forms(secret)) for (const piece of piecesOf(form)) pieces.add(piece);
  for (const text of open) for (const piece of piecesOf(text)) pieces.delete(piece);
  if (pieces.size === 0) return (text) => text;
  return (text) => {
    // Again, until nothing is found: what stood before and behind a piece may make up another one.
    let result = text;
    for (let before; before !== result;) {
      before = result;
      result = hideOnce(before, pieces);
    }
    return result;
  };
}

/** A secret as it may turn up, beside its escapes. */
function forms(secret: string): string[] {
  if (secret.length > longest) return [secret];
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64url');
    // The characters at both ends depend on the neighbours too.
    return encoded.slice(Math.ceil((shift * 4) / 3), Math.floor(((shift + bytes.length) * 4) / 3));
  });
  const standard = base64.map((text) => text.replaceAll('-', '+').replaceAll('_', '/'));
  return [secret, bytes.toString('hex'), ...base64, ...standard];
}

function piecesOf(text: string): string[] {
  const folded = fold(text);
  return Array.from({ length: Math.max(0, folded.length - revealing + 1) }, (_, at) =>
    folded.slice(at, at + revealing),
  );
}

/** Without a difference of case, each unit in its place: as a whole, exotic characters may become longer. */
function fold(text: string): string {
  if (/^\p{ASCII}*$/u.test(text)) return text.toLowerCase();
  return Array.from({ length: text.length }, (_, at) => {
    const unit = text.charAt(at).toLowerCase();
    return unit.length === 1 ? unit : text.charAt(at);
  }).join('');
}

function hideOnce(text: string, pieces: ReadonlySet<string>): string {
  const readings = [asItStands(text), ...(/[%&\\]/.test(text) ? [unescaped(text)] : [])];
  const found = readings.flatMap((reading) => findings(reading, pieces));
  let result = '';
  let shown = 0;
  let end = -1;
  for (const [from, to] of found.toSorted(([one], [other]) => one - other)) {
    if (from > end) result += text.slice(shown, from) + hidden;
    end = Math.max(end, to);
    shown = end;
  }
  return result + text.slice(shown);
}

/** From where to where the text holds a piece. */
function findings({ text, starts }: Reading, pieces: ReadonlySet<string>): [number, number][] {
  const folded = fold(text);
  const found: [number, number][] = [];
  for (let at = 0; at + revealing <= folded.length; at++)
    if (pieces.has(folded.slice(at, at + revealing)))
      found.push([starts[at] ?? 0, starts[at + revealing] ?? 0]);
  return found;
}

function asItStands(text: string): Reading {
  return { text, starts: Array.from({ length: text.length + 1 }, (_, at) => at) };
}

function unescaped(text: string): Reading {
  const units: string[] = [];
  const starts: number[] = [];
  let next = 0;
  const take = (to: number): void => {
    for (; next < to; next++) {
      units.push(text.charAt(next));
      starts.push(next);
    }
  };
  for (const match of text.matchAll(escapes)) {
    const { percent, unit, hex, decimal, name = '', escaped } = match.groups ?? {};
    take(match.index);
    const code = decimal === undefined ? parseInt(percent ?? unit ?? hex ?? '', 16) : Number(decimal);
    units.push(escaped ?? named[name.toLowerCase()] ?? String.fromCharCode(code));
    starts.push(match.index);
    next = match.index + match[0].length;
  }
  take(text.length);
  return { text: units.join(''), starts: [...starts, text.length] };
}
