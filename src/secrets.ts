/** A Speckle token wherever it stands: an id of 10 and a secret of 32 hexadecimal characters. */
const speckleTokens = /[0-9a-f]{42,}/gi;

/** Secrets of other services, told by the form that each gives its own. */
const foreignForms: readonly (readonly [service: string, prefix: string])[] = [
  ['GitHub', 'gh[a-z]_'],
  ['GitHub', 'github_pat_'],
  ['GitLab', 'glpat-'],
  ['Slack', 'xox'],
  ['AWS', 'AKIA'],
  ['another service (a JSON web token)', 'eyJ'],
];

/** The service whose secret this text is by its form, if any. */
export function foreignService(text: string): string | undefined {
  return foreignForms.find(([, prefix]) => new RegExp(`^${prefix}`).test(text))?.[0];
}

const foreignSecrets = new RegExp(
  `(?<![A-Za-z0-9])(?:${foreignForms.map(([, prefix]) => prefix).join('|')})[\\w.-]{12,}`,
  'g',
);

/** Speckle tokens, wherever they stand in a text. */
export function speckleTokensIn(text: string): string[] {
  return [...text.matchAll(speckleTokens)].map(([token]) => token);
}

/** All that is a secret by its form, whatever input it was pasted into. */
export function secretsIn(text: string): string[] {
  return [...speckleTokensIn(text), ...[...text.matchAll(foreignSecrets)].map(([secret]) => secret)];
}

/** What an address gives away: its password as written and decoded, and the token of an embedded view. */
export function addressSecrets(text: string): string[] {
  // Trimmed first: blanks that two parts of the expression could take would cost their number squared.
  const [, password] = /^(?:[a-z][a-z\d+.-]*:)?[/\\]*[^/\\?#:]*:([^/\\?#]*)@/i.exec(text.trimStart()) ?? [];
  const embedTokens = [...text.matchAll(/[?&#]embedToken=([^&#\s]+)/gi)].map(([, token]) => token);
  return [password, ...embedTokens].flatMap((secret) => (secret ? [secret, decoded(secret)] : []));
}

/**
 * What the address of a proxy may give away. People write a password there as it is, with characters that end it for a
 * reader of addresses: so all that stands between the first colon and the last @ counts too.
 */
export function proxySecrets(text: string): string[] {
  const [, password] = /^[^:]*:(.*)@/s.exec(text.trimStart().replace(/^[a-z][a-z\d+.-]*:[/\\]+/i, '')) ?? [];
  return [...addressSecrets(text), ...(password ? [password, decoded(password)] : [])];
}

/** Percent-decoded, or as it stands where that cannot be done. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
