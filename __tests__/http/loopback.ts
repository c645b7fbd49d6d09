import { afterEach } from '@jest/globals';
import type { RequestListener } from 'node:http';
import type { LookupFunction } from 'node:net';
import { createCertificate } from '../../dev/certificates.ts';
import { startProxy, type Proxy, type ProxyOptions } from '../../dev/proxy.ts';
import { createCleaner } from '../../src/clean.ts';
import { Failure } from '../../src/failure.ts';
import { createTransport, type TransportOptions } from '../../src/http/transport.ts';
import type { HttpAnswer, HttpRequest } from '../../src/transport.ts';
import { startHttp, startHttps, startRaw, type Loopback } from './servers.ts';

export { closedPort } from './servers.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

/** The authority of all certificates in these tests, unknown to every machine. */
export const authority = createCertificate({ subject: 'Authority of the test', authority: true });

/** An http server that ends with the test. */
export function httpServer(answer: RequestListener): Promise<Loopback> {
  return ending(startHttp(answer));
}

/** An https server that ends with the test. */
export function httpsServer(...options: Parameters<typeof startHttps>): Promise<Loopback> {
  return ending(startHttps(...options));
}

/** A server that does with each connection what the test wants, and ends with it. */
export function rawServer(...options: Parameters<typeof startRaw>): Promise<Loopback> {
  return ending(startRaw(...options));
}

/** A proxy that ends with the test. */
export function proxyServer(options: ProxyOptions = {}): Promise<Proxy> {
  return ending(startProxy(options));
}

async function ending<T extends { readonly close: () => Promise<void> }>(starting: Promise<T>): Promise<T> {
  const started = await starting;
  closers.push(started.close);
  return started;
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
    serverSetting: 'the input server',
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
