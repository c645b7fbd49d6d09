/** When to ask again and how long an attempt may take. Pure: no clock, no timer. All durations are milliseconds. */

/** Statuses that HTTP itself calls temporary, or that gateways give while a server restarts. */
export const temporaryStatuses: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

/** A connection that cannot be made for so long will not be made: a person waits for the answer. */
export const connectingTime = 10_000;

/**
 * An attempt that takes longer is taken for lost, so that another one has a chance: a quarter of the whole time, so that
 * more time helps with a slow server, but no less than a server may need that is just waking up.
 */
const patienceOfAttempt = 15_000;

const firstSpread = 300;
const longestSpread = 8_000;

/**
 * Beyond `Retry-After`, which a whole crowd is told: at first the second that a Speckle server counts in, and never more
 * than this share of the time left, so that the last can come several times (compared with dev/simulate-jobs.ts).
 */
const firstSpreadAsked = 1_000;
const shareOfRoom = 1 / 6;

/** With less time left there is no other attempt; one that follows a wait has half of it or more. */
const leastRoom = 500;

/** How long an attempt usually may take, of the whole time that there is for all attempts. */
export function usualLimit(whole: number): number {
  return Math.min(Math.max(patienceOfAttempt, whole / 4), 0.4 * whole);
}

/** How long the next attempt may take. The last one, after which there is no time for another, takes all that is left. */
export function attemptLimit(left: number, whole: number): number {
  const usual = usualLimit(whole);
  return left < 2 * usual ? Math.max(0, left) : usual;
}

export interface Waiting {
  /** How many attempts have failed: 1 or more. */
  readonly attempts: number;
  /** How long there is until everything must have ended. */
  readonly left: number;
  /** What the server asked for. */
  readonly retryAfter?: number | undefined;
  /** Between 0 and 1. */
  readonly random: number;
}

/**
 * How long to wait before the next attempt, or nothing when there is no time for one. Exponential back-off with full
 * jitter; it comes on top of `Retry-After`, which all jobs of a matrix are told alike: they must not come back together.
 */
export function waitBefore({ attempts, left, retryAfter = 0, random }: Waiting): number | undefined {
  const room = left - retryAfter;
  if (room < leastRoom) return undefined;
  const [first, most] =
    retryAfter > 0 ? [firstSpreadAsked, room * shareOfRoom] : [firstSpread, room - leastRoom / 2];
  return retryAfter + random * Math.min(longestSpread, first * 2 ** (attempts - 1), most);
}

/**
 * The milliseconds that `Retry-After` asks for: whole seconds and dates as HTTP has them, fractional seconds as a Speckle
 * server sends them (measured: `0.961`), and dates as it writes them elsewhere (ISO 8601). Nothing if it says neither.
 * @param now milliseconds since 1970 at the server, or here where it does not tell
 */
export function parseRetryAfter(text: string | undefined, now: number): number | undefined {
  const value = text?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  if (!/^[A-Z][a-z]+,? |^\d{4}-\d\d-\d\dT/.test(value)) return undefined;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
