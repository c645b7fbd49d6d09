import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Certificate } from './certificates.ts';

export interface ProxyOptions {
  /** Names that it alone resolves; all of them are this machine. */
  readonly names?: readonly string[];
  /** `user:password` that it asks for. */
  readonly credentials?: string;
  /** The status with which it refuses every request. */
  readonly refuses?: number;
  /** Takes connections and requests, and never answers. */
  readonly stalls?: boolean;
  /** Speaks https itself. */
  readonly certificate?: Certificate;
}

export interface Proxy {
  /** Without credentials. */
  readonly url: string;
  readonly port: number;
  /** `host:port` of every CONNECT that came. */
  readonly targets: readonly string[];
  /** The address of every plain http request that came. */
  readonly requests: readonly string[];
  /** Closes all connections too. */
  close(): Promise<void>;
}

/** Starts an http proxy on a free port of loopback: tunnels by CONNECT, and plain http by whole addresses. */
export async function startProxy(options: ProxyOptions = {}): Promise<Proxy> {
  const targets: string[] = [];
  const requests: string[] = [];
  const sockets = new Set<Duplex>();
  const { certificate, names = [] } = options;
  const server = certificate
    ? createTlsServer({ cert: certificate.certificate, key: certificate.key })
    : createServer();

  server.on('connection', keep);
  server.on('connect', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    keep(socket);
    targets.push(incoming.url ?? '');
    if (options.stalls) return;
    const refusal = refusalOf(incoming);
    if (refusal !== undefined) {
      socket.end(`HTTP/1.1 ${refusal} Refused\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const url = new URL(`http://${incoming.url}`);
    const onward = keep(connect({ host: addressOf(url), port: Number(url.port || 80) }));
    onward.once('connect', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      if (head.length > 0) onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    onward.once('error', () => socket.end('HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n'));
    onward.once('close', () => socket.end());
    socket.once('close', () => onward.destroy());
  });
  server.on('request', (incoming: IncomingMessage, answer: ServerResponse) => {
    requests.push(incoming.url ?? '');
    if (options.stalls) return;
    const refusal = refusalOf(incoming);
    if (refusal === undefined) forward(incoming, answer);
    else answer.writeHead(refusal).end();
  });

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${certificate ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    targets,
    requests,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };

  function keep<T extends Duplex>(socket: T): T {
    sockets.add(socket);
    socket.on('error', () => {}).once('close', () => sockets.delete(socket));
    return socket;
  }

  function refusalOf(incoming: IncomingMessage): number | undefined {
    if (options.refuses !== undefined || options.credentials === undefined) return options.refuses;
    const right = `Basic ${Buffer.from(options.credentials).toString('base64')}`;
    return incoming.headers['proxy-authorization'] === right ? undefined : 407;
  }

  function addressOf(url: URL): string {
    return names.includes(url.hostname) ? '127.0.0.1' : url.hostname.replace(/^\[(.*)\]$/, '$1');
  }

  function forward(incoming: IncomingMessage, answer: ServerResponse): void {
    const url = new URL(incoming.url ?? '');
    const { 'proxy-authorization': _, ...headers } = incoming.headers;
    const onward = request({
      host: addressOf(url),
      port: url.port || 80,
      path: `${url.pathname}${url.search}`,
      method: incoming.method,
      headers,
    });
    onward.once('error', () => answer.writeHead(502).end());
    onward.once('response', (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    });
    incoming.pipe(onward);
  }
}
