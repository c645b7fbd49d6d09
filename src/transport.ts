import type { Cleaner } from './clean.ts';

/** What the Speckle side asks of HTTP, and all that it sees of it. */
export interface HttpRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Tells an answer that asking again may mend (beyond the statuses that HTTP itself calls temporary). */
  readonly isTemporary?: (answer: HttpAnswer) => boolean;
}

export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/**
 * Sends a POST request, again where that may help, within one deadline over all calls.
 * @throws {Failure} when no whole answer came, it was too large, a redirect, or still temporary after the retries.
 */
export type Transport = (request: HttpRequest) => Promise<HttpAnswer>;

/** The server's request id of an answer, cleaned, where there is one. */
export function requestIdOf({ headers }: HttpAnswer, clean: Cleaner): string | undefined {
  const id = headers['x-request-id'];
  return id ? clean.line(id, 100) : undefined;
}
