import { request, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Cleaner } from '../clean.ts';
import type { Means } from './asked.ts';
import { withoutProxy } from './connection-faults.ts';
import { Fault, portOf } from './fault.ts';
import { proxyLogin } from './proxy-login.ts';
import type { Proxy } from './proxy.ts';

/**
 * Asks a proxy for a tunnel to a server, over a connection with that proxy.
 *
 * A tunnel of our own, because Node 24.4, which runners still have, ignores an Agent's `proxyEnv` without a word, and
 * because a request behind such an Agent (as behind the package that the toolkit uses) cannot be ended while it
 * connects: the process would hang with a proxy that does not answer.
 * @throws {Fault} when the proxy answers anything but 200
 */
export async function openTunnel(
  socket: Duplex,
  server: URL,
  proxy: Proxy,
  { userAgent, clean }: Pick<Means, 'userAgent' | 'clean'>,
): Promise<Duplex> {
  const target = `${server.hostname}:${portOf(server)}`;
  return new Promise((resolve, reject) => {
    const asking = request({
      method: 'CONNECT',
      path: target,
      headers: {
        host: target,
        'user-agent': userAgent,
        ...(proxy.authorization !== undefined && { 'proxy-authorization': proxy.authorization }),
      },
      createConnection: () => socket,
    });
    asking.on('error', reject);
    asking.on('connect', (answer, tunnel, head) => {
      if (answer.statusCode !== 200) return reject(refusal(answer, target, proxy, clean));
      if (head.length > 0) tunnel.unshift(head);
      resolve(tunnel);
    });
    asking.end();
  });
}

function refusal(
  { statusCode: status = 0, headers }: IncomingMessage,
  target: string,
  proxy: Proxy,
  clean: Cleaner,
): Fault {
  if (status === 407) return proxyLogin(proxy, headers['proxy-authenticate'], clean);
  // A proxy that cannot reach the server at the moment.
  const broken = status >= 500;
  return new Fault({
    code: 'proxy-error',
    problem: `The ${proxy.peer.name} answered with status ${status} when asked for a connection to ${target}`,
    remedy: broken
      ? `Check that the server runs and that the proxy can reach it, or ${withoutProxy}.`
      : `Ask whoever runs the proxy to let this runner through to that server, or ${withoutProxy}.`,
    patience: broken ? 'short' : 'none',
  });
}
