import type { ServerOptions } from 'node:https';
import type { Socket } from 'node:net';
import { createCertificate, type Certificate, type CertificateOptions } from '../../../dev/certificates.ts';
import { startHttps, startRaw } from '../../http/servers.ts';
import type { Make } from '../row.ts';
import { asked } from './answers.ts';

/** The authority of the certificates here, unknown to every machine. */
export const authority = createCertificate({ subject: 'Authority of the test', authority: true });

/** An https server with this certificate. */
export function shows(certificate: Certificate, how: Showing = {}): Make {
  const { trusted, chain = '', ...options } = how;
  return async (keep) => {
    const server = await keep(startHttps(certificate, { chain, ...options }));
    const inputs = asked(server, trusted && { 'ca-certificate': trusted.certificate });
    return { inputs, requests: () => server.requests.length };
  };
}

interface Showing extends ServerOptions {
  /** What the step gives as `ca-certificate`. */
  readonly trusted?: Certificate;
  /** Certificates that it sends along, in PEM. */
  readonly chain?: string;
}

/** An https server with a certificate of the authority that the step trusts. */
export function showsOf(options: CertificateOptions, more: ServerOptions = {}): Make {
  return shows(createCertificate({ issuer: authority, ...options }), { trusted: authority, ...more });
}

/** A port where https is expected, on which this happens as soon as a handshake begins. */
export function inHandshake(happens: (socket: Socket) => void): Make {
  return async (keep) => ({
    inputs: asked(await keep(startRaw((socket) => socket.once('data', () => happens(socket)), 'https'))),
  });
}

/** An https server that is asked with http. */
export const askedWithHttp: Make = async (keep) => {
  const server = await keep(startHttps(createCertificate({ issuer: authority })));
  return {
    inputs: { server: new URL(server.url).origin.replace('https', 'http') },
    requests: () => server.requests.length,
  };
};
