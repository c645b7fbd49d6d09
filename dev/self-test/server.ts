/**
 * An embedded server for the self-test workflow, the same on every system: `node dev/self-test/server.ts start` starts it
 * in the background and sets its address, tokens and process id as outputs of the step; `… stop PID` ends it. With
 * `start private` it speaks https, and the output `authority` is the PEM file of the authority that vouches for it.
 */
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createCertificate } from '../certificates.ts';

/** It ends by itself after so many seconds, should nobody stop it. */
const life = '900';
/** So many seconds it may take to start. */
const patience = 60;

/** What the server says of itself; see dev/speckle-server/cli.ts. */
interface Facts {
  readonly url: string;
  readonly projects: Readonly<Record<string, string>>;
  readonly automation: string;
  readonly tokens: Readonly<Record<string, string>>;
}

const { RUNNER_TEMP = '', GITHUB_OUTPUT = '' } = process.env;
const [command, ...given] = process.argv.slice(2);
if (command === 'start')
  await start(mkdtempSync(join(RUNNER_TEMP, 'speckle-server-')), given[0] === 'private');
else if (command === 'stop') for (const pid of given) process.kill(Number(pid));
else throw new Error('Say start, start private, or stop with process ids.');

async function start(folder: string, isPrivate: boolean): Promise<void> {
  const { authority, parameters } = isPrivate ? certify(folder) : { parameters: [] };
  const file = join(folder, 'facts.json');
  const log = openSync(join(folder, 'log'), 'a');
  const script = join(import.meta.dirname, '../speckle-server/cli.ts');
  const server = spawn(
    process.execPath,
    [script, '--automate', '--out', file, '--for', life, ...parameters],
    {
      detached: true,
      stdio: ['ignore', log, log],
    },
  );
  server.unref();
  for (let waited = 0; !existsSync(file); waited++) {
    if (waited === patience || server.exitCode !== null)
      throw new Error('The embedded server did not start.');
    await delay(1000);
  }
  const { url, projects, automation, tokens } = JSON.parse(readFileSync(file, 'utf8')) as Facts;
  // They open nothing but this server; masked all the same, as every token is.
  for (const token of Object.values(tokens)) console.log(`::add-mask::${token}`);
  const values = { url, pid: server.pid, project: projects['own'], automation, authority, ...tokens };
  for (const [name, value] of Object.entries(values))
    appendFileSync(GITHUB_OUTPUT, `${name}=${value ?? ''}\n`);
}

/** Makes the files of a private authority, and what tells the server of them. */
function certify(folder: string) {
  const issuer = createCertificate({ subject: 'Private authority', authority: true });
  const { key, certificate } = createCertificate({ issuer });
  const files = { key: join(folder, 'key.pem'), cert: join(folder, 'cert.pem') };
  writeFileSync(files.key, key, { mode: 0o600 });
  writeFileSync(files.cert, certificate);
  const authority = join(folder, 'authority.pem');
  writeFileSync(authority, issuer.certificate);
  return { authority, parameters: ['--key', files.key, '--cert', files.cert] };
}
