import { execFile } from 'node:child_process';

/** A program with its arguments. */
export type Command = readonly [program: string, ...parameters: readonly string[]];

export interface Ended {
  readonly succeeded: boolean;
  /** What it printed, stdout and stderr. */
  readonly output: string;
}

/** Seconds after which a step is ended by force. */
const patience = 120;

/** Runs a later step of a job: it knows nothing but the given variables, and where its programs and its home are. */
export function runLaterStep(
  [program, ...parameters]: Command,
  folder: string,
  variables: Readonly<Record<string, string>>,
): Promise<Ended> {
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    PYTHONDONTWRITEBYTECODE: '1',
    ...variables,
  };
  return new Promise((done) => {
    execFile(program, parameters, { cwd: folder, env, timeout: patience * 1000 }, (error, stdout, stderr) =>
      done({ succeeded: !error, output: `${stdout}${stderr}`.trim() }),
    );
  });
}
