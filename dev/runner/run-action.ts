import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { readCommandFile } from './command-files.ts';
import { shownLog } from './log.ts';

const root = resolve(import.meta.dirname, '../..');

/** action.yml, as far as the runner needs it. */
interface Manifest {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: { readonly main: string; readonly post: string };
}

export interface Step {
  /** The folder of the action, with action.yml and dist; that of the repository when left out. */
  readonly action?: string;
  readonly entry?: 'main' | 'post';
  /** `with:` of the step; what it leaves out has the default of action.yml. */
  readonly with?: Readonly<Record<string, string>>;
  /** The environment of the step beside what the runner always sets. */
  readonly env?: Readonly<Record<string, string>>;
  /** The payload of the event. */
  readonly event?: object;
  /** Command files that this runner does not have. */
  readonly without?: readonly ('GITHUB_OUTPUT' | 'GITHUB_ENV' | 'GITHUB_STATE' | 'GITHUB_STEP_SUMMARY')[];
  /** The folder that stays for several steps of a job (`RUNNER_TEMP`); one of its own and removed when left out. */
  readonly runnerTemp?: string;
  /** The program that runs it; when left out that of the variable ACTION_NODE, or else this Node. */
  readonly node?: string;
}

export interface StepResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** stdout as GitHub shows it. */
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  readonly summary: string;
  /** What else lies in its folders at the end, by path: home, workspace, temporary folder. */
  readonly files: Readonly<Record<string, string>>;
}

/** How long a process took, from its start to its end. */
interface Timed {
  readonly milliseconds: number;
}

/** Starts the built action in `dist` as the runner would: defaults applied, command files, an event, a clean environment. */
export async function runAction(step: Step = {}): Promise<StepResult & Timed> {
  const action = step.action ?? root;
  const manifest = parse(readFileSync(join(action, 'action.yml'), 'utf8')) as Manifest;
  const folder = mkdtempSync(join(tmpdir(), 'speckle-step-'));
  try {
    const files = { GITHUB_OUTPUT: '', GITHUB_ENV: '', GITHUB_STATE: '', GITHUB_STEP_SUMMARY: '' };
    for (const name of Object.keys(files) as (keyof typeof files)[]) {
      files[name] = join(folder, name);
      writeFileSync(files[name], '');
    }
    const workspace = join(folder, 'workspace');
    mkdirSync(workspace);
    const event = join(folder, 'event.json');
    writeFileSync(event, JSON.stringify(step.event ?? { repository: { full_name: 'owner/repository' } }));
    const inputs = Object.entries(manifest.inputs).map(
      ([name, { default: value = '' }]) =>
        [`INPUT_${name.toUpperCase()}`, step.with?.[name] ?? value] as const,
    );
    const env: Record<string, string> = {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      RUNNER_TEMP: step.runnerTemp ?? folder,
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: 'push',
      GITHUB_EVENT_PATH: event,
      GITHUB_REPOSITORY: 'owner/repository',
      GITHUB_WORKSPACE: workspace,
      ...files,
      ...Object.fromEntries<string>(inputs),
      ...step.env,
    };
    for (const name of step.without ?? []) delete env[name];
    const ended = await runProcess(
      step.node ?? process.env['ACTION_NODE'] ?? process.execPath,
      [join(action, manifest.runs[step.entry ?? 'main'])],
      env,
      workspace,
    );
    return {
      ...ended,
      log: shownLog(ended.stdout),
      outputs: readCommandFile(files.GITHUB_OUTPUT),
      variables: readCommandFile(files.GITHUB_ENV),
      state: readCommandFile(files.GITHUB_STATE),
      summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8'),
      files: filesIn([folder, step.runnerTemp ?? folder], [event, ...Object.values(files)]),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The files in folders, by their paths; bytes that are no text stay as single characters. */
function filesIn(folders: readonly string[], but: readonly string[]): Record<string, string> {
  const paths = [...new Set(folders)].flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const left = paths.filter((path) => !but.includes(path));
  return Object.fromEntries(left.map((path) => [path, readFileSync(path, 'latin1')]));
}

/** Runs a program with nothing but these variables until it ends. */
export async function runProcess(
  program: string,
  parameters: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd: string,
): Promise<Pick<StepResult, 'exitCode' | 'stdout' | 'stderr'> & Timed> {
  const begun = performance.now();
  const child = spawn(program, parameters, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, [exitCode, ended]] = await Promise.all([
    child.stdout.setEncoding('utf8').reduce((all: string, chunk: string) => all + chunk, ''),
    child.stderr.setEncoding('utf8').reduce((all: string, chunk: string) => all + chunk, ''),
    new Promise<[number | null, number]>((done, failed) =>
      child.once('close', (code) => done([code, performance.now()])).once('error', failed),
    ),
  ]);
  return { exitCode, stdout, stderr, milliseconds: ended - begun };
}
