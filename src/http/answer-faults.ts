import { STATUS_CODES } from 'node:http';
import { requestIdOf, type HttpAnswer, type HttpRequest } from '../transport.ts';
import type { Asked, Means } from './asked.ts';
import { againLater, Fault, type FaultFacts } from './fault.ts';
import { hiddenProxyLogin, proxyLogin } from './proxy-login.ts';
import { parseRetryAfter, temporaryStatuses } from './retry.ts';

/** What gateways and servers say when they are asked with http on a port of https (nginx, Go, Apache). */
const wantsHttps =
  /plain HTTP request was sent to HTTPS|HTTP request to an HTTPS server|plain HTTP to an SSL/i;

function isRedirect(status: number, headers: HttpAnswer['headers']): boolean {
  return (
    status >= 300 &&
    status < 400 &&
    (headers['location'] !== undefined || [301, 302, 303, 307, 308].includes(status))
  );
}

/** Whether status and headers say it all: nobody waits for the page of a gateway then, however large it is. */
export function isToldByHead(status: number, headers: HttpAnswer['headers']): boolean {
  return isRedirect(status, headers) || status === 407 || temporaryStatuses.has(status);
}

/** What makes an answer none that the Speckle side can judge; nothing if it can. */
export function answerFault(
  answer: HttpAnswer,
  request: HttpRequest,
  asked: Asked,
  means: Means,
): Fault | undefined {
  const { status, headers, body } = answer;
  const { url, route, server } = asked;
  if (isRedirect(status, headers)) return redirected(answer, asked, means);
  if (status === 407) {
    const offered = headers['proxy-authenticate'];
    return route.proxy
      ? proxyLogin(route.proxy, offered, means.clean)
      : hiddenProxyLogin(server, offered, means.clean);
  }
  if (status === 400 && url.protocol === 'http:' && wantsHttps.test(body))
    return new Fault({
      code: 'not-speckle',
      problem: `The ${server.name} was asked with http, but speaks https on this port`,
      remedy: `Write https:// instead of http:// in ${server.setting}.`,
      patience: 'none',
    });
  if (temporaryStatuses.has(status)) return temporary(answer, asked, means);
  if (!request.isTemporary?.(answer)) return undefined;
  return new Fault({
    code: 'server-error',
    problem: `The ${server.name} reports an internal error`,
    remedy: againLater,
    ...factsOf(answer, means),
  });
}

function temporary(answer: HttpAnswer, { server }: Asked, means: Means): Fault {
  if (answer.status === 429)
    return new Fault({
      code: 'rate-limited',
      problem: `The ${server.name} limits how often this token may ask (status 429)`,
      remedy: `Start fewer jobs with the same token at the same time, or raise the input timeout, which is ${means.timeoutSeconds} s.`,
      ...factsOf(answer, means),
    });
  const meaning = STATUS_CODES[answer.status];
  return new Fault({
    code: 'server-error',
    problem: `The ${server.name} answered with status ${answer.status}${meaning === undefined ? '' : ` (${meaning})`}`,
    remedy: againLater,
    ...factsOf(answer, means),
  });
}

function factsOf(
  answer: HttpAnswer,
  { clean }: Means,
): Pick<FaultFacts, 'patience' | 'retryAfter' | 'requestId'> {
  const { headers } = answer;
  // A date is meant by the clock of the server, which that of a runner may not agree with.
  const now = Date.parse(headers['date'] ?? '');
  return {
    patience: 'long',
    retryAfter: parseRetryAfter(headers['retry-after'], Number.isNaN(now) ? Date.now() : now),
    requestId: requestIdOf(answer, clean),
  };
}

/** Never followed: the token would go to a place that nobody named. */
function redirected(answer: HttpAnswer, { url, server }: Asked, { clean }: Means): Fault {
  const { location } = answer.headers;
  const target = pageAt(location, url);
  const nowhere =
    location === undefined ? 'but does not say where to' : 'to something that is not the address of a page';
  const where = target ? `to ${clean.line(`${target.origin}${target.pathname}`, 200)}` : nowhere;
  return new Fault({
    code: 'redirected',
    problem: `The ${server.name} redirects ${where}, and this action never follows with the token`,
    remedy: remedyFor(target),
    patience: 'none',
    requestId: requestIdOf(answer, clean),
  });

  function remedyFor(to: URL | undefined): string {
    if (to === undefined) return `Check that ${server.setting} is the address of a Speckle server.`;
    const origin = clean.line(to.origin, 200);
    if (to.protocol === 'https:' && url.protocol === 'http:' && to.hostname === url.hostname)
      return `Write https in ${server.setting}: ${origin}.`;
    if (to.origin === url.origin)
      return `Check that ${server.setting} is the address of a Speckle server; if that is a login page, a gateway is in front of the server and must let this runner through.`;
    return `Set ${server.setting} to ${origin} if that is the Speckle server; if it is a login page, a gateway is in front of the server and must let this runner through.`;
  }
}

/** The page that a redirect names, if it is one. */
function pageAt(location: string | undefined, from: URL): URL | undefined {
  const target = location === undefined ? null : URL.parse(location, from.href);
  return target && /^https?:$/.test(target.protocol) ? target : undefined;
}
