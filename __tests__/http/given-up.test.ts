// Faults that stay: what is told, how often and for how long was tried, and that the deadline holds.
import { expect, test } from '@jest/globals';
import { ask, closedPort, httpServer, rawServer, transportOf } from './loopback.ts';

const half = { random: (): number => 0.5, timeoutSeconds: 1 };

test('a status: how often and for how long, and the request id', async () => {
  const server = await httpServer((_, answer) =>
    answer.writeHead(503, { 'x-request-id': `r${server.requests.length}` }).end(),
  );
  const { failure, log, seconds } = await ask(server.url, half);
  const count = server.requests.length;
  expect(count).toBeGreaterThan(1);
  expect(log).toHaveLength(count - 1);
  expect(failure?.code).toBe('server-error');
  expect(failure?.problem).toMatch(
    new RegExp(`status 503 \\(Service Unavailable\\); tried ${count} times in 0\\.\\d s\\.$`),
  );
  expect(failure?.message).toContain(`r${count}`);
  expect(seconds).toBeLessThan(1);
});

test('an answer that the caller calls temporary', async () => {
  const server = await httpServer((_, answer) => answer.end('{}'));
  const { failure } = await ask(server.url, half, { isTemporary: () => true });
  expect(failure).toMatchObject({ code: 'server-error', problem: expect.stringContaining('; tried') });
});

test('a stall takes the whole time, and no more', async () => {
  const server = await rawServer(() => {});
  const { failure, seconds } = await ask(server.url, half);
  expect(failure).toMatchObject({
    code: 'timeout',
    problem: expect.stringMatching(
      /was reached, but did not send a complete answer within .* s; tried 2 times in 1 s\.$/,
    ),
  });
  expect(seconds).toBeGreaterThan(0.9);
  expect(seconds).toBeLessThan(1.5);
});

test('an answer that drips', async () => {
  const server = await httpServer((_, answer) => {
    const timer = setInterval(() => answer.write(' '), 50);
    answer.once('close', () => clearInterval(timer));
  });
  expect((await ask(server.url, half)).failure?.code).toBe('timeout');
});

test('a handshake that stalls', async () => {
  const server = await rawServer(() => {}, 'https');
  expect((await ask(server.url, half)).failure?.code).toBe('timeout');
});

test('the end that cuts an attempt short hides no better reason', async () => {
  const server = await httpServer((_, answer) => {
    if (server.requests.length < 3) setTimeout(() => answer.writeHead(503).end(), 1300);
  });
  const { failure } = await ask(server.url, { timeoutSeconds: 4, random: () => 0 });
  expect(failure).toMatchObject({
    code: 'server-error',
    problem: expect.stringContaining('tried 3 times'),
  });
});

test.each(['https', 'http'])('a refused connection (%s)', async (scheme) => {
  const port = await closedPort();
  const { failure, log } = await ask(`${scheme}://127.0.0.1:${port}/`, half);
  expect(failure).toMatchObject({
    code: 'unreachable',
    problem: expect.stringMatching(`The server 127.0.0.1:${port} refused the connection; tried \\d times`),
  });
  expect(log.length).toBeGreaterThan(1);
});

test('a refused connection is given up after ten seconds, although there were sixty', async () => {
  const port = await closedPort();
  const { failure, seconds } = await ask(`http://127.0.0.1:${port}/`, {
    timeoutSeconds: 60,
    random: () => 0.9,
  });
  expect(failure?.code).toBe('unreachable');
  expect(seconds).toBeGreaterThan(5);
  expect(seconds).toBeLessThan(10);
}, 15_000);

test('one deadline holds over all calls', async () => {
  const server = await httpServer((_, answer) => setTimeout(() => answer.end('{}'), 600));
  const transport = transportOf({ timeoutSeconds: 2 });
  const request = { url: server.url, headers: {}, body: '' };
  const begun = performance.now();
  for (let call = 0; call < 3; call++) expect((await transport(request)).status).toBe(200);
  await expect(transport(request)).rejects.toMatchObject({ code: 'timeout' });
  await expect(transport(request)).rejects.toMatchObject({ code: 'timeout' });
  expect(performance.now() - begun).toBeLessThan(2400);
});

test('what is no fault of the network is not dressed up as one', async () => {
  const server = await httpServer((_, answer) => answer.end('{}'));
  await expect(ask(server.url, {}, { headers: { authorization: 'a\nb' } })).rejects.toThrow(
    /Invalid character/,
  );
});
