import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { pathToFileURL } from 'node:url';
import { runAction } from '../runner/run-action.ts';
import { createDemo } from '../speckle-server/demo-world.ts';
import { startSpeckleServer } from '../speckle-server/server.ts';
import type { Names } from './compare.ts';

const recorder = pathToFileURL(join(import.meta.dirname, 'record-environment.ts')).href;

/** What runs of the built action really read and set: one with everything that can be asked for, and some failures. */
export async function namesOfRuns(): Promise<Names> {
  const { world, tokens, projects } = createDemo();
  const server = await startSpeckleServer({ world });
  const folder = mkdtempSync(join(tmpdir(), 'speckle-names-'));
  const names = {
    inputs: new Set<string>(),
    outputs: new Set<string>(),
    variables: new Set<string>(),
    statusCodes: new Set<string>(),
  };
  try {
    const own = `${server.url}/projects/${projects.own}`;
    const everything = {
      token: tokens.expiresSoon,
      server: `${own}/automations/c1d2e3f4a5`,
      scopes: 'profile:read profile:email streams:read',
      'excess-scopes': 'warn',
      project: `${own}/models/a1b2c3d4e5@b1c2d3e4f5`,
      permission: 'write',
      'output-token': 'true',
      'account-file': 'true',
      'ca-certificate': rootCertificates[0] ?? '',
    };
    const runs = [
      everything,
      { token: tokens.profileOnly, server: server.url, scopes: 'write' },
      { token: tokens.revoked, server: server.url },
      { server: server.url, 'on-missing-token': 'skip' },
      { token: 'too short', server: server.url },
      { token: tokens.read, server: server.url, timeout: 'soon' },
    ];
    for (const inputs of runs) {
      const file = join(folder, 'names.json');
      const env = { NODE_OPTIONS: `--import=${recorder}`, READ_NAMES_FILE: file };
      const { outputs, variables } = await runAction({ with: inputs, env, runnerTemp: folder });
      for (const name of JSON.parse(readFileSync(file, 'utf8')) as string[])
        if (name.startsWith('INPUT_')) names.inputs.add(name.slice('INPUT_'.length).toLowerCase());
      for (const name of Object.keys(outputs)) names.outputs.add(name);
      for (const name of Object.keys(variables)) names.variables.add(name);
      names.statusCodes.add(outputs['status'] ?? '');
    }
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return names;
}
