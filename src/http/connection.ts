import { connect as connectTcp, isIP, type LookupFunction, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import { hostOf, portOf } from './fault.ts';
import type { Trust } from './trust.ts';

/** Hands a socket to whoever destroys it when the attempt ends. */
export type Keep = <T extends Duplex>(socket: T) => T;

/** Time for one of several addresses of a name; Node's own quarter of a second is too short for far servers. */
const addressTime = 1000;

/**
 * A TCP connection to the host and port of an address.
 * @param resolved called when its name has become an address, at once if it is one
 */
export async function reach(
  url: URL,
  keep: Keep,
  lookup: LookupFunction,
  resolved: () => void,
): Promise<Socket> {
  const host = hostOf(url);
  if (isIP(host) !== 0) resolved();
  return new Promise((resolve, reject) => {
    const socket = keep(
      connectTcp({
        host,
        port: portOf(url),
        noDelay: true,
        autoSelectFamilyAttemptTimeout: addressTime,
        lookup,
      }),
    );
    socket
      .once('error', reject)
      .once('lookup', resolved)
      .once('connect', () => resolve(socket));
  });
}

/**
 * TLS over a connection. It resolves after the handshake and once the certificate has been accepted: nothing of a
 * request has been sent until then. The error of a certificate that was refused holds it as `cert`, as Node has it for a wrong name.
 */
export async function secure(socket: Duplex, url: URL, keep: Keep, trust: Trust): Promise<Duplex> {
  const host = hostOf(url);
  return new Promise((resolve, reject) => {
    const secured = keep(
      connectTls({
        socket,
        host,
        // An address is no name to ask for.
        servername: isIP(host) === 0 ? host : '',
        ALPNProtocols: ['http/1.1'],
        ...trust.options(),
      }),
    );
    // Once a certificate has been refused, nothing of it can be read any more.
    let cert: DetailedPeerCertificate | undefined;
    secured.prependOnceListener('secure', () => (cert = certificateOf(secured)));
    secured
      .once('error', (error: Error) => reject(Object.assign(error, { cert })))
      .once('secureConnect', () => resolve(secured));
  });
}

/**
 * What was shown, for a sentence alone; nothing if it cannot be read. Not by `getPeerX509Certificate`, which takes it
 * from the connection: Node, which judges it next, would find no names in it (24.4 and 24.21, measured).
 */
function certificateOf(secured: TLSSocket): DetailedPeerCertificate | undefined {
  try {
    return secured.getPeerCertificate(true);
  } catch {
    return undefined;
  }
}
