// What only a whole process shows: that it ends, and which authorities it starts with.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from '@jest/globals';
import { createCertificate } from '../../dev/certificates.ts';
import type { TransportOptions } from '../../src/http/transport.ts';
import { authority, httpsServer, proxyServer, rawServer } from './loopback.ts';

const folder = mkdtempSync(join(tmpdir(), 'http-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = join(folder, 'authority.pem');
writeFileSync(file, authority.certificate);

const script = `
  import { createTransport } from ${JSON.stringify(new URL('../../src/http/transport.ts', import.meta.url))};
  import { createCleaner } from ${JSON.stringify(new URL('../../src/clean.ts', import.meta.url))};
  const { url, ...options } = JSON.parse(process.argv[1]);
  const fixed = { userAgent: 'test/1', clean: createCleaner([]), log: () => {}, serverSetting: 'the input server' };
  const transport = createTransport({ environment: {}, verifyCertificate: true, timeoutSeconds: 1, ...fixed, ...options });
  const ended = await transport({ url, headers: {}, body: '{}' }).catch((error) => error);
  console.log(ended.code ?? ended.status);
`;

/** What a process prints that asks once and then has nothing more to do; it is ended when it does not end by itself. */
async function ask(
  url: string,
  options: Partial<TransportOptions> = {},
  variables: NodeJS.ProcessEnv = {},
): Promise<{ stdout: string; stderr: string }> {
  const { PATH, SystemRoot } = process.env;
  return promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', script, JSON.stringify({ url, ...options })],
    { env: { PATH, SystemRoot, ...variables }, timeout: 10_000 },
  );
}

describe('nothing keeps the process when time is up', () => {
  test.each([
    ['before the answer', 'http', ''],
    ['in the head of the answer', 'http', 'HTTP/1.1 200 OK\r\n'],
    ['in the text of the answer', 'http', 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{'],
    ['in the handshake', 'https', ''],
  ])('%s', async (_, scheme, start) => {
    const server = await rawServer((socket) => socket.once('data', () => socket.write(start)), scheme);
    expect(await ask(server.url)).toEqual({ stdout: 'timeout\n', stderr: '' });
  });

  test('in a tunnel that does not come about', async () => {
    const proxy = await proxyServer({ stalls: true });
    const environment = { HTTPS_PROXY: proxy.url };
    expect(await ask('https://example.test', { environment })).toEqual({
      stdout: 'proxy-error\n',
      stderr: '',
    });
  });

  test('in the handshake behind a tunnel', async () => {
    const [server, proxy] = await Promise.all([
      rawServer(() => {}),
      proxyServer({ names: ['example.test'] }),
    ]);
    const environment = { HTTPS_PROXY: proxy.url };
    expect(await ask(`https://example.test:${server.port}`, { environment })).toEqual({
      stdout: 'timeout\n',
      stderr: '',
    });
  });
});

describe('the authorities of Node and of the system', () => {
  const patient = { timeoutSeconds: 20 };
  const certificate = createCertificate({ issuer: authority });
  const another = createCertificate({ subject: 'Another', authority: true }).certificate;

  test('an authority of NODE_EXTRA_CA_CERTS is trusted beside the one given', async () => {
    const server = await httpsServer(certificate);
    const variables = { NODE_EXTRA_CA_CERTS: file };
    expect((await ask(server.url, patient, variables)).stdout).toBe('200\n');
    expect((await ask(server.url, { ...patient, authorities: another }, variables)).stdout).toBe('200\n');
  });

  test('an authority of the system is trusted, where a file can say what that is', async () => {
    const server = await httpsServer(certificate);
    const ofLinux = process.platform === 'linux' ? '200\n' : 'untrusted-certificate\n';
    expect((await ask(server.url, patient, { SSL_CERT_FILE: file })).stdout).toBe(ofLinux);
    expect(
      (await ask(server.url, { ...patient, authorities: another }, { SSL_CERT_FILE: file })).stdout,
    ).toBe(ofLinux);
    expect((await ask(server.url, patient)).stdout).toBe('untrusted-certificate\n');
  });
});
