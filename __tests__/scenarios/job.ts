import { afterEach } from '@jest/globals';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SpeckleServer } from '../../dev/speckle-server/server.ts';
import type { User } from '../../dev/speckle-server/world.ts';
import { runAction, type Step, type StepResult } from '../../dev/runner/run-action.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is removed with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'speckle-job-'));
  folders.push(folder);
  return folder;
}

/** A job: its steps have one temporary folder, and each gets what those before it exported. */
export class Job {
  readonly runnerTemp = temporaryFolder();
  variables: Record<string, string> = {};

  async step(inputs: Readonly<Record<string, string>>, step: Step = {}): Promise<StepResult> {
    const env = { ...this.variables, ...step.env };
    const result = await runAction({ runnerTemp: this.runnerTemp, ...step, env, with: inputs });
    this.variables = { ...this.variables, ...result.variables };
    return result;
  }

  /** The post step of a step, or one with another state. */
  post(
    state: Readonly<Record<string, string>>,
    env: Readonly<Record<string, string>> = {},
  ): Promise<StepResult> {
    const saved = Object.entries(state).map(([name, value]) => [`STATE_${name}`, value] as const);
    return runAction({
      entry: 'post',
      runnerTemp: this.runnerTemp,
      env: { ...this.variables, ...Object.fromEntries(saved), ...env },
    });
  }

  /** Everything in the temporary folder, by its path from there. */
  files(): string[] {
    return [...filesIn(this.runnerTemp).keys()];
  }

  /** The files that hold a text anywhere. */
  holding(text: string): string[] {
    return [...filesIn(this.runnerTemp)].flatMap(([path, content]) =>
      content?.includes(text) ? [path] : [],
    );
  }
}

/** A file, or all that is in a folder: what each file holds, by its path from there; folders hold undefined. */
export function filesIn(place: string): Map<string, Buffer | undefined> {
  const paths = statSync(place).isFile() ? [''] : readdirSync(place, { recursive: true, encoding: 'utf8' });
  return new Map(
    paths.toSorted().map((path) => {
      const full = join(place, path);
      return [path, statSync(full).isFile() ? readFileSync(full) : undefined];
    }),
  );
}

/** A new user with a token, and the inputs of a step that writes the account. */
export function forAccount(
  { world, url }: SpeckleServer,
  facts: Partial<User> = {},
  scopes: readonly string[] = ['profile:read', 'profile:email'],
) {
  const user = world.addUser(facts);
  const token = world.addToken({ user, scopes });
  return { user, token, inputs: { server: url, token, 'account-file': 'true' } };
}

/** An account, as far as the tests look at it. */
export interface Account {
  readonly id: string;
  readonly token: string;
  readonly isDefault: boolean;
  readonly serverInfo: { readonly url: string };
  readonly userInfo: { readonly id: string; readonly email: string };
}

/** The accounts in the JSON files of a folder. */
export function jsonAccounts(folder: string): Account[] {
  const accounts = join(folder, 'Speckle', 'Accounts');
  return readdirSync(accounts)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => JSON.parse(readFileSync(join(accounts, name), 'utf8')) as Account);
}

/** The accounts in the database of a folder. */
export function storedAccounts(folder: string): Account[] {
  const database = new DatabaseSync(databaseOf(folder), { readOnly: true });
  try {
    const rows = database.prepare('SELECT content FROM objects ORDER BY hash').all();
    return rows.map(({ content }) => JSON.parse(String(content)) as Account);
  } finally {
    database.close();
  }
}

export function databaseOf(folder: string): string {
  return join(folder, 'Speckle', 'Accounts.db');
}
