import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import { createServer as createRawServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Certificate } from '../../dev/certificates.ts';
import { startProxy } from '../../dev/proxy.ts';

/** A server of a test, with what arrived there. */
export interface Loopback {
  readonly port: number;
  readonly url: string;
  readonly requests: IncomingMessage[];
  /** How many TCP connections were made. */
  connections: number;
}

export interface Started extends Loopback {
  /** Ends it with all its connections. */
  readonly close: () => Promise<void>;
}

/** An http server. */
export function startHttp(answer: RequestListener): Promise<Started> {
  return listen('http', (requests) =>
    createServer((incoming, outgoing) => {
      requests.push(incoming);
      answer(incoming, outgoing);
    }),
  );
}

/** An https server with a certificate, and perhaps further ones of its chain. It answers `{}`. */
export function startHttps(
  { certificate, key }: Certificate,
  options: ServerOptions & { chain?: string } = {},
): Promise<Started> {
  return listen('https', (requests) =>
    createTlsServer({ cert: certificate + (options.chain ?? ''), key, ...options }, (incoming, outgoing) => {
      requests.push(incoming);
      outgoing.end('{}');
    }),
  );
}

/** A server that does with each connection what the test wants. */
export function startRaw(connected: (socket: Socket) => void, scheme = 'http'): Promise<Started> {
  return listen(scheme, () => createRawServer(connected));
}

async function listen(scheme: string, create: (requests: IncomingMessage[]) => Server): Promise<Started> {
  const requests: IncomingMessage[] = [];
  const sockets = new Set<Socket>();
  const server = create(requests);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const loopback = { port, url: `${scheme}://127.0.0.1:${port}/graphql`, requests, connections: 0 };
  server.prependListener('connection', (socket: Socket) => {
    loopback.connections++;
    sockets.add(socket.on('error', () => {}));
  });
  return Object.assign(loopback, {
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  });
}

/** A port on which nobody listens. */
export async function closedPort(): Promise<number> {
  const proxy = await startProxy();
  await proxy.close();
  return proxy.port;
}
