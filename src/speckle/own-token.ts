import { isRecord } from './json.ts';
import type { Answered } from './operation.ts';
import { isScope } from './scopes.ts';

/** What the list of the user's tokens, which `tokens:read` opens, says about the token itself. */
export interface OwnToken {
  readonly scopes: readonly string[];
  /** None for the default lifespan of a hundred years. */
  readonly expiresAt?: Date | undefined;
  /** In milliseconds. */
  readonly lifespan?: number | undefined;
}

/** The default, in milliseconds (exchange 28). */
const hundredYears = 3_154_000_000_000;

/** There are some 25 scopes; whatever lists more is no server to take at its word. */
const most = 100;

const day = 86_400_000;

/** The id is the first ten characters of the token. An app token does not find itself. */
export function ownToken(answered: readonly Answered[], token: string): OwnToken | undefined {
  for (const { answer } of answered) {
    const own = answer.data?.['own'];
    const entries = isRecord(own) ? own['apiTokens'] : undefined;
    if (!Array.isArray(entries)) continue;
    for (const entry of entries) {
      const found = readEntry(entry, token.slice(0, 10));
      if (found) return found;
    }
  }
  return undefined;
}

function readEntry(entry: unknown, id: string): OwnToken | undefined {
  if (!isRecord(entry) || entry['id'] !== id || !Array.isArray(entry['scopes'])) return undefined;
  const scopes = entry['scopes']
    .filter((scope) => typeof scope === 'string')
    .filter(isScope)
    .slice(0, most);
  // A BigInt comes as a number or as a string, as the server's version likes.
  const lifespan = Number(entry['lifespan']);
  const createdAt = Date.parse(String(entry['createdAt']));
  const expiresAt = new Date(createdAt + lifespan);
  const expires = lifespan < hundredYears && !Number.isNaN(expiresAt.getTime());
  return { scopes, ...(expires && { expiresAt, lifespan }) };
}

/**
 * A warning within 14 days of the expiry.
 * @param page where a new token is made
 */
export function expiryWarning(
  { expiresAt, lifespan }: OwnToken,
  now: Date,
  page: string,
): string | undefined {
  const left = expiresAt ? expiresAt.getTime() - now.getTime() : Infinity;
  if (!expiresAt || left > 14 * day) return undefined;
  const days = Math.floor(left / day);
  const span = days < 1 ? 'less than a day' : days === 1 ? 'one day' : `${days} days`;
  const when = `The token expires in ${span}, at ${expiresAt.toISOString()}.`;
  // The documentation of token creation speaks of seconds, where the server takes milliseconds.
  return lifespan !== undefined && lifespan < day
    ? `${when} Its lifespan is ${lifespan} milliseconds: if seconds were meant, make a new one with a lifespan of ${lifespan * 1000}.`
    : `${when} Make a new one in time on ${page}.`;
}
