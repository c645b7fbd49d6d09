import type { Cleaner } from '../clean.ts';
import { Failure } from '../failure.ts';
import { anonymous, brokenServer, type Context, otherGraphql, quoted, theScopes } from './failures.ts';
import { isCrash } from './graphql-error.ts';
import { readIdentity } from './identity.ts';
import { learnScopes } from './learn.ts';
import type { Answered } from './operation.ts';
import { expiryWarning, ownToken } from './own-token.ts';
import { judgeProject } from './project.ts';
import type { ScopeFacts, ServerFacts, UserFacts, Verdict } from './request.ts';
import { canBeProbed, probes } from './scopes.ts';
import { excessSentences, missingScope, scopeFacts, scopeNotices } from './scope-facts.ts';
import { tokenPage } from './token.ts';

/**
 * Judges what all the answers together say. Where several failures apply, the first of `statusCodes` is told; but scopes
 * that are missing for certain come before others that the server failed to tell.
 */
export function judge(context: Context, answered: readonly Answered[], now: Date): Verdict {
  const { requirements, clean } = context;
  const identity = readIdentity(answered, clean);
  if (identity.kind === 'foreign') return failed(otherGraphql(context));
  if (identity.kind === 'broken')
    return failed(brokenServer(context, 'who the token’s user is', identity.error.message));
  const moved = movedWarning(identity.server, clean);
  if (identity.kind === 'nobody')
    return {
      ...failed(anonymous(context, identity.error?.message)),
      server: identity.server,
      warnings: moved,
    };

  const { server, user } = identity;
  const told = learnScopes(answered);
  const own = ownToken(answered, requirements.token);
  const scopes = scopeFacts(requirements, told, own, clean);
  const { project, failure: projectFailure } =
    requirements.project === undefined ? {} : judgeProject(answered, { ...context, user });
  const broken = brokenProbe(context, scopes, answered);
  const excess = excessSentences(requirements, scopes);
  const expiry = own && expiryWarning(own, now, tokenPage(requirements.server));
  return {
    failure:
      missingScope(context, scopes) ??
      broken ??
      wrongUser(context, user) ??
      projectFailure ??
      (excess && requirements.excessScopes === 'fail'
        ? new Failure({ code: 'excess-scope', ...excess, requestId: context.requestId })
        : undefined),
    server,
    user,
    scopes,
    project,
    expiresAt: own?.expiresAt,
    warnings: [
      ...moved,
      ...(expiry ? [expiry] : []),
      ...(excess && requirements.excessScopes === 'warn' ? [`${excess.problem} ${excess.remedy}`] : []),
    ],
    // They would blame the age of a server that failed.
    notices: broken ? [] : scopeNotices(requirements, scopes, told, own !== undefined),
  };
}

function failed(failure: Failure): Verdict {
  return { failure, warnings: [], notices: [] };
}

function movedWarning(server: ServerFacts | undefined, clean: Cleaner): string[] {
  return server?.movedTo
    ? [
        `This server says that it has moved to ${quoted(server.movedTo, clean)}. Use that address from now on.`,
      ]
    : [];
}

/** A required scope that the server could not tell, though it knows the question, is not held for all that is known. */
function brokenProbe(
  context: Context,
  { unverified }: ScopeFacts,
  answered: readonly Answered[],
): Failure | undefined {
  const keys = new Set(probes.filter(({ scope }) => unverified.includes(scope)).map(({ key }) => key));
  const error = answered
    .flatMap(({ answer }) => answer.errors)
    .findLast((each) => isCrash(each) && keys.has(String(each.path[0])));
  const unknown = theScopes(unverified.filter(canBeProbed));
  return error && brokenServer(context, `whether the token holds ${unknown}`, error.message);
}

/** Says who it is by name and id: logs are public, an email is not. */
function wrongUser(
  { requirements: { allowedUsers }, clean, requestId }: Context,
  user: UserFacts | undefined,
): Failure | undefined {
  if (!user || allowedUsers.length === 0) return undefined;
  const names = new Set([user.id.toLowerCase(), user.email?.toLowerCase()]);
  if (allowedUsers.some((allowed) => names.has(allowed))) return undefined;
  return new Failure({
    code: 'wrong-user',
    problem: `The token belongs to ${quoted(user.name, clean)} (user id ${clean.line(user.id, 100)}), who is not one of the allowed users.`,
    remedy: 'Use a token of an allowed user, or add this user to the input allowed-users.',
    requestId,
  });
}
