import { accessSync, constants, statSync, truncateSync } from 'node:fs';
import * as core from '@actions/core';
import type { Cleaner } from '../clean.ts';
import type { Environment } from './inputs.ts';

/** The longest line that is printed; a message that names all faulty inputs fits. */
const longestLine = 4000;

/** The title of every annotation. */
const title = 'Speckle';

/** What the action does on the runner. Every line is cleaned; values are given as they are. */
export interface Runner {
  info(line: string): void;
  notice(line: string): void;
  warning(line: string): void;
  /** Prints the failure and makes the step fail. */
  fail(line: string): void;
  setOutput(name: string, value: string): void;
  /** Those before one that cannot be exported stay; `remember` takes them back. */
  exportVariables(variables: Readonly<Record<string, string>>): void;
  /** Tells the post step of the same step; anyone in the job can read it. */
  readonly saveState: (name: string, value: string) => void;
  /** Adds HTML to the job summary; one that cannot be written is no fault. */
  addSummary(html: string): Promise<void>;
}

/** What the parts of a run are given. */
export interface Tools {
  readonly runner: Runner;
  readonly clean: Cleaner;
  readonly environment: Environment;
  /** Annotations, which the card repeats. */
  readonly say: { readonly warning: (text: string) => void; readonly notice: (text: string) => void };
  /** Rejects with what nobody caught; then nothing may be exported any more. */
  readonly crashed: Promise<never>;
}

/** Without `GITHUB_OUTPUT` the toolkit would print outputs into the log: nothing is set then. */
export function createRunner(clean: Cleaner, environment: Environment): Runner {
  const line = (text: string): string => clean.line(text, longestLine);
  const hasOutputs = canWrite(environment['GITHUB_OUTPUT']);
  return {
    info: (text) => core.info(line(text)),
    notice: (text) => core.notice(line(text), { title }),
    warning: (text) => core.warning(line(text), { title }),
    fail(text) {
      core.error(line(text), { title });
      process.exitCode = core.ExitCode.Failure;
    },
    setOutput(name, value) {
      if (hasOutputs) core.setOutput(name, value);
    },
    exportVariables(variables) {
      for (const [name, value] of Object.entries(variables)) core.exportVariable(name, value);
    },
    saveState: (name, value) => core.saveState(name, value),
    async addSummary(html) {
      await core.summary
        .addRaw(html, true)
        .write()
        .catch(() => core.summary.emptyBuffer());
    },
  };
}

/** Remembers how long a command file is. @returns what takes back all that is written to it later */
export function remember(file = ''): () => void {
  const size = canWrite(file) ? statSync(file).size : undefined;
  return () => {
    if (size !== undefined) truncateSync(file, size);
  };
}

/** Whether one of the runner's command files is there. */
export function canWrite(path: string | undefined): boolean {
  if (path === undefined || path === '') return false;
  try {
    accessSync(path, constants.W_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
