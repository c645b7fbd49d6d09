import { X509Certificate } from 'node:crypto';

/** Certificates as PEM, in order and laid out anew; or what is wrong, to follow the name of the input. */
export type Authorities = { readonly pem: string } | { readonly fault: string };

/** What `ca-certificate` takes, for a sentence. */
export const authoritiesTaken =
  'certificates of authorities as PEM text (BEGIN CERTIFICATE), base64 of that, or the path of a PEM file';

/** Longer texts are no paths on any system. */
const longestPath = 4096;

const block = /-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \1-----/g;

/**
 * Reads a private authority: PEM text (as it may come out of YAML and secrets: indented, with CRLF, with `\n` written
 * out, or all in one line), base64 of that, or the path of such a file; one certificate or several. The value is never
 * quoted: people paste private keys.
 */
export function readAuthorities(value: string, readFile: (path: string) => Buffer): Authorities {
  const text = value.trim();
  const read = readText(text);
  if (read) return read;
  if (text.length > longestPath || /[\r\n\0]/.test(text)) return { fault: 'is no certificate' };
  let content: Buffer;
  try {
    content = readFile(text);
  } catch (error) {
    const code = Error.isError(error) && 'code' in error ? ` (${String(error.code)})` : '';
    return { fault: `is no PEM text, and no file of that name can be read${code}` };
  }
  return (
    readText(content.toString().replace(/^\uFEFF/, '')) ?? {
      fault: isCertificate(content) ? inDer : 'names a file that holds no certificate',
    }
  );
}

const inDer = 'is a certificate in DER form, which openssl x509 -inform der turns into PEM';

/** PEM, or base64 of it; nothing for anything else. */
function readText(text: string): Authorities | undefined {
  if (text.includes('-----BEGIN')) return readPem(text.replaceAll(/\\r|\\n/g, '\n'));
  if (!/^[\w+/=\s-]+$/.test(text)) return undefined;
  const decoded = Buffer.from(text, 'base64');
  if (decoded.includes('-----BEGIN')) return readPem(decoded.toString());
  return isCertificate(decoded) ? { fault: inDer } : undefined;
}

function readPem(text: string): Authorities {
  if (/PRIVATE KEY/.test(text))
    return { fault: 'holds a private key, which only the authority may have and which must be replaced now' };
  const blocks = [...text.matchAll(block)];
  if (blocks.length === 0) return { fault: 'is cut off: a BEGIN line has no END line' };
  const certificates: string[] = [];
  for (const [, label = '', body = ''] of blocks) {
    if (!/^(X509 )?CERTIFICATE$/.test(label)) return { fault: `holds a ${label}, which is no certificate` };
    const lines = body.replaceAll(/\s/g, '').match(/.{1,64}/g) ?? [];
    const pem = ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
    if (!isCertificate(pem))
      return { fault: `holds a damaged certificate, number ${certificates.length + 1} of ${blocks.length}` };
    certificates.push(pem);
  }
  return { pem: certificates.join('') };
}

function isCertificate(content: Buffer | string): boolean {
  try {
    return new X509Certificate(content).raw.length > 0;
  } catch {
    return false;
  }
}
