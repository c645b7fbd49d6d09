/** Every way a run can end, in the order in which they are told where several apply. */
export const statusCodes = [
  'verified',
  'skipped',
  'invalid-input',
  'missing-token',
  'malformed-token',
  'untrusted-certificate',
  'proxy-error',
  'unreachable',
  'timeout',
  'rate-limited',
  'server-error',
  'redirected',
  'not-speckle',
  'invalid-token',
  'anonymous',
  'missing-scope',
  'wrong-user',
  'project-not-found',
  'project-forbidden',
  'excess-scope',
  'internal-error',
] as const;

export type StatusCode = (typeof statusCodes)[number];
export type FailureCode = Exclude<StatusCode, 'verified' | 'skipped'>;

export interface FailureFacts {
  readonly code: FailureCode;
  /** One sentence of what is wrong. Foreign text in it has been cleaned. */
  readonly problem: string;
  /** One sentence of what to do about it. */
  readonly remedy: string;
  /** The server's `X-Request-Id`, cleaned, where there is one. */
  readonly requestId?: string | undefined;
  readonly cause?: unknown;
}

/** The one failure of this action. Its message is safe to show: annotation, output and card all print it. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: FailureCode;
  readonly problem: string;
  readonly remedy: string;

  constructor(facts: FailureFacts) {
    const request = facts.requestId ? ` (Request id of the server: ${facts.requestId})` : '';
    super(`${facts.problem} ${facts.remedy}${request}`, { cause: facts.cause });
    this.code = facts.code;
    this.problem = facts.problem;
    this.remedy = facts.remedy;
  }
}
