import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer, RecordedRequest } from './exchange.ts';

/** What goes wrong with a request: at most one of the actions, `answer` to `rewrite`; with none it is only late. */
export interface Fault {
  /** How many requests it meets: 1 by default, Infinity for all. */
  readonly times?: number;
  /** Which requests it meets: by default any. */
  readonly when?: (request: RecordedRequest) => boolean;
  /** Milliseconds before anything else. */
  readonly delay?: number;

  /** Something else is answered; as JSON, unless the headers say otherwise. */
  readonly answer?: { status: number; headers?: Record<string, string>; body?: string | Uint8Array };
  /** The client is sent elsewhere, by default with 302. */
  readonly redirect?: { location: string; status?: number };
  /** The connection is reset before an answer. */
  readonly reset?: true;
  /** Nothing ever comes. */
  readonly stall?: true;
  /** The first half of the right answer, then a reset. */
  readonly halfSent?: true;
  /** JSON that never ends: as fast as the client reads it, or a character every so many milliseconds. */
  readonly endless?: true | number;
  /** The right answer, changed: to echo the token, to lack what was asked, … */
  readonly rewrite?: (answer: Answer, request: RecordedRequest) => Answer;
}

/** Faults that wait for the next requests, first come, first served. */
export class Faults {
  private readonly waiting: { readonly fault: Fault; left: number }[] = [];

  push(...faults: Fault[]): void {
    this.waiting.push(...faults.map((fault) => ({ fault, left: fault.times ?? 1 })));
  }

  /** Takes back whatever has not been played. */
  clear(): void {
    this.waiting.length = 0;
  }

  /** The fault for this request, which is used up by it. */
  take(request: RecordedRequest): Fault | undefined {
    const next = this.waiting.find(({ fault, left }) => left > 0 && (fault.when?.(request) ?? true));
    if (next) next.left--;
    return next?.fault;
  }
}

/**
 * Plays a fault on the wire.
 * @param handle Makes the right answer; not called for a fault that has none.
 * @returns the answer that is still to be sent, if any.
 */
export async function play(
  fault: Fault,
  request: RecordedRequest,
  response: ServerResponse,
  handle: () => Promise<Answer>,
): Promise<Answer | undefined> {
  if (fault.delay) await wait(fault.delay, undefined, { ref: false });
  if (fault.answer) {
    const headers = { 'content-type': 'application/json; charset=utf-8', ...fault.answer.headers };
    return { status: fault.answer.status, headers, body: fault.answer.body ?? '' };
  }
  if (fault.redirect) {
    const { location, status = 302 } = fault.redirect;
    return { status, headers: { location }, body: '' };
  }
  if (fault.rewrite) return fault.rewrite(await handle(), request);
  if (fault.reset) response.socket?.resetAndDestroy();
  else if (fault.halfSent) await sendHalf(response, await handle());
  else if (fault.endless) await sendEndlessly(response, fault.endless === true ? 0 : fault.endless);
  else if (!fault.stall) return handle();
  return undefined;
}

async function sendHalf(response: ServerResponse, { status, headers, body }: Answer): Promise<void> {
  const bytes = Buffer.from(body);
  response.writeHead(status, { ...headers, 'content-length': bytes.length });
  await new Promise<unknown>((resolve) => response.write(bytes.subarray(0, bytes.length / 2), resolve));
  // Time for the bytes to be read: a reset may overtake them.
  await wait(50);
  response.socket?.resetAndDestroy();
}

async function sendEndlessly(response: ServerResponse, pause: number): Promise<void> {
  const closed = new Promise((resolve) => {
    response.once('close', resolve);
  });
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
  response.write('{"data":{"serverInfo":{"name":"');
  const piece = 'a'.repeat(pause ? 1 : 65_536);
  while (!response.destroyed) {
    const isFull = !response.write(piece);
    if (pause) await wait(pause, undefined, { ref: false });
    else if (isFull) await Promise.race([closed, once(response, 'drain')]);
  }
}
