// The rate limit of the embedded server: what passes, what is told, and that the connection is closed.
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { createRateLimiter, type RateVerdict } from '../../dev/speckle-server/rate-limit.ts';
import { startSpeckleServer } from '../../dev/speckle-server/server.ts';
import { ask } from './ask.ts';

/** How many of so many operations pass. */
function passing(count: number, limit: () => RateVerdict): number {
  return Array.from({ length: count }, limit).filter(({ retryAfter }) => retryAfter === undefined).length;
}

describe('a limit of 50 a second and 200 more a minute', () => {
  test('lets 250 pass in the first second and 50 a second after that', () => {
    let now = 0;
    const limit = createRateLimiter({ perSecond: 50, burst: 200 }, () => now);
    expect(passing(300, () => limit('a', 1))).toBe(250);
    now = 1000;
    expect(passing(300, () => limit('a', 1))).toBe(50);
    now = 60_000;
    expect(passing(300, () => limit('a', 1))).toBe(250);
  });

  test('tells how long the second still lasts', () => {
    let now = 0;
    const limit = createRateLimiter({ perSecond: 2, burst: 0 }, () => now);
    expect(limit('a', 1)).toEqual({ remaining: 1 });
    now = 57;
    expect(limit('a', 2)).toEqual({ remaining: 0, retryAfter: 943 });
  });

  test('counts each token for itself, and a refused batch as well', () => {
    const limit = createRateLimiter({ perSecond: 5, burst: 5 }, () => 0);
    expect(limit('a', 11).retryAfter).toBe(1000);
    expect(limit('a', 1).retryAfter).toBe(1000);
    expect(limit('b', 5).retryAfter).toBeUndefined();
  });
});

test('operations are counted by token, before the token is looked at', async () => {
  let now = 0;
  await using server = await startSpeckleServer({ rateLimit: { perSecond: 3, burst: 0 }, now: () => now });
  const query = '{ serverInfo { version } }';
  const unknown = '0'.repeat(42);
  expect(await ask(server, [query, query, query], unknown)).toMatchObject({ status: 403 });
  now = 57;
  const refused = await ask(server, query, unknown);
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('0.943');
  expect(refused.headers.get('x-ratelimit-reset')).toBe('1970-01-01T00:00:01.000Z');
  expect((await ask(server, query)).headers.get('x-ratelimit-remaining')).toBe('2');
});

test('after a refusal the connection is closed, although it was to be kept alive', async () => {
  await using server = await startSpeckleServer({ rateLimit: { perSecond: 0, burst: 0 } });
  const socket = connect(server.port, '127.0.0.1').setEncoding('utf8');
  let received = '';
  socket.on('data', (text: string) => (received += text));
  socket.write('POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n');
  await once(socket, 'end');
  socket.destroy();
  expect(received).toMatch(/^HTTP\/1\.1 429 /);
  expect(received).toMatch(/^connection: keep-alive\r$/im);
});
