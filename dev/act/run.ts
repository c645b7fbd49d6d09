import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Job {
  /** The text of a workflow that act can run. */
  readonly workflow: string;
  readonly secrets: Readonly<Record<string, string>>;
  readonly vars: Readonly<Record<string, string>>;
  /** The environment of its steps. */
  readonly env: Readonly<Record<string, string>>;
}

export interface Engine {
  /** The program act. */
  readonly act: string;
  readonly workspace: string;
  /** For the files of a run. */
  readonly folder: string;
  /** Put before the PATH: the tools that take the place of set-up actions. */
  readonly path: readonly string[];
}

export interface Ran {
  readonly succeeded: boolean;
  readonly output: string;
}

/** Seconds after which a run is ended by force. */
const patience = 180;

/** Runs a workflow on this machine, without containers. */
export async function runWorkflow(job: Job, { act, workspace, folder, path }: Engine): Promise<Ran> {
  const own = mkdtempSync(join(folder, 'run-'));
  const write = (name: string, text: string): string => {
    writeFileSync(join(own, name), text, { mode: 0o600 });
    return join(own, name);
  };
  try {
    const parameters = [
      'push',
      `--workflows=${write('workflow.yml', job.workflow)}`,
      `--secret-file=${write('secrets', lines(job.secrets))}`,
      `--var-file=${write('vars', lines(job.vars))}`,
      // Else act would take a file .env of the workspace for it.
      `--env-file=${write('env', lines(job.env))}`,
      '--platform=ubuntu-latest=-self-hosted',
      '--container-daemon-socket=-',
      `--action-cache-path=${join(own, 'cache')}`,
      '--no-cache-server',
    ];
    const env = {
      ...process.env,
      PATH: [...path, process.env['PATH'] ?? ''].join(':'),
      XDG_CONFIG_HOME: own,
      PYTHONDONTWRITEBYTECODE: '1',
    };
    const child = spawn(act, parameters, {
      cwd: workspace,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: patience * 1000,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    const code = await new Promise((done, failed) => child.once('close', done).once('error', failed));
    return { succeeded: code === 0, output };
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

function lines(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
