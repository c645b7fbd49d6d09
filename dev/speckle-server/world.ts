import { randomBytes } from 'node:crypto';

export type ServerRole = 'server:admin' | 'server:user' | 'server:guest';
export type ProjectRole = 'stream:owner' | 'stream:contributor' | 'stream:reviewer';

export interface User {
  readonly id: string;
  name: string;
  email: string;
  role: ServerRole;
  bio: string | null;
  company: string | null;
  avatar: string | null;
  verified: boolean;
}

export interface Project {
  readonly id: string;
  name: string;
  description: string;
  visibility: 'PRIVATE' | 'PUBLIC' | 'UNLISTED' | 'WORKSPACE';
  workspaceId: string | null;
  createdAt: Date;
  updatedAt: Date;
  /** Roles by the id of the user. */
  readonly roles: Map<string, ProjectRole>;
  readonly models: { id: string; name: string }[];
  readonly versions: { id: string; message: string | null }[];
  /** What was uploaded over REST, by its id. */
  readonly objects: Map<string, object>;
  /** Files, by their id. */
  readonly blobs: Map<string, Uint8Array>;
}

export interface Token {
  /** The first ten characters. */
  readonly id: string;
  /** The 32 characters behind the id. */
  readonly secret: string;
  readonly name: string;
  readonly user: User;
  readonly kind: 'personal' | 'app' | 'embed';
  readonly scopes: readonly string[];
  /** Ids of the only projects that it may be used for; none means any. */
  readonly projects: readonly string[] | undefined;
  readonly createdAt: Date;
  /** Milliseconds. */
  readonly lifespan: number;
  lastUsed: Date;
  revoked: boolean;
}

/** What `serverInfo` tells. Anything may stand in the texts: quotes, HTML, line breaks. */
export interface ServerInfo {
  name: string;
  company: string | null;
  description: string | null;
  adminContact: string | null;
  termsOfService: string | null;
  /** Undefined: the address that the server really has. */
  canonicalUrl: string | null | undefined;
  version: string | null;
  inviteOnly: boolean;
  guestModeEnabled: boolean;
  migration: { movedTo: string | null; movedFrom: string | null } | null;
  /** The public scopes. */
  scopes: readonly string[];
}

/** What is said of a new token; all but its scopes may be left to the defaults. */
export interface NewToken extends Partial<Omit<Token, 'id' | 'secret' | 'revoked'>> {
  readonly scopes: readonly string[];
  /** The 42 characters, where a test must know them beforehand. */
  readonly token?: string;
}

/** A hundred years: what a token gets that names no lifespan (exchange 28). */
export const defaultLifespan = 3_154_000_000_000;

/** The scopes that a server with all optional modules off lists, in its order (exchange 09). */
const publicScopes = [
  'streams:read',
  'streams:write',
  'profile:read',
  'profile:write',
  'profile:email',
  'users:read',
  'server:stats',
];

/** All that an embedded server knows. Tests may change it between requests. */
export class World {
  readonly server: ServerInfo = {
    name: 'My new Speckle Server',
    company: 'Unknown Company',
    description: 'This a community deployment of a Speckle Server.',
    adminContact: 'n/a',
    termsOfService: 'n/a',
    canonicalUrl: undefined,
    version: '2.31.14',
    inviteOnly: false,
    guestModeEnabled: false,
    migration: null,
    scopes: publicScopes,
  };
  readonly users = new Map<string, User>();
  readonly projects = new Map<string, Project>();
  readonly tokens = new Map<string, Token>();
  /** What a browser gets a token for, once somebody has registered in it. */
  readonly accessCodes = new Map<string, { user: User; challenge: string }>();
  /** Test automations of a model: each run of theirs takes its last version. */
  readonly automations = new Map<string, { id: string; model: string; version: string }>();

  /** Adds a user of the role `server:user`, by default with a name and an email that tests need not care for. */
  addUser(facts: Partial<User> = {}): User {
    const id = facts.id ?? randomId();
    const user: User = {
      name: 'Ada Engineer',
      email: `${id}@example.com`,
      role: 'server:user',
      bio: null,
      company: null,
      avatar: null,
      verified: false,
      ...facts,
      id,
    };
    this.users.set(id, user);
    return user;
  }

  /** Adds a project: private, with the first user as its owner, unless the facts say otherwise. */
  addProject(
    facts: Partial<Omit<Project, 'roles'>> & { roles?: Iterable<[User, ProjectRole]> } = {},
  ): Project {
    const { roles = [[this.firstUser(), 'stream:owner']], ...rest } = facts;
    const now = new Date();
    const project: Project = {
      id: randomId(),
      name: 'Bridge',
      description: '',
      visibility: 'PRIVATE',
      workspaceId: null,
      createdAt: now,
      updatedAt: now,
      models: [],
      versions: [],
      objects: new Map(),
      blobs: new Map(),
      ...rest,
      roles: new Map(Array.from(roles, ([user, role]) => [user.id, role])),
    };
    this.projects.set(project.id, project);
    return project;
  }

  /**
   * Adds a token, of the first user unless the facts say otherwise (who is added where there is none), and returns its
   * 42 characters. It dies `lifespan` milliseconds after `createdAt`.
   */
  addToken(facts: NewToken): string {
    const { token = randomBytes(21).toString('hex'), ...rest } = facts;
    const createdAt = facts.createdAt ?? new Date();
    const id = token.slice(0, 10);
    this.tokens.set(id, {
      name: 'ci',
      user: facts.user ?? this.firstUser(),
      kind: 'personal',
      projects: undefined,
      lifespan: defaultLifespan,
      lastUsed: createdAt,
      ...rest,
      createdAt,
      id,
      secret: token.slice(10),
      revoked: false,
    });
    return token;
  }

  /** Ends a token, as its owner does on the token page. */
  revoke(token: string): void {
    const found = this.tokens.get(token.slice(0, 10));
    if (found) found.revoked = true;
  }

  /** The projects in which a user has a role, the one updated last first. */
  projectsOf(user: User): Project[] {
    return Array.from(this.projects.values())
      .filter((project) => project.roles.has(user.id))
      .toSorted((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime());
  }

  private firstUser(): User {
    const [first] = this.users.values();
    return first ?? this.addUser();
  }
}

/** Ten hexadecimal characters, like the ids of a Speckle server. */
function randomId(): string {
  return randomBytes(5).toString('hex');
}
