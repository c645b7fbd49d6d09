// TLS servers on loopback with good certificates and with every kind of bad one.
import { expect, test } from '@jest/globals';
import { createCertificate } from '../../dev/certificates.ts';
import { ask, authority, httpServer, httpsServer, rawServer, transportOf } from './loopback.ts';

const day = 24 * 3600 * 1000;
const now = Date.now();
const trusted = { authorities: authority.certificate };
const good = createCertificate({ issuer: authority });
const alone = createCertificate();

test('a certificate of the private authority given', async () => {
  const server = await httpsServer(good);
  expect(await ask(server.url, trusted)).toMatchObject({ answer: { status: 200, body: '{}' } });
  expect(server.requests).toHaveLength(1);
});

test('one of several authorities given', async () => {
  const other = createCertificate({ subject: 'Other', authority: true });
  const server = await httpsServer(good);
  const authorities = other.certificate + authority.certificate;
  expect(await ask(server.url, { authorities })).toMatchObject({ answer: { status: 200 } });
});

test('a certificate that signed itself, given as authority', async () => {
  const server = await httpsServer(alone);
  expect(await ask(server.url, { authorities: alone.certificate })).toMatchObject({
    answer: { status: 200 },
  });
});

test('an authority of the system is found by a second connection, and remembered', async () => {
  const server = await httpsServer(good);
  const loads: number[] = [];
  const log: string[] = [];
  const transport = transportOf({
    log: (line) => log.push(line),
    systemAuthorities: () => {
      loads.push(server.requests.length);
      return [authority.certificate];
    },
  });
  const request = { url: server.url, headers: {}, body: '{}' };
  expect(await transport(request)).toMatchObject({ status: 200 });
  expect(await transport(request)).toMatchObject({ status: 200 });
  // Nothing had been sent when the system was asked.
  expect(loads).toEqual([0]);
  expect(server).toMatchObject({ connections: 3, requests: { length: 2 } });
  expect(log).toEqual([
    `The connection to the server 127.0.0.1:${server.port} is trusted by the certificate store of this machine alone. Later steps with Node or with Python’s requests do not read that store: give the certificate of the authority to the input ca-certificate, and they trust it too.`,
  ]);
});

test('the system is not asked while the certificate is known', async () => {
  const server = await httpsServer(good);
  let asked = false;
  const systemAuthorities = (): string[] => {
    asked = true;
    return [];
  };
  expect(await ask(server.url, { ...trusted, systemAuthorities })).toMatchObject({
    answer: { status: 200 },
    log: [],
  });
  expect(asked).toBe(false);
});

const intermediate = createCertificate({ issuer: authority, authority: true, subject: 'Between' });
const past = { from: new Date(now - 9 * day), to: new Date(now - day) };
const future = { from: new Date(now + day), to: new Date(now + 9 * day) };
const oldAuthority = createCertificate({ ...past, subject: 'Old', authority: true });
const namesake = createCertificate({ subject: authority.subject, authority: true });

test.each([
  ['of an unknown authority', good, '', undefined, /was issued by “Authority of the test”, which is unknown/],
  [
    'of an unknown authority, with its chain',
    good,
    authority.certificate,
    undefined,
    /comes from “Authority/,
  ],
  ['that signed itself', alone, '', undefined, /is self-signed/],
  ['that has expired', createCertificate({ issuer: authority, ...past }), '', authority, /has expired/],
  [
    'of an authority that has expired',
    createCertificate({ issuer: oldAuthority }),
    '',
    oldAuthority,
    /has expired/,
  ],
  [
    'that is not valid yet',
    createCertificate({ issuer: authority, ...future }),
    '',
    authority,
    /not valid yet/,
  ],
  [
    'for another name',
    createCertificate({ issuer: authority, names: ['other.example.com', '10.0.0.1'] }),
    '',
    authority,
    /is for another name \(it names “other\.example\.com, 10\.0\.0\.1”\)/,
  ],
  [
    'without its intermediate',
    createCertificate({ issuer: intermediate }),
    '',
    authority,
    /was issued by “Between”, which is unknown here/,
  ],
  [
    'of an intermediate given without its root',
    createCertificate({ issuer: intermediate }),
    '',
    intermediate,
    /comes from “Authority of the test”, which is unknown here/,
  ],
  [
    'for clients',
    createCertificate({ issuer: authority, purpose: 'client' }),
    '',
    authority,
    /not made for a server/,
  ],
  ['of a namesake of the authority', good, '', namesake, /which is unknown here/],
])('a certificate %s is refused before anything is sent', async (_, certificate, chain, trust, problem) => {
  const server = await httpsServer(certificate, { chain });
  const options = trust ? { authorities: trust.certificate } : {};
  const { failure, log } = await ask(server.url, options);
  expect(failure).toMatchObject({ code: 'untrusted-certificate', problem: expect.stringMatching(problem) });
  expect(failure?.problem).toContain(`server 127.0.0.1:${server.port}`);
  expect({ log, connections: server.connections, requests: server.requests }).toEqual({
    log: [],
    connections: 1,
    requests: [],
  });
  // And accepted by who does not want to verify, whatever else is trusted.
  expect(await ask(server.url, { ...options, verifyCertificate: false })).toMatchObject({
    answer: { status: 200 },
  });
});

test('names in a certificate are cleaned', async () => {
  const server = await httpsServer(
    createCertificate({ issuer: authority, names: ['x\u001b[31m\n::error::y'] }),
  );
  const { failure } = await ask(server.url, trusted);
  expect(failure?.code).toBe('untrusted-certificate');
  expect(failure?.message).not.toMatch(/\p{Cc}/u);
});

test.each([
  ['http', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
  ['another protocol', 'SSH-2.0-Loopback\r\n'],
])('a port that speaks %s when asked with https', async (_, greeting) => {
  const server = await rawServer((socket) => socket.once('data', () => socket.end(greeting)), 'https');
  const { failure } = await ask(server.url);
  expect(failure).toMatchObject({
    code: 'not-speckle',
    problem: `The server 127.0.0.1:${server.port} was asked with https, but does not speak https on this port.`,
  });
  expect(server.connections).toBe(1);
});

test('a port that speaks https when asked with http, and answers with an alert', async () => {
  const alert = Buffer.from('15030100020246', 'hex');
  const server = await rawServer((socket) => socket.once('data', () => socket.end(alert)));
  const { failure } = await ask(server.url);
  expect(failure).toMatchObject({ code: 'not-speckle', remedy: expect.stringContaining('https://') });
  expect(server.connections).toBe(1);
});

test.each([
  '<center>The plain HTTP request was sent to HTTPS port</center>',
  'Client sent an HTTP request to an HTTPS server.\n',
])('a port that speaks https when asked with http, and says so: %s', async (page) => {
  const server = await httpServer((_, answer) => answer.writeHead(400).end(page));
  const { failure } = await ask(server.url);
  expect(failure).toMatchObject({ code: 'not-speckle', remedy: expect.stringContaining('https://') });
});

test('a port that speaks https when asked with http, and breaks off', async () => {
  const server = await httpsServer(good);
  const { failure } = await ask(server.url.replace('https', 'http'), { timeoutSeconds: 1 });
  expect(failure).toMatchObject({ code: 'unreachable', remedy: expect.stringContaining('https://') });
});

test('a server that wants a client certificate', async () => {
  const server = await httpsServer(good, { requestCert: true, rejectUnauthorized: true });
  const { failure } = await ask(server.url, trusted);
  expect(failure).toMatchObject({
    code: 'untrusted-certificate',
    problem: expect.stringContaining('asks for a client certificate'),
  });
  expect(server.connections).toBe(1);
});

test('a server with old versions of TLS alone', async () => {
  const server = await httpsServer(good, {
    minVersion: 'TLSv1',
    maxVersion: 'TLSv1.1',
    ciphers: 'DEFAULT@SECLEVEL=0',
  });
  const { failure } = await ask(server.url, trusted);
  expect(failure).toMatchObject({
    code: 'untrusted-certificate',
    problem: expect.stringContaining('could not agree on an encrypted connection'),
  });
  // Texts of OpenSSL hold paths.
  expect(failure?.message).not.toMatch(/openssl|deps|\.c\b/);
});
