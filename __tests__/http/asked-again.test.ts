// Faults that pass: what is asked again, and the line that says so.
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { ask, closedPort, httpServer, rawServer } from './loopback.ts';
import type { HttpAnswer } from '../../src/transport.ts';

const half = { random: (): number => 0.5 };

describe('a fault that passes', () => {
  test.each([408, 429, 500, 502, 503, 504])('status %i', async (status) => {
    const server = await httpServer((_, answer) =>
      answer.writeHead(server.requests.length > 1 ? 200 : status).end(),
    );
    const { answer, log } = await ask(server.url, half);
    expect(answer).toMatchObject({ status: 200 });
    expect(log).toEqual([expect.stringMatching(/\(.*\); attempt 2 follows in 0\.2 s\.$/)]);
    expect(log[0]).toContain(String(status));
  });

  test.each<[string, (socket: Socket) => unknown]>([
    ['a connection reset at once', (socket) => socket.resetAndDestroy()],
    ['a connection reset after the request', (socket) => socket.once('data', () => socket.resetAndDestroy())],
    ['a connection closed after the request', (socket) => socket.once('data', () => socket.end())],
    ['an answer broken off in its head', (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-le')],
    [
      'an answer shorter than it says',
      (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{'),
    ],
    [
      'chunks without their end',
      (socket) => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{\r\n'),
    ],
    [
      'chunks with a wrong size',
      (socket) => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{\r\nxyz\r\n'),
    ],
    ['a stall before the answer', () => {}],
    ['a stall in the head', (socket) => socket.write('HTTP/1.1 200 OK\r\n')],
    ['a stall in the text', (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{')],
  ])('%s', async (_, fault) => {
    const server = await rawServer((socket) => {
      if (server.connections === 1) fault(socket);
      else socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
    });
    const { answer, log } = await ask(server.url, half);
    expect(answer).toMatchObject({ status: 200, body: '{}' });
    expect(log).toEqual([expect.stringContaining('attempt 2 follows')]);
    expect(server.connections).toBe(2);
  });

  test('a server that is not up yet', async () => {
    const port = await closedPort();
    const server = createServer((_, answer) => answer.end('{}'));
    const asking = ask(`http://127.0.0.1:${port}`, half);
    setTimeout(() => server.listen(port, '127.0.0.1'), 200);
    expect(await asking).toMatchObject({
      answer: { status: 200 },
      log: expect.arrayContaining([expect.stringContaining('refused')]),
    });
    server.close();
  });

  test('an answer that the caller calls temporary', async () => {
    let left = 2;
    const server = await httpServer((_, answer) => answer.end(left-- > 0 ? 'not now' : '{}'));
    const request = { isTemporary: (answer: HttpAnswer) => answer.body === 'not now' };
    expect(await ask(server.url, half, request)).toMatchObject({ answer: { body: '{}' } });
    expect(server.requests).toHaveLength(3);
  });
});

describe('a rate limit', () => {
  test('is waited out, never for less than the server says', async () => {
    const arrived: number[] = [];
    const server = await httpServer((_, answer) => {
      arrived.push(performance.now());
      answer.writeHead(arrived.length < 3 ? 429 : 200, { 'retry-after': '0.3' }).end();
    });
    expect(await ask(server.url, { random: () => 0 })).toMatchObject({ answer: { status: 200 } });
    const [first = 0, second = 0, third = 0] = arrived;
    expect(Math.min(second - first, third - second)).toBeGreaterThanOrEqual(295);
  });

  test('for longer than there is time ends at once and says so', async () => {
    const server = await httpServer((_, answer) => answer.writeHead(429, { 'retry-after': '90' }).end());
    const { failure, seconds } = await ask(server.url);
    expect(failure).toMatchObject({
      code: 'rate-limited',
      problem: expect.stringMatching(/\(status 429\) and asks to wait 90 s while only 2 s are left\.$/),
    });
    expect(server.requests).toHaveLength(1);
    expect(seconds).toBeLessThan(1);
  });

  test('given as a date of a server whose clock is wrong', async () => {
    const server = await httpServer((_, answer) =>
      answer
        .writeHead(server.requests.length > 1 ? 200 : 503, {
          date: 'Wed, 25 Nov 2020 10:00:00 GMT',
          'retry-after': 'Wed, 25 Nov 2020 10:00:01 GMT',
        })
        .end(),
    );
    const { answer, seconds } = await ask(server.url, { random: () => 0 });
    expect(answer?.status).toBe(200);
    expect(seconds).toBeGreaterThanOrEqual(0.99);
  });

  test('to the end', async () => {
    const server = await httpServer((_, answer) => answer.writeHead(429).end());
    expect((await ask(server.url, half)).failure).toMatchObject({
      code: 'rate-limited',
      problem: expect.stringMatching(/; tried \d times in/),
    });
  });
});
