import { request as sendRequest, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Cleaner } from '../clean.ts';
import { requestIdOf, type HttpAnswer, type HttpRequest } from '../transport.ts';
import { isToldByHead } from './answer-faults.ts';
import type { Asked, Limits, Means } from './asked.ts';
import { readBody } from './body.ts';
import { answerStall, connectingStall, connectionFault, networkCode, noHttp } from './connection-faults.ts';
import { reach, secure } from './connection.ts';
import { Fault, type Peer } from './fault.ts';
import { tlsFault } from './tls-faults.ts';
import { openTunnel } from './tunnel.ts';
import { isUnknownIssuer } from './unknown-issuer.ts';

/**
 * One exchange over a connection of its own: after a 429 a Speckle server closes a connection that it announced to
 * keep. When the attempt ends, however it does, every socket is destroyed: nothing keeps the process alive.
 * @throws {Fault} when there is no whole answer
 */
export async function attempt(
  request: HttpRequest,
  asked: Asked,
  limits: Limits,
  means: Means,
): Promise<HttpAnswer> {
  const { url, route, server } = asked;
  const { trust, lookup } = means;
  const { proxy } = route;
  const sockets: Duplex[] = [];
  const begun = performance.now();
  const { promise: timeUp, reject: giveUp } = Promise.withResolvers<never>();
  let timer: NodeJS.Timeout | undefined;
  let over = false;
  let peer = server;

  try {
    return await Promise.race([timeUp, exchange()]);
  } catch (error) {
    throw asFault(error, peer, means);
  } finally {
    over = true;
    clearTimeout(timer);
    for (const socket of sockets) socket.destroy();
  }

  function keep<T extends Duplex>(socket: T): T {
    // Whoever waits for the socket hears of an error too; what comes later is of no interest, but must not go uncaught.
    socket.on('error', () => {});
    sockets.push(socket);
    if (over) socket.destroy();
    return socket;
  }

  /** One timer at a time: first for the connection, then for the rest. */
  function limit(milliseconds: number, stall: () => Fault): void {
    clearTimeout(timer);
    if (!over) timer = setTimeout(() => giveUp(stall()), Math.max(0, milliseconds));
  }

  async function exchange(): Promise<HttpAnswer> {
    for (;;) {
      try {
        return await sendPost(await connection(), request, asked, means);
      } catch (error) {
        // With the authorities of the system once more. No request has been sent to an unknown side.
        if (over || !isUnknownIssuer(error) || !trust.addSystem()) throw error;
      }
    }
  }

  async function connection(): Promise<Duplex> {
    const left = begun + limits.whole - performance.now();
    const connecting = Math.min(left, limits.connecting);
    let resolved = false;
    limit(connecting, () => connectingStall(peer, resolved, connecting));
    peer = proxy?.peer ?? server;
    let socket: Duplex = await reach(proxy?.url ?? url, keep, lookup, () => (resolved = true));
    if (proxy?.url.protocol === 'https:') socket = await secure(socket, proxy.url, keep, trust);
    if (proxy && url.protocol === 'https:') socket = await openTunnel(socket, url, proxy, means);
    peer = server;
    limit(begun + limits.whole - performance.now(), () =>
      answerStall(server, limits.whole, means.timeoutSeconds),
    );
    return url.protocol === 'https:' ? secure(socket, url, keep, trust) : socket;
  }
}

/** Sends a request over a connection that stands, and reads the answer. */
async function sendPost(
  socket: Duplex,
  { headers, body }: HttpRequest,
  { url, route: { proxy }, server }: Asked,
  { userAgent, clean }: Means,
): Promise<HttpAnswer> {
  // Plain http goes through a proxy as a request for the whole address.
  const plainProxy = url.protocol === 'http:' ? proxy : undefined;
  return new Promise((resolve, reject) => {
    let answered = false;
    const sending = sendRequest({
      method: 'POST',
      path: plainProxy ? `${url.origin}${url.pathname}${url.search}` : `${url.pathname}${url.search}`,
      headers: {
        ...headers,
        host: url.host,
        'user-agent': userAgent,
        'accept-encoding': 'identity',
        'content-length': Buffer.byteLength(body),
        ...(plainProxy?.authorization !== undefined && { 'proxy-authorization': plainProxy.authorization }),
      },
      createConnection: () => socket,
    });
    // After the head of an answer, whoever reads the body hears of what goes wrong.
    sending.on('error', (error) => answered || reject(error));
    sending.on('response', (answer) => {
      answered = true;
      read(answer, server, clean).then(resolve, reject);
    });
    // Nobody asked for another protocol: an answer without a text, for others to judge.
    sending.on('upgrade', (answer) => resolve({ ...head(answer), body: '' }));
    sending.end(body);
  });
}

function head(answer: IncomingMessage): Omit<HttpAnswer, 'body'> {
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(answer.headers))
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  return { status: answer.statusCode ?? 0, headers };
}

async function read(answer: IncomingMessage, server: Peer, clean: Cleaner): Promise<HttpAnswer> {
  const { status, headers } = head(answer);
  if (isToldByHead(status, headers)) return { status, headers, body: '' };
  try {
    return { status, headers, body: await readBody(answer, server) };
  } catch (error) {
    if (!(error instanceof Fault) || error.facts.code !== 'not-speckle') throw error;
    const unread = { status, headers, body: '…' };
    // That a gateway refuses says more than that its page is too large, or cannot be unpacked.
    if (status === 401 || status === 403) return unread;
    throw new Fault({ ...error.facts, requestId: requestIdOf(unread, clean) });
  }
}

/** An error of the connection as what it means; one of our own making stays what it is. */
function asFault(error: unknown, peer: Peer, means: Means): unknown {
  if (error instanceof Fault) return error;
  if (networkCode(error)?.startsWith('HPE_')) return noHttp(peer, error);
  return tlsFault(error, peer, means) ?? connectionFault(error, peer, means.clean) ?? error;
}
