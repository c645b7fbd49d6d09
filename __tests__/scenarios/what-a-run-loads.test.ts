import { expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runAction } from '../../dev/runner/run-action.ts';
import { temporaryFolder } from './job.ts';
import { speckleServer } from './scenario.ts';

/** The parts of Node that a run had loaded at its end. */
async function partsLoaded(inputs: Readonly<Record<string, string>>, status: string): Promise<string[]> {
  const folder = temporaryFolder();
  const list = join(folder, 'parts');
  const hook = join(folder, 'hook.cjs');
  const write = `require('node:fs').writeFileSync(${JSON.stringify(list)}, process.moduleLoadList.join('\\n'))`;
  writeFileSync(hook, `process.once('exit', () => ${write});`);
  const result = await runAction({ with: inputs, env: { NODE_OPTIONS: `--require=${hook}` } });
  expect(result.outputs['status']).toBe(status);
  return readFileSync(list, 'utf8')
    .split('\n')
    .map((line) => line.replace(/^\w+ /, ''));
}

/** Loading it takes a fifth of a run; nothing is fetched. */
const undici = 'internal/deps/undici/undici';

test.each([
  [['profile:read', 'streams:read'], 'read', 'verified'],
  [['profile:read', 'streams:read'], 'write', 'missing-scope'],
  [[], 'read', 'invalid-token'],
])('a token with %j that is asked for %s does not make Node load its fetch', async (held, scopes, status) => {
  const { world, url } = await speckleServer();
  const token = held.length > 0 ? world.addToken({ scopes: held }) : '0'.repeat(42);
  const parts = await partsLoaded({ server: url, token, scopes }, status);
  expect(parts).toContain('http');
  expect(parts).not.toContain(undici);
});
