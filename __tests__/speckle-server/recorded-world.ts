import { World } from '../../dev/speckle-server/world.ts';
import type { Exchange } from '../../dev/recordings/exchanges.ts';

/** The users and projects that stood in the real servers when the exchanges were recorded. */
export function recordedWorld(number: number): World {
  const world = new World();
  Object.assign(world.server, {
    canonicalUrl: 'http://speckle.example.test',
    version: number < 34 ? '2.31.14-local' : '2.31.14',
  });
  const robot = world.addUser({ id: 'a097e60aae', name: 'Ci Robot Ünïcode', email: 'ci.robot@example.com' });
  world.addProject({ id: '06de1c5158', name: 'ci project', roles: [[robot, 'stream:owner']] });
  world.addProject({ id: '654845bbd0', name: 'ci other', roles: [[robot, 'stream:owner']] });
  const userB = world.addUser({ id: '0a1ea39d05', name: 'UserB', email: 'user.b@example.com' });
  for (const [id, name, time] of [
    ['a0e4eddc75', 'B private', '2026-11-24T22:18:33.299Z'],
    ['3fce2f8a60', 'B second', '2026-11-24T22:18:34.592Z'],
  ] as const) {
    const day = new Date(time);
    world.addProject({ id, name, createdAt: day, updatedAt: day, roles: [[userB, 'stream:owner']] });
  }
  const object = { id: '015cb1e1437b088477728b34ac2ea2fa', name: 'hello', speckle_type: 'Base' };
  world.projects.get('a0e4eddc75')?.objects.set(object.id, object);
  return world;
}

/** A token such as the exchange was recorded with. The first 33 are the robot's, the others UserB's. */
export function recordedToken(world: World, { number, token, response }: Exchange): string {
  const [robot, userB] = world.users.values();
  if (!robot || !userB) throw new Error('The world has lost its users.');
  const user = number < 34 ? robot : userB;
  if (token === null) return '0'.repeat(42);
  if (token === 'an expired token')
    return world.addToken({ user, scopes: [], createdAt: new Date(0), lifespan: 1000 });
  if (token === 'another user')
    return world.addToken({ user: userB, scopes: ['profile:read', 'streams:read'] });
  if (token === 'all but workspace:read')
    return world.addToken({ user, scopes: ['profile:read', 'streams:read', 'workspace:update'] });
  if (token === 'a revoked token') {
    const revoked = world.addToken({ user, scopes: ['profile:read'] });
    world.revoke(revoked);
    return revoked;
  }
  const scopes = token.match(/[a-z-]+:[a-z]+/g);
  if (!scopes) throw new Error(`No token is known by the words “${token}”.`);
  if (token.endsWith(', limited to one project'))
    return world.addToken({ user, scopes, projects: ['06de1c5158'] });
  return addListed(world, response.json, scopes) ?? world.addToken({ user, scopes });
}

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly lastChars: string;
  readonly scopes: string[];
  readonly createdAt: string;
}

/** Where the answer lists the user's tokens, they stood in the server before; the one asked with is among them. */
function addListed(world: World, answer: unknown, scopes: readonly string[]): string | undefined {
  const { data } = (answer ?? {}) as { data?: { activeUser?: { apiTokens?: Listed[] } } };
  const added = data?.activeUser?.apiTokens?.map(({ id, name, lastChars, scopes: held, createdAt }) => {
    const token = id + '0'.repeat(26) + lastChars;
    world.addToken({ token, name, scopes: held, createdAt: new Date(createdAt) });
    return { token, own: String(held) === String(scopes) };
  });
  return added?.find(({ own }) => own)?.token;
}
