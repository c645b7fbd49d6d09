import type { Cleaner } from '../clean.ts';
import { againLater, Fault, inSeconds, type Peer } from './fault.ts';

/** What goes wrong before an answer, after `The server … ` or `The proxy … `, by the code that Node gives. */
const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: 'cannot be found: DNS does not know its name',
  ENODATA: 'cannot be found: DNS knows no address for its name',
  EAI_AGAIN: 'cannot be found for now: DNS does not answer',
  EAI_FAIL: 'cannot be found for now: DNS fails',
  ECONNREFUSED: 'refused the connection',
  ECONNRESET: 'closed the connection before it answered',
  EPIPE: 'closed the connection before it answered',
  ECONNABORTED: 'closed the connection before it answered',
  EHOSTUNREACH: 'cannot be reached: there is no network route to it',
  ENETUNREACH: 'cannot be reached: there is no network route to it',
  EHOSTDOWN: 'cannot be reached: its machine is down',
  ENETDOWN: 'cannot be reached: the network of the runner is down',
  ETIMEDOUT: 'did not accept a connection in time',
  EADDRNOTAVAIL: 'cannot be reached: there is no such address',
  EACCES: 'cannot be reached: this machine does not allow the connection',
  EPERM: 'cannot be reached: this machine does not allow the connection',
};

/** A name that DNS denies will not appear within seconds. */
const permanent: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA']);

/** Tells little where another address of the same name failed for another reason. */
const unroutable: ReadonlySet<string> = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL']);

/**
 * The code of an error, looked for in its causes and, where a name has several addresses, in what each attempt gave.
 * Nothing if it does not come from the network.
 */
export function networkCode(error: unknown): string | undefined {
  const codes = codesIn(error, 0);
  return codes.find((code) => !unroutable.has(code)) ?? codes[0];
}

function codesIn(error: unknown, depth: number): string[] {
  if (!Error.isError(error) || depth > 5) return [];
  if ('errors' in error && Array.isArray(error.errors)) {
    const codes = error.errors.flatMap((one) => codesIn(one, depth + 1));
    if (codes.length > 0) return codes;
  }
  if ('code' in error && typeof error.code === 'string') return [error.code];
  return codesIn(error.cause, depth + 1);
}

/** The end of what to do about a proxy. */
export const withoutProxy = 'list the server in NO_PROXY if it can be reached without a proxy';

/** No connection came about, or it was lost before an answer; nothing if the error is another matter. */
export function connectionFault(error: unknown, peer: Peer, clean: Cleaner): Fault | undefined {
  const code = networkCode(error);
  if (code === undefined || code.startsWith('ERR_')) return undefined;
  const reason = reasons[code] ?? `cannot be reached (${clean.line(code, 40)})`;
  if (permanent.has(code))
    return unreachable(peer, reason, unknownName(peer), { patience: 'none', cause: error });
  const hint = code === 'ECONNRESET' ? httpsHint(peer) : '';
  const remedy = code.startsWith('EAI_') ? brokenResolver : unreached(peer, hint);
  return unreachable(peer, reason, remedy, { patience: 'short', cause: error });
}

/** The time for a connection ran out, perhaps even before there was an address for the name. */
export function connectingStall(peer: Peer, resolved: boolean, milliseconds: number): Fault {
  const what = peer.kind === 'proxy' ? 'make a connection' : 'accept a connection';
  const reason = resolved ? `did not ${what}` : 'cannot be found for now: DNS did not answer';
  const remedy = resolved ? unreached(peer) : brokenResolver;
  return unreachable(peer, `${reason} within ${inSeconds(milliseconds)}`, remedy, {
    patience: 'short',
    stalled: 'connecting',
  });
}

function unreachable(
  { kind, name }: Peer,
  reason: string,
  remedy: string,
  more: Pick<Fault['facts'], 'patience' | 'stalled' | 'cause'>,
): Fault {
  const code = kind === 'proxy' ? 'proxy-error' : 'unreachable';
  return new Fault({ code, problem: `The ${name} ${reason}`, remedy, ...more });
}

/** What to do about a name that DNS denies. */
function unknownName({ kind, setting }: Peer): string {
  const check = `Check how the address is spelt in ${setting}`;
  return kind === 'proxy'
    ? `${check}, or ${withoutProxy}.`
    : `${check}; if the server is inside a company network, only runners inside that network know its name.`;
}

const brokenResolver = 'Run the job again later; if that does not help, check the DNS servers of the runner.';

/** What to do where no connection comes about. */
function unreached({ kind, setting }: Peer, hint = ''): string {
  const check = `Check the address in ${setting}${hint} and that the ${kind} runs`;
  return kind === 'proxy'
    ? `${check}, or ${withoutProxy}.`
    : `${check}; if the server is inside a company network, the runner must be inside it too.`;
}

/** There is a connection, but the time for the answer ran out. */
export function answerStall(peer: Peer, milliseconds: number, timeoutSeconds: number): Fault {
  return new Fault({
    code: 'timeout',
    problem: `The ${peer.name} was reached, but did not send a complete answer within ${inSeconds(milliseconds)}`,
    remedy: `Run the job again later, or raise the input timeout, which is ${timeoutSeconds} s, if the server is that slow.`,
    patience: 'long',
    stalled: 'answering',
  });
}

/** What came is no HTTP: another protocol, or the alert of an https port that was asked with http. */
export function noHttp(peer: Peer, cause?: unknown): Fault {
  return new Fault({
    code: peer.kind === 'proxy' ? 'proxy-error' : 'not-speckle',
    problem: `What the ${peer.name} answered is not HTTP`,
    remedy: `Check the host and the port in ${peer.setting}${httpsHint(peer)}.`,
    patience: 'none',
    cause,
  });
}

function httpsHint({ protocol }: Peer): string {
  return protocol === 'http:' ? ' (https:// instead of http:// if the port speaks https)' : '';
}

/** The connection was lost in the middle of an answer. */
export function brokenAnswer(peer: Peer, cause: unknown): Fault {
  return new Fault({
    code: 'server-error',
    problem: `The ${peer.name} closed the connection in the middle of its answer`,
    remedy: againLater,
    patience: 'long',
    cause,
  });
}
