// What the way of waiting does to many jobs with one token, on a clock of their own and with the limits of a real server.
import { describe, expect, test } from '@jest/globals';
import { figuresOf, leastTime } from '../../dev/simulate-jobs/figures.ts';
import { sixtyJobs, thousandJobs, type Crowd } from '../../dev/simulate-jobs/run.ts';
import { playJobs } from '../../dev/simulate-jobs/virtual-jobs.ts';

describe.each<[string, Crowd, least: number, refusedAtFirst: number]>([
  ['a thousand jobs at the real limit', thousandJobs, 35_000, 875],
  ['sixty jobs at a tenth of it', sixtyJobs, 24_000, 48],
])('%s', (_, crowd, least, refusedAtFirst) => {
  test.each([1, 2, 3, 4, 5])('are all verified within their sixty seconds (seed %i)', (seed) => {
    const { verified, ended, requests } = figuresOf(playJobs(crowd, { seed }));
    expect(verified).toBe(crowd.jobs);
    expect(ended.most).toBeGreaterThan(least);
    expect(ended.most).toBeLessThan(60_000);
    expect(requests).toBeLessThan(8 * crowd.jobs);
  });

  test('could not all be through sooner than the limit lets them', () => {
    expect(leastTime(crowd)).toBe(least);
  });

  test('do not come back together, and none before it may', () => {
    const { crowd: together, beyond } = figuresOf(playJobs(crowd, { seed: 1 }));
    expect(together).toBeLessThan(refusedAtFirst / 4);
    expect(beyond.least).toBeGreaterThan(0);
  });

  test('would all come back together without a spread', () => {
    const figures = figuresOf(playJobs(crowd, { seed: 1, wait: ({ retryAfter }) => retryAfter }));
    expect(figures.crowd).toBe(refusedAtFirst);
  });

  test('would be seen to come too early', () => {
    const figures = figuresOf(playJobs(crowd, { seed: 1, wait: ({ retryAfter = 0 }) => 0.9 * retryAfter }));
    expect(figures.beyond.least).toBeLessThan(0);
  });
});

test('of more jobs than the limit lets through in a minute the others give up in time', () => {
  const run = playJobs({ ...thousandJobs, jobs: 2000 }, { seed: 1 });
  const { verified, ended } = figuresOf(run);
  expect(verified).toBeGreaterThan(1500);
  expect(new Set(run.ends.map(({ status }) => status))).toEqual(new Set(['verified', 'rate-limited']));
  expect(ended.most).toBeLessThan(60_000);
});

test('the same seed gives the same run, and another one another', () => {
  const run = playJobs(sixtyJobs, { seed: 1 });
  expect(playJobs(sixtyJobs, { seed: 1 })).toEqual(run);
  expect(playJobs(sixtyJobs, { seed: 2 })).not.toEqual(run);
});
