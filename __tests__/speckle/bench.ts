import type { RecordedRequest } from '../../dev/speckle-server/exchange.ts';
import { type SpeckleServer, startSpeckleServer } from '../../dev/speckle-server/server.ts';
import type { World } from '../../dev/speckle-server/world.ts';
import { createCleaner } from '../../src/clean.ts';
import type { Requirements, Verdict } from '../../src/speckle/request.ts';
import { readScopes } from '../../src/speckle/scopes.ts';
import { verify } from '../../src/speckle/verify.ts';
import type { HttpAnswer, Transport } from '../../src/transport.ts';

/** What a test requires: `scopes` as a user writes them, the rest as in Requirements. */
export interface Wanted extends Partial<Omit<Requirements, 'scopes' | 'server'>> {
  readonly scopes?: string;
}

/** A user's requirements, with all that the inputs would add to the scopes written out by the test. */
export function requirements(
  server: string,
  token: string,
  { scopes = '', ...rest }: Wanted = {},
): Requirements {
  return {
    server,
    serverSource: 'the input server',
    token,
    scopes: readScopes(scopes).scopes,
    excessScopes: 'ignore',
    permission: 'read',
    allowedUsers: [],
    ...rest,
  };
}

/** One attempt, without any of the care of the real transport. */
export const plainTransport: Transport = async ({ url, headers, body }) => {
  const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual' });
  const text = await response.text();
  return { status: response.status, headers: Object.fromEntries(response.headers), body: text };
};

/** As through a gateway that drops the Authorization header. */
export const withoutToken: Transport = (request) => {
  const { authorization: _, ...headers } = request.headers;
  return plainTransport({ ...request, headers });
};

export const today = new Date('2026-11-25T12:00:00Z');

export interface Verified extends Verdict {
  /** What arrived at the server meanwhile. */
  readonly requests: readonly RecordedRequest[];
  /** How many operations each request had. */
  readonly operations: readonly number[];
}

/** Verifies a token with an embedded server. */
export async function verifyAt(
  server: SpeckleServer,
  token: string,
  wanted: Wanted = {},
  transport: Transport = plainTransport,
): Promise<Verified> {
  const before = server.requests.length;
  const verdict = await verify(requirements(server.url, token, wanted), {
    transport,
    clean: createCleaner([token]),
    now: () => today,
  });
  const requests = server.requests.slice(before);
  return { ...verdict, requests, operations: requests.map(({ operations }) => operations) };
}

/** A server without a rate limit: the tests ask more than one second allows. */
export function startServer(settings: Parameters<typeof startSpeckleServer>[0] = {}): Promise<SpeckleServer> {
  return startSpeckleServer({ rateLimit: false, ...settings });
}

/** Adds a token to the world, of its first user unless the facts say otherwise. */
export function tokenIn(
  world: World,
  scopes: string,
  facts: Partial<Parameters<World['addToken']>[0]> = {},
): string {
  return world.addToken({ scopes: scopes.split(' ').filter(Boolean), ...facts });
}

/** Verifies a token with answers that were thought out, the last of them again and again. */
export async function verifyWith(
  answers: readonly Partial<HttpAnswer>[],
  wanted: Wanted = {},
): Promise<Verdict> {
  let asked = 0;
  const transport: Transport = () => {
    const answer = answers[Math.min(asked++, answers.length - 1)];
    const headers = { 'content-type': 'application/json' };
    return Promise.resolve({ status: 200, headers, body: '', ...answer });
  };
  const token = '0123456789abcdef0123456789abcdef0123456789';
  return verify(requirements('https://speckle.example.com', token, wanted), {
    transport,
    clean: createCleaner([token]),
    now: () => today,
  });
}
