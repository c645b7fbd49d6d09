import type { RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { startHttp, startRaw, type Started } from '../../http/servers.ts';
import type { Make, Situation } from '../row.ts';

/** The inputs with which a step asks this server. */
export function asked({ url }: Pick<Started, 'url'>, more: Readonly<Record<string, string>> = {}) {
  return { server: new URL(url).origin, ...more };
}

/** An http server that does this with every request. */
export function responds(respond: (...exchange: Parameters<RequestListener>) => void): Make {
  return async (keep) => {
    const server = await keep(startHttp(respond));
    return { inputs: asked(server), requests: () => server.requests.length };
  };
}

/** An http server that gives every request the same answer. */
export function answers(
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body: string | Uint8Array = '',
): Make {
  return responds((_, response) => response.writeHead(status, headers).end(body));
}

/** An http server that sends to https on the same host. */
export const toHttps: Make = async (keep) => ({
  ...(await answers(308, { location: 'https://127.0.0.1/graphql' })(keep)),
  examples: { 'https://127.0.0.1': 'https://speckle.example.com' },
});

/** A page in HTML. */
export function page(status: number, title: string): Make {
  const html = `<!doctype html><html><head><title>${title}</title></head><body>${title}</body></html>`;
  return answers(status, { 'content-type': 'text/html; charset=utf-8' }, html);
}

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Make {
  return answers(status, { 'content-type': 'application/json', ...headers }, JSON.stringify(value));
}

/** JSON that never ends: as fast as it is read, or a character every so many milliseconds. */
export function endless(pause = 0): Make {
  return responds((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    void drip(response, pause);
  });
}

async function drip(response: ServerResponse, pause: number): Promise<void> {
  response.on('error', () => {});
  while (!response.destroyed) {
    response.write(' '.repeat(pause > 0 ? 1 : 65_536));
    await wait(pause);
  }
}

/** Bytes in place of an answer of HTTP, and what follows them. */
export function sends(bytes: string | Uint8Array, then: (socket: Socket) => void = () => {}): Make {
  return onRequest((socket) => socket.write(bytes, () => then(socket)));
}

/** A connection on which this happens as soon as a request has come. */
export function onRequest(happens: (socket: Socket) => void): Make {
  return async (keep): Promise<Situation> => {
    let requests = 0;
    const server = await keep(
      startRaw((socket) =>
        socket.once('data', (chunk) => {
          if (chunk.toString('latin1').startsWith('POST ')) requests++;
          happens(socket);
        }),
      ),
    );
    return { inputs: asked(server), requests: () => requests };
  };
}
