import type { Cleaner } from '../clean.ts';
import { Failure } from '../failure.ts';
import { list, theScopes } from './failures.ts';
import type { Scopes } from './learn.ts';
import type { OwnToken } from './own-token.ts';
import type { Requirements, ScopeFacts } from './request.ts';
import { canBeProbed, knownScopes } from './scopes.ts';
import { tokenPage } from './token.ts';

/**
 * Sorts the required scopes by what is known of them.
 * @param own the token's own entry, which tells about every scope.
 */
export function scopeFacts(
  requirements: Requirements,
  told: Scopes,
  own: OwnToken | undefined,
  clean: Cleaner,
): ScopeFacts {
  const required = requirements.scopes;
  const isMissing = (scope: string): boolean =>
    told.get(scope) === 'missing' || (own !== undefined && !own.scopes.includes(scope));
  const seen = own ? new Set(own.scopes) : told.keys();
  const held = [...seen]
    .filter((scope) => !isMissing(scope))
    .map((scope) => clean.value(scope))
    .toSorted();
  const missing = required.filter(isMissing);
  return {
    held,
    missing,
    unverified: required.filter((scope) => !held.includes(scope) && !missing.includes(scope)),
    ...(requirements.excessScopes !== 'ignore' && {
      excess: held.filter((scope) => !required.includes(scope)),
    }),
  };
}

/** What shall be said about scopes of which nothing is known. */
export function scopeNotices(
  requirements: Requirements,
  facts: ScopeFacts,
  told: Scopes,
  own: boolean,
): string[] {
  const notices: string[] = [];
  const unseen = facts.unverified.filter((scope) => !canBeProbed(scope));
  if (unseen.length > 0)
    notices.push(
      `Whether the token holds ${theScopes(unseen)} cannot be seen without acting; only a personal token that holds tokens:read shows it.`,
    );
  const silent = facts.unverified.filter(canBeProbed);
  if (silent.length > 0 && !facts.missing.includes('profile:read'))
    notices.push(
      `The server did not tell whether the token holds ${theScopes(silent)}; it may be too old to be asked.`,
    );
  const audited = requirements.excessScopes !== 'ignore' && !own;
  const unaudited = knownScopes.filter((scope) => !told.has(scope) && !facts.unverified.includes(scope));
  if (audited && unaudited.length > 0)
    notices.push(
      `Unseen by the audit of scopes: ${list(unaudited)}; only a personal token that holds tokens:read shows them.`,
    );
  return notices;
}

/** Names everything that is missing. */
export function missingScope(
  requirements: Requirements,
  { held, missing }: ScopeFacts,
  requestId: string | undefined,
): Failure | undefined {
  if (missing.length === 0) return undefined;
  const { scopes: required, server } = requirements;
  const blind = missing.includes('profile:read');
  const doubt =
    blind && required.length > 1 ? '; without profile:read the others cannot all be told for certain' : '';
  const embed =
    blind && held.includes('streams:read')
      ? ' (it holds streams:read without profile:read, so it may be an embed token)'
      : '';
  return new Failure({
    code: 'missing-scope',
    problem: `The token lacks ${theScopes(missing)}${doubt}${embed}.`,
    remedy: `Make a token with ${theScopes(required)} on ${tokenPage(server)} and use it in place of this one.`,
    requestId,
  });
}

/** The sentences about scopes held beyond those required: what is wrong, and what to do. */
export function excessSentences(
  requirements: Requirements,
  { excess = [] }: ScopeFacts,
): { readonly problem: string; readonly remedy: string } | undefined {
  if (excess.length === 0) return undefined;
  return {
    problem: `The token may do more than this job needs: it also holds ${theScopes(excess)}.`,
    remedy: `Make a token with ${theScopes(requirements.scopes)} alone on ${tokenPage(requirements.server)}, or name the others in the input scopes if the job needs them.`,
  };
}
