import fc from 'fast-check';
import { tokenFault } from '../../src/action/token-fault.ts';

function characters(all: string, minLength: number, maxLength: number): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...all.split('')), minLength, maxLength });
}

const printable = Array.from({ length: 94 }, (_, at) => String.fromCharCode(0x21 + at)).join('');

const speckle = characters('0123456789abcdef', 42, 42);
const any = fc.oneof(
  speckle,
  characters(printable, 20, 60),
  // Characters that URLs, HTML, JSON and the runner have a meaning for.
  characters('%&;:#[]<>"\'\\/*?=+-_.~1aB', 20, 60),
  // Repetitions, in which a piece has many places.
  characters('*a', 20, 40),
);

/** What may be a token of some server: it is sent there. */
export const wellFormedTokens = fc
  .oneof(
    { arbitrary: speckle, weight: 2 },
    speckle.map((token) => token.toUpperCase()),
    any,
  )
  .filter((token) => tokenFault(token) === undefined);

/** What people paste instead of a token; at least eight characters. */
export const mangledTokens = fc
  .tuple(
    any,
    fc.constantFrom<((token: string, at: number) => string)[]>(
      (token) => `"${token}"`,
      (token) => `‘${token}’`,
      (token) => `\`${token}\``,
      (token) => `Bearer ${token}`,
      (token) => `Authorization: Bearer ${token}`,
      (token) => `SPECKLE_TOKEN=${token}`,
      (token) => `export MY_TOKEN="${token}"`,
      (token) => `$env:SPECKLE_TOKEN = '${token}'`,
      (token) => `SPECKLE_SERVER=https://app.speckle.systems\r\nSPECKLE_TOKEN=${token}\r\n`,
      (token) => `{"token": ${JSON.stringify(token)}, "refreshToken": null}`,
      (token) => `token: ${token} # for CI`,
      (token) => `\${{ secrets.${token} }}`,
      (token, at) => `${token.slice(0, at)}\r\n${token.slice(at)}`,
      (token, at) => `${token.slice(0, at)} ${token.slice(at)}`,
      (token, at) => `${token.slice(0, at)}\t\t${token.slice(at)}`,
      (token, at) => `${token.slice(0, at)}ü${token.slice(at)}`,
      (token, at) => `${token.slice(0, at)}\u200B${token.slice(at)}`,
      (token, at) => `${token.slice(0, at)}😀İ${token.slice(at)}`,
      (token) => token.slice(0, 8 + (token.length % 12)),
      (token) => Array.from(token).join(' '),
      (token) => token + token,
      (token) => `${token}\n${token.toUpperCase()}`,
      (token) => `  ${token}${'='.repeat(40)}\n`,
      (token) => `ghp_${token}`,
      (token) => `github_pat_${token}`,
      (token) => `glpat-${token}`,
      (token) => `eyJ${token}.eyJ${token}`,
      (token) => `xoxb-${token}`,
      (token) => `AKIA${token}`,
      (token) => `https://app.speckle.systems/projects/${token}?embedToken=${token}`,
      (token) => Array.from({ length: 30 }, (_, line) => `${line}: ${token}`).join('\n'),
    ),
    fc.integer({ min: 1, max: 19 }),
  )
  .map(([token, mangle, at]) => mangle(token, at));
