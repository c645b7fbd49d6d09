// What the nightly workflow does with a real server, done with the embedded one: users are registered, tokens made
// through the API, and the recorded exchanges had again. A server that answers in another way is found out.
import { expect, test } from '@jest/globals';
import { findDrift } from '../../dev/nightly/drift.ts';
import { createLikeRecorded } from '../../dev/nightly/world.ts';
import { type Settings, startSpeckleServer } from '../../dev/speckle-server/server.ts';
import { World } from '../../dev/speckle-server/world.ts';

function withScope(scope: string): World {
  const world = new World();
  world.server.scopes = [...world.server.scopes, scope];
  return world;
}

async function driftOf(settings: Settings): Promise<readonly string[]> {
  await using server = await startSpeckleServer(settings);
  const { compared, differences } = await findDrift(server.url, await createLikeRecorded(server.url));
  expect(compared).toBe(50);
  return differences;
}

test('a server that behaves as recorded has not drifted', async () => {
  expect(await driftOf({})).toEqual([]);
});

test.each<[string, Settings, string]>([
  ['takes no batches', { batching: false }, 'status was 200, and is 400'],
  ['words its errors in another way', { oldErrors: true }, '"scope":"users:read"'],
  [
    'has lost a field',
    { absentFields: ['Project.permissions'] },
    '34 one-query-held: status was 200, and is 400',
  ],
  ['knows another scope', { world: withScope('wiki:read') }, 'wiki:read'],
])('a server that %s has drifted', async (_, settings, difference) => {
  expect((await driftOf(settings)).join('\n')).toContain(difference);
});
