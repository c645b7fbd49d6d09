// A matrix of sixty jobs with one token, each a process of the built action, at a tenth of a real server's limit.
import { expect, test } from '@jest/globals';
import { figuresOf } from '../../dev/simulate-jobs/figures.ts';
import { runJobs } from '../../dev/simulate-jobs/real-jobs.ts';
import { sixtyJobs } from '../../dev/simulate-jobs/run.ts';

// Each job has its sixty seconds from when it runs; so many processes take their time to start before that.
const patience = 180_000;

test(
  'sixty jobs that start at once are all verified, and none comes back before it may',
  async () => {
    const run = await runJobs(sixtyJobs);
    expect(run.ends.map(({ status }) => status)).toEqual(Array.from({ length: 60 }, () => 'verified'));
    const { requests, refused, operations, beyond } = figuresOf(run);
    expect(requests - refused).toBe(60);
    expect(operations).toBe(2 * requests);
    // At once they are too many for the limit: or else nothing was tried here.
    expect(refused).toBeGreaterThan(0);
    // The clocks of two processes count whole milliseconds.
    expect(beyond.least).toBeGreaterThanOrEqual(-1);
  },
  patience,
);
