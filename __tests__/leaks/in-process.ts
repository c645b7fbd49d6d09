import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { textsOf, type Environment } from '../../src/action/inputs.ts';
import { readInputs } from '../../src/action/read-inputs.ts';
import { masksFor, openTexts } from '../../src/action/masks.ts';
import { conclude } from '../../src/action/run.ts';
import type { Runner } from '../../src/action/runner.ts';
import { createCleaner, type Cleaner } from '../../src/clean.ts';
import type { RunStep, Told } from './steps.ts';

export interface InProcess {
  readonly run: RunStep;
  readonly remove: () => void;
}

/** Runs steps in this process: all of the action but the toolkit, in whose place a runner only takes down what it is told. */
export function inProcess(): InProcess {
  const folder = mkdtempSync(join(tmpdir(), 'speckle-steps-'));
  const file = (name: string): string => {
    const path = join(folder, name);
    writeFileSync(path, '');
    return path;
  };
  const runnerFiles = {
    GITHUB_OUTPUT: file('output'),
    GITHUB_ENV: file('env'),
    GITHUB_STATE: file('state'),
    RUNNER_TEMP: join(folder, 'temp'),
  };
  return {
    async run(inputs, env) {
      mkdirSync(runnerFiles.RUNNER_TEMP, { recursive: true });
      const environment: Environment = { ...runnerFiles, ...env };
      const texts = textsOf((name) => inputs[name] ?? '');
      const reading = readInputs(texts, environment, readFileSync);
      const masks = masksFor(texts, environment);
      const clean = createCleaner(masks, openTexts(reading));
      const { runner, told } = recorder(clean);
      const crashed = new Promise<never>(() => {});
      await conclude(reading, { runner, clean, environment, crashed });
      rmSync(runnerFiles.RUNNER_TEMP, { recursive: true });
      return told;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function recorder(clean: Cleaner): { readonly runner: Runner; readonly told: Told } {
  const outputs: Record<string, string> = {};
  const variables: Record<string, string> = {};
  const state: Record<string, string> = {};
  const told = { exitCode: 0, stdout: '', stderr: '', summary: '', outputs, variables, state, files: {} };
  const print = (command: string, text: string): void => {
    const line = clean.line(text, 4000);
    told.stdout += `${command === '' ? line : `::${command} title=Speckle::${line.replaceAll('%', '%25')}`}\n`;
  };
  const runner: Runner = {
    info: (line) => print('', line),
    notice: (line) => print('notice', line),
    warning: (line) => print('warning', line),
    fail(line) {
      print('error', line);
      told.exitCode = 1;
    },
    setOutput: (name, value) => void (outputs[name] = value),
    exportVariables: (values) => void Object.assign(variables, values),
    saveState: (name, value) => void (state[name] = value),
    async addSummary(html) {
      told.summary += html;
    },
  };
  return { runner, told };
}
