// Certificates of authorities that are unknown: which one is named, and what is said of those that were given.
import { expect, test } from '@jest/globals';
import { createCertificate, type Certificate } from '../../dev/certificates.ts';
import { createCleaner } from '../../src/clean.ts';
import { unknownIssuer } from '../../src/http/unknown-issuer.ts';
import { ask, authority, httpsServer, proxyServer } from './loopback.ts';

const between = createCertificate({ subject: 'Between', authority: true, issuer: authority });
const another = createCertificate({ subject: 'Another', authority: true });
const namesake = createCertificate({ subject: authority.subject, authority: true });
const alone = createCertificate({ subject: 'Alone' });
const good = createCertificate({ issuer: authority });
const below = createCertificate({ issuer: between });

const pem = (those: readonly Certificate[]): string => those.map((each) => each.certificate).join('');

const whole = 'ask whoever runs the server to send the whole chain of certificates.';
const whoHasIt = 'whoever runs the server or the network has it.';

test.each<[string, Certificate, readonly Certificate[], readonly Certificate[], string, string]>([
  [
    'which signed it',
    good,
    [],
    [],
    'was issued by “Authority of the test”, which',
    `Give the certificate of that authority, as PEM, to the input ca-certificate, if it is a private one; if not, ${whole}`,
  ],
  [
    'which came along',
    good,
    [authority],
    [],
    'comes from “Authority of the test”, which',
    `Give the certificate of that authority, as PEM, to the input ca-certificate; ${whoHasIt}`,
  ],
  [
    'above one that came along',
    below,
    [between],
    [],
    'comes from “Authority of the test”, which',
    `Give the certificate of that authority, as PEM, to the input ca-certificate; ${whoHasIt}`,
  ],
  [
    'above one that was given',
    below,
    [],
    [between],
    'comes from “Authority of the test”, which',
    `The input ca-certificate holds another certificate, “Between”: add the certificate of “Authority of the test” there, as PEM; ${whoHasIt}`,
  ],
  [
    'below one that was given',
    below,
    [],
    [authority],
    'was issued by “Between”, which',
    `The input ca-certificate holds another certificate, “Authority of the test”: add the certificate of “Between” there, as PEM, if it is a private one; if not, ${whole}`,
  ],
  [
    'and not those that were given',
    good,
    [authority],
    [another, between, alone],
    'comes from “Authority of the test”, which',
    `The input ca-certificate holds another certificate, “Another” and 2 more: add the certificate of “Authority of the test” there, as PEM; ${whoHasIt}`,
  ],
  [
    'of the same name as the one given',
    good,
    [authority],
    [namesake],
    'comes from “Authority of the test”, which',
    `The input ca-certificate holds a certificate of the same name with another key, perhaps an old one: put the right one there, as PEM; ${whoHasIt}`,
  ],
  [
    'among others that came along and have nothing to do with it',
    good,
    [another, between],
    [],
    'was issued by “Authority of the test”, which',
    `Give the certificate of that authority, as PEM, to the input ca-certificate, if it is a private one; if not, ${whole}`,
  ],
])('an authority %s', async (_, certificate, chain, given, issued, remedy) => {
  const server = await httpsServer(certificate, { chain: pem(chain) });
  const { failure } = await ask(server.url, given.length > 0 ? { authorities: pem(given) } : {});
  expect(failure).toMatchObject({
    code: 'untrusted-certificate',
    problem: `The certificate of the server 127.0.0.1:${server.port} cannot be verified: it ${issued} is unknown here.`,
    remedy,
  });
  expect(server).toMatchObject({ connections: 1, requests: [] });
});

test.each([
  ['', 'give this very certificate, as PEM, to the input ca-certificate.'],
  [
    another.certificate,
    'add this very certificate, as PEM, to the input ca-certificate, which holds another certificate, “Another”.',
  ],
])('no authority: it is self-signed', async (authorities, advice) => {
  const server = await httpsServer(alone);
  const { failure } = await ask(server.url, authorities === '' ? {} : { authorities });
  expect(failure).toMatchObject({
    problem: `The certificate of the server 127.0.0.1:${server.port} is self-signed.`,
    remedy: `If you trust it, ${advice}`,
  });
});

test('of a proxy that speaks https', async () => {
  const proxy = await proxyServer({ certificate: good });
  const { failure } = await ask('https://speckle.example.test/', { environment: { HTTPS_PROXY: proxy.url } });
  expect(failure).toMatchObject({
    problem: `The certificate of the proxy 127.0.0.1:${proxy.port} of HTTPS_PROXY cannot be verified: it was issued by “Authority of the test”, which is unknown here.`,
    remedy: expect.stringContaining('ask whoever runs the proxy to send'),
  });
});

test.each([
  ['is cleaned', 'x\u001b[31m\n::error::y ##[group]', 'x [31m ::error::y # #[group]'],
  ['is shortened', 'x'.repeat(300), `${'x'.repeat(79)}…`],
  ['shows nothing of a secret', 'key d41d8cd98f00b204 e', 'key *** e'],
  ['may be empty', '', undefined],
])('a name %s', async (_, subject, name) => {
  const issuer = createCertificate({ subject, authority: true });
  const server = await httpsServer(createCertificate({ issuer }));
  const given = createCertificate({ subject, authority: true }).certificate;
  const clean = createCleaner(['d41d8cd98f00b204']);
  const { failure } = await ask(server.url, { clean });
  const who = name === undefined ? 'an authority that' : `“${name}”, which`;
  expect(failure?.problem).toContain(`it was issued by ${who} is unknown here.`);
  expect(failure?.message).not.toMatch(/\p{Cc}/u);
  const told = (await ask(server.url, { clean, authorities: given })).failure;
  expect(told?.message).not.toMatch(/\p{Cc}|d41d8cd9/u);
  expect(told?.remedy).toContain(
    `ca-certificate holds ${name === undefined ? 'another certificate: add' : 'a certificate of the same name'}`,
  );
});

test.each([
  ['the organisation too', { C: 'ZZ', O: 'Office', OU: ['a', 'b'], CN: 'R1' }, 'R1, Office'],
  ['several of one kind', { CN: ['R1', 'R2'], O: 'R1' }, 'R1, R2'],
  ['a unit where there is nothing else', { OU: ['a', 'b'] }, 'a, b'],
])('%s is named', (_, issuer, name) => {
  const error = { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', cert: { issuer } };
  expect(unknownIssuer(Object.assign(new Error(), error), undefined, createCleaner([]))[0]).toContain(
    `it was issued by “${name}”, which`,
  );
});

test('it is told without a name where none could be read', () => {
  const error = Object.assign(new Error(), { code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' });
  expect(unknownIssuer(error, another.certificate, createCleaner([]))).toEqual([
    'cannot be verified: it comes from an authority that is unknown here',
    'The input ca-certificate holds another certificate, “Another”: add the certificate of the right one there, as PEM; whoever runs the {side} or the network has it.',
  ]);
});
