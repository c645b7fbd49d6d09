import { createCertificate } from '../../../dev/certificates.ts';
import { page, sends } from '../make/answers.ts';
import { askedWithHttp, authority, inHandshake, shows, showsOf } from '../make/certificates.ts';
import type { Row, Section } from '../row.ts';

const day = 24 * 3600 * 1000;
const past = { from: new Date(Date.now() - 9 * day), to: new Date(Date.now() - day) };
const future = { from: new Date(Date.now() + day), to: new Date(Date.now() + 9 * day) };
const good = createCertificate({ issuer: authority });
const alone = createCertificate();
const between = createCertificate({ issuer: authority, authority: true, subject: 'Between' });
const old = createCertificate({ ...past, subject: 'Old authority', authority: true });
const another = createCertificate({ subject: authority.subject, authority: true });
/** Who claims to be the authority, down to its key’s identifier. */
const impostor = { ...another, keyId: authority.keyId };
const trusted = authority;

const fault = { code: 'untrusted-certificate', requests: 0, lasts: 'at once' } as const;

const rows: readonly Row[] = [
  { what: 'Its authority is unknown here', make: shows(good), ...fault },
  {
    what: 'Its authority, which it sends along, is unknown here',
    make: shows(good, { chain: authority.certificate }),
    ...fault,
  },
  {
    what: 'An intermediate certificate is not sent along',
    make: showsOf({ issuer: between }),
    ...fault,
  },
  {
    what: 'Of its authorities only an intermediate one was given',
    make: shows(createCertificate({ issuer: between }), { trusted: between }),
    ...fault,
  },
  { what: 'It is signed by itself', make: shows(alone), ...fault },
  {
    what: 'Its authority has the same name as the one given, but another key',
    make: shows(good, { trusted: another }),
    ...fault,
  },
  {
    what: 'Its authority is unknown here, and another one was given',
    make: shows(good, { trusted: between }),
    ...fault,
  },
  { what: 'Its signature is wrong', make: showsOf({ issuer: impostor }), ...fault },
  { what: 'It has expired', make: showsOf(past), ...fault },
  {
    what: 'Its authority has expired',
    make: shows(createCertificate({ issuer: old }), { trusted: old }),
    ...fault,
  },
  { what: 'It is not valid yet', make: showsOf(future), ...fault },
  { what: 'It is for another name', make: showsOf({ names: ['bim.example.com'] }), ...fault },
  { what: 'It is for clients', make: showsOf({ purpose: 'client' }), ...fault },
  {
    what: 'Its issuer may not issue any',
    make: shows(createCertificate({ issuer: good }), { chain: good.certificate, trusted }),
    ...fault,
  },
  {
    what: 'Its key is too weak',
    make: showsOf({ rsaBits: 768 }, { ciphers: 'DEFAULT@SECLEVEL=0' }),
    ...fault,
  },
  {
    what: 'The server wants a client certificate',
    make: showsOf({}, { requestCert: true, rejectUnauthorized: true }),
    ...fault,
  },
  {
    what: 'The server only speaks old versions of TLS',
    make: showsOf({}, { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }),
    ...fault,
  },
  {
    what: 'The server refuses the handshake',
    make: inHandshake((socket) => socket.end(Buffer.from('15030300020270', 'hex'))),
    ...fault,
  },
  {
    what: 'The server closes the connection in the handshake',
    make: inHandshake((socket) => socket.end()),
    code: 'unreachable',
    requests: 0,
    lasts: '10 s',
  },
  {
    what: 'The server does not answer in the handshake',
    make: inHandshake(() => {}),
    code: 'timeout',
    requests: 0,
    lasts: 'timeout',
  },
  {
    what: 'The port speaks http, and was asked with https',
    make: inHandshake((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    code: 'not-speckle',
    requests: 0,
    lasts: 'at once',
  },
  {
    what: 'The port speaks https, was asked with http, and says so',
    make: page(400, '400 The plain HTTP request was sent to HTTPS port'),
    code: 'not-speckle',
    requests: 1,
    lasts: 'at once',
  },
  {
    what: 'The port speaks https, was asked with http, and sends an alert',
    make: sends(Buffer.from('15030100020246', 'hex'), (socket) => socket.end()),
    code: 'not-speckle',
    requests: 1,
    lasts: 'at once',
  },
  {
    what: 'The port speaks https, was asked with http, and breaks off',
    make: askedWithHttp,
    code: 'unreachable',
    requests: 0,
    lasts: '10 s',
  },
];

export const certificates: Section = {
  title: 'Certificates and encryption',
  intro:
    'A certificate is judged before anything is sent, and an unknown authority looked for in the store of the system too. Nothing of it is tried again.',
  rows,
};
