import { setTimeout as sleep } from 'node:timers/promises';
import type { Exchange } from '../recordings/exchanges.ts';
import { encodeObjects } from '../recordings/replay.ts';
import { type Member, register } from './api.ts';

/** Users and projects like those that stood in the server of the recordings. */
export interface LikeRecorded {
  readonly robot: Member;
  readonly userB: Member;
  /** The ids of today by those of the recordings. */
  readonly ids: ReadonlyMap<string, string>;
  readonly projects: { readonly own: string; readonly other: string; readonly foreign: string };
}

/** An object that is asked for in the recordings; its id follows from what it holds. */
const recordedObject = { id: '015cb1e1437b088477728b34ac2ea2fa', name: 'hello', speckle_type: 'Base' };

/** Makes them on a server. The first user of all runs it, so somebody else is registered before. */
export async function createLikeRecorded(url: string): Promise<LikeRecorded> {
  await register(url, 'Administrator');
  const robot = await register(url, 'Ci Robot Ünïcode');
  const userB = await register(url, 'UserB');
  const own = await robot.createProject('ci project');
  const other = await robot.createProject('ci other');
  const foreign = await userB.createProject('B private');
  await userB.createProject('B second');
  const scopes = ['streams:read', 'streams:write', 'profile:read'];
  await upload(url, foreign, await userB.createToken({ scopes }));
  const ids = new Map([
    ['06de1c5158', own],
    ['654845bbd0', other],
    ['a0e4eddc75', foreign],
  ]);
  return { robot, userB, ids, projects: { own, other, foreign } };
}

async function upload(url: string, project: string, token: string): Promise<void> {
  const boundary = '0123456789abcdef';
  const { status } = await fetch(`${url}/objects/${project}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': `multipart/form-data; boundary=${boundary}`,
    },
    body: encodeObjects([recordedObject], boundary),
  });
  if (status !== 201) throw new Error(`Uploading an object was answered with status ${status}.`);
}

/** A token such as the exchange was recorded with. The first 33 are the robot's, the others UserB's. */
export async function tokenLike({ number, token }: Exchange, world: LikeRecorded): Promise<string> {
  const member = number < 34 ? world.robot : world.userB;
  if (token === null) return '0'.repeat(42);
  if (token === 'another user') return world.userB.createToken({ scopes: ['profile:read', 'streams:read'] });
  if (token === 'an expired token') {
    const expired = await member.createToken({ scopes: ['profile:read'], lifespan: 1 });
    // A server on this machine may be asked again within its millisecond.
    await sleep(20);
    return expired;
  }
  if (token === 'a revoked token') {
    const revoked = await member.createToken({ scopes: ['profile:read'] });
    await member.revokeToken(revoked);
    return revoked;
  }
  const scopes = token.match(/[a-z-]+:[a-z]+/g);
  if (!scopes) throw new Error(`No token is known by the words “${token}”.`);
  const isLimited = token.endsWith(', limited to one project');
  return member.createToken({ scopes, ...(isLimited && { projects: [world.projects.own] }) });
}
