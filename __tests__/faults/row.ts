import type { Step } from '../../dev/runner/run-action.ts';
import type { StatusCode } from '../../src/failure.ts';

/** A fault: what happens, how it is made for real, and what comes of it. */
export interface Row {
  /** For a reader of docs/failures.md. */
  readonly what: string;
  readonly make: Make;
  readonly code: StatusCode;
  /** How many HTTP requests are sent, with the token; `several` where it is asked again. */
  readonly requests: number | 'several';
  /** How long it takes at most, of the default timeout. Whatever is not told at once is tried again. */
  readonly lasts: 'at once' | '10 s' | 'timeout' | 'until it passes';
}

export interface Section {
  readonly title: string;
  /** What the rows have in common, as Markdown. */
  readonly intro: string;
  readonly rows: readonly Row[];
}

/** Starts what a row needs. Whatever is kept is ended after the row. */
export type Make = (keep: Keep) => Promise<Situation>;

export type Keep = <T extends Closable>(starting: Promise<T>) => Promise<T>;

export interface Closable {
  readonly close: () => Promise<unknown>;
}

/** What a step meets. */
export interface Situation extends Pick<Step, 'env' | 'event' | 'without'> {
  /** Inputs beside the token and the timeout, which a row has of its own only where they matter. */
  readonly inputs: Readonly<Record<string, string>>;
  /** HTTP requests that have arrived; none where nobody could count them. */
  readonly requests?: () => number;
  /** Texts of this run alone, beside the server's address, and what stands for each in the page. */
  readonly examples?: Readonly<Record<string, string>>;
}
