import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** A Go module: the engine that runs workflows of GitHub Actions on this machine. */
const act = { module: 'github.com/nektos/act', version: 'v0.2.89' } as const;

/**
 * The program act, built once into the ignored folder `build`.
 * @throws when there is no Go, or the module cannot be had
 */
export async function installAct(): Promise<string> {
  const folder = resolve(import.meta.dirname, `../../build/act-${act.version}`);
  const program = join(folder, process.platform === 'win32' ? 'act.exe' : 'act');
  if (!existsSync(program))
    await promisify(execFile)('go', ['install', `${act.module}@${act.version}`], {
      env: { ...process.env, GOBIN: folder },
    });
  return program;
}
