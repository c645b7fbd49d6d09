// Names and addresses that lead nowhere.
import type { LookupFunction } from 'node:net';
import { expect, test } from '@jest/globals';
import { ask, closedPort, httpServer, toThisMachine } from './loopback.ts';

const half = { random: (): number => 0.5, timeoutSeconds: 1 };

/** DNS that fails with this code. */
function failing(code: string): LookupFunction {
  return (_, __, found) => found(Object.assign(new Error(code), { code }), '');
}

/** DNS that takes its time. */
const late: LookupFunction = (name, options, found) => {
  setTimeout(() => toThisMachine(name, options, found), 600);
};

test('one that DNS denies is asked for once', async () => {
  const { failure, log } = await ask('https://speckle.invalid/', half);
  expect(failure).toMatchObject({
    code: 'unreachable',
    problem: expect.stringContaining('speckle.invalid:443 cannot be found'),
  });
  expect(log).toEqual([]);
});

test.each([
  ['EAI_AGAIN', /cannot be found for now: DNS does not answer; attempt 2/],
  ['ENETUNREACH', /there is no network route to it; attempt 2/],
  ['ESOMETHING', /cannot be reached \(ESOMETHING\); attempt 2/],
])('a fault that may pass is tried again: %s', async (code, line) => {
  const { failure, log } = await ask('https://example.test/', {
    ...half,
    lookup: failing(code),
  });
  expect(failure?.code).toBe('unreachable');
  expect(log[0]).toMatch(line);
});

test('one with several addresses, none of which takes a connection', async () => {
  const port = await closedPort();
  const { failure } = await ask(`http://several.test:${port}/`, {
    ...half,
    lookup: (_, __, found) =>
      found(null, [
        { address: '::1', family: 6 },
        { address: '127.0.0.1', family: 4 },
      ]),
  });
  expect(failure?.problem).toContain('refused the connection');
});

test('DNS that never answers is asked once', async () => {
  let lookups = 0;
  const { failure, seconds } = await ask('https://example.test/', { ...half, lookup: () => lookups++ });
  expect(failure).toMatchObject({
    code: 'unreachable',
    problem: expect.stringMatching(/DNS did not answer within .* s; tried 2 times/),
  });
  expect(lookups).toBe(1);
  expect(seconds).toBeLessThan(1.5);
});

test('DNS that answers late serves the attempt that waits then', async () => {
  const server = await httpServer((_, answer) => answer.end('{}'));
  const { answer, log } = await ask(`http://example.test:${server.port}/`, {
    ...half,
    lookup: late,
  });
  expect(answer).toMatchObject({ status: 200 });
  expect(log).toEqual([expect.stringContaining('DNS did not answer')]);
  expect(server.connections).toBe(1);
});
