// What the input ca-certificate takes, and what it says to the rest.
import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { createCertificate } from '../../dev/certificates.ts';
import { readAuthorities } from '../../src/http/authorities.ts';

const first = createCertificate({ subject: 'First', authority: true });
const second = createCertificate({ subject: 'Second', authority: true });
const pem = first.certificate;
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const der = new X509Certificate(pem).raw;

const noFile = (): Buffer => {
  throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
};

function subjects(value: string, readFile: (path: string) => Buffer = noFile): string[] {
  const read = readAuthorities(value, readFile);
  if ('fault' in read) throw new Error(read.fault);
  return read.pem.split(/(?=-----BEGIN)/).map((each) => new X509Certificate(each).subject.replace('CN=', ''));
}

function faultOf(value: string, readFile: (path: string) => Buffer = noFile): string {
  const read = readAuthorities(value, readFile);
  return 'fault' in read ? read.fault : 'none';
}

test.each([
  ['as it is', pem],
  ['with white space around', `\n\n  ${pem}\n`],
  ['with CRLF', pem.replaceAll('\n', '\r\n')],
  ['with line breaks written out', pem.replaceAll('\n', '\\n')],
  ['with CRLF written out', pem.replaceAll('\n', '\\r\\n')],
  ['indented', pem.replaceAll(/^/gm, '      ')],
  ['all in one line', pem.replaceAll('\n', ' ')],
  ['with a comment before it', `# The authority\nsubject=First\n${pem}`],
  ['called an X509 certificate', pem.replaceAll('CERTIFICATE', 'X509 CERTIFICATE')],
  ['in base64', base64(pem)],
  ['in base64 with line breaks', base64(pem).replaceAll(/.{76}/g, '$&\n')],
  ['in base64 for addresses', Buffer.from(pem).toString('base64url')],
])('PEM %s', (_, value) => {
  expect(subjects(value)).toEqual(['First']);
  expect(readAuthorities(value, noFile)).toEqual({ pem });
});

test.each([
  ['one after the other', pem + second.certificate],
  ['with text between', `First\n${pem}\nSecond\n${second.certificate}`],
  ['in one line', `${pem}${second.certificate}`.replaceAll('\n', '')],
  ['in base64', base64(pem + second.certificate)],
])('several certificates %s', (_, value) => {
  expect(subjects(value)).toEqual(['First', 'Second']);
});

test.each([
  ['PEM', Buffer.from(pem)],
  ['PEM after a byte order mark', Buffer.from(`\uFEFF${pem}`)],
  ['base64 of PEM', Buffer.from(base64(pem))],
])('a file of %s', (_, content) => {
  const paths: string[] = [];
  const read = (path: string): Buffer => {
    paths.push(path);
    return content;
  };
  expect(subjects(' certs/ca.pem ', read)).toEqual(['First']);
  expect(paths).toEqual(['certs/ca.pem']);
});

describe('what is no certificate', () => {
  test.each([
    ['a path of no file', 'certs/ca.pem', /no file of that name can be read \(ENOENT\)/],
    ['garbage', 'hello world\nhow are you', /^is no certificate$/],
    ['a long text', 'a'.repeat(100_000), /^is no certificate$/],
    ['a NUL', 'a\0b', /^is no certificate$/],
    ['PEM that is cut off', pem.slice(0, -40), /no END line/],
    ['PEM with a letter less', pem.replace(/M/, ''), /a damaged certificate, number 1 of 1/],
    ['a damaged one after a good one', pem + second.certificate.replace(/M/, ''), /number 2 of 2/],
    ['an empty certificate', '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----', /damaged/],
    ['a public key', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----', /holds a PUBLIC KEY/],
    ['base64 of DER', der.toString('base64'), /DER form/],
  ])('%s', (_, value, fault) => {
    expect(faultOf(value)).toMatch(fault);
  });

  test.each([
    ['DER', der, /DER form/],
    ['something else', Buffer.from('hello'), /names a file that holds no certificate/],
    ['nothing', Buffer.from(''), /names a file that holds no certificate/],
    ['another path', Buffer.from('other/ca.pem'), /names a file that holds no certificate/],
  ])('a file of %s', (_, content, fault) => {
    expect(faultOf('ca.pem', () => content)).toMatch(fault);
  });

  test.each([
    ['alone', first.key],
    ['beside its certificate', pem + first.key],
    ['cut off', first.key.slice(0, 100)],
    ['in base64', base64(first.key)],
    ['encrypted', first.key.replaceAll('PRIVATE', 'ENCRYPTED PRIVATE')],
  ])('a private key %s is refused and not quoted', (_, value) => {
    const fault = faultOf(value);
    expect(fault).toMatch(/holds a private key/);
    for (const line of first.key.split('\n').slice(1, -2)) expect(fault).not.toContain(line.slice(0, 8));
  });
});
