/**
 * Holds this action to a real Speckle server, whose users and tokens it makes itself:
 *
 *     node dev/nightly.ts prepare URL   registers users, and sets their tokens and projects as outputs of the step
 *     node dev/nightly.ts compare URL   has the recorded exchanges again, and fails where an answer has another form
 */
import { appendFileSync } from 'node:fs';
import { findDrift } from './nightly/drift.ts';
import { createLikeRecorded } from './nightly/world.ts';

const [command, url = ''] = process.argv.slice(2);
if (command === 'prepare') await prepare(process.env['GITHUB_OUTPUT'] ?? '');
else if (command === 'compare') await compare();
else throw new Error('Say prepare or compare, and the address of a server.');

async function prepare(outputs: string): Promise<void> {
  const { robot, projects } = await createLikeRecorded(url);
  const read = ['profile:read', 'profile:email', 'streams:read'];
  const full = [...read, 'streams:write'];
  const revoked = await robot.createToken({ scopes: full });
  await robot.revokeToken(revoked);
  const tokens = {
    full: await robot.createToken({ scopes: full }),
    read: await robot.createToken({ scopes: read }),
    withoutProfile: await robot.createToken({ scopes: ['streams:read', 'streams:write'] }),
    tokensRead: await robot.createToken({ scopes: [...full, 'tokens:read'], lifespan: 5 * 24 * 3600 * 1000 }),
    limited: await robot.createToken({ scopes: full, projects: [projects.own] }),
    expired: await robot.createToken({ scopes: full, lifespan: 1 }),
    revoked,
  };
  for (const token of Object.values(tokens)) console.log(`::add-mask::${token}`);
  for (const [name, value] of Object.entries({ ...projects, ...tokens }))
    appendFileSync(outputs, `${name}=${value}\n`);
}

async function compare(): Promise<void> {
  const { compared, differences } = await findDrift(url, await createLikeRecorded(url));
  for (const difference of differences) console.error(`::error title=Drift::${difference}`);
  if (differences.length > 0) throw new Error(`${differences.length} differences from the recordings.`);
  console.log(`${compared} recorded exchanges were had again, and all had the recorded form.`);
}
