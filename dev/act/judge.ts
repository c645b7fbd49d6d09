import type { Case } from './cases.ts';
import type { Ran } from './run.ts';

/** What its token is worth: it has every scope that is needed, or it has expired. */
export const tokenKinds = ['full', 'expired'] as const;
export type TokenKind = (typeof tokenKinds)[number];

/**
 * In short, what was not as it should be: with a good token everything succeeds and prints what only the server knows,
 * with one that has expired the job ends before any later step; the post step runs, and no token is in the log.
 */
export function faultsOf(one: Case, kind: TokenKind, ran: Ran, tokens: readonly string[]): string[] {
  const { succeeded, output } = ran;
  const printed = printedIn(output);
  const faults = [
    ...(tokens.some((token) => output.includes(token)) ? ['a token is in the log'] : []),
    ...(output.includes('Success - Post ') ? [] : ['no post step ran']),
    ...(output.includes('Failure - Post ') ? ['a post step failed'] : []),
  ];
  if (kind === 'expired')
    return [
      ...faults,
      ...(succeeded ? ['it succeeded'] : []),
      ...(output.includes('status=invalid-token') ? [] : ['it did not fail for the token']),
      ...one.prints
        .filter((text) => printed.includes(text))
        .map((text) => `it printed “${text}” all the same`),
    ];
  return [
    ...faults,
    ...(succeeded ? [] : ['it failed']),
    ...one.prints.filter((text) => !printed.includes(text)).map((text) => `it did not print “${text}”`),
  ];
}

/** What its other steps printed: this action itself tells the name of the user, too. act puts the job before every line. */
function printedIn(output: string): string {
  const steps = new Map<string, string>();
  return output
    .split('\n')
    .flatMap((line) => {
      const [, job = '', step] = /^(\[[^\]]*\]) ⭐ Run (?:Main|Post) (.*)/.exec(line) ?? [];
      if (step !== undefined) steps.set(job, step);
      const [, of = '', text] = /^(\[[^\]]*\]) +\| (.*)/.exec(line) ?? [];
      return text === undefined || steps.get(of) === './' ? [] : [text];
    })
    .join('\n');
}
