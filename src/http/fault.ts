import { Failure, type FailureCode } from '../failure.ts';

/** How long to go on asking: not at all, while a connection may yet come about, or as long as the time allows. */
export type Patience = 'none' | 'short' | 'long';

export interface FaultFacts {
  readonly code: FailureCode;
  /** A sentence without its full stop; foreign text in it has been cleaned. */
  readonly problem: string;
  /** A whole sentence. */
  readonly remedy: string;
  readonly patience: Patience;
  /** Set where a limit of time ended the attempt: that of the connection, or that of the whole attempt. */
  readonly stalled?: 'connecting' | 'answering' | undefined;
  /** Milliseconds that the server asked to wait. */
  readonly retryAfter?: number | undefined;
  readonly requestId?: string | undefined;
  readonly cause?: unknown;
}

/** What to do about a server that fails. */
export const againLater = 'Run the job again later; if that does not help, ask whoever runs the server.';

/** Why one attempt failed. After the last one it becomes the `Failure` that is told. */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly facts: FaultFacts;

  constructor(facts: FaultFacts) {
    super(facts.problem, { cause: facts.cause });
    this.facts = facts;
  }

  /**
   * @param effort how often and how long was tried, to go before the full stop
   * @param remedy in place of its own
   */
  toFailure(effort: string, remedy = this.facts.remedy): Failure {
    return new Failure({ ...this.facts, problem: `${this.facts.problem}${effort}.`, remedy });
  }
}

/** Whom a step of an attempt speaks with, as sentences name it. */
export interface Peer {
  readonly kind: 'server' | 'proxy';
  /** The protocol that is spoken with it: `http:` or `https:`. */
  readonly protocol: string;
  /** `server example.com:443`, or `proxy proxy.example.com:3128 of HTTPS_PROXY`; cleaned. */
  readonly name: string;
  /** Where a person corrects its address: `the input server`, or `the variable HTTPS_PROXY`. */
  readonly setting: string;
}

/** The port that an address means. */
export function portOf(url: URL): number {
  return Number(url.port || (url.protocol === 'https:' ? 443 : 80));
}

/** The host as `net` and `tls` take it: an IPv6 address without its brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

/** Milliseconds as a person reads them; never none. */
export function inSeconds(milliseconds: number): string {
  const seconds = Math.max(0.1, milliseconds / 1000);
  return `${seconds < 20 ? Math.round(seconds * 10) / 10 : Math.round(seconds)} s`;
}
