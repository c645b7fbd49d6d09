// Proxies on loopback that refuse, keep silent, or are not there.
import { expect, test } from '@jest/globals';
import { createCertificate } from '../../dev/certificates.ts';
import { ask, authority, closedPort, proxyServer, rawServer } from './loopback.ts';

/** No DNS knows it. */
const name = 'speckle.example.test';
const names = [name];

test('refuses the tunnel', async () => {
  const proxy = await proxyServer({ refuses: 403 });
  const { failure } = await ask(`https://${name}/`, { environment: { HTTPS_PROXY: proxy.url } });
  expect(failure).toMatchObject({
    code: 'proxy-error',
    problem: `The proxy 127.0.0.1:${proxy.port} of HTTPS_PROXY answered with status 403 when asked for a connection to ${name}:443.`,
  });
  expect(proxy.targets).toHaveLength(1);
});

test('cannot reach the server, which is tried again', async () => {
  const proxy = await proxyServer({ names });
  const url = `https://${name}:${await closedPort()}/`;
  const { failure, log } = await ask(url, { environment: { HTTPS_PROXY: proxy.url }, random: () => 0.5 });
  expect(failure).toMatchObject({
    code: 'proxy-error',
    problem: expect.stringMatching(/status 502 .*; tried \d+ times/),
  });
  expect(proxy.targets.length).toBeGreaterThan(1);
  expect(log).toHaveLength(proxy.targets.length - 1);
});

test('with plain http, where its own 5xx is an ordinary answer', async () => {
  const proxy = await proxyServer({ names });
  const url = `http://${name}:${await closedPort()}/`;
  const { failure } = await ask(url, { environment: { HTTP_PROXY: proxy.url } });
  expect(failure).toMatchObject({ code: 'server-error', problem: expect.stringContaining('status 502') });
  expect(failure?.problem).toContain(`through the proxy 127.0.0.1:${proxy.port} of HTTP_PROXY`);
});

test('is not there', async () => {
  const port = await closedPort();
  const { failure } = await ask(`https://${name}/`, {
    environment: { HTTPS_PROXY: `http://builder:password@127.0.0.1:${port}` },
  });
  expect(failure).toMatchObject({
    code: 'proxy-error',
    problem: expect.stringContaining(`proxy 127.0.0.1:${port} of HTTPS_PROXY refused the connection; tried`),
  });
  expect(failure?.message).not.toContain('password');
});

test('has a name that DNS does not know', async () => {
  const { failure, log } = await ask(`https://${name}/`, {
    environment: { HTTPS_PROXY: 'http://proxy.invalid:3128' },
  });
  expect(failure).toMatchObject({
    code: 'proxy-error',
    problem: expect.stringContaining('proxy.invalid:3128'),
  });
  expect(log).toEqual([]);
});

test('does not answer CONNECT', async () => {
  const proxy = await proxyServer({ stalls: true });
  const { failure, seconds } = await ask(`https://${name}/`, { environment: { HTTPS_PROXY: proxy.url } });
  expect(failure).toMatchObject({
    code: 'proxy-error',
    problem: expect.stringContaining('did not make a connection'),
  });
  expect(seconds).toBeLessThan(2.5);
});

test('does not answer a plain http request', async () => {
  const proxy = await proxyServer({ stalls: true });
  const { failure } = await ask(`http://${name}/`, { environment: { HTTP_PROXY: proxy.url } });
  expect(failure).toMatchObject({ code: 'timeout', problem: expect.stringContaining('through the proxy') });
});

test('speaks no HTTP', async () => {
  const server = await rawServer((socket) => socket.once('data', () => socket.end('220 ready\r\n')));
  const environment = { HTTPS_PROXY: `127.0.0.1:${server.port}` };
  const { failure } = await ask(`https://${name}/`, { environment });
  expect(failure).toMatchObject({ code: 'proxy-error', problem: expect.stringContaining('is not HTTP') });
  expect(server.connections).toBe(1);
});

test('speaks http although its address says https', async () => {
  const proxy = await proxyServer();
  const environment = { HTTPS_PROXY: `https://127.0.0.1:${proxy.port}` };
  const { failure } = await ask(`https://${name}/`, { environment });
  expect(failure).toMatchObject({
    code: 'proxy-error',
    remedy: expect.stringContaining('Write http:// in the variable HTTPS_PROXY'),
  });
});

test('has a certificate of an unknown authority', async () => {
  const proxy = await proxyServer({ certificate: createCertificate({ issuer: authority }) });
  const { failure } = await ask(`https://${name}/`, { environment: { HTTPS_PROXY: proxy.url } });
  expect(failure).toMatchObject({
    code: 'untrusted-certificate',
    problem: expect.stringContaining(`certificate of the proxy 127.0.0.1:${proxy.port}`),
  });
  expect(proxy.targets).toEqual([]);
});

test.each([
  'http://proxy:port',
  'http://',
  'http://builder:pass#word@proxy.example.com:3128',
  'http://builder:12/pass@proxy.example.com',
  'builder:12?pass@proxy.example.com:3128',
])('has an address that cannot be read: %s', async (address) => {
  const { failure, seconds } = await ask(`https://${name}/`, { environment: { HTTPS_PROXY: address } });
  expect(failure).toMatchObject({ code: 'proxy-error', problem: expect.stringContaining('HTTPS_PROXY') });
  expect(failure?.message).not.toMatch(/pass[#@]|builder/);
  expect(seconds).toBeLessThan(1);
});

test.each([
  'http://OFFICE\\builder:password1@proxy.example.com:3128',
  'OFFICE\\builder:password1@proxy.example.com',
  'http://builder:pass\\word1@proxy.example.com',
])('has a backslash in its user or password: %s', async (address) => {
  const { failure } = await ask(`https://${name}/`, { environment: { HTTPS_PROXY: address } });
  expect(failure).toMatchObject({
    code: 'proxy-error',
    problem:
      'The variable HTTPS_PROXY holds a proxy address that cannot be read, since there is a backslash in the user or the password.',
    remedy: expect.stringContaining('%5C'),
  });
  expect(failure?.message).not.toMatch(/OFFICE|builder|word1/i);
});

test('a backslash that is written %5C reaches it', async () => {
  const proxy = await proxyServer({ credentials: 'OFFICE\\builder:password1' });
  const environment = { HTTP_PROXY: proxy.url.replace('://', '://OFFICE%5Cbuilder:password1@') };
  const { failure } = await ask(`http://${name}:${await closedPort()}/`, { environment, timeoutSeconds: 1 });
  expect(failure).toMatchObject({ code: 'server-error', problem: expect.stringContaining('status 502') });
});
