// Answers: their size, their encoding, redirects, and what goes out with the request.
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { createCleaner } from '../../src/clean.ts';
import { ask, httpServer, rawServer } from './loopback.ts';

const mebibyte = 1024 * 1024;

test('the request as it was given, by POST, on a connection of its own', async () => {
  let body = '';
  const server = await httpServer((incoming, answer) => {
    incoming.on('data', (chunk: Buffer) => (body += chunk.toString()));
    incoming.on('end', () => answer.setHeader('X-Request-Id', 'r1').end('“{}”'));
  });
  const { answer, log } = await ask(
    `${server.url}?a=b`,
    {},
    {
      headers: { authorization: 'secret', 'content-type': 'application/json' },
      body: '{"query":"{ ä }"}',
    },
  );
  expect(answer).toMatchObject({ status: 200, headers: { 'x-request-id': 'r1' }, body: '“{}”' });
  expect(body).toBe('{"query":"{ ä }"}');
  expect(server.requests[0]).toMatchObject({ method: 'POST', url: '/graphql?a=b' });
  expect(server.requests[0]?.headers).toEqual({
    authorization: 'secret',
    'content-type': 'application/json',
    'content-length': '18',
    'user-agent': 'test/1',
    'accept-encoding': 'identity',
    host: `127.0.0.1:${server.port}`,
    connection: 'close',
  });
  expect(log).toEqual([]);
});

test.each([200, 201, 304, 400, 401, 403, 404, 413, 418, 501, 505])(
  'status %i is handed on after one request',
  async (status) => {
    const server = await httpServer((_, answer) => answer.writeHead(status).end());
    expect(await ask(server.url)).toMatchObject({ answer: { status, body: '' }, log: [] });
    expect(server.requests).toHaveLength(1);
  },
);

describe('the size of an answer', () => {
  test('1 MiB is read', async () => {
    const server = await httpServer((_, answer) => answer.end('a'.repeat(mebibyte)));
    const { answer } = await ask(server.url);
    expect(answer?.body).toHaveLength(mebibyte);
  });

  const tooLarge = {
    code: 'not-speckle',
    problem: expect.stringContaining('answered with more than 1 MiB'),
  };

  test('a byte more is not', async () => {
    const server = await httpServer((_, answer) => answer.end('a'.repeat(mebibyte + 1)));
    expect((await ask(server.url)).failure).toMatchObject(tooLarge);
    expect(server.requests).toHaveLength(1);
  });

  test('one that is not has the request id of the server all the same', async () => {
    const server = await httpServer((_, answer) =>
      answer.setHeader('x-request-id', 'abc-123').end('a'.repeat(mebibyte + 1)),
    );
    expect((await ask(server.url)).failure?.message).toContain('(Request id of the server: abc-123)');
  });

  test.each([401, 403])('a status of %d says enough', async (status) => {
    const server = await httpServer((_, answer) => answer.writeHead(status).end('a'.repeat(mebibyte + 1)));
    expect(await ask(server.url)).toMatchObject({ answer: { status } });
  });

  test.each([429, 503])(
    'a page of status %d is not waited for, and the server asked again',
    async (status) => {
      let answers = 0;
      const server = await httpServer((_, answer) => {
        if (answers++ > 0) answer.end('{}');
        else answer.writeHead(status).write('a'.repeat(mebibyte + 1));
      });
      const { answer, seconds } = await ask(server.url);
      expect(answer).toMatchObject({ status: 200 });
      expect(server.requests).toHaveLength(2);
      expect(seconds).toBeLessThan(2);
    },
  );

  test('an endless one is ended', async () => {
    const server = await httpServer((_, answer) => {
      const more = (): void => {
        while (!answer.destroyed && answer.write('a'.repeat(65_536)));
      };
      answer.on('drain', more);
      more();
    });
    const { failure, seconds } = await ask(server.url);
    expect(failure).toMatchObject(tooLarge);
    expect(seconds).toBeLessThan(2);
  });

  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('one that grows when it is unpacked (%s)', async (encoding, pack) => {
    const packed = pack(Buffer.alloc(30 * mebibyte));
    const server = await httpServer((_, answer) =>
      answer.setHeader('content-encoding', encoding).end(packed),
    );
    expect((await ask(server.url)).failure).toMatchObject(tooLarge);
  });
});

describe('an answer that a gateway compressed', () => {
  test.each([
    ['gzip', gzipSync],
    ['X-GZIP', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['identity', (text: string) => text],
  ])('%s', async (encoding, pack) => {
    const server = await httpServer((_, answer) =>
      answer.setHeader('content-encoding', encoding).end(pack('{"data":{}}')),
    );
    expect(await ask(server.url)).toMatchObject({ answer: { body: '{"data":{}}' } });
  });

  test('but wrongly', async () => {
    const server = await httpServer((_, answer) => answer.setHeader('content-encoding', 'gzip').end('{}'));
    expect((await ask(server.url)).failure).toMatchObject({
      code: 'not-speckle',
      problem: expect.stringContaining('cannot be unpacked'),
    });
  });
});

describe('a redirect', () => {
  test.each([
    [
      'to another server',
      301,
      'https://new.example.com/graphql',
      /to https:\/\/new\.example\.com\/graphql,.*Set the input server to https:\/\/new\.example\.com if/,
    ],
    [
      'to a login page',
      302,
      'https://login.example.com/sso?next=x&code=abc#top',
      /to https:\/\/login\.example\.com\/sso,.*a login page/,
    ],
    [
      'with a user and a password',
      303,
      'https://user:word@new.example.com/',
      /to https:\/\/new\.example\.com\/,/,
    ],
    ['to another path', 307, '/login', /to http:\/\/127\.0\.0\.1:\d+\/login,.*a login page/],
    [
      'from http to https',
      308,
      'https://127.0.0.1/graphql',
      /Write https in the input server: https:\/\/127\.0\.0\.1\./,
    ],
    ['of an unusual status', 300, 'https://new.example.com/', /new\.example\.com/],
    ['to what is no page', 302, 'javascript:alert(1)', /to something that is not the address of a page,/],
    ['to nonsense', 302, 'http://[', /to something that is not the address of a page,/],
    ['to nowhere', 302, undefined, /does not say where to, .*Check that the input server/],
  ])('%s', async (_, status, location, message) => {
    const server = await httpServer((__, answer) => {
      answer.writeHead(status, { 'x-request-id': 'abc-123', ...(location !== undefined && { location }) });
      // Its text never ends, and is not waited for.
      answer.write('Moved');
    });
    const { failure, seconds } = await ask(server.url);
    expect(failure).toMatchObject({ code: 'redirected', message: expect.stringMatching(message) });
    expect(failure?.message).not.toMatch(/code=abc|user|word@/);
    expect(failure?.message).toContain('(Request id of the server: abc-123)');
    expect(server.requests).toHaveLength(1);
    expect(seconds).toBeLessThan(1);
  });

  test('that sends the token along', async () => {
    const token = '0123456789abcdef0123456789abcdef0123456789';
    const location = `https://${token.slice(0, 20)}.example.com/${token}/${Buffer.from(token).toString('base64')}`;
    const server = await httpServer((_, answer) => answer.writeHead(302, { location }).end());
    const { failure } = await ask(server.url, { clean: createCleaner([token]) });
    expect(failure?.code).toBe('redirected');
    for (let at = 0; at + 8 <= token.length; at++)
      expect(failure?.message).not.toContain(token.slice(at, at + 8));
  });
});

test.each([
  ['of another protocol', 'SSH-2.0-Loopback\r\n'],
  ['of an unreadable head', 'HTTP/1.1 abc\r\n\r\n'],
  ['with an endless head', `HTTP/1.1 200 OK\r\n${'a: b\r\n'.repeat(10_000)}`],
])('an answer %s is none of a Speckle server', async (_, text) => {
  const server = await rawServer((socket) => socket.once('data', () => socket.write(text)));
  const { failure } = await ask(server.url);
  expect(failure).toMatchObject({ code: 'not-speckle', problem: expect.stringContaining('is not HTTP') });
  expect(server.connections).toBe(1);
});

test('an answer that changes to another protocol', async () => {
  const server = await rawServer((socket) =>
    socket.once('data', () =>
      socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: a\r\nconnection: upgrade\r\n\r\n'),
    ),
  );
  expect(await ask(server.url)).toMatchObject({ answer: { status: 101, body: '' } });
});

test('a login that a hidden proxy asks for', async () => {
  const server = await httpServer((_, answer) => answer.writeHead(407).end());
  expect((await ask(server.url)).failure).toMatchObject({ code: 'proxy-error' });
  expect(server.requests).toHaveLength(1);
});
