import type { RateLimit } from '../speckle-server/rate-limit.ts';

/** A request of a job, as the server saw it. Times are milliseconds since the first of all requests. */
export interface Exchange {
  /** The job's number, from 0. */
  readonly job: number;
  readonly operations: number;
  readonly arrived: number;
  readonly answered: number;
  /** Milliseconds that the server asked to wait, with status 429; undefined when the request passed. */
  readonly retryAfter?: number | undefined;
}

export interface JobEnd {
  /** `verified`, `rate-limited`, … */
  readonly status: string;
  /** Milliseconds since the first of all requests. */
  readonly ended: number;
}

/** What jobs that were started at once did: all of them by their numbers, and their requests in order of arrival. */
export interface Run {
  readonly ends: readonly JobEnd[];
  readonly exchanges: readonly Exchange[];
}

/** Jobs that share a rate limit. */
export interface Crowd {
  readonly jobs: number;
  readonly limit: RateLimit;
}

/** Operations of the one request with which a job ends as verified: those of `scopes: write`. */
export const operationsOfAJob = 2;

/** The limit of a real server, and as many jobs as anybody starts at once. */
export const thousandJobs: Crowd = { jobs: 1000, limit: { perSecond: 50, burst: 200 } };

/** A tenth of that limit, for as many jobs as one machine can start as processes. */
export const sixtyJobs: Crowd = { jobs: 60, limit: { perSecond: 5, burst: 20 } };
