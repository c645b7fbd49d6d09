import { unlinkSync, writeFileSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { databaseFiles, isThere } from './account-folder.ts';

/** How long another process may hold the database, in milliseconds; as in Speckle.Sdk. */
const patience = 5000;

/** Creates the file of a database that is not there yet, for its owner alone. */
export function createDatabase(file: string): void {
  // SQLite itself would make it readable for everybody.
  writeFileSync(file, '', { flag: 'wx', mode: 0o600 });
}

/**
 * Puts an account into the database, or replaces the one of the same id.
 * @param change gives another account of the database its new content, or undefined to leave it
 * @param beforeCommit what must succeed as well; when it throws, the database stays as it was
 */
export function store(
  file: string,
  account: { readonly id: string; readonly content: string },
  change: (content: string) => string | undefined,
  beforeCommit: () => void,
): void {
  within(file, (database) => {
    database.exec('BEGIN IMMEDIATE');
    const put = database.prepare('REPLACE INTO objects (hash, content) VALUES (?, ?)');
    for (const { hash, content } of database.prepare('SELECT hash, content FROM objects').all()) {
      const changed = typeof content === 'string' ? change(content) : undefined;
      if (changed !== undefined && hash !== undefined) put.run(hash, changed);
    }
    put.run(account.id, account.content);
    beforeCommit();
    // Closed without it, the database undoes everything.
    database.exec('COMMIT');
  });
}

/**
 * Removes an account from the database, so that nothing of it remains in the file; and the database, when no account is
 * left.
 * @throws {Replaced} when one of the files is none: SQLite would follow a link
 */
export function removeFrom(file: string, id: string): void {
  const files = databaseFiles(file).filter((each) => isThere(each, 'file'));
  if (files.includes(file)) {
    const left = within(file, (database) => {
      database.prepare('DELETE FROM objects WHERE hash = ?').run(id);
      const { count } = database.prepare('SELECT count(*) AS count FROM objects').get() ?? {};
      // An SDK that has written the row again (Speckle.Sdk does) left its old content behind in unused parts of the file.
      if (count !== 0) database.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE)');
      return count;
    });
    if (left !== 0) return;
  }
  for (const each of databaseFiles(file)) if (isThere(each, 'file')) unlinkSync(each);
}

/** Opens a database, which is made ready if it is empty, and closes it in any case. */
function within<T>(file: string, use: (database: DatabaseSync) => T): T {
  const { DatabaseSync } = loadSqlite();
  const database = new DatabaseSync(file, { timeout: patience });
  try {
    // What is removed is overwritten, and nothing is written outside of the folder.
    database.exec('PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY');
    database.exec('CREATE TABLE IF NOT EXISTS objects (hash TEXT PRIMARY KEY, content TEXT) WITHOUT ROWID');
    return use(database);
  } finally {
    database.close();
  }
}

/** Loads SQLite, now that it is needed, without the warning that it is experimental; every other warning is given. */
function loadSqlite() {
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = (warning: string | Error, ...more: unknown[]) => {
    if (!more.includes('ExperimentalWarning')) Reflect.apply(emitWarning, process, [warning, ...more]);
  };
  try {
    return process.getBuiltinModule('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}
