/**
 * Makes certificates for TLS servers on loopback: an authority, what it issues, and each way in which one can be wrong.
 * Encoded here, because the `openssl` of some systems can neither set the day on which a certificate begins nor make a
 * faulty one, and Windows has none.
 */
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { isIP } from 'node:net';

export interface CertificateOptions {
  /** The common name of its subject. */
  readonly subject?: string;
  /** Names and addresses that it is for. */
  readonly names?: readonly string[];
  /** Who signs it; itself unless told. */
  readonly issuer?: Certificate;
  /** Whether it may issue others. */
  readonly authority?: boolean;
  readonly from?: Date;
  readonly to?: Date;
  /** Bits of an RSA key, for one that is too weak; else the key is on the curve P-256. */
  readonly rsaBits?: number;
  /** What its key may be used for; a server unless told. */
  readonly purpose?: 'server' | 'client';
}

export interface Certificate {
  /** PEM. */
  readonly certificate: string;
  /** The private key as PEM. */
  readonly key: string;
  readonly subject: string;
  readonly privateKey: KeyObject;
  readonly keyId: Buffer;
}

const day = 24 * 3600 * 1000;

export function createCertificate(options: CertificateOptions = {}): Certificate {
  const { subject = 'loopback', names = ['localhost', '127.0.0.1', '::1'], authority = false } = options;
  const { from = new Date(Date.now() - day), to = new Date(Date.now() + 30 * day) } = options;
  const { publicKey, privateKey } =
    options.rsaBits === undefined
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: options.rsaBits });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const keyId = createHash('sha1').update(spki).digest();
  const issuer = options.issuer ?? { subject, privateKey, keyId };
  const algorithm =
    issuer.privateKey.asymmetricKeyType === 'ec'
      ? sequence(oid('1.2.840.10045.4.3.2'))
      : sequence(oid('1.2.840.113549.1.1.11'), tlv(0x05));
  const purpose = options.purpose === 'client' ? '1.3.6.1.5.5.7.3.2' : '1.3.6.1.5.5.7.3.1';

  const toBeSigned = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, Buffer.from([1]), randomBytes(15)),
    algorithm,
    commonName(issuer.subject),
    sequence(utcTime(from), utcTime(to)),
    commonName(subject),
    spki,
    tlv(
      0xa3,
      sequence(
        extension('2.5.29.14', tlv(0x04, keyId)),
        extension('2.5.29.35', sequence(tlv(0x80, issuer.keyId))),
        extension('2.5.29.19', authority ? sequence(boolean(true)) : sequence(), true),
        ...(authority
          ? [extension('2.5.29.15', tlv(0x03, Buffer.from([1, 0x06])), true)]
          : [
              extension('2.5.29.37', sequence(oid(purpose))),
              extension('2.5.29.17', sequence(...names.map(alternativeName))),
            ]),
      ),
    ),
  );
  const signature = sign('sha256', toBeSigned, issuer.privateKey);
  const bytes = sequence(toBeSigned, algorithm, tlv(0x03, Buffer.from([0]), signature));
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    certificate: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    subject,
    privateKey,
    keyId,
  };
}

/** An element of DER: its tag, its length, its content. */
function tlv(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const size = content.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

function sequence(...contents: readonly Uint8Array[]): Buffer {
  return tlv(0x30, ...contents);
}

function boolean(value: boolean): Buffer {
  return tlv(0x01, Buffer.from([value ? 0xff : 0]));
}

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second, ...rest].flatMap((part) => {
    const groups = [part & 0x7f];
    for (let left = part >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    return groups;
  });
  return tlv(0x06, Buffer.from(bytes));
}

/** A name of one part, the common name. */
function commonName(text: string): Buffer {
  return sequence(tlv(0x31, sequence(oid('2.5.4.3'), tlv(0x0c, Buffer.from(text)))));
}

/** To the second, as `YYMMDDhhmmssZ`. */
function utcTime(date: Date): Buffer {
  const digits = date.toISOString().replaceAll(/\D/g, '').slice(2, 14);
  return tlv(0x17, Buffer.from(`${digits}Z`));
}

function extension(id: string, value: Buffer, critical = false): Buffer {
  return sequence(oid(id), ...(critical ? [boolean(true)] : []), tlv(0x04, value));
}

function alternativeName(name: string): Buffer {
  if (isIP(name) === 0) return tlv(0x82, Buffer.from(name));
  return tlv(0x87, isIP(name) === 4 ? Buffer.from(name.split('.').map(Number)) : ipv6(name));
}

/** The sixteen bytes of an address, of which `::` stands for the zeros left out. */
function ipv6(address: string): Buffer {
  const [head = [], tail = []] = address.split('::').map((half) => half.split(':').filter(Boolean));
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => '0');
  return Buffer.from([...head, ...zeros, ...tail].map((group) => group.padStart(4, '0')).join(''), 'hex');
}
