import { randomUUID } from 'node:crypto';

/** What a new token is to be. */
export interface NewToken {
  readonly scopes: readonly string[];
  /** Milliseconds; the server's own when left out. */
  readonly lifespan?: number;
  /** Ids of the only projects that it may be used for. */
  readonly projects?: readonly string[];
}

/** A user of a Speckle server, who acts as in the web pages. */
export interface Member {
  readonly name: string;
  createToken(token: NewToken): Promise<string>;
  revokeToken(token: string): Promise<void>;
  /** @returns its id */
  createProject(name: string): Promise<string>;
}

/** The app that the web pages are, which may do all that its user may. */
const webApp = 'spklwebapp';

/**
 * Registers a user with a password, as the page for it does (read in the server's code).
 * @param url of the server, without a trailing slash
 * @throws when the server answers in another way
 */
export async function register(url: string, name: string): Promise<Member> {
  const challenge = randomUUID();
  const email = `${randomUUID()}@example.com`;
  const registered = await post(`${url}/auth/local/register?challenge=${challenge}`, {
    email,
    name,
    password: randomUUID(),
  });
  const location = registered.headers.get('location');
  if (!location) throw new Error(`Registering was answered with ${await told(registered)}`);
  const accessCode = new URL(location, url).searchParams.get('access_code');
  const exchanged = await post(`${url}/auth/token`, {
    accessCode,
    challenge,
    appId: webApp,
    appSecret: webApp,
  });
  if (!exchanged.ok) throw new Error(`The access code was answered with ${await told(exchanged)}`);
  const { token } = (await exchanged.json()) as { token: string };

  async function ask(query: string, variables: object): Promise<unknown> {
    const answered = await post(`${url}/graphql`, { query, variables }, token);
    const { data, errors } = (await answered.json()) as { data?: unknown; errors?: unknown };
    if (!data || errors) throw new Error(`${query} was answered with ${JSON.stringify(errors)}`);
    return data;
  }
  return {
    name,
    async createToken({ scopes, lifespan, projects }) {
      const limitResources = projects?.map((id) => ({ id, type: 'project' }));
      const data = await ask('mutation ($token: ApiTokenCreateInput!) { apiTokenCreate(token: $token) }', {
        token: { name: 'nightly', scopes, lifespan, limitResources },
      });
      return (data as { apiTokenCreate: string }).apiTokenCreate;
    },
    async revokeToken(revoked) {
      await ask('mutation ($token: String!) { apiTokenRevoke(token: $token) }', { token: revoked });
    },
    async createProject(project) {
      const query =
        'mutation ($input: ProjectCreateInput) { projectMutations { create(input: $input) { id } } }';
      const data = await ask(query, { input: { name: project, visibility: 'PRIVATE' } });
      return (data as { projectMutations: { create: { id: string } } }).projectMutations.create.id;
    },
  };
}

function post(address: string, body: object, token?: string): Promise<Response> {
  return fetch(address, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
}

async function told(response: Response): Promise<string> {
  return `status ${response.status}: ${(await response.text()).slice(0, 500)}`;
}
