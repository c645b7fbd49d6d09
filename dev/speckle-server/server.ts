import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { json, notFound, rateLimited } from './answers.ts';
import { type Answer, receive, type RecordedRequest } from './exchange.ts';
import { Faults, play } from './faults.ts';
import { type Graphql, startGraphql } from './graphql.ts';
import { type Context, findToken } from './guards.ts';
import { createRateLimiter, type RateLimit } from './rate-limit.ts';
import { createResolvers, type Modules, type Resolvers } from './resolvers.ts';
import { answerRegistration, registrationResolvers } from './registration.ts';
import { answerRest } from './rest.ts';
import { createSchema } from './schema.ts';
import { World } from './world.ts';

export interface Settings {
  /** Default: an empty one. */
  readonly world?: World;
  /** Default: true. */
  readonly batching?: boolean;
  /** Of operations at `/graphql`, by token. Default: a real server's, 50 a second and 200 more a minute; `false` for none. */
  readonly rateLimit?: RateLimit | false;
  /** Errors of a scope name it in the message alone, as before mid-2024. Default: false. */
  readonly oldErrors?: boolean;
  /** Default: all off, as where nobody switched them on. */
  readonly modules?: Partial<Modules>;
  /** Fields that this server does not have, each as `Type.field`; `oldFields` for a server of 2024. */
  readonly absentFields?: readonly string[];
  /** Take the place of ours behind the guards, by `Type.field`: for values and errors that no good server gives. */
  readonly resolvers?: Resolvers;
  /** https with this PEM key and certificate. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Default: a free one. */
  readonly port?: number;
  /** The most bytes of a body. Default: 10 MiB. */
  readonly bodyLimit?: number;
  /** The clock, in milliseconds since 1970, for lifespans and the rate limit. */
  readonly now?: () => number;
}

export interface SpeckleServer extends AsyncDisposable {
  /** On 127.0.0.1, without a trailing slash. */
  readonly url: string;
  readonly port: number;
  readonly world: World;
  /** Every request that arrived whole, in order. */
  readonly requests: readonly RecordedRequest[];
  readonly faults: Faults;
  /** Ends it with all its connections; `await using` does so too, also where a test fails. */
  close(): Promise<void>;
}

/** What a server of 2024 did not have yet: before 2.18.5, and so before 2.23.24 and 2.24.1 (read in code). */
export const oldFields: readonly string[] = [
  'ServerInfo.migration',
  'Project.permissions',
  'ProjectPermissionChecks.canPublish',
];

/** The limits of a real server (measured; but the burst elsewhere is a guess). */
const realLimit: RateLimit = { perSecond: 50, burst: 200 };
const limitElsewhere: RateLimit = { perSecond: 500, burst: 2000 };

/** Starts a server that behaves like a Speckle server, for tests and the demo. It listens on 127.0.0.1 alone. */
export async function startSpeckleServer(settings: Settings = {}): Promise<SpeckleServer> {
  const { world = new World(), batching = true, oldErrors = false, bodyLimit = 10 * 2 ** 20 } = settings;
  const { rateLimit = realLimit, now = Date.now, tls } = settings;
  const modules = {
    workspaces: false,
    dashboards: false,
    billing: false,
    automate: false,
    ...settings.modules,
  };
  const resolvers = { ...createResolvers(modules), ...registrationResolvers, ...settings.resolvers };
  const graphql = await startGraphql(createSchema(resolvers, settings.absentFields ?? []), {
    batching,
    oldErrors,
  });
  const limitGraphql = rateLimit && createRateLimiter(rateLimit, now);
  const limitOthers = rateLimit && createRateLimiter(limitElsewhere, now);
  const requests: RecordedRequest[] = [];
  const faults = new Faults();

  async function answer(request: RecordedRequest, address: string): Promise<Answer> {
    if (/^\/(?:readiness|liveness)$/.test(request.path)) return json(200, { status: 'ok' });
    const headers: Record<string, string> = { 'x-request-id': requestId(request) };
    const { authorization } = request.headers;
    const limit = isGraphql(request) && request.method === 'POST' ? limitGraphql : limitOthers;
    // Counted before the token is looked at. An empty batch costs nothing (exchange 17).
    if (limit && request.operations > 0) {
      const { remaining, retryAfter } = limit(authorization || address, request.operations);
      if (retryAfter !== undefined) return rateLimited(retryAfter, now(), headers);
      headers['x-ratelimit-remaining'] = String(remaining);
    }
    const token = findToken(world, authorization, now());
    if (token === null) return json(403, { error: 'Your token is not valid.' }, headers);
    const answered = await route(request, { world, token }, graphql);
    return { ...answered, headers: { ...headers, ...answered.headers } };
  }

  async function respond(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const { request, tooLarge } = await receive(message, bodyLimit, now);
    requests.push(request);
    const handle = async () =>
      tooLarge
        ? json(413, { error: 'The body is too large.' })
        : answer(request, message.socket.remoteAddress ?? '');
    const fault = faults.take(request);
    const answered = fault ? await play(fault, request, response, handle) : await handle();
    if (answered) send(answered, request, response);
  }

  // A client that goes away while it is answered is no concern of this server.
  const listener = (message: IncomingMessage, response: ServerResponse): void => {
    respond(message, response).catch(() => response.destroy());
  };
  const http = tls ? createHttpsServer(tls, listener) : createHttpServer(listener);
  http.listen(settings.port ?? 0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  const url = `${tls ? 'https' : 'http'}://127.0.0.1:${port}`;
  if (world.server.canonicalUrl === undefined) world.server.canonicalUrl = url;

  async function close(): Promise<void> {
    if (!http.listening) return;
    http.close();
    http.closeAllConnections();
    await once(http, 'close');
    await graphql.stop();
  }
  return { url, port, world, requests, faults, close, [Symbol.asyncDispose]: close };
}

function isGraphql({ path }: RecordedRequest): boolean {
  return /^\/graphql\/?(?:\?|$)/.test(path);
}

function requestId({ headers }: RecordedRequest): string {
  const sent = headers['x-request-id'];
  return typeof sent === 'string' && sent ? sent : randomUUID();
}

async function route(request: RecordedRequest, context: Context, graphql: Graphql): Promise<Answer> {
  if (isGraphql(request)) return graphql.answer(request, context);
  return answerRegistration(request, context.world) ?? answerRest(request, context) ?? notFound(request);
}

function send({ status, headers, body }: Answer, request: RecordedRequest, response: ServerResponse): void {
  request.status = status;
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  // After a 429 the connection is closed although keep-alive was announced (measured).
  response.end(body, () => status === 429 && response.socket?.destroySoon());
}
