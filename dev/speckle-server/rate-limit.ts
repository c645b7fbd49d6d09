/** How many operations pass. */
export interface RateLimit {
  /** Operations a second. */
  readonly perSecond: number;
  /** Operations a minute beyond those. */
  readonly burst: number;
}

export interface RateVerdict {
  /** Operations left in this second; undefined once past it. */
  readonly remaining: number;
  /** Milliseconds to wait; undefined when the request may pass. */
  readonly retryAfter?: number;
}

export type RateLimiter = (key: string, operations: number) => RateVerdict;

interface Window {
  start: number;
  used: number;
}

/**
 * Counts operations by key in fixed windows: so many a second, and what exceeds them from a burst of a minute. A
 * refused request uses up its share of both all the same (measured, exchange 33).
 * @param now The clock, in milliseconds.
 */
export function createRateLimiter({ perSecond, burst }: RateLimit, now: () => number): RateLimiter {
  const seconds = new Map<string, Window>();
  const minutes = new Map<string, Window>();
  return (key, operations) => {
    const second = take(seconds, key, operations, 1000, now());
    const remaining = Math.max(0, perSecond - second.used);
    if (second.used <= perSecond) return { remaining };
    if (take(minutes, key, operations, 60_000, now()).used <= burst) return { remaining };
    return { remaining, retryAfter: Math.max(1, second.start + 1000 - now()) };
  };
}

function take(
  windows: Map<string, Window>,
  key: string,
  operations: number,
  length: number,
  now: number,
): Window {
  const open = windows.get(key);
  const window = open && now < open.start + length ? open : { start: now, used: 0 };
  window.used += operations;
  windows.set(key, window);
  return window;
}
