import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpAnswer, HttpRequest, Transport } from '../transport.ts';
import { answerFault } from './answer-faults.ts';
import { serverPeer, type Asked, type Limits, type Means } from './asked.ts';
import { attempt } from './attempt.ts';
import { answerStall } from './connection-faults.ts';
import { Fault, inSeconds } from './fault.ts';
import { sharedLookup } from './lookup.ts';
import { routeTo } from './proxy.ts';
import { attemptLimit, connectingTime, usualLimit, waitBefore } from './retry.ts';
import { createTrust, type TrustOptions } from './trust.ts';

export interface TransportOptions extends TrustOptions, Omit<Means, 'trust' | 'lookup'> {
  /** The variables of proxies are read here. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** One line whenever it waits before another attempt, and where the system’s store alone knows an authority. */
  readonly log: (line: string) => void;
  /** Between 0 and 1. */
  readonly random?: (() => number) | undefined;
  /** How a name becomes an address; by the system unless told otherwise. */
  readonly lookup?: Means['lookup'] | undefined;
}

/**
 * A transport over HTTP/1.1, by the proxies of the environment, with retries, within one deadline.
 *
 * Two windows of time: the whole one is the timeout, from the creation of the transport to `end`. The connecting one is
 * shorter, and is that of a server that cannot be reached: it opens when a call begins and again after each attempt that
 * did reach the server, so it closes when for ten seconds no connection has come about. An attempt has a part of each.
 */
export function createTransport(options: TransportOptions): Transport {
  const { clean, environment, timeoutSeconds, log, random = Math.random } = options;
  const wholeWindow = timeoutSeconds * 1000;
  const end = performance.now() + wholeWindow;
  const connectingWindow = Math.min(connectingTime, wholeWindow);
  const means: Means = { ...options, trust: createTrust(options), lookup: sharedLookup(options.lookup) };
  let answered = false;

  return async (request) => {
    const url = new URL(request.url);
    const route = routeTo(url, environment, clean);
    const asked: Asked = { url, route, server: serverPeer(url, route, means) };
    const begun = performance.now();
    let unconnectedSince = begun;
    /** Why it has failed so far, as it will be told. */
    let fault: Fault | undefined;
    for (let attempts = 1; ; attempts++) {
      const now = performance.now();
      if (fault?.facts.patience !== 'short') unconnectedSince = now;
      const connectingEnd = Math.min(end, unconnectedSince + connectingWindow);
      const limits = {
        connecting: attemptLimit(connectingEnd - now, connectingWindow),
        whole: attemptLimit(end - now, wholeWindow),
      };
      const result = await answerOrFault(request, asked, limits);
      if (!(result instanceof Fault)) {
        if (!answered && means.trust.usesSystem()) log(clean.line(trustedBySystem(asked)));
        answered = true;
        return result;
      }
      // An attempt that the end cut short says less than what went wrong before.
      if (!cutShort(result, limits)) fault = result;
      fault ??= answered ? answerStall(asked.server, wholeWindow, timeoutSeconds) : result;

      const { patience, retryAfter } = fault.facts;
      const left = (patience === 'short' ? connectingEnd : end) - performance.now();
      const wait =
        patience === 'none' ? undefined : waitBefore({ attempts, left, retryAfter, random: random() });
      if (wait === undefined)
        throw fault.toFailure(effort(fault, attempts, performance.now() - begun, left), remedy(fault, asked));
      log(clean.line(`${fault.facts.problem}; attempt ${attempts + 1} follows in ${inSeconds(wait)}.`));
      await sleep(wait);
    }
  };

  async function answerOrFault(
    request: HttpRequest,
    asked: Asked,
    limits: Limits,
  ): Promise<HttpAnswer | Fault> {
    try {
      const answer = await attempt(request, asked, limits, means);
      return answerFault(answer, request, asked, means) ?? answer;
    } catch (error) {
      if (error instanceof Fault) return error;
      throw error;
    }
  }

  function cutShort({ facts: { stalled } }: Fault, limits: Limits): boolean {
    if (stalled === 'connecting') return limits.connecting < usualLimit(connectingWindow);
    return stalled === 'answering' && limits.whole < usualLimit(wholeWindow);
  }
}

/** What answered now may be refused in later steps. */
function trustedBySystem({ server }: Asked): string {
  return `The connection to the ${server.name} is trusted by the certificate store of this machine alone. Later steps with Node or with Python’s requests do not read that store: give the certificate of the authority to the input ca-certificate, and they trust it too.`;
}

/** How often and for how long was tried, and why no longer. */
function effort({ facts: { retryAfter = 0 } }: Fault, attempts: number, spent: number, left: number): string {
  return [
    retryAfter > 0 ? ` and asks to wait ${inSeconds(retryAfter)} while only ${inSeconds(left)} are left` : '',
    attempts > 1 ? `; tried ${attempts} times in ${inSeconds(spent)}` : '',
  ].join('');
}

/** What to do, where a proxy that was not asked may be the only way; else what the fault says. */
function remedy({ facts: { code } }: Fault, { route: { ifProxyNeeded }, server }: Asked): string | undefined {
  if (ifProxyNeeded === undefined || code !== 'unreachable') return undefined;
  return `${ifProxyNeeded}; if not, check the address in ${server.setting} and that the server runs.`;
}
