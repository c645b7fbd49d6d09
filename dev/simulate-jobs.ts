/**
 * Shows what becomes of many jobs that start at once with one token, and so share the server's rate limit:
 *
 *     node dev/simulate-jobs.ts [--jobs N] [--seed N] [--no-processes]
 *
 * First 60 jobs at a tenth of the limit, as processes of the built action against the embedded server (half a minute);
 * then the same, and N (1,000) at the real limit, on a clock of their own. It fails unless all jobs are verified, and
 * none came back before the time that it was told.
 */
import { parseArgs } from 'node:util';
import { figuresOf, leastTime } from './simulate-jobs/figures.ts';
import { runJobs } from './simulate-jobs/real-jobs.ts';
import { reportOf } from './simulate-jobs/report.ts';
import { type Crowd, type Run, sixtyJobs, thousandJobs } from './simulate-jobs/run.ts';
import { playJobs } from './simulate-jobs/virtual-jobs.ts';

const { values } = parseArgs({
  allowNegative: true,
  options: {
    jobs: { type: 'string', default: String(thousandJobs.jobs) },
    seed: { type: 'string', default: '1' },
    processes: { type: 'boolean', default: true },
  },
});
const many = { ...thousandJobs, jobs: Number(values.jobs) };
const seed = Number(values.seed);

if (values.processes) show('Processes', sixtyJobs, await runJobs(sixtyJobs));
show('On a clock of their own', sixtyJobs, playJobs(sixtyJobs, { seed }));
show('On a clock of their own', many, playJobs(many, { seed }));

function show(how: string, crowd: Crowd, run: Run): void {
  const { perSecond, burst } = crowd.limit;
  const figures = figuresOf(run);
  console.log(`\n── ${how}: ${crowd.jobs} jobs, ${perSecond} operations a second and ${burst} more a minute`);
  console.log(reportOf(figures, leastTime(crowd)));
  // The clocks of two processes count whole milliseconds.
  if (figures.verified < crowd.jobs || figures.beyond.least < -1) process.exitCode = 1;
}
