import type { LookupFunction } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cleaner } from '../clean.ts';
import type { HttpAnswer, Transport } from '../transport.ts';
import { answerFault, type Asked } from './answer-faults.ts';
import { attempt, serverPeer, type Limits } from './attempt.ts';
import { Fault, inSeconds } from './fault.ts';
import { routeTo, type Route } from './proxy.ts';
import { attemptLimit, connectingTime, usualLimit, waitBefore } from './retry.ts';
import { createTrust, type TrustOptions } from './trust.ts';

export interface TransportOptions extends TrustOptions {
  /** The one deadline over all calls, counted from the creation of the transport. */
  readonly timeoutSeconds: number;
  /** The variables of proxies are read here. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly userAgent: string;
  readonly clean: Cleaner;
  /** One line whenever it waits before another attempt. */
  readonly log: (line: string) => void;
  /** Between 0 and 1. */
  readonly random?: (() => number) | undefined;
  /** How a name becomes an address; by the system unless told otherwise. */
  readonly lookup?: LookupFunction | undefined;
}

/** A transport over HTTP/1.1, by the proxies of the environment, with retries, within one deadline. */
export function createTransport(options: TransportOptions): Transport {
  const { clean, environment, timeoutSeconds, log, random = Math.random } = options;
  const allTime = timeoutSeconds * 1000;
  const end = performance.now() + allTime;
  const connectingWindow = Math.min(connectingTime, allTime);
  const tools = { ...options, trust: createTrust(options) };

  return async (request) => {
    const url = new URL(request.url);
    const begun = performance.now();
    /** Since when no connection has come about. */
    let connectingSince = begun;
    let told: Fault | undefined;
    for (let attempts = 1; ; attempts++) {
      const now = performance.now();
      if (told?.facts.patience !== 'short') connectingSince = now;
      const connectingEnd = Math.min(end, connectingSince + connectingWindow);
      const limits = {
        connecting: attemptLimit(connectingEnd - now, connectingWindow),
        whole: attemptLimit(end - now, allTime),
      };
      const result = await once(limits);
      if (!(result instanceof Fault)) return result;
      // An attempt that the end cut short says less than what went wrong before.
      if (told === undefined || !cutShort(result, limits)) told = result;

      const { patience, retryAfter } = told.facts;
      const left = (patience === 'short' ? connectingEnd : end) - performance.now();
      const wait =
        patience === 'none' ? undefined : waitBefore({ attempts, left, retryAfter, random: random() });
      if (wait === undefined) throw told.toFailure(effort(told, attempts, performance.now() - begun, left));
      log(clean.line(`${told.facts.problem}; attempt ${attempts + 1} follows in ${inSeconds(wait)}.`));
      await sleep(wait);
    }

    async function once(limits: Limits): Promise<HttpAnswer | Fault> {
      let route: Route = {};
      try {
        route = routeTo(url, environment, clean);
        const server = serverPeer(url, route, clean);
        const answer = await attempt(url, request, route, server, limits, tools);
        const asked: Asked = { url, route, server, clean, timeoutSeconds };
        return answerFault(answer, request, asked) ?? answer;
      } catch (error) {
        if (error instanceof Fault) return error;
        throw error;
      }
    }
  };

  function cutShort({ facts: { stalled } }: Fault, limits: Limits): boolean {
    if (stalled === 'connecting') return limits.connecting < usualLimit(connectingWindow);
    return stalled === 'answering' && limits.whole < usualLimit(allTime);
  }
}

/** How often and for how long was tried, and why no longer. */
function effort(fault: Fault, attempts: number, spent: number, left: number): string {
  const { retryAfter = 0 } = fault.facts;
  const tooLong =
    retryAfter > left && left > 0
      ? ` and asks to wait ${inSeconds(retryAfter)}, longer than the ${inSeconds(left)} that are left`
      : '';
  return `${tooLong}${attempts > 1 ? `, after ${attempts} attempts in ${inSeconds(spent)}` : ''}`;
}
