import { afterEach } from '@jest/globals';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import {
  createServer as createRawServer,
  type AddressInfo,
  type LookupFunction,
  type Server,
  type Socket,
} from 'node:net';
import { createCertificate, type Certificate } from '../../dev/certificates.ts';
import { startProxy, type Proxy, type ProxyOptions } from '../../dev/proxy.ts';
import { createCleaner } from '../../src/clean.ts';
import { Failure } from '../../src/failure.ts';
import { createTransport, type TransportOptions } from '../../src/http/transport.ts';
import type { HttpAnswer, HttpRequest } from '../../src/transport.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

/** A server of the test, with what arrived there. */
export interface Loopback {
  readonly port: number;
  readonly url: string;
  readonly requests: IncomingMessage[];
  /** How many TCP connections were made. */
  connections: number;
}

/** The authority of all certificates in these tests, unknown to every machine. */
export const authority = createCertificate({ subject: 'Authority of the test', authority: true });

/** An http server that ends with the test. */
export function httpServer(answer: RequestListener): Promise<Loopback> {
  return listen('http', (requests) =>
    createServer((incoming, outgoing) => {
      requests.push(incoming);
      answer(incoming, outgoing);
    }),
  );
}

/** An https server with a certificate, and perhaps further ones of its chain. */
export function httpsServer(
  { certificate, key }: Certificate,
  options: ServerOptions & { chain?: string } = {},
): Promise<Loopback> {
  return listen('https', (requests) =>
    createTlsServer({ cert: certificate + (options.chain ?? ''), key, ...options }, (incoming, outgoing) => {
      requests.push(incoming);
      outgoing.end('{}');
    }),
  );
}

/** A server that does with each connection what the test wants. */
export function rawServer(connected: (socket: Socket) => void, scheme = 'http'): Promise<Loopback> {
  return listen(scheme, () => createRawServer(connected));
}

async function listen(scheme: string, create: (requests: IncomingMessage[]) => Server): Promise<Loopback> {
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
  closers.push(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  });
  return loopback;
}

/** A proxy that ends with the test. */
export async function proxyServer(options: ProxyOptions = {}): Promise<Proxy> {
  const proxy = await startProxy(options);
  closers.push(() => proxy.close());
  return proxy;
}

/** A port on which nobody listens. */
export async function closedPort(): Promise<number> {
  const proxy = await startProxy();
  await proxy.close();
  return proxy.port;
}

/** Every name is this machine. */
export const toThisMachine: LookupFunction = (_, options, found) => {
  const address = { address: '127.0.0.1', family: 4 };
  if (options.all) found(null, [address]);
  else found(null, address.address, address.family);
};

export interface Asked {
  readonly answer?: HttpAnswer;
  readonly failure?: Failure;
  /** What was logged. */
  readonly log: readonly string[];
  readonly seconds: number;
}

/** The transport as the action would make it, but with only two seconds and no authorities of the system. */
export function transportOf(options: Partial<TransportOptions> = {}): ReturnType<typeof createTransport> {
  return createTransport({
    timeoutSeconds: 2,
    environment: {},
    verifyCertificate: true,
    systemAuthorities: () => [],
    userAgent: 'test/1',
    clean: createCleaner([]),
    log: () => {},
    ...options,
  });
}

/** Asks once, by a transport of its own, and says how it ended. */
export async function ask(
  url: string,
  options: Partial<TransportOptions> = {},
  request: Partial<HttpRequest> = {},
): Promise<Asked> {
  const log: string[] = [];
  const begun = performance.now();
  const seconds = (): number => (performance.now() - begun) / 1000;
  try {
    const transport = transportOf({ log: (line) => log.push(line), ...options });
    const answer = await transport({ url, headers: { authorization: 'secret' }, body: '{}', ...request });
    return { answer, log, seconds: seconds() };
  } catch (error) {
    if (error instanceof Failure) return { failure: error, log, seconds: seconds() };
    throw error;
  }
}
