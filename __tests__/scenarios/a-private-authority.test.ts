// Servers whose certificate comes from a private authority: how a step is told of it, and what it says of a wrong one.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { createCertificate } from '../../dev/certificates.ts';
import { runLaterStep } from '../../dev/clients/later-step.ts';
import type { SpeckleServer } from '../../dev/speckle-server/server.ts';
import { temporaryFolder } from './job.ts';
import { annotations, authenticate, expectFailure, operations, speckleServer } from './scenario.ts';

const authority = createCertificate({ subject: 'Private authority', authority: true });
const another = createCertificate({ subject: 'Another authority', authority: true });
const { certificate: cert, key } = createCertificate({ issuer: authority });
const pem = authority.certificate;

/** An https server whose certificate the authority issued. */
function server(): Promise<SpeckleServer> {
  return speckleServer({ tls: { cert, key } });
}

function fileOf(content: string): string {
  const file = join(temporaryFolder(), 'authority.pem');
  writeFileSync(file, content);
  return file;
}

test.each<[string, () => string]>([
  ['PEM text', () => pem],
  ['PEM text with the line ends of Windows', () => pem.replaceAll('\n', '\r\n')],
  ['PEM text in one line', () => pem.replaceAll('\n', '\\n')],
  ['base64 of PEM text', () => Buffer.from(pem).toString('base64')],
  ['the path of a PEM file', () => fileOf(pem)],
  ['several in one text', () => another.certificate + pem],
  ['several in a file, with remarks between', () => fileOf(`# One\n${another.certificate}\n# Two\n${pem}`)],
])('ca-certificate is %s', async (_, value) => {
  const speckle = await server();
  const result = await authenticate(speckle, 'profile:read', { 'ca-certificate': value() });
  expect(result).toMatchObject({ exitCode: 0, stderr: '', outputs: { status: 'verified' } });
  expect(operations(speckle)).toEqual([1]);
});

describe('what is no certificate is named, and never shown', () => {
  test.each<[string, () => string, string]>([
    ['a text', () => 'corporate authority\nof the office', 'is no certificate'],
    ['a device', () => '/dev/zero', 'not a file of at most 1 MiB'],
    ['a path of no file', () => '/nowhere/authority.pem', 'no file of that name can be read (ENOENT)'],
    ['a folder', () => temporaryFolder(), 'not a file of at most 1 MiB'],
    ['a file of something else', () => fileOf('office'), 'names a file that holds no certificate'],
    ['a private key', () => authority.key, 'holds a private key'],
    ['a text that was cut off', () => pem.slice(0, -40), 'is cut off'],
    ['a damaged one', () => pem.replace('M', ''), 'holds a damaged certificate, number 1 of 1'],
  ])('%s', async (_, value, fault) => {
    const speckle = await server();
    const given = value();
    const result = await authenticate(speckle, 'profile:read', { 'ca-certificate': given });
    const message = expectFailure(result, 'invalid-input');
    expect(message).toMatch(/^An input is wrong: ca-certificate got a value, which /);
    expect(message).toContain(fault);
    expect(message).toContain('it takes certificates of authorities as PEM text (BEGIN CERTIFICATE), base64');
    expect(result.stdout + result.summary).not.toContain(given.split('\n')[1] ?? given);
    expect(speckle.requests).toEqual([]);
  });
});

test.each(['SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS'])(
  'an authority of the machine is trusted without the input (%s)',
  async (variable) => {
    const speckle = await server();
    const env = { [variable]: fileOf(pem) };
    // A file tells what the system trusts on Linux alone.
    const isRead = variable !== 'SSL_CERT_FILE' || process.platform === 'linux';
    const status = isRead ? 'verified' : 'untrusted-certificate';
    // Also beside another one that is given.
    for (const inputs of [{}, { 'ca-certificate': another.certificate }]) {
      const result = await authenticate(speckle, 'profile:read', inputs, { env });
      expect(result.outputs['status']).toBe(status);
      // That later steps may not trust it is told in the log alone, and only where the system did.
      const told = /^The connection to the server .*requests do not read that store/m.test(result.stdout);
      expect(told).toBe(variable === 'SSL_CERT_FILE' && isRead);
      expect(annotations(result, 'Notice').join()).not.toContain('that store');
    }
  },
);

test.each([
  [
    'and what to give is told',
    {},
    'Give the certificate of that authority, as PEM, to the input ca-certificate, if it is a private one;',
  ],
  [
    'also beside another one that is given',
    { 'ca-certificate': another.certificate },
    'The input ca-certificate holds another certificate, “Another authority”: add the certificate of “Private authority” there, as PEM,',
  ],
])('an unknown authority is named, %s', async (_, inputs, advice) => {
  const speckle = await server();
  const result = await authenticate(speckle, 'profile:read', inputs);
  const message = expectFailure(result, 'untrusted-certificate');
  expect(message).toContain(
    'cannot be verified: it was issued by “Private authority”, which is unknown here. ',
  );
  expect(message).toContain(advice);
  expect(speckle.requests).toEqual([]);
});

describe('verify-certificate: false', () => {
  const inputs = { 'verify-certificate': 'false' };
  /** Shows in the log when a request is about to be sent. */
  const script = `
    import { subscribe } from 'node:diagnostics_channel';
    subscribe('http.client.request.created', () => console.log('A request.'));`;
  const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` };

  test.each([
    ['of an unknown authority', createCertificate({ issuer: authority })],
    ['for another name', createCertificate({ issuer: authority, names: ['bim.example.com'] })],
    ['that has expired', createCertificate({ from: new Date('2020-01-01'), to: new Date('2021-01-01') })],
  ])('accepts a certificate %s, and warns before the token is sent', async (_, made) => {
    const speckle = await speckleServer({ tls: { cert: made.certificate, key: made.key } });
    const result = await authenticate(speckle, 'profile:read', inputs, { env });
    expect(result).toMatchObject({ exitCode: 0, stderr: '', outputs: { status: 'verified' } });
    const warning = `The certificate of ${speckle.url} is not verified`;
    expect(result.stdout.split('\n').filter((line) => /^::warning|^A request/.test(line))).toEqual([
      expect.stringContaining(`::warning title=Speckle::${warning}`),
      'A request.',
    ]);
    expect(result.summary).toContain(`⚠️ ${warning}`);
  });

  test('touches this step alone', async () => {
    const speckle = await server();
    const { variables, state } = await authenticate(speckle, 'profile:read', inputs);
    expect(Object.keys(variables).toSorted()).toEqual([
      'SPECKLE_SERVER',
      'SPECKLE_SERVER_URL',
      'SPECKLE_TOKEN',
    ]);
    expect(state).toEqual({});
    const fetching = `await fetch(process.env.SPECKLE_SERVER).catch((error) => { throw error.cause })`;
    const later = await runLaterStep([process.execPath, '--eval', fetching], temporaryFolder(), variables);
    expect(later).toMatchObject({
      succeeded: false,
      output: expect.stringContaining('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
    });
  });
});
