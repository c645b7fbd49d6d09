import { createHide } from './hide.ts';

/** What is longer is no name and no sentence; in characters. */
const longestValue = 4000;

/** C0 and C1 controls, line and paragraph separators, and characters that change the direction of text. */
const unprintable = /[\p{Cc}\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/** Cleans text that came from a server, a proxy or a certificate, and every line that is printed. */
export interface Cleaner {
  /** For a value: control characters become spaces, nothing of a secret remains, and no more than 4000 characters. */
  value(text: string): string;
  /** For a line of the log or a part of a sentence: a value that can be no command, of at most `limit` characters. */
  line(text: string, limit?: number): string;
}

/**
 * A cleaner that knows these secrets. The runner's masks hide only whole values; what was cut, or changed in case or
 * encoding, is hidden here.
 * @param open texts that are no secret even where a secret holds them too: addresses, names of variables
 */
export function createCleaner(secrets: Iterable<string>, open: Iterable<string> = []): Cleaner {
  const hide = createHide(
    Array.from(secrets, (secret) => printable(secret)),
    open,
  );
  return {
    value: (text) => cut(hide(printable(text, longestValue)), longestValue),
    line(text, limit = 1000) {
      // A command is `::name::` at the start of a line, or `##[name]` anywhere in it.
      const harmless = hide(printable(text, limit))
        .replace(/##(?=\[)/g, '# #')
        .replace(/^\s*::/, ': :');
      return cut(hide(harmless), limit);
    },
  };
}

/** On one line. Of very long text so much that even with secrets in it there remains more than the limit. */
function printable(text: string, limit = Infinity): string {
  return cut(text, 8 * limit).replace(unprintable, ' ');
}

/** Shortens to `limit` characters (code points), with an ellipsis as the last of them. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const points = Array.from(text.slice(0, 2 * limit + 2));
  return points.length <= limit ? text : `${points.slice(0, limit - 1).join('')}…`;
}
