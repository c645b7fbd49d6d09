// Names and addresses that lead nowhere.
import type { LookupFunction } from 'node:net';
import { expect, test } from '@jest/globals';
import { ask, closedPort } from './loopback.ts';

const half = { random: (): number => 0.5, timeoutSeconds: 1 };

/** DNS that fails with this code. */
function failing(code: string): LookupFunction {
  return (_, __, found) => found(Object.assign(new Error(code), { code }), '');
}

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
  ['ENETUNREACH', /the network knows no way to it; attempt 2/],
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

test('a connection that is never made', async () => {
  const { failure, seconds } = await ask('https://example.test/', {
    ...half,
    lookup: () => {},
  });
  expect(failure).toMatchObject({
    code: 'unreachable',
    problem: expect.stringContaining('did not accept a connection within'),
  });
  expect(seconds).toBeLessThan(1.5);
});
