import { World } from './world.ts';

/** One token a kind, by what it is for. */
export interface DemoTokens {
  readonly full: string;
  readonly read: string;
  readonly profileOnly: string;
  readonly withoutProfile: string;
  readonly tokensRead: string;
  readonly expiresSoon: string;
  readonly limited: string;
  readonly expired: string;
  readonly revoked: string;
}

export interface Demo {
  readonly world: World;
  readonly user: { readonly id: string; readonly name: string; readonly email: string };
  /** Ids: of the one the user owns, and of the one that is open to reading alone. */
  readonly projects: { readonly own: string; readonly shared: string };
  /** Ids of what is in the project of one's own. */
  readonly model: string;
  readonly automation: string;
  readonly file: string;
  readonly tokens: DemoTokens;
}

const day = 24 * 60 * 60 * 1000;

/** A user, two projects, what is in them and a token of every kind, for the demo and the self-test workflow. */
export function createDemo({
  name: userName = 'Ada Engineer',
  email: userEmail = 'ada@example.com',
} = {}): Demo {
  const world = new World();
  const user = world.addUser({ name: userName, email: userEmail });
  const model = 'a1b2c3d4e5';
  const version = 'f0e1d2c3b4';
  const automation = '0a1b2c3d4e';
  const file = 'b1c2d3e4f5';
  const own = world.addProject({
    name: 'Footbridge',
    models: [{ id: model, name: 'deck' }],
    versions: [{ id: version, message: null }],
    blobs: new Map([[file, Buffer.from('A file of the footbridge.\n')]]),
  });
  world.automations.set(automation, { id: automation, model, version });
  const shared = world.addProject({ name: 'Survey', roles: [[user, 'stream:reviewer']] });

  const read = ['profile:read', 'profile:email', 'streams:read'];
  const full = [...read, 'streams:write'];
  const now = Date.now();
  const tokens = {
    full: world.addToken({ scopes: full }),
    read: world.addToken({ scopes: read }),
    profileOnly: world.addToken({ scopes: ['profile:read'] }),
    withoutProfile: world.addToken({ scopes: ['streams:read', 'streams:write'] }),
    tokensRead: world.addToken({ scopes: [...full, 'tokens:read'] }),
    expiresSoon: world.addToken({ scopes: [...full, 'tokens:read'], lifespan: 5 * day }),
    limited: world.addToken({ scopes: full, projects: [own.id] }),
    expired: world.addToken({ scopes: full, createdAt: new Date(now - 2 * day), lifespan: day }),
    revoked: world.addToken({ scopes: full }),
  };
  world.revoke(tokens.revoked);
  const { id, name, email } = user;
  const projects = { own: own.id, shared: shared.id };
  return { world, user: { id, name, email }, projects, model, automation, file, tokens };
}
