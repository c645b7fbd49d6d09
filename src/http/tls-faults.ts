import type { Cleaner } from '../clean.ts';
import type { Means } from './asked.ts';
import { Fault, type Peer } from './fault.ts';
import { isUnknownIssuer, property, unknownIssuer } from './unknown-issuer.ts';

/** What to do, where `{side}` is the server or the proxy. */
const renew = 'Ask whoever runs the {side} for a new certificate.';

/** What is wrong with a certificate, after `The certificate of …`, and what to do, by the names that OpenSSL gives. */
const certificateFaults: Readonly<Record<string, readonly [problem: string, remedy: string]>> = {
  CERT_HAS_EXPIRED: ['has expired, or the certificate of its authority has', renew],
  CERT_NOT_YET_VALID: [
    'is not valid yet',
    'Check the clock of the runner; if it is right, ask whoever runs the {side}.',
  ],
  ERROR_IN_CERT_NOT_BEFORE_FIELD: ['has no readable date', renew],
  ERROR_IN_CERT_NOT_AFTER_FIELD: ['has no readable date', renew],
  CERT_REVOKED: ['has been revoked', renew],
  CERT_SIGNATURE_FAILURE: [
    'has a wrong signature: it was not issued by the authority that it names',
    'Check that the input ca-certificate holds the current certificate of that authority; if it does, ask whoever runs the {side}.',
  ],
  CERT_CHAIN_TOO_LONG: ['has a chain of authorities that is too long', renew],
  PATH_LENGTH_EXCEEDED: ['has a longer chain than its authority allows', renew],
  INVALID_CA: ['was issued by a certificate that may not issue others', renew],
  // It is said of an issuer too, and then in place of the one before.
  INVALID_PURPOSE: [
    'is not made for a server, or was issued by a certificate that may not issue others',
    renew,
  ],
  CERT_UNTRUSTED: ['is marked as not trusted', renew],
  CERT_REJECTED: ['is marked as rejected', renew],
};

/**
 * The fault of a TLS connection, or nothing if the error is no matter of TLS. Texts of OpenSSL are never shown: they
 * hold paths of the machine that Node was built on.
 */
export function tlsFault(
  error: unknown,
  peer: Peer,
  { clean, trust }: Pick<Means, 'clean' | 'trust'>,
): Fault | undefined {
  const code = text(error, 'code');
  const fault = (problem: string, remedy: string): Fault =>
    new Fault({
      code: 'untrusted-certificate',
      problem,
      remedy: remedy.replace('{side}', peer.kind),
      patience: 'none',
      cause: error,
    });

  const known = isUnknownIssuer(error) ? unknownIssuer(error, trust.given, clean) : certificateFaults[code];
  if (known) return fault(`The certificate of the ${peer.name} ${known[0]}`, known[1]);
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return fault(
      `The certificate of the ${peer.name} is for another name${namesOf(error, clean)}`,
      `Write a name that it is for in ${peer.setting}, or ask whoever runs the {side} for a certificate that is for this name too.`,
    );
  if (code === 'UNSPECIFIED' || code.startsWith('ERR_TLS_CERT'))
    return fault(
      `The certificate of the ${peer.name} is not accepted, perhaps because its key is too weak`,
      renew,
    );
  if (code !== 'EPROTO' && !code.startsWith('ERR_SSL_')) return undefined;

  const detail = `${code} ${text(error, 'reason')} ${text(error, 'message')}`;
  if (/wrong.version.number|packet.length.too.long|record.layer.failure|http.request/i.test(detail))
    return new Fault({
      code: peer.kind === 'proxy' ? 'proxy-error' : 'not-speckle',
      problem: `The ${peer.name} was asked with https, but does not speak https on this port`,
      remedy: `Write http:// in ${peer.setting} if that is meant, or name the port that speaks https.`,
      patience: 'none',
      cause: error,
    });
  if (/certificate.required/i.test(detail))
    return fault(
      `The ${peer.name} asks for a client certificate, and this action has none`,
      'Ask whoever runs the {side} for an address that works without one.',
    );
  return fault(
    `The ${peer.name} and this action could not agree on an encrypted connection (${clean.line(code, 60)})`,
    'Ask whoever runs the {side} whether it serves this name, offers TLS 1.2 or newer, and asks for a client certificate.',
  );
}

/** The names that a certificate is for. */
function namesOf(error: unknown, clean: Cleaner): string {
  const names = text(property(error, 'cert'), 'subjectaltname').replace(/\b(DNS|IP Address):/g, '');
  return names === '' ? '' : ` (it names “${clean.line(names, 200)}”)`;
}

/** A property that is a text; the empty text otherwise. */
function text(holder: unknown, name: string): string {
  const value = property(holder, name);
  return typeof value === 'string' ? value : '';
}
