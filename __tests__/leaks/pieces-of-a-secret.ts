import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const source = resolve(import.meta.dirname, '../../src');

/** All that stands in the sources: our own words tell nothing about a token, even where it is made of them. */
const ownWords = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join(source, name), 'utf8').toLowerCase())
  .join('\n');

/** Every eight characters in a row of a secret, but for what stands in texts that are shown whatever it is. */
export function piecesOf(secret: string, open: readonly string[] = []): string[] {
  const folded = secret.toLowerCase();
  const shown = open.map((text) => text.toLowerCase());
  return Array.from(
    { length: Math.max(0, secret.length - 7) },
    (_, at) => [at, folded.slice(at, at + 8)] as const,
  )
    .filter(([, piece]) => piece.trim() !== '' && ![ownWords, ...shown].some((text) => text.includes(piece)))
    .map(([at]) => secret.slice(at, at + 8));
}

/** Where pieces show in texts: in any case, in hexadecimal, in Base64, or escaped. Shares nothing with src/hide.ts. */
export function findPieces(pieces: readonly string[], texts: Readonly<Record<string, string>>): string[] {
  return Object.entries(texts).flatMap(([name, text]) => {
    const folded = text.toLowerCase();
    const plain = unescaped(text).toLowerCase();
    return pieces.flatMap((piece) => {
      const own = piece.toLowerCase();
      const hex = Buffer.from(piece).toString('hex');
      const found =
        folded.includes(own) ||
        plain.includes(own) ||
        folded.includes(hex) ||
        base64Of(piece).some((form) => text.includes(form));
      return found ? [`${name} shows ${JSON.stringify(piece)}`] : [];
    });
  });
}

/** What Base64 has of a piece wherever it stands, in both alphabets. */
function base64Of(piece: string): string[] {
  const bytes = Buffer.from(piece);
  return [0, 1, 2].flatMap((before) => {
    const padded = Buffer.concat([Buffer.alloc(before), bytes]);
    const from = Math.ceil((before * 8) / 6);
    const to = Math.floor((padded.length * 8) / 6);
    return [padded.toString('base64').slice(from, to), padded.toString('base64url').slice(from, to)];
  });
}

function unescaped(text: string): string {
  const names: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
  return text
    .replace(/&(lt|gt|amp|quot|apos);/gi, (_, name: string) => names[name.toLowerCase()] ?? '')
    .replace(/&#(\d{1,6});/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/\\u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replace(/\\(["'\\/])/g, '$1')
    .replace(/%([\da-f]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}
