// Runners that reach the server by a proxy: its variables, what it is not asked for, and its password.
import { afterEach, describe, expect, test } from '@jest/globals';
import { createCertificate } from '../../dev/certificates.ts';
import { startProxy, type Proxy, type ProxyOptions } from '../../dev/proxy.ts';
import { authenticate, expectFailure, operations, speckleServer, unmasked } from './scenario.ts';

const proxies: Proxy[] = [];
afterEach(async () => {
  await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
});

/** No DNS knows it: an answer proves that the proxy was asked. */
const name = 'speckle.example.test';
const authority = createCertificate({ subject: 'Private authority', authority: true });
const certificate = createCertificate({ issuer: authority, names: [name, '127.0.0.1'] });
const tls = { cert: certificate.certificate, key: certificate.key };

async function proxyWith(options: ProxyOptions = {}): Promise<Proxy> {
  const proxy = await startProxy({ names: [name, `sub.${name}`], ...options });
  proxies.push(proxy);
  return proxy;
}

/** An https server that only the proxy finds, and the inputs for it. */
async function hiddenServer() {
  const server = await speckleServer({ tls });
  const host = `${name}:${server.port}`;
  return { server, host, inputs: { server: `https://${host}`, 'ca-certificate': authority.certificate } };
}

describe('a server whose name only the proxy resolves', () => {
  test.each(['HTTPS_PROXY', 'https_proxy'])('by https, with %s', async (variable) => {
    const [proxy, { server, host, inputs }] = await Promise.all([proxyWith(), hiddenServer()]);
    const result = await authenticate(server, 'profile:read', inputs, { env: { [variable]: proxy.url } });
    expect(result).toMatchObject({ exitCode: 0, stderr: '', outputs: { status: 'verified' } });
    expect(proxy).toMatchObject({ targets: [host], requests: [] });
    expect(operations(server)).toEqual([1]);
  });

  test.each(['HTTP_PROXY', 'http_proxy'])('by plain http, with %s and a warning', async (variable) => {
    const [proxy, server] = await Promise.all([proxyWith(), speckleServer()]);
    const url = `http://${name}:${server.port}`;
    const env = { [variable]: proxy.url };
    const result = await authenticate(server, 'profile:read', { server: url }, { env });
    expect(result).toMatchObject({ exitCode: 0, stderr: '', outputs: { status: 'verified' } });
    expect(result.stdout).toContain(`::warning title=Speckle::${url} is asked without encryption`);
    expect(proxy).toMatchObject({ targets: [], requests: [`${url}/graphql`] });
  });

  test('by a proxy that speaks https itself, of the same authority', async () => {
    const [proxy, { server, host, inputs }] = await Promise.all([proxyWith({ certificate }), hiddenServer()]);
    const env = { HTTPS_PROXY: proxy.url };
    const result = await authenticate(server, 'profile:read', inputs, { env });
    expect(result.outputs['status']).toBe('verified');
    expect(proxy.targets).toEqual([host]);
  });
});

describe('NO_PROXY', () => {
  test.each([
    ['NO_PROXY', () => name],
    ['no_proxy', () => name],
    ['NO_PROXY', () => '*'],
    ['NO_PROXY', () => 'example.test'],
    ['no_proxy', () => `localhost, .example.test`],
    ['NO_PROXY', (port: number) => `${name}:${port}`],
  ])('excepts the server: %s (%#)', async (variable, value) => {
    const [proxy, { server, inputs }] = await Promise.all([proxyWith(), hiddenServer()]);
    const env = { HTTPS_PROXY: proxy.url, [variable]: value(server.port) };
    // Without the proxy nobody knows the name, with or without DNS.
    const result = await authenticate(server, 'profile:read', { ...inputs, timeout: '1' }, { env });
    const message = expectFailure(result, 'unreachable');
    expect(message).toContain(`The server ${name}:${server.port} cannot be found`);
    expect(message).toContain(
      `The variable ${variable} names this server, so it was asked without the proxy of HTTPS_PROXY`,
    );
    expect(proxy.targets).toEqual([]);
  });

  test.each([
    ['another port', `${name}:1`],
    ['a part of the name', 'ample.test'],
    ['a name below it', `sub.${name}`],
  ])('does not except it for %s', async (_, value) => {
    const [proxy, { server, host, inputs }] = await Promise.all([proxyWith(), hiddenServer()]);
    const env = { HTTPS_PROXY: proxy.url, NO_PROXY: value };
    const result = await authenticate(server, 'profile:read', inputs, { env });
    expect(result.outputs['status']).toBe('verified');
    expect(proxy.targets).toEqual([host]);
  });

  test('is not needed for this machine itself', async () => {
    const [proxy, server] = await Promise.all([proxyWith(), speckleServer()]);
    const env = { HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url };
    const result = await authenticate(server, 'profile:read', {}, { env });
    expect(result.outputs['status']).toBe('verified');
    expect(proxy).toMatchObject({ targets: [], requests: [] });
  });
});

describe('the password of a proxy', () => {
  const credentials = 'builder:s3cret p@ss/word';
  const written = 's3cret%20p%40ss%2Fword';
  const decoded = 's3cret p@ss/word';

  test.each(['HTTPS_PROXY', 'http_proxy'])('in %s is sent to it, masked in both forms', async (variable) => {
    const [proxy, { server, inputs }] = await Promise.all([proxyWith({ credentials }), hiddenServer()]);
    const address = proxy.url.replace('://', `://builder:${written}@`);
    // The variable of the other protocol may hold the same.
    const env = { HTTPS_PROXY: address, [variable]: address };
    const result = await authenticate(server, 'profile:read', inputs, { env });
    expect(result.outputs['status']).toBe('verified');
    expect(result.stdout).toContain(`::add-mask::${written.replaceAll('%', '%25')}\n`);
    expect(result.stdout).toContain(`::add-mask::${decoded}\n`);
    expect(unmasked(result)).not.toMatch(/s3cret|ss%2Fword|ss\/word/);
    expect(JSON.stringify([result.outputs, result.variables, result.summary])).not.toMatch(/s3cret/);
  });

  test('that is wrong is not shown', async () => {
    const [proxy, { server, inputs }] = await Promise.all([proxyWith({ credentials }), hiddenServer()]);
    const env = { HTTPS_PROXY: proxy.url.replace('://', '://builder:mistyped%20word@') };
    const result = await authenticate(server, 'profile:read', inputs, { env });
    expect(expectFailure(result, 'proxy-error')).toContain('refuses the user or the password');
    expect(unmasked(result) + result.summary).not.toMatch(/mistyped|builder/);
    expect(proxy.targets).toHaveLength(1);
    expect(server.requests).toEqual([]);
  });

  test.each([
    ['after a user with a backslash', 'OFFICE\\builder:Passw0rdLong', 'Passw0rdLong', '%5C'],
    ['with a slash and a #', 'builder:pa/ss#w0rdLong', 'pa/ss#w0rdLong', 'percent-encoded'],
  ])(
    '%s is masked before anything is said, and what to write is told',
    async (_, login, password, advice) => {
      const [proxy, { server, inputs }] = await Promise.all([proxyWith(), hiddenServer()]);
      const env = { HTTPS_PROXY: proxy.url.replace('://', `://${login}@`) };
      const result = await authenticate(server, 'profile:read', inputs, { env });
      expect(expectFailure(result, 'proxy-error')).toContain(advice);
      const lines = result.stdout.split('\n');
      const said = lines.findIndex((line) => !line.startsWith('::add-mask::'));
      expect(lines.slice(0, said)).toContain(`::add-mask::${password}`);
      expect(unmasked(result) + result.summary).not.toMatch(/OFFICE|builder|w0rdLong/i);
      expect(proxy.targets).toEqual([]);
    },
  );
});
