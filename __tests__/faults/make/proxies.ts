import { createCertificate } from '../../../dev/certificates.ts';
import { startProxy, type ProxyOptions } from '../../../dev/proxy.ts';
import { startHttp, startHttps, startRaw, type Started } from '../../http/servers.ts';
import type { Keep, Make, Situation } from '../row.ts';
import { authority } from './certificates.ts';

/** Only a proxy resolves it: the server is this machine. */
export const name = 'speckle.example.test';
const names = [name];

/** What stands for the address of a proxy in the page. */
const example = 'proxy.example.com:3128';

/** A proxy at this address on the way to an https server, or to one of plain http. */
export function proxyAt(address: (keep: Keep) => Promise<string>, scheme = 'https'): Make {
  return async (keep) => behind(await address(keep), { url: `${scheme}://${name}` });
}

/** A proxy that behaves so, on the way to a server that it never reaches. */
export function proxy(options: ProxyOptions, scheme = 'https', login = ''): Make {
  return async (keep) => {
    const { url, requests } = await keep(startProxy({ names, ...options }));
    const situation = behind(url.replace('://', `://${login}`), { url: `${scheme}://${name}` });
    return { ...situation, requests: () => requests.length };
  };
}

/** A proxy that works, on the way to a server that does not. */
export function tunnelTo(server: (keep: Keep) => Promise<Started>): Make {
  return async (keep) => {
    const [way, { port, url, requests }] = await Promise.all([keep(startProxy({ names })), server(keep)]);
    const situation = behind(way.url, { url: `${new URL(url).protocol}//${name}:${port}` });
    return { ...situation, requests: () => Math.max(way.requests.length, requests.length) };
  };
}

/** A server to which no tunnel comes about, since nobody listens there. */
export const nobodyBehind = (scheme: string): Make =>
  tunnelTo(async (keep) => {
    const server = await keep(startHttp(() => {}));
    await server.close();
    return { ...server, url: server.url.replace('http', scheme) };
  });

export const untrustedServer = (keep: Keep): Promise<Started> =>
  keep(startHttps(createCertificate({ issuer: authority, names })));

export const serverThatCloses = (keep: Keep): Promise<Started> =>
  keep(startRaw((socket) => socket.once('data', () => socket.end()), 'https'));

export const silentServer = (keep: Keep): Promise<Started> => keep(startRaw(() => {}, 'https'));

/** A step that asks a server through a proxy. */
function behind(address: string, { url }: Pick<Started, 'url'>): Situation {
  const { protocol, origin } = new URL(url);
  return {
    inputs: { server: origin },
    env: { [protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY']: address },
    ...(URL.canParse(address) && { examples: { [new URL(address).host]: example } }),
  };
}
