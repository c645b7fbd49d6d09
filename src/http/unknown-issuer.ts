import { X509Certificate } from 'node:crypto';
import type { Cleaner } from '../clean.ts';
import { networkCode } from './connection-faults.ts';

/** Codes that another authority could mend. */
const codes: ReadonlySet<string | undefined> = new Set([
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
]);

export function isUnknownIssuer(error: unknown): boolean {
  return codes.has(networkCode(error));
}

/**
 * A certificate of an unknown issuer: what is wrong, after `The certificate of …`, and what to do.
 * @param error with the certificate that came as `cert`, where it could be read
 * @param given the authorities of `ca-certificate`, as PEM
 */
export function unknownIssuer(
  error: unknown,
  given: string | undefined,
  clean: Cleaner,
): readonly [problem: string, remedy: string] {
  const code = networkCode(error);
  const [first, ...more] = (given ?? '')
    .split(/(?=-----BEGIN)/)
    .flatMap((pem) => (pem === '' ? [] : nameOf(new X509Certificate(pem).toLegacyObject().subject, clean)));
  const another = `another certificate${first === '' ? '' : `, “${first}”`}${more.length > 0 ? ` and ${more.length} more` : ''}`;
  if (code === 'DEPTH_ZERO_SELF_SIGNED_CERT')
    return [
      'is self-signed',
      `If you trust it, ${first === undefined ? 'give this very certificate, as PEM, to the input ca-certificate' : `add this very certificate, as PEM, to the input ca-certificate, which holds ${another}`}.`,
    ];

  const issuer = issuerOf(error, clean);
  // The server sent nothing but its own: the issuer may be one that it has to send along.
  const alone = code === 'UNABLE_TO_VERIFY_LEAF_SIGNATURE';
  const problem = `cannot be verified: it ${alone ? 'was issued by' : 'comes from'} ${issuer === '' ? 'an authority that' : `“${issuer}”, which`} is unknown here`;
  return [
    problem,
    `${toGive()}${alone ? ', if it is a private one; if not, ask whoever runs the {side} to send the whole chain of certificates' : '; whoever runs the {side} or the network has it'}.`,
  ];

  function toGive(): string {
    if (first === undefined)
      return 'Give the certificate of that authority, as PEM, to the input ca-certificate';
    if (first === issuer && issuer !== '')
      return 'The input ca-certificate holds a certificate of the same name with another key, perhaps an old one: put the right one there, as PEM';
    return `The input ca-certificate holds ${another}: add the certificate of ${issuer === '' ? 'the right one' : `“${issuer}”`} there, as PEM`;
  }
}

/** The name of the issuer of the topmost certificate of the chain, as far as it came or is trusted. */
function issuerOf(error: unknown, clean: Cleaner): string {
  let top = property(error, 'cert');
  for (let depth = 0; depth < 10; depth++) top = property(top, 'issuerCertificate') ?? top;
  return nameOf(property(top, 'issuer'), clean);
}

/** The common name and the organisation, or else its unit; each may be a list. */
function nameOf(name: unknown, clean: Cleaner): string {
  const texts = (part: string): string[] =>
    [property(name, part)].flat().filter((value) => typeof value === 'string');
  const parts = [...texts('CN'), ...texts('O')];
  return clean.line([...new Set(parts.length > 0 ? parts : texts('OU'))].join(', ').trim(), 80);
}

/** A property of what may be anything. */
export function property(holder: unknown, name: string): unknown {
  return typeof holder === 'object' && holder !== null ? Reflect.get(holder, name) : undefined;
}
