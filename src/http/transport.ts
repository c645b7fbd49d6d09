import type { LookupFunction } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cleaner } from '../clean.ts';
import type { HttpAnswer, HttpRequest, Transport } from '../transport.ts';
import { answerFault } from './answer-faults.ts';
import { attempt, serverPeer, type Asked, type Limits } from './attempt.ts';
import { answerStall } from './connection-faults.ts';
import { Fault, inSeconds } from './fault.ts';
import { sharedLookup } from './lookup.ts';
import { routeTo } from './proxy.ts';
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
  /** Where a person corrects the server's address, for a sentence: `the input server` unless told. */
  readonly serverSetting?: string | undefined;
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
  const tools = { ...options, trust: createTrust(options), lookup: sharedLookup(options.lookup) };
  let answered = false;

  return async (request) => {
    const url = new URL(request.url);
    const route = routeTo(url, environment, clean);
    const asked: Asked = { url, route, server: serverPeer(url, route, tools) };
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
      const result = await once(request, asked, limits);
      if (!(result instanceof Fault)) {
        answered = true;
        return result;
      }
      // An attempt that the end cut short says less than what went wrong before.
      if (!cutShort(result, limits)) told = result;
      told ??= answered ? answerStall(asked.server, allTime, timeoutSeconds) : result;

      const { patience, retryAfter } = told.facts;
      const left = (patience === 'short' ? connectingEnd : end) - performance.now();
      const wait =
        patience === 'none' ? undefined : waitBefore({ attempts, left, retryAfter, random: random() });
      if (wait === undefined)
        throw told.toFailure(effort(told, attempts, performance.now() - begun, left), remedy(told, asked));
      log(clean.line(`${told.facts.problem}; attempt ${attempts + 1} follows in ${inSeconds(wait)}.`));
      await sleep(wait);
    }
  };

  async function once(request: HttpRequest, asked: Asked, limits: Limits): Promise<HttpAnswer | Fault> {
    try {
      const answer = await attempt(request, asked, limits, tools);
      return answerFault(answer, request, asked, tools) ?? answer;
    } catch (error) {
      if (error instanceof Fault) return error;
      throw error;
    }
  }

  function cutShort({ facts: { stalled } }: Fault, limits: Limits): boolean {
    if (stalled === 'connecting') return limits.connecting < usualLimit(connectingWindow);
    return stalled === 'answering' && limits.whole < usualLimit(allTime);
  }
}

/** How often and for how long was tried, and why no longer. */
function effort({ facts: { retryAfter = 0 } }: Fault, attempts: number, spent: number, left: number): string {
  return [
    retryAfter > 0 ? ` and asks to wait ${inSeconds(retryAfter)} while only ${inSeconds(left)} are left` : '',
    attempts > 1 ? `; tried ${attempts} times in ${inSeconds(spent)}` : '',
  ].join('');
}

/** What to do, where a proxy of another kind may be the only way; else what the fault says. */
function remedy({ facts: { code } }: Fault, { route: { unused }, server }: Asked): string | undefined {
  if (unused === undefined || (code !== 'unreachable' && code !== 'timeout')) return undefined;
  return `${unused}; if none is needed, check the address in ${server.setting} and that the server runs.`;
}
