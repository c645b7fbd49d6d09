import { cut } from '../clean.ts';
import { authoritiesTaken, readAuthorities } from '../http/authorities.ts';
import { addressSecrets, secretsIn } from '../secrets.ts';

/** Why a value cannot be taken: the end of a sentence of what came, after “which”. */
export class Refusal {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

/** How an input is read: what it takes, in words for a message, and how that becomes a value. */
export interface Reader<T> {
  readonly takes: string;
  readonly read: (text: string) => T | Refusal;
  /** The value is never shown: it may be a private key, or the email of somebody. */
  readonly hidden?: boolean;
}

const booleans = new Map([
  ['true', true],
  ['false', false],
]);

export const flag: Reader<boolean> = {
  takes: 'true or false',
  read: (text) => booleans.get(text.toLowerCase()) ?? new Refusal('is not one of its values'),
};

export function choice<const T extends string>(...choices: readonly T[]): Reader<T> {
  const takes = `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
  return {
    takes,
    read: (text) =>
      choices.find((each) => each === text.toLowerCase()) ?? new Refusal('is not one of its values'),
  };
}

/** Seconds, whole or fractional. */
export const timeout: Reader<number> = {
  takes: 'a number of seconds from 1 to 3600',
  read(text) {
    const seconds = /^\d{1,9}(\.\d{1,9})?$/.test(text) ? Number(text) : NaN;
    if (Number.isNaN(seconds)) return new Refusal('is not a number of seconds');
    return seconds >= 1 && seconds <= 3600 ? seconds : new Refusal('is out of range');
  },
};

export const environmentPrefix: Reader<string> = {
  takes:
    'letters, digits and _, no digit first, and no beginning that belongs to the runner (GITHUB_, RUNNER_, ACTIONS_)',
  read(text) {
    if (!/^[A-Za-z_]\w{0,99}$/.test(text)) return new Refusal('cannot begin the name of a variable');
    return /^(GITHUB|RUNNER|ACTIONS)_/i.test(text)
      ? new Refusal('begins like a variable of the runner')
      : text;
  },
};

/** Ids and emails, in lower case, each once. */
export const users: Reader<readonly string[]> = {
  takes: 'ids or emails of users, separated by spaces, commas or line breaks',
  hidden: true,
  read(text) {
    const all = text
      .toLowerCase()
      .split(/[\s,;]+/)
      .filter(Boolean);
    // Two variables that are not set, with a comma between them, must not allow everybody.
    if (all.length === 0) return new Refusal('names nobody');
    const odd = all.findIndex(
      (user) => !/^[\w-]{1,64}$|^[^@\s*]+@[^@\s*]+$/.test(user) || secretsIn(user).length > 0,
    );
    return odd < 0
      ? [...new Set(all)]
      : new Refusal(`has an entry (number ${odd + 1}) that is neither an id nor an email`);
  },
};

/** Certificates of a private authority, as PEM. */
export function authorities(readFile: (path: string) => Buffer): Reader<string> {
  return {
    takes: authoritiesTaken,
    hidden: true,
    read(text) {
      const read = readAuthorities(text, readFile);
      return 'pem' in read ? read.pem : new Refusal(read.fault);
    },
  };
}

/** What came, for a message: short, on one line, and without anything that may be a secret. */
export function shown(text: string): string {
  const mayBeSecret =
    secretsIn(text).length > 0 ||
    addressSecrets(text).length > 0 ||
    // Long, with letters and digits mixed: a key of whatever service.
    (text.match(/[\w+=-]{20,}/g) ?? []).some((word) => /\d/.test(word) && /[a-z]/i.test(word));
  return mayBeSecret ? 'what may be a secret' : `“${cut(text.trim().replace(/[\s\p{Cc}]+/gu, ' '), 60)}”`;
}
