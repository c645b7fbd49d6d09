import { createRateLimiter } from '../speckle-server/rate-limit.ts';
import { operationsOfAJob, type Crowd, type Exchange, type Run } from './run.ts';

/** What a run of many jobs comes to. Times are milliseconds. */
export interface Figures {
  readonly jobs: number;
  readonly verified: number;
  readonly requests: number;
  readonly operations: number;
  /** Requests that were answered with 429. */
  readonly refused: number;
  /** When the jobs had ended, since the first request. */
  readonly ended: Spread;
  /** From a 429 until the same job came back. */
  readonly waits: Spread;
  /** By how much those waits exceeded what the server had asked for. */
  readonly beyond: Spread;
  /** The most jobs that came back within the same tenth of a second. */
  readonly crowd: number;
  /** How many requests came in each second. */
  readonly bySecond: readonly number[];
}

/** Of some times: none are all 0. */
export interface Spread {
  readonly least: number;
  readonly median: number;
  readonly most: number;
}

export function figuresOf({ ends, exchanges }: Run): Figures {
  const returns = returnsOf(exchanges);
  const arrivals = exchanges.map(({ arrived }) => arrived);
  const arrivedAgain = returns.map(({ arrived }) => arrived);
  return {
    jobs: ends.length,
    verified: ends.filter(({ status }) => status === 'verified').length,
    requests: exchanges.length,
    operations: exchanges.reduce((sum, { operations }) => sum + operations, 0),
    refused: exchanges.filter(({ retryAfter }) => retryAfter !== undefined).length,
    ended: spreadOf(ends.map(({ ended }) => ended)),
    waits: spreadOf(returns.map(({ waited }) => waited)),
    beyond: spreadOf(returns.map(({ waited, asked }) => waited - asked)),
    crowd: Math.max(0, ...countBy(arrivedAgain, 100)),
    bySecond: countBy(arrivals, 1000),
  };
}

/** The milliseconds in which all could be through if every job came just when it could pass, with one request. */
export function leastTime({ jobs, limit }: Crowd): number {
  let now = 0;
  const check = createRateLimiter(limit, () => now);
  for (let passed = 0; passed < jobs;) {
    const { retryAfter } = check('token', operationsOfAJob);
    if (retryAfter === undefined) passed++;
    else now += retryAfter;
  }
  return now;
}

/** Requests of jobs that had been told to wait. */
function returnsOf(exchanges: readonly Exchange[]): { arrived: number; waited: number; asked: number }[] {
  const last = new Map<number, Exchange>();
  return exchanges.flatMap((exchange) => {
    const before = last.get(exchange.job);
    last.set(exchange.job, exchange);
    if (before?.retryAfter === undefined) return [];
    const { arrived } = exchange;
    return [{ arrived, waited: arrived - before.answered, asked: before.retryAfter }];
  });
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return { least: at(0), median: at(0.5), most: at(1) };
}

/** How many times lie in each stretch of so many milliseconds, from 0 on. */
function countBy(times: readonly number[], length: number): number[] {
  const stretches = times.map((time) => Math.floor(time / length));
  const count = Math.max(-1, ...stretches) + 1;
  return Array.from({ length: count }, (_, at) => stretches.filter((stretch) => stretch === at).length);
}
