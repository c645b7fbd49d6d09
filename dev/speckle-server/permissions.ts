import { type Context, refusal } from './guards.ts';
import type { Project, ProjectRole, Token } from './world.ts';

interface Check {
  readonly authorized: boolean;
  readonly code: string;
  readonly message: string;
}

const rank: Readonly<Record<ProjectRole, number>> = {
  'stream:reviewer': 0,
  'stream:contributor': 1,
  'stream:owner': 2,
};

const granted: Check = { authorized: true, code: 'OK', message: 'OK' };

/**
 * The project of an id, as `project(id:)` finds it: outside the limits of the token nothing is told of it, not even
 * whether it exists (measured, exchanges 21 to 26).
 */
export function findProject({ world, token }: Context, id: string): Project {
  if (!isWithinLimits(token, id))
    throw refusal('You are not authorized to access this resource.', 'FORBIDDEN', 403);
  const project = world.projects.get(id);
  if (!project) throw refusal('Project not found', 'STREAM_NOT_FOUND', 404);
  const read = checkRead(project, token);
  if (!read.authorized) throw refusal(read.message, 'FORBIDDEN', 403);
  return project;
}

/** Whether the token may be used for this project. */
export function isWithinLimits(token: Token | undefined, id: string): boolean {
  return !token?.projects || token.projects.includes(id);
}

/** What the user may do there, whatever the token's scopes are (exchange 22). Who may do what was read in code. */
export const permissions = {
  canRead: checkRead,
  canUpdate: (project: Project, token: Token | undefined) => checkRole(project, token, 'stream:owner'),
  canDelete: (project: Project, token: Token | undefined) => checkRole(project, token, 'stream:owner'),
  canCreateModel: (project: Project, token: Token | undefined) =>
    checkRole(project, token, 'stream:contributor'),
  canPublish: (project: Project, token: Token | undefined) =>
    checkRole(
      project,
      token,
      'stream:contributor',
      "Your role on this project doesn't give you permission to publish.",
    ),
  canLoad: (project: Project, token: Token | undefined) =>
    checkRole(
      project,
      token,
      'stream:contributor',
      "Your role on this project doesn't give you permission to load.",
    ),
};

function checkRead(project: Project, token: Token | undefined): Check {
  if (project.visibility === 'PUBLIC' || project.visibility === 'UNLISTED') return granted;
  return checkRole(project, token, 'stream:reviewer');
}

function checkRole(
  project: Project,
  token: Token | undefined,
  atLeast: ProjectRole,
  tooSmall = 'You do not have enough permissions in the project to perform this action',
): Check {
  if (!token) return denied('ServerNoSession', 'You are not logged in to this server');
  const role = project.roles.get(token.user.id);
  if (!role) return denied('ProjectNoAccess', 'You do not have access to the project');
  if (rank[role] < rank[atLeast]) return denied('ProjectNotEnoughPermissions', tooSmall);
  return granted;
}

function denied(code: string, message: string): Check {
  return { authorized: false, code, message };
}
