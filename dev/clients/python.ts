import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const requirements = join(import.meta.dirname, 'requirements.txt');

/**
 * The Python of a virtual environment with the pinned packages. It is made in the ignored folder `build`, and once for
 * every list of packages.
 * @throws when there is no Python, or a package cannot be had
 */
export async function clientsPython(): Promise<string> {
  const { stdout: version } = await run('python3', ['--version']);
  const key = createHash('sha256').update(version).update(readFileSync(requirements)).digest('hex');
  const folder = resolve(import.meta.dirname, `../../build/clients-python-${key.slice(0, 12)}`);
  const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const complete = join(folder, 'complete');
  if (existsSync(complete)) return python;
  rmSync(folder, { recursive: true, force: true });
  await run('python3', ['-m', 'venv', folder]);
  const options = ['--quiet', '--disable-pip-version-check', '--require-hashes', '--only-binary', ':all:'];
  await run(python, ['-m', 'pip', 'install', ...options, '--requirement', requirements]);
  writeFileSync(complete, '');
  return python;
}
