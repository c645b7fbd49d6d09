import { lstatSync, mkdtempSync, rmdirSync } from 'node:fs';
import path, { join } from 'node:path';

/** What the main step tells the post step: the name of the folder and the id of the account. Never the token. */
export const accountState = { folder: 'ACCOUNT_FOLDER', id: 'ACCOUNT_ID' } as const;

const beginning = 'speckle-auth-';

export function isFolderName(text: string): boolean {
  return /^speckle-auth-[A-Za-z\d]{6}$/.test(text);
}

export function isAccountId(text: string): boolean {
  return /^[\dA-F]{32}$/.test(text);
}

/**
 * The name of the account folder that a path means, if it can be one: a direct child of the runner's temporary folder
 * with a name of ours.
 * @param paths the rules of the system, `node:path` or one of its variants
 */
export function folderNameOf(
  folder: string,
  runnerTemp: string,
  paths: Pick<typeof path, 'relative' | 'isAbsolute'> = path,
): string | undefined {
  if (!paths.isAbsolute(folder)) return undefined;
  const name = paths.relative(runnerTemp, folder);
  return isFolderName(name) ? name : undefined;
}

/** Whether a folder is another one or lies in it, by the rules of the system. */
export function isWithin(
  folder: string,
  outer: string,
  paths: Pick<typeof path, 'relative' | 'isAbsolute'> = path,
): boolean {
  const way = paths.relative(outer, folder);
  return !/^\.\.($|[\\/])/.test(way) && !paths.isAbsolute(way);
}

/** Where everything is, as all SDKs expect it. */
export function placesIn(folder: string) {
  const speckle = join(folder, 'Speckle');
  const accounts = join(speckle, 'Accounts');
  return { speckle, accounts, database: join(speckle, 'Accounts.db') };
}

/** The file of an account, inside the folder of the accounts. */
export function recordFile(accounts: string, id: string): string {
  return join(accounts, `${id}.json`);
}

/** What a record is written to before it takes its place; no name that an SDK reads. */
export function unfinished(file: string): string {
  return `${file}.tmp`;
}

/** A database with the files that SQLite puts beside it. */
export function databaseFiles(database: string): readonly string[] {
  return ['', '-journal', '-wal', '-shm'].map((ending) => database + ending);
}

/**
 * Makes a folder that nobody else can enter: 0700. On Windows modes mean nothing, and the folder inherits who may enter
 * the runner's temporary folder, which is in the profile or the work folder of the runner's user.
 */
export function createFolder(runnerTemp: string): string {
  return mkdtempSync(join(runnerTemp, beginning));
}

/** Something else is where a file or folder of ours should be: a link above all. The message says so in short. */
export class Replaced extends Error {}

/**
 * Whether there is such a thing; links are not followed.
 * @throws {Replaced} when there is something else
 */
export function isThere(place: string, kind: 'file' | 'folder'): boolean {
  const found = lstatSync(place, { throwIfNoEntry: false });
  if (!found) return false;
  if (kind === 'file' ? found.isFile() : found.isDirectory()) return true;
  throw new Replaced(`something else is where a ${kind} of it was`);
}

/**
 * Whether a folder is ours and nobody else can change what is in it. Owner and modes mean nothing on Windows.
 * @param others what other users of the machine may do in it
 */
export function isOwn(folder: string, others: 'nothing' | 'read'): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return false;
  if (!process.getuid) return true;
  return found.uid === process.getuid() && (found.mode & (others === 'nothing' ? 0o077 : 0o022)) === 0;
}

/** Removes a folder unless something is in it. */
export function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(reasonIn(error))) throw error;
  }
}

/**
 * Why something could not be done, in the words of SQLite or as the code of the system: both come from fixed lists. The
 * message of an error may hold text of others, so it is not shown.
 */
export function reasonIn(error: unknown): string {
  if (error instanceof Replaced) return error.message;
  for (const name of ['errstr', 'code']) {
    const reason: unknown = error instanceof Error ? Reflect.get(error, name) : undefined;
    if (typeof reason === 'string' && /^[\w/ ]{1,60}$/.test(reason)) return reason;
  }
  return 'an unknown fault';
}
