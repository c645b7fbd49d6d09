import { GraphQLError } from 'graphql';
import type { ServerRole, Token, World } from './world.ts';

/** What a resolver knows of the request. */
export interface Context {
  readonly world: World;
  /** The token that was sent; none for an anonymous call. */
  readonly token: Token | undefined;
}

/** A refusal as Speckle words it: a GraphQL error with a code and the status that REST would have. */
export function refusal(message: string, code: string, statusCode: number, facts: object = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...facts, statusCode } });
}

/** Refuses a token that lacks the scope. An anonymous call passes (measured, exchange 40). */
export function guardScope({ token }: Context, scope: string): void {
  if (token && !token.scopes.includes(scope))
    throw refusal(`Your auth token does not have the required scope: ${scope}.`, 'FORBIDDEN', 403, { scope });
}

/** Refuses a user of a lower role, and an anonymous call (measured, exchanges 39 and 40). */
export function guardServerRole({ token }: Context, role: ServerRole): void {
  if (!token) throw refusal('Must provide an auth token', 'UNAUTHORIZED', 401);
  if (rank[token.user.role] < rank[role])
    throw refusal('You do not have the required server role', 'FORBIDDEN', 403);
}

const rank: Readonly<Record<ServerRole, number>> = {
  'server:guest': 0,
  'server:user': 1,
  'server:admin': 2,
};

/**
 * The token that an Authorization header names: undefined where there is none, or null where it is not valid. The
 * word Bearer may be missing or stand twice, and what follows the first 42 characters is ignored (measured).
 */
export function findToken(world: World, header: string | undefined, now: number): Token | undefined | null {
  if (!header) return undefined;
  const named = header.replace(/^(?:Bearer ){1,2}/, '').slice(0, 42);
  const token = world.tokens.get(named.slice(0, 10));
  if (!token || token.secret !== named.slice(10) || token.revoked) return null;
  if (token.createdAt.getTime() + token.lifespan <= now) return null;
  token.lastUsed = new Date(now);
  return token;
}
