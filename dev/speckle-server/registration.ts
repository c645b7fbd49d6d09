import { randomUUID } from 'node:crypto';
import { json } from './answers.ts';
import type { Answer, RecordedRequest } from './exchange.ts';
import type { Resolvers } from './resolvers.ts';
import type { World } from './world.ts';

/** The app that the web pages are. Its token holds every scope, and it is no personal one. */
const webApp = 'spklwebapp';
const everyScope = [
  'streams:read streams:write profile:read profile:write profile:email profile:delete users:read users:email',
  'users:invite server:stats server:setup apps:read apps:write tokens:read tokens:write',
].flatMap((scopes) => scopes.split(' '));

/** What a browser does when somebody registers: an access code, then a token for it (read in code). */
export function answerRegistration(request: RecordedRequest, world: World): Answer | undefined {
  if (request.method !== 'POST') return undefined;
  const { pathname, searchParams } = new URL(request.path, 'http://127.0.0.1');
  if (pathname === '/auth/local/register') return register(request, world, searchParams.get('challenge'));
  if (pathname === '/auth/token') return exchangeCode(request, world);
  return undefined;
}

function register({ body }: RecordedRequest, world: World, challenge: string | null): Answer {
  if (!challenge) return json(400, 'Invalid request: no challenge detected.');
  const { email, password, name } = Object(body) as Record<string, string>;
  if (!email || !name || !password || password.length < 8)
    return json(400, { error: { message: 'User input error' } });
  // The first user runs the server.
  const role = world.users.size === 0 ? 'server:admin' : 'server:user';
  const code = randomUUID();
  world.accessCodes.set(code, { user: world.addUser({ email, name, role }), challenge });
  const location = new URL(world.server.canonicalUrl ?? 'http://127.0.0.1');
  location.searchParams.set('access_code', code);
  return { status: 302, headers: { location: location.href }, body: '' };
}

function exchangeCode({ body }: RecordedRequest, world: World): Answer {
  const { accessCode = '', challenge, appId, appSecret } = Object(body) as Record<string, string>;
  const code = world.accessCodes.get(accessCode);
  if (!code || code.challenge !== challenge || appId !== webApp || appSecret !== webApp)
    return json(401, { err: 'Invalid access code.' });
  world.accessCodes.delete(accessCode);
  const token = world.addToken({ user: code.user, kind: 'app', scopes: everyScope });
  return json(200, { token, refreshToken: randomUUID() });
}

interface NewApiToken {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly lifespan?: number | null;
  readonly limitResources?: readonly { readonly id: string; readonly type: string }[] | null;
}

/** What people do on the pages of their tokens and projects. The guards have seen to it that there is a token. */
export const registrationResolvers: Resolvers = {
  'Mutation.apiTokenCreate': (_, { token: facts }: { token: NewApiToken }, { world, token }) => {
    const { name, scopes, lifespan, limitResources } = facts;
    const projects = limitResources?.filter(({ type }) => type === 'project').map(({ id }) => id);
    return (
      token && world.addToken({ user: token.user, name, scopes, projects, ...(lifespan ? { lifespan } : {}) })
    );
  },
  'Mutation.apiTokenRevoke': (_, { token }: { token: string }, { world }) => {
    world.revoke(token);
    return true;
  },
  'ProjectMutations.create': (_, { input }: { input?: { name?: string } }, { world, token }) =>
    token && world.addProject({ name: input?.name ?? 'Unnamed', roles: [[token.user, 'stream:owner']] }),
};
