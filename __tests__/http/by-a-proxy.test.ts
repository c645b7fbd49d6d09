// Proxies on loopback: names that only they resolve, logins, and which proxy is asked at all.
import { describe, expect, test } from '@jest/globals';
import { createCertificate } from '../../dev/certificates.ts';
import { createCleaner } from '../../src/clean.ts';
import { routeTo } from '../../src/http/proxy.ts';
import { ask, authority, httpServer, httpsServer, proxyServer, toThisMachine } from './loopback.ts';

/** No DNS knows it: an answer proves that the proxy was asked. */
const name = 'speckle.example.test';
const certificate = createCertificate({ issuer: authority, names: [name, '127.0.0.1'] });
const authorities = authority.certificate;
const names = [name];

describe('a name that only the proxy resolves', () => {
  test('https goes through a tunnel', async () => {
    const [server, proxy] = await Promise.all([httpsServer(certificate), proxyServer({ names })]);
    const url = `https://${name}:${server.port}/graphql`;
    const asked = await ask(url, { authorities, environment: { HTTPS_PROXY: proxy.url } });
    expect(asked.answer).toMatchObject({ status: 200 });
    expect(proxy).toMatchObject({ targets: [`${name}:${server.port}`], requests: [] });
    expect(server.requests[0]?.headers).toMatchObject({
      authorization: 'secret',
      host: `${name}:${server.port}`,
    });
  });

  test('https goes through a tunnel of a proxy that speaks https itself', async () => {
    const [server, proxy] = await Promise.all([
      httpsServer(certificate),
      proxyServer({ names, certificate }),
    ]);
    const url = `https://${name}:${server.port}/graphql`;
    const asked = await ask(url, { authorities, environment: { HTTPS_PROXY: proxy.url } });
    expect(asked.answer).toMatchObject({ status: 200 });
    expect(proxy.targets).toEqual([`${name}:${server.port}`]);
  });

  test('plain http goes as a request for the whole address', async () => {
    const server = await httpServer((_, answer) => answer.end('{}'));
    const proxy = await proxyServer({ names });
    const url = `http://${name}:${server.port}/graphql`;
    const asked = await ask(url, { environment: { HTTP_PROXY: proxy.url } });
    expect(asked.answer).toMatchObject({ status: 200, body: '{}' });
    expect(proxy).toMatchObject({ targets: [], requests: [url] });
    expect(server.requests[0]?.headers.host).toBe(`${name}:${server.port}`);
  });

  test.each(['https_proxy', 'HTTPS_PROXY'])('%s may lack the scheme', async (variable) => {
    const [server, proxy] = await Promise.all([httpsServer(certificate), proxyServer({ names })]);
    const environment = { [variable]: ` 127.0.0.1:${proxy.port} ` };
    const url = `https://${name}:${server.port}`;
    expect(await ask(url, { authorities, environment })).toMatchObject({ answer: { status: 200 } });
  });
});

describe('which proxy', () => {
  const clean = createCleaner([]);
  const proxyOf = (url: string, environment: Record<string, string>): string | undefined =>
    routeTo(new URL(url), environment, clean).proxy?.url.origin;

  test.each([
    [
      'https takes that of https',
      { HTTPS_PROXY: 'http://a.test', HTTP_PROXY: 'http://b.test' },
      'http://a.test',
    ],
    ['https does not take that of http', { HTTP_PROXY: 'http://b.test' }, undefined],
    [
      'the lower case counts first',
      { HTTPS_PROXY: 'http://a.test', https_proxy: 'http://b.test' },
      'http://b.test',
    ],
    ['an empty one does not count', { HTTPS_PROXY: 'http://a.test', https_proxy: ' ' }, 'http://a.test'],
    ['none for what NO_PROXY lists', { HTTPS_PROXY: 'http://a.test', NO_PROXY: 'example.com' }, undefined],
    [
      'no_proxy counts first',
      { HTTPS_PROXY: 'http://a.test', no_proxy: 'b.test', NO_PROXY: '*' },
      'http://a.test',
    ],
  ])('%s', (_, environment, origin) => {
    expect(proxyOf('https://speckle.example.com', environment)).toBe(origin);
  });

  test('loopback is never asked of a proxy', async () => {
    const server = await httpServer((_, answer) => answer.end('{}'));
    const proxy = await proxyServer();
    expect(await ask(server.url, { environment: { HTTP_PROXY: proxy.url } })).toMatchObject({
      answer: { status: 200 },
    });
    expect(proxy.requests).toEqual([]);
  });
});

describe('the login of a proxy', () => {
  const credentials = 'builder:p@ss/word 1';
  const login = 'builder:p%40ss%2Fword%201';

  test.each([
    ['https', 'HTTPS_PROXY'],
    ['http', 'HTTP_PROXY'],
  ])('is sent with %s', async (scheme, variable) => {
    const proxy = await proxyServer({ names, credentials });
    const server =
      scheme === 'https' ? await httpsServer(certificate) : await httpServer((_, answer) => answer.end('{}'));
    const environment = { [variable]: `http://${login}@127.0.0.1:${proxy.port}` };
    const asked = await ask(`${scheme}://${name}:${server.port}`, { authorities, environment });
    expect(asked.answer).toMatchObject({ status: 200 });
    expect(server.requests[0]?.headers).not.toHaveProperty('proxy-authorization');
  });

  test.each([
    ['https', '', /asks for a user and a password/],
    ['https', 'builder:wrong@', /refuses the user or the password/],
    ['http', '', /asks for a user and a password/],
    ['http', 'builder:wrong@', /refuses the user or the password/],
  ])('%s without the right one (%j) is refused at once', async (scheme, wrong, problem) => {
    const proxy = await proxyServer({ names, credentials });
    const environment = { [`${scheme}_proxy`]: `http://${wrong}127.0.0.1:${proxy.port}` };
    const { failure } = await ask(`${scheme}://${name}/`, { environment });
    expect(failure).toMatchObject({ code: 'proxy-error', problem: expect.stringMatching(problem) });
    expect(failure?.message).toContain(`proxy 127.0.0.1:${proxy.port} of ${scheme}_proxy`);
    expect(failure?.message).not.toMatch(/wrong|builder/);
    expect(proxy.targets.length + proxy.requests.length).toBe(1);
  });
});

describe('a proxy of another kind', () => {
  const environment = { HTTPS_PROXY: 'socks5://127.0.0.1:1080', HTTP_PROXY: 'SOCKS5://127.0.0.1:1080' };

  test('is not used', async () => {
    const server = await httpsServer(certificate);
    const url = `https://${name}:${server.port}`;
    expect(await ask(url, { authorities, environment, lookup: toThisMachine })).toMatchObject({
      answer: { status: 200 },
    });
  });

  test('is named when the connection fails', async () => {
    const { failure } = await ask(`http://${name}/`, { environment });
    expect(failure).toMatchObject({
      code: 'unreachable',
      remedy: expect.stringContaining(
        'Set the variable HTTP_PROXY to an http or https proxy if one is needed, since this action cannot use the socks5',
      ),
    });
  });
});
