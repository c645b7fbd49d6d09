/**
 * The embedded server for the self-test workflow, the same on every system: `node dev/self-test-server.ts start` starts it
 * in the background and sets its address, tokens and process id as outputs of the step; `… stop PID` ends it.
 */
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** It ends by itself after so many seconds, should nobody stop it. */
const life = '900';
/** So many seconds it may take to start. */
const patience = 60;

/** What the server says of itself; see dev/speckle-server/cli.ts. */
interface Facts {
  readonly url: string;
  readonly projects: Readonly<Record<string, string>>;
  readonly tokens: Readonly<Record<string, string>>;
}

const [command, pid] = process.argv.slice(2);
if (command === 'start') await start(process.env['RUNNER_TEMP'] ?? '', process.env['GITHUB_OUTPUT'] ?? '');
else if (command === 'stop' && pid) process.kill(Number(pid));
else throw new Error('Say start, or stop with a process id.');

async function start(folder: string, outputs: string): Promise<void> {
  const file = join(folder, 'speckle-server.json');
  const log = openSync(join(folder, 'speckle-server.log'), 'a');
  const script = join(import.meta.dirname, 'speckle-server/cli.ts');
  const server = spawn(process.execPath, [script, '--out', file, '--for', life], {
    detached: true,
    stdio: ['ignore', log, log],
  });
  server.unref();
  for (let waited = 0; !existsSync(file); waited++) {
    if (waited === patience || server.exitCode !== null)
      throw new Error('The embedded server did not start.');
    await delay(1000);
  }
  const { url, projects, tokens } = JSON.parse(readFileSync(file, 'utf8')) as Facts;
  // They open nothing but this server; masked all the same, as every token is.
  for (const token of Object.values(tokens)) console.log(`::add-mask::${token}`);
  const values = { url, pid: server.pid, project: projects['own'], ...tokens };
  for (const [name, value] of Object.entries(values)) appendFileSync(outputs, `${name}=${value}\n`);
}
