import { unlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { removeFrom } from './account-database.ts';
import * as folders from './account-folder.ts';
import type { Environment } from './inputs.ts';

/**
 * Removes the account that the main step of this step wrote, by name, and what is empty then. Other accounts stay, and so
 * does what an SDK put beside them. The saved state is not trusted, since a later step can set it: it can name nothing
 * but an account in a folder of ours. It never throws, and without an account it does nothing.
 * @param warn is given one sentence of what is wrong and one of what to do, without text of others
 */
export function removeAccount(environment: Environment, warn: (text: string) => void): void {
  const name = environment[`STATE_${folders.accountState.folder}`] ?? '';
  const id = environment[`STATE_${folders.accountState.id}`] ?? '';
  const runnerTemp = environment['RUNNER_TEMP'] ?? '';
  if (name === '' && id === '') return;
  if (!folders.isFolderName(name) || !folders.isAccountId(id) || runnerTemp === '') {
    warn(
      'What was saved for the end of the job names no account of this action, so none was removed. See which step changes it, and remove folders that begin with speckle-auth- from the temporary folder of the runner.',
    );
    return;
  }
  const faults = faultsOfRemoving(join(resolve(runnerTemp), name), id);
  if (faults.length > 0)
    warn(
      `The account could not be removed wholly (${faults.join(', ')}). Remove the folder ${name} from the temporary folder of the runner if it stays there.`,
    );
}

/** Removes all that can be removed; returns in short why something could not. */
function faultsOfRemoving(folder: string, id: string): string[] {
  const { speckle, accounts, database } = folders.placesIn(folder);
  const faults = new Set<string>();
  const attempt = (remove: () => void): void => {
    try {
      remove();
    } catch (error) {
      faults.add(folders.reasonIn(error));
    }
  };
  attempt(() => {
    if (!folders.isThere(folder, 'folder')) return;
    // A step may have opened the folder for others to read; the token is to go all the more.
    if (!folders.isOwn(folder, 'read')) throw new folders.Replaced('others can change what is in the folder');
    if (folders.isThere(speckle, 'folder')) {
      attempt(() => removeRecord(accounts, id));
      attempt(() => removeFrom(database, id));
      attempt(() => folders.removeIfEmpty(speckle));
    }
    folders.removeIfEmpty(folder);
  });
  return [...faults];
}

function removeRecord(accounts: string, id: string): void {
  if (!folders.isThere(accounts, 'folder')) return;
  const file = folders.recordFile(accounts, id);
  for (const each of [file, folders.unfinished(file)]) if (folders.isThere(each, 'file')) unlinkSync(each);
  folders.removeIfEmpty(accounts);
}
