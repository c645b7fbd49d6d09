import { foreignService } from '../secrets.ts';

/** Shorter is no token of any server; longer is a pasted file. Today's have 42 characters. */
const shortest = 20;
const longest = 1000;

/**
 * What shows that a value cannot be a token, as the end of a sentence that begins with “The token”; none where it may
 * be one. Such a value never reaches a server. The sentences quote nothing of it.
 */
export function tokenFault(token: string): string | undefined {
  const service = foreignService(token);
  const faults: readonly (readonly [boolean, string])[] = [
    [
      isName(token),
      'is the name of a secret or a variable; a workflow gets its value by ${{ secrets.NAME }}',
    ],
    [
      /^(authorization\s*:\s*)?bearer\b/i.test(token),
      'begins with the word “Bearer”, which does not belong to it',
    ],
    [
      /^["'`“”‘’«<([{]|["'`“”‘’»>)\]},;]$/u.test(token),
      'has quotation marks, brackets or a comma around it, which do not belong to it',
    ],
    [
      /^(?:export\s+|set\s+|\$env:)?[a-z_]\w*\s*=\s*[^\s=]/i.test(token),
      'is a whole line with a name and an equals sign; only the part after that sign belongs here',
    ],
    [service !== undefined, `is a secret of ${service}, not of Speckle`],
    [isAddress(token), 'is an address; the address of the server belongs in the input server'],
    [/[\r\n]/.test(token), 'has a line break inside, so perhaps more than the token was copied'],
    [/\p{Cc}|\s/u.test(token), 'has a space or a control character inside'],
    [/\P{ASCII}/u.test(token), 'has characters other than plain ASCII'],
    [token.length < shortest, `is shorter than ${shortest} characters, so a part of it is missing`],
    [token.length > longest, `is longer than ${longest} characters, so more than the token was copied`],
  ];
  return faults.find(([applies]) => applies)?.[1];
}

/** The name alone, `secrets.NAME` without the braces of an expression, one that nobody evaluated, or a variable of a shell. */
function isName(text: string): boolean {
  return (
    /^[A-Z\d_]*SPECKLE[A-Z\d_]*$/.test(text) ||
    /^(?:\$\{\{\s*)?(?:secrets|vars|env|inputs)\.[a-z_]/i.test(text) ||
    /^[$%]\{?(?:env:)?[a-z_]\w*[}%]?$/i.test(text)
  );
}

function isAddress(text: string): boolean {
  return (
    /^[a-z][a-z\d+.-]*:\/\//i.test(text) ||
    /^(localhost|[a-z\d-]+(\.[a-z\d-]+)*\.[a-z]{2,})(:\d+)?(\/|$)/i.test(text)
  );
}
