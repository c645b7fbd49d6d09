import { randomUUID } from 'node:crypto';
import { type Context, refusal } from './guards.ts';
import { findProject, isWithinLimits, permissions } from './permissions.ts';
import type { Project, User } from './world.ts';

/** GraphQL has checked the arguments against the schema, and the source is what the field above returned. */
export type Resolver = (source: never, args: never, context: Context) => unknown;
export type Resolvers = Readonly<Record<string, Resolver>>;

/** Optional parts of a server. Off: their fields answer in their own way once the guards have been passed. */
export interface Modules {
  readonly workspaces: boolean;
  readonly dashboards: boolean;
  readonly billing: boolean;
  /** `down`: the service that it asks cannot be reached, which the answer tells only after `automateDelay`. */
  readonly automate: boolean | 'down';
}

/** How long, in milliseconds, a server tries to reach a functions service that is down. */
const automateDelay = 100;

/** A namespace of mutations holds nothing of its own. */
const namespace: Resolver = () => ({});

/** The fields that compute something, each by `Type.field`; all others read the property of their name. */
export function createResolvers(modules: Modules): Resolvers {
  return { ...core, ...workspaces(modules), ...automate(modules) };
}

const core: Resolvers = {
  'Query.serverInfo': (_, __, { world }) => world.server,
  'Query.activeUser': (_, __, { token }) => token?.user,
  'Query.otherUser': (_, { id }: { id: string }, { world }) => world.users.get(id),
  'Query.streams': (_, __, context) => ({ totalCount: visibleProjects(context).length }),
  'Query.project': (_, { id }: { id: string }, context) => findProject(context, id),
  'Query.apps': () => apps,
  'Query.authenticatedAsApp': (_, __, { token }) => (token?.kind === 'app' ? apps[0] : null),
  'Query.admin': namespace,
  'Query.adminStreams': (_, __, { world }) => ({ totalCount: world.projects.size }),
  'AdminQueries.serverStatistics': (_, __, { world }) => ({
    totalProjectCount: world.projects.size,
    totalUserCount: world.users.size,
  }),

  'ServerInfo.scopes': (_, __, { world }) =>
    world.server.scopes.map((name) => ({ name, description: `What ${name} allows.` })),
  // What a real server says, to the letter (exchange 53).
  'ServerInfo.authStrategies': () => [{ id: 'local', name: 'Local', icon: 'TODO' }],

  'User.email': (user: User, _, { token }) => (token?.scopes.includes('profile:email') ? user.email : null),
  'User.apiTokens': (user: User, _, { world }) =>
    Array.from(world.tokens.values())
      .filter((token) => token.user === user && token.kind === 'personal' && !token.revoked)
      .map((token) => ({ ...token, lastChars: token.secret.slice(-6) })),
  'User.projects': (_, { limit, cursor }: { limit: number; cursor?: string }, context) =>
    page(visibleProjects(context), limit, cursor),

  'Project.role': (project: Project, _, { token }) => token && project.roles.get(token.user.id),
  'Project.allowPublicComments': () => false,
  'Project.sourceApps': () => [],
  'Project.permissions': (project: Project, _, { token }) =>
    Object.fromEntries(Object.entries(permissions).map(([name, check]) => [name, check(project, token)])),
  'Project.model': (project: Project, { id }: { id: string }) =>
    project.models.find((model) => model.id === id) ?? missing('Model not found', 'BRANCH_NOT_FOUND'),
  'Project.version': (project: Project, { id }: { id: string }) =>
    project.versions.find((version) => version.id === id) ?? missing('Version not found', 'COMMIT_NOT_FOUND'),

  'Mutation.projectMutations': namespace,
  'ProjectMutations.accessRequestMutations': namespace,
  'Mutation.modelMutations': namespace,
  'Mutation.fileUploadMutations': namespace,
  'Mutation.activeUserMutations': namespace,
  'Mutation.serverInfoMutations': namespace,
};

/** Read in code: without the module `workspace` says so; a namespace without a resolver is null where none may be. */
function workspaces(modules: Modules): Resolvers {
  return {
    'ServerInfo.workspaces': () => ({ workspacesEnabled: modules.workspaces }),
    'Query.workspace': () => {
      if (!modules.workspaces)
        throw refusal('Workspaces are not enabled on this server', 'WORKSPACES_MODULE_DISABLED_ERROR', 403);
      return missing('Workspace not found', 'WORKSPACE_NOT_FOUND_ERROR');
    },
    'Mutation.workspaceMutations': namespace,
    'WorkspaceMutations.invites': namespace,
    ...(modules.billing && { 'WorkspaceMutations.billing': namespace }),
    ...(modules.dashboards && { 'Mutation.dashboardMutations': namespace }),
  };
}

function automate(modules: Modules): Resolvers {
  if (!modules.automate) return {};
  return {
    'ServerInfo.automate': () => ({ availableFunctionTemplates: [] }),
    'Mutation.automateMutations': namespace,
    'ProjectMutations.automationMutations': (_, { projectId }: { projectId: string }, context) => {
      const project = findProject(context, projectId);
      if (!permissions.canUpdate(project, context.token).authorized)
        throw refusal('You are not authorized.', 'FORBIDDEN', 403);
      return {};
    },
    'ProjectAutomationMutations.createTestAutomationRun': testRun,
    'Query.automateFunction': async (_, { id }: { id: string }) => {
      if (modules.automate === 'down') {
        await new Promise((resolve) => setTimeout(resolve, automateDelay));
        throw new Error('The functions service cannot be reached');
      }
      return missing('Function not found', 'FUNCTION_NOT_FOUND', { id });
    },
  };
}

/** What a function's tests report to (read in code). */
const testRun: Resolver = (_, { automationId }: { automationId: string }, { world }) => {
  const automation = world.automations.get(automationId);
  if (!automation) throw refusal('Automation not found', 'TRIGGER_AUTOMATION_ERROR', 400);
  const payload = { modelId: automation.model, versionId: automation.version };
  const triggers = [{ payload, triggerType: 'versionCreation' }];
  return { automationRunId: randomUUID(), functionRunId: randomUUID(), triggers };
};

/** The apps that every server lists (exchange 40). */
const apps = 'explorer sca spklwebapp spklautoma sdm spklexcel spklpwerbi sdas sdui connectrV3'
  .split(' ')
  .map((id) => ({ id, name: id }));

function missing(message: string, code: string, facts: object = {}): never {
  throw refusal(message, code, 404, facts);
}

function visibleProjects({ world, token }: Context): Project[] {
  if (!token) return [];
  return world.projectsOf(token.user).filter((project) => isWithinLimits(token, project.id));
}

/** A page of projects; the cursor names the last one of it (exchange 55). */
function page(projects: Project[], limit: number, cursor?: string | null): object {
  const after = cursor ? Buffer.from(cursor, 'base64').toString() : undefined;
  const start = after === undefined ? 0 : projects.findIndex((project) => cursorText(project) === after) + 1;
  const items = projects.slice(start, start + limit);
  const last = items.at(-1);
  return {
    totalCount: projects.length,
    cursor: last ? Buffer.from(cursorText(last)).toString('base64') : null,
    items,
  };
}

function cursorText({ id, updatedAt }: Project): string {
  return JSON.stringify({ updatedAt: updatedAt.toISOString(), id });
}
