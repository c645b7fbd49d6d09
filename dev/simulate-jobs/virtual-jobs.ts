import { parseRetryAfter, waitBefore } from '../../src/http/retry.ts';
import { rateLimited } from '../speckle-server/answers.ts';
import { createRateLimiter } from '../speckle-server/rate-limit.ts';
import { operationsOfAJob, type Crowd, type Exchange, type JobEnd, type Run } from './run.ts';

export interface Settings {
  /** Decides every random number; the same seed gives the same run. */
  readonly seed: number;
  /** How long a job waits, to compare other ways with that of the action. */
  readonly wait?: typeof waitBefore;
}

/** Milliseconds that each job has for everything. */
const timeout = 60_000;

/** Milliseconds: a new connection and a request on their way, an answer on its way, and what the server does before it. */
const there = 30;
const back = 10;
const checking = 75;
const refusing = 1;

interface Job {
  readonly number: number;
  attempts: number;
  arrives: number;
}

/**
 * Plays jobs that are all started in the same instant, with one token, on a clock of its own: the server's rate limit
 * and the action's way of waiting are the real ones, processes and connections are not.
 */
export function playJobs({ jobs, limit }: Crowd, settings: Settings): Run {
  const { seed, wait = waitBefore } = settings;
  const random = randomOf(seed);
  const ends: JobEnd[] = [];
  const exchanges: Exchange[] = [];
  let now = 0;
  const check = createRateLimiter(limit, () => Math.floor(now));
  const running = new Set(
    Array.from({ length: jobs }, (_, number): Job => ({ number, attempts: 0, arrives: 0 })),
  );

  for (let job = next(running); job; job = next(running)) {
    now = job.arrives;
    const { retryAfter } = check('token', operationsOfAJob);
    const answered = now + (retryAfter === undefined ? checking : refusing);
    exchanges.push({
      job: job.number,
      operations: operationsOfAJob,
      arrived: now,
      answered,
      retryAfter,
    });
    const told = answered + back;
    const pause = retryAfter === undefined ? undefined : pauseOf(job, retryAfter, told);
    if (pause !== undefined) job.arrives = told + pause + there;
    else {
      running.delete(job);
      ends[job.number] = { status: retryAfter === undefined ? 'verified' : 'rate-limited', ended: told };
    }
  }
  return { ends, exchanges };

  function pauseOf(job: Job, asked: number, told: number): number | undefined {
    const { headers } = rateLimited(asked, told, {});
    const retryAfter = parseRetryAfter(headers['retry-after'], told);
    return wait({ attempts: ++job.attempts, left: timeout - told, retryAfter, random: random() });
  }
}

/** The job whose request arrives first. */
function next(jobs: Iterable<Job>): Job | undefined {
  let found: Job | undefined;
  for (const job of jobs) if (!found || job.arrives < found.arrives) found = job;
  return found;
}

/** Numbers between 0 and 1 that look random (Park and Miller). */
function randomOf(seed: number): () => number {
  const modulus = 2 ** 31 - 1;
  let state = (seed % (modulus - 1)) + 1;
  return () => (state = (state * 48_271) % modulus) / modulus;
}
