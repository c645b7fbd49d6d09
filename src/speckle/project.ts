import { Failure } from '../failure.ts';
import { type Context, later, quoted, saying } from './failures.ts';
import { type GraphqlError, isCrash, isNotFound } from './graphql-error.ts';
import { isRecord } from './json.ts';
import { type Answered, errorsAt, isUnfit } from './operation.ts';
import type { ProjectFacts, UserFacts } from './request.ts';
import { tokenPage } from './token.ts';

export interface ProjectJudgement {
  readonly project?: ProjectFacts | undefined;
  readonly failure?: Failure | undefined;
}

/** What the project's judgement needs besides the answers. */
export interface ProjectContext extends Context {
  readonly user: UserFacts | undefined;
}

/** Judges the required project by what the user may do there; what the token may do is told by its scopes. */
export function judgeProject(answered: readonly Answered[], context: ProjectContext): ProjectJudgement {
  const asked = answered.filter(({ operation }) => operation.project).map(({ answer }) => answer);
  const found = asked.map(({ data }) => data?.['project']).find(isRecord);
  if (found) return judgeFound(found, context);
  if (asked.every(isUnfit)) return { failure: unaskable(context) };
  const [error = nothing] = asked.flatMap((answer) => errorsAt(answer, 'project'));
  return { failure: refused(error, context) };
}

/** Null without an error. */
const nothing: GraphqlError = { message: '', path: [], code: 'STREAM_NOT_FOUND' };

function judgeFound(found: Readonly<Record<string, unknown>>, context: ProjectContext): ProjectJudgement {
  const { requirements, clean, requestId } = context;
  const { id, name, role, permissions } = found;
  const project: ProjectFacts = {
    id: clean.value(String(id)),
    name: clean.value(String(name)),
    ...(typeof role === 'string' && { role: clean.value(role) }),
  };
  const writing = requirements.permission === 'write';
  const unreadable = isRecord(permissions) ? refusalIn(permissions['canRead']) : undefined;
  const unwritable = isRecord(permissions) ? refusalIn(permissions['canPublish']) : refusalBy(role);
  const refusal = unreadable ?? (writing ? unwritable : undefined);
  if (refusal === undefined) return { project };
  const as = project.role ? clean.line(project.role.replace(/^stream:/, ''), 60) : 'none';
  const [act, member] = unreadable === undefined ? ['write to', 'a contributor'] : ['read', 'a member'];
  // A plan, a seat or a login of the workspace may be asked for beside the role.
  const suffices = unreadable === undefined ? refusalBy(role) === undefined : project.role !== undefined;
  return {
    project,
    failure: new Failure({
      code: 'project-forbidden',
      problem: `${who(context)} may not ${act} the project ${quoted(project.name, clean)} (role there: ${as})${saying(refusal, clean)}.`,
      remedy: suffices
        ? 'The role is enough, so ask an administrator of the project’s workspace what else is missing, or use a token of a user who may do it.'
        : `Ask an owner of the project to make this user ${member} of it, or use a token of a user who is one.`,
      requestId,
    }),
  };
}

/** The server's sentence where it does not allow something. */
function refusalIn(check: unknown): string | undefined {
  const { authorized, message } = isRecord(check) ? check : {};
  if (authorized === true) return undefined;
  return typeof message === 'string' ? message : '';
}

/** Whether a role may write, for a server that is too old to tell. */
function refusalBy(role: unknown): '' | undefined {
  return role === 'stream:owner' || role === 'stream:contributor' ? undefined : '';
}

/** Sentences of the server as of 2.31.14 (exchanges 24–26); whatever else it may say falls to the nearest meaning. */
function refused(error: GraphqlError, context: ProjectContext): Failure {
  const { requirements, clean, requestId } = context;
  const project = quoted(requirements.project ?? '', clean);
  const page = tokenPage(requirements.server);
  if (isNotFound(error) || /\bnot found\b/i.test(error.message)) {
    const own = error.code === 'STREAM_NOT_FOUND' ? '' : saying(error.message, clean);
    return new Failure({
      code: 'project-not-found',
      problem: `${requirements.server} has no project ${project}${own}.`,
      remedy: `Copy the project’s address from the browser into the input project, and check that this is its server (the address came from ${requirements.serverSource}).`,
      requestId,
    });
  }
  if (/not authorized to access this resource/i.test(error.message))
    return new Failure({
      code: 'project-forbidden',
      problem: `The token is limited to certain projects, and ${project} is not one of them (a project that does not exist looks the same to it).`,
      remedy: `Check the project’s id, or make a token on ${page} that is not limited or includes this project.`,
      requestId,
    });
  if (/do not have access to the project/i.test(error.message))
    return new Failure({
      code: 'project-forbidden',
      problem: `${who(context)} has no role in the project ${project} and cannot see it.`,
      remedy:
        'Ask an owner of the project to invite this user, or use a token of a user who has a role there.',
      requestId,
    });
  const broken = isCrash(error);
  return new Failure({
    code: broken ? 'server-error' : 'project-forbidden',
    problem: `${requirements.server} does not show the project ${project}${saying(error.message, clean)}.`,
    remedy: broken
      ? later
      : 'Open the project in the browser as the token’s user to see what is missing, or use a token of a user who can read it.',
    requestId,
  });
}

/** Before projects were called that, or where something else answers half of what a server does. */
function unaskable({ requirements, requestId }: ProjectContext): Failure {
  return new Failure({
    code: 'project-forbidden',
    problem: `${requirements.server} is too old to be asked about a project.`,
    remedy: 'Ask whoever runs the server to update it, or name no project in this step.',
    requestId,
  });
}

function who({ user, clean }: ProjectContext): string {
  return user ? `The token’s user ${quoted(user.name, clean)}` : 'The token’s user';
}
