/**
 * Enough of a token for its owner to find it on the token page, for 42 hexadecimal characters alone. Whoever knows the
 * first ten, its id, can end the token on today's servers.
 */
export function tokenHint(token: string): string | undefined {
  return /^[0-9a-f]{42}$/i.test(token) ? `${token.slice(0, 3)}…` : undefined;
}

/** The page on which a user of that server makes and finds tokens. */
export function tokenPage(server: string): string {
  return `${server}/settings/user/developer`;
}
