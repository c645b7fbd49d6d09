import { connect as connectTcp, isIP, type LookupFunction, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { hostOf, portOf } from './fault.ts';
import type { Trust } from './trust.ts';

/** Hands a socket to whoever destroys it when the attempt ends. */
export type Keep = <T extends Duplex>(socket: T) => T;

/** Time for one of several addresses of a name; Node's own quarter of a second is too short for far servers. */
const addressTime = 1000;

/** A TCP connection to the host and port of an address. */
export async function reach(url: URL, keep: Keep, lookup: LookupFunction | undefined): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = keep(
      connectTcp({
        host: hostOf(url),
        port: portOf(url),
        noDelay: true,
        autoSelectFamilyAttemptTimeout: addressTime,
        ...(lookup && { lookup }),
      }),
    );
    socket.once('error', reject).once('connect', () => resolve(socket));
  });
}

/**
 * TLS over a connection. It resolves after the handshake and once the certificate has been accepted: nothing of a
 * request has been sent until then.
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
    secured.once('error', reject).once('secureConnect', () => resolve(secured));
  });
}
