// The timing of attempts and waits, without a clock.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { attemptLimit, parseRetryAfter, usualLimit, waitBefore } from '../../src/http/retry.ts';

describe('Retry-After', () => {
  const now = Date.parse('Wed, 25 Nov 2026 10:00:00 GMT');

  test.each([
    ['2', 2000],
    ['0', 0],
    ['0.961', 961],
    [' 3 ', 3000],
    ['3600', 3_600_000],
    ['Wed, 25 Nov 2026 10:00:05 GMT', 5000],
    ['Wednesday, 25-Nov-26 10:00:05 GMT', 5000],
    ['Wed Nov 25 10:00:05 2026 GMT', 5000],
    ['Wed, 25 Nov 2026 09:00:00 GMT', 0],
    ['2026-11-25T10:00:05.500Z', 5500],
  ])('%s is understood', (text, milliseconds) => {
    expect(parseRetryAfter(text, now)).toBe(milliseconds);
  });

  test.each([undefined, '', '-1', 'soon', '1e9', 'NaN', 'Infinity', '1,5', 'Wed, nonsense', '0x10'])(
    '%s says nothing',
    (text) => {
      expect(parseRetryAfter(text, now)).toBeUndefined();
    },
  );
});

/** The waits of a long row of attempts. */
function waits(random: number): (number | undefined)[] {
  return [1, 2, 3, 4, 5, 6, 7, 20].map((attempts) => waitBefore({ attempts, left: 60_000, random }));
}

describe('the wait before another attempt', () => {
  test('doubles up to eight seconds', () => {
    expect(waits(1)).toEqual([300, 600, 1200, 2400, 4800, 8000, 8000, 8000]);
  });

  test('is anything from nothing up to that', () => {
    expect(waits(0)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    expect(waits(0.5)).toEqual([150, 300, 600, 1200, 2400, 4000, 4000, 4000]);
  });

  test('adds a growing spread to what the server asked for', () => {
    const asked = [1, 3, 6].map((attempts) =>
      waitBefore({ attempts, left: 60_000, retryAfter: 961, random: 1 }),
    );
    expect(asked).toEqual([1961, 4961, 8961]);
  });

  test('adds no more than a sixth of what is left, so that a crowd can come several times more', () => {
    const late = [1, 2, 3].map((attempts) =>
      waitBefore({ attempts, left: 10_000, retryAfter: 1000, random: 1 }),
    );
    expect(late).toEqual([2000, 2500, 2500]);
  });

  test('there is none when the server asks for more than is left', () => {
    expect(waitBefore({ attempts: 1, left: 5000, retryAfter: 5000, random: 0 })).toBeUndefined();
    expect(waitBefore({ attempts: 1, left: 5000, retryAfter: 4400, random: 1 })).toBe(4500);
  });

  test('is never shorter than Retry-After, and always leaves time for an attempt', () => {
    const some = fc.record({
      attempts: fc.integer({ min: 1, max: 100 }),
      left: fc.double({ min: -1000, max: 3_600_000, noNaN: true }),
      retryAfter: fc.double({ min: 0, max: 100_000, noNaN: true }),
      random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    });
    fc.assert(
      fc.property(some, (waiting) => {
        const { left, retryAfter } = waiting;
        const wait = waitBefore(waiting);
        const right = wait === undefined ? left - retryAfter < 500 : wait >= retryAfter && left - wait > 249;
        expect(right).toBe(true);
      }),
    );
  });
});

describe('the time of one attempt', () => {
  test.each([
    ['of sixty seconds the first takes fifteen', 60_000, 60_000, 15_000],
    ['of ten seconds the first takes four', 10_000, 10_000, 4000],
    ['of an hour the first takes a quarter', 3_600_000, 3_600_000, 900_000],
    ['the last takes all that is left', 29_000, 60_000, 29_000],
    ['the end cuts it', 1200, 60_000, 1200],
    ['after the end there is none', -5, 60_000, 0],
  ])('%s', (_, left, whole, limit) => {
    expect(attemptLimit(left, whole)).toBe(limit);
  });

  test('there is time for at least two', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 3_600_000 }), (whole) => {
        expect(attemptLimit(whole, whole)).toBe(usualLimit(whole));
        expect(usualLimit(whole)).toBeLessThan(whole / 2);
      }),
    );
  });
});

/** A second's worth of operations, and after that what a burst allows, as the rate limit of a Speckle server. */
function rateLimit(perSecond: number, burst: number): (now: number) => number {
  const windows = { second: { begun: -Infinity, used: 0 }, burst: { begun: -Infinity, used: 0 } };
  const uses = (name: 'second' | 'burst', length: number, now: number): number => {
    if (now - windows[name].begun >= length) windows[name] = { begun: now, used: 0 };
    return ++windows[name].used;
  };
  return (now) => {
    if (uses('second', 1000, now) <= perSecond || uses('burst', 60_000, now) <= burst) return 0;
    return windows.second.begun + 1000 - now;
  };
}

/** Jobs that start within a second, each with two operations in one request of 100 ms; the times they took, in ms. */
function runJobs(jobs: number, limit: (now: number) => number, random: () => number): number[] {
  const ends: number[] = [];
  let waiting = Array.from({ length: jobs }, () => {
    const started = random() * 1000;
    return { started, at: started, attempts: 0 };
  });
  while (waiting.length > 0) {
    waiting.sort((one, other) => one.at - other.at);
    const [job, ...others] = waiting;
    waiting = others;
    if (!job) break;
    const now = job.at + 100;
    const retryAfter = Math.max(limit(job.at), limit(job.at));
    if (retryAfter === 0) {
      ends.push(now - job.started);
      continue;
    }
    const attempts = job.attempts + 1;
    const wait = waitBefore({ attempts, left: job.started + 60_000 - now, retryAfter, random: random() });
    if (wait !== undefined) waiting.push({ ...job, attempts, at: now + wait });
  }
  return ends;
}

describe('a matrix of jobs with one token', () => {
  test.each([
    ['60 jobs at a tenth of the limit', 60, rateLimit(5, 20)],
    ['1,000 jobs at the real limit', 1000, rateLimit(50, 200)],
  ])('%s all get through within their sixty seconds', (_, jobs, limit) => {
    let seed = 1;
    const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    const ends = runJobs(jobs, limit, random);
    expect(ends).toHaveLength(jobs);
    expect(Math.max(...ends)).toBeLessThan(60_000);
  });
});
