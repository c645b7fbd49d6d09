import * as fs from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { Failure } from '../failure.ts';
import { createDatabase, store } from './account-database.ts';
import * as folders from './account-folder.ts';
import * as records from './account-record.ts';
import type { Environment } from './inputs.ts';

/** Where an account belongs, and how the post step is told. */
export interface AccountPlace {
  readonly environment: Environment;
  /** That of the exported variables: steps without one share a folder, and so do those with the same. */
  readonly prefix: string;
  readonly saveState: (name: string, value: string) => void;
  /** What takes back all that was written; the last is to be done first. */
  readonly undo: (() => void)[];
}

/**
 * Writes the account for the SDKs, as JSON and into the database, and makes it the default one. It is done in one go,
 * without waiting for anything, so that nothing can come between.
 * @returns the folder for SPECKLE_USERDATA_PATH
 * @throws {Failure} when it cannot be written
 */
export function writeAccount(facts: records.AccountFacts, place: AccountPlace): string {
  const { undo } = place;
  try {
    const folder = sharedFolder(place) ?? newFolder(place.environment, undo);
    const { speckle, accounts, database } = folders.placesIn(folder);
    const id = freeId(facts, accounts);
    const content = records.accountRecord(facts, id);
    // Before the token is on the disk: the post step cleans up as well after a step that was ended by force.
    place.saveState(folders.accountState.folder, basename(folder));
    place.saveState(folders.accountState.id, id);
    for (const each of [speckle, accounts]) {
      if (folders.isThere(each, 'folder')) continue;
      fs.mkdirSync(each, { mode: 0o700 });
      undo.push(() => fs.rmdirSync(each));
    }
    if (!folders.isThere(database, 'file')) {
      createDatabase(database);
      undo.push(() => folders.databaseFiles(database).forEach((file) => fs.rmSync(file, { force: true })));
    }
    store(database, { id, content }, records.withoutDefault, () => {
      const own = folders.recordFile(accounts, id);
      undo.push(replaceFile(own, content));
      for (const file of filesIn(accounts)) {
        const changed = file === own ? undefined : records.withoutDefault(fs.readFileSync(file, 'utf8'));
        if (changed !== undefined) undo.push(replaceFile(file, changed));
      }
    });
    return folder;
  } catch (error) {
    throw notWritten(error);
  }
}

/** What is wrong with the runner's temporary folder, as a sentence without its full stop; the account is written nowhere else. */
export function runnerTempFault(environment: Environment): string | undefined {
  const { RUNNER_TEMP: temp = '', GITHUB_WORKSPACE: workspace = '' } = environment;
  try {
    fs.accessSync(temp, fs.constants.W_OK);
    if (fs.statSync(temp).isDirectory() && !isInWorkspace(temp, workspace)) return undefined;
  } catch {
    // The answer is the same whatever the reason.
  }
  return 'The folder that the runner’s variable RUNNER_TEMP names is not there, cannot be written or is in the workspace, which people publish';
}

function isInWorkspace(temp: string, workspace: string): boolean {
  return fs.existsSync(workspace) && folders.isWithin(fs.realpathSync(temp), fs.realpathSync(workspace));
}

/** The folder of an earlier step, if the variable names one that is really such a folder. */
function sharedFolder({ environment, prefix }: AccountPlace): string | undefined {
  const runnerTemp = resolve(environment['RUNNER_TEMP'] ?? '');
  const name = folders.folderNameOf(environment[`${prefix}SPECKLE_USERDATA_PATH`] ?? '', runnerTemp);
  if (name === undefined) return undefined;
  const folder = join(runnerTemp, name);
  const { speckle, accounts, database } = folders.placesIn(folder);
  try {
    if (!folders.isOwn(folder, 'nothing')) return undefined;
    for (const each of [speckle, accounts]) folders.isThere(each, 'folder');
    for (const file of folders.databaseFiles(database)) folders.isThere(file, 'file');
    return folder;
  } catch {
    return undefined;
  }
}

function newFolder(environment: Environment, undo: (() => void)[]): string {
  const folder = folders.createFolder(resolve(environment['RUNNER_TEMP'] ?? ''));
  undo.push(() => fs.rmdirSync(folder));
  return folder;
}

/** The id of the account; another one where that of another user, also without an email, is in its place. */
function freeId(facts: records.AccountFacts, accounts: string): string {
  const id = records.accountId(facts);
  const file = folders.recordFile(accounts, id);
  if (!folders.isThere(file, 'file')) return id;
  const user = records.userOf(fs.readFileSync(file, 'utf8'));
  return user === facts.user?.id ? id : records.secondAccountId(facts);
}

/** The files that SDKs read as accounts; links are left alone. */
function filesIn(accounts: string): string[] {
  return fs
    .readdirSync(accounts, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map(({ name }) => join(accounts, name));
}

/**
 * Puts a file in the place of another or of none, whole or not at all. It is created exclusively, so no link is followed,
 * and a link in its place would be replaced.
 * @returns how to undo it
 */
function replaceFile(file: string, content: string): () => void {
  const old = folders.isThere(file, 'file') ? fs.readFileSync(file, 'utf8') : undefined;
  const unfinished = folders.unfinished(file);
  fs.rmSync(unfinished, { force: true });
  try {
    fs.writeFileSync(unfinished, content, { flag: 'wx', mode: 0o600 });
    fs.renameSync(unfinished, file);
  } catch (error) {
    fs.rmSync(unfinished, { force: true });
    throw error;
  }
  return () => (old === undefined ? fs.unlinkSync(file) : replaceFile(file, old));
}

function notWritten(error: unknown): Failure {
  return new Failure({
    code: 'internal-error',
    problem: `The account could not be written into the temporary folder of the runner (${folders.reasonIn(error)}), and nothing was exported.`,
    remedy: 'Make room there and let the runner write to it, or leave out account-file.',
    cause: error,
  });
}
