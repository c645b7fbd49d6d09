import type { Cleaner } from '../clean.ts';
import { Failure } from '../failure.ts';
import { type Context, theScopes } from './failures.ts';
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

const seeAll =
  'A personal token with tokens:read shows all its scopes; if you give it that one, name it in the input scopes too.';

/** What shall be said about scopes of which nothing is known. */
export function scopeNotices(
  requirements: Requirements,
  facts: ScopeFacts,
  told: Scopes,
  own: boolean,
): string[] {
  const { unverified, missing } = facts;
  const strange = unverified.filter((scope) => !knownScopes.includes(scope));
  const unseen = unverified.filter((scope) => knownScopes.includes(scope) && !canBeProbed(scope));
  // Without profile:read the failure says so.
  const silent = missing.includes('profile:read') ? [] : unverified.filter(canBeProbed);
  const audited = requirements.excessScopes !== 'ignore' && !own;
  const unaudited = audited
    ? knownScopes.filter((scope) => !told.has(scope) && !unverified.includes(scope))
    : [];
  const streams = strange.some((scope) => /^(project|model|version)/.test(scope))
    ? ': the scopes for projects, models and versions are streams:read and streams:write'
    : '';
  const notices: [names: readonly string[], before: string, after: string][] = [
    [strange, 'Not verified:', `, which this action does not know. Check the spelling${streams}.`],
    [unseen, 'Not verified:', `, of which a server tells nothing before they are used. ${seeAll}`],
    [silent, 'Not verified:', ', of which this server tells nothing. It may be too old to be asked.'],
    [unaudited, 'Not visible to excess-scopes:', `. ${seeAll}`],
  ];
  return notices.flatMap(([names, before, after]) =>
    names.length > 0 ? [`${before} ${theScopes(names)}${after}`] : [],
  );
}

/** Names everything that is missing. */
export function missingScope(
  { requirements, requestId }: Context,
  { held, missing }: ScopeFacts,
): Failure | undefined {
  if (missing.length === 0) return undefined;
  const { scopes: required, server } = requirements;
  const blind = missing.includes('profile:read');
  const doubt = blind && required.length > 1 ? '; without profile:read the others cannot all be checked' : '';
  const embed =
    blind && held.includes('streams:read') ? '; it holds streams:read, so it may be an embed token' : '';
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
    problem: `The token can do more than this job needs: it also holds ${theScopes(excess)}.`,
    remedy: `Make a token with only ${theScopes(requirements.scopes)} on ${tokenPage(requirements.server)}, or name the others in the input scopes if the job needs them.`,
  };
}
