import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
var __webpack_exports__ = {};

;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: ./src/action/account-folder.js


/** What the main step tells the post step: the name of the folder and the id of the account. Never the token. */
const accountState = { folder: 'ACCOUNT_FOLDER', id: 'ACCOUNT_ID' };
const beginning = 'speckle-auth-';
function isFolderName(text) {
    return /^speckle-auth-[A-Za-z\d]{6}$/.test(text);
}
function isAccountId(text) {
    return /^[\dA-F]{32}$/.test(text);
}
/**
 * The name of the account folder that a path means, if it can be one: a direct child of the runner's temporary folder
 * with a name of ours.
 * @param paths the rules of the system, `node:path` or one of its variants
 */
function folderNameOf(folder, runnerTemp, paths = path) {
    if (!paths.isAbsolute(folder))
        return undefined;
    const name = paths.relative(runnerTemp, folder);
    return isFolderName(name) ? name : undefined;
}
/** Whether a folder is another one or lies in it, by the rules of the system. */
function isWithin(folder, outer, paths = path) {
    const way = paths.relative(outer, folder);
    return !/^\.\.($|[\\/])/.test(way) && !paths.isAbsolute(way);
}
/** Where everything is, as all SDKs expect it. */
function placesIn(folder) {
    const speckle = (0,external_node_path_namespaceObject.join)(folder, 'Speckle');
    const accounts = (0,external_node_path_namespaceObject.join)(speckle, 'Accounts');
    return { speckle, accounts, database: (0,external_node_path_namespaceObject.join)(speckle, 'Accounts.db') };
}
/** The file of an account, inside the folder of the accounts. */
function recordFile(accounts, id) {
    return (0,external_node_path_namespaceObject.join)(accounts, `${id}.json`);
}
/** What a record is written to before it takes its place; no name that an SDK reads. */
function unfinished(file) {
    return `${file}.tmp`;
}
/** A database with the files that SQLite puts beside it. */
function databaseFiles(database) {
    return ['', '-journal', '-wal', '-shm'].map((ending) => database + ending);
}
/**
 * Makes a folder that nobody else can enter: 0700. On Windows modes mean nothing, and the folder inherits who may enter
 * the runner's temporary folder, which is in the profile or the work folder of the runner's user.
 */
function createFolder(runnerTemp) {
    return mkdtempSync(join(runnerTemp, beginning));
}
/** Something else is where a file or folder of ours should be: a link above all. The message says so in short. */
class Replaced extends Error {
}
/**
 * Whether there is such a thing; links are not followed.
 * @throws {Replaced} when there is something else
 */
function isThere(place, kind) {
    const found = (0,external_node_fs_namespaceObject.lstatSync)(place, { throwIfNoEntry: false });
    if (!found)
        return false;
    if (kind === 'file' ? found.isFile() : found.isDirectory())
        return true;
    throw new Replaced(`something else is where a ${kind} of it was`);
}
/**
 * Whether a folder is ours and nobody else can change what is in it. Owner and modes mean nothing on Windows.
 * @param others what other users of the machine may do in it
 */
function isOwn(folder, others) {
    const found = (0,external_node_fs_namespaceObject.lstatSync)(folder, { throwIfNoEntry: false });
    if (!found?.isDirectory())
        return false;
    if (!process.getuid)
        return true;
    return found.uid === process.getuid() && (found.mode & (others === 'nothing' ? 0o077 : 0o022)) === 0;
}
/** Removes a folder unless something is in it. */
function removeIfEmpty(folder) {
    try {
        (0,external_node_fs_namespaceObject.rmdirSync)(folder);
    }
    catch (error) {
        if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(reasonIn(error)))
            throw error;
    }
}
/**
 * Why something could not be done, in the words of SQLite or as the code of the system: both come from fixed lists. The
 * message of an error may hold text of others, so it is not shown.
 */
function reasonIn(error) {
    if (error instanceof Replaced)
        return error.message;
    for (const name of ['errstr', 'code']) {
        const reason = error instanceof Error ? Reflect.get(error, name) : undefined;
        if (typeof reason === 'string' && /^[\w/ ]{1,60}$/.test(reason))
            return reason;
    }
    return 'an unknown fault';
}

;// CONCATENATED MODULE: ./src/action/account-database.js


/** How long another process may hold the database, in milliseconds; as in Speckle.Sdk. */
const patience = 5000;
/** Creates the file of a database that is not there yet, for its owner alone. */
function createDatabase(file) {
    // SQLite itself would make it readable for everybody.
    writeFileSync(file, '', { flag: 'wx', mode: 0o600 });
}
/**
 * Puts an account into the database, or replaces the one of the same id.
 * @param change gives another account of the database its new content, or undefined to leave it
 * @param beforeCommit what must succeed as well; when it throws, the database stays as it was
 */
function store(file, account, change, beforeCommit) {
    within(file, (database) => {
        database.exec('BEGIN IMMEDIATE');
        const put = database.prepare('REPLACE INTO objects (hash, content) VALUES (?, ?)');
        for (const { hash, content } of database.prepare('SELECT hash, content FROM objects').all()) {
            const changed = typeof content === 'string' ? change(content) : undefined;
            if (changed !== undefined && hash !== undefined)
                put.run(hash, changed);
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
function removeFrom(file, id) {
    const files = databaseFiles(file).filter((each) => isThere(each, 'file'));
    if (files.includes(file)) {
        const left = within(file, (database) => {
            database.prepare('DELETE FROM objects WHERE hash = ?').run(id);
            const { count } = database.prepare('SELECT count(*) AS count FROM objects').get() ?? {};
            // An SDK that has written the row again (Speckle.Sdk does) left its old content behind in unused parts of the file.
            if (count !== 0)
                database.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE)');
            return count;
        });
        if (left !== 0)
            return;
    }
    for (const each of databaseFiles(file))
        if (isThere(each, 'file'))
            (0,external_node_fs_namespaceObject.unlinkSync)(each);
}
/** Opens a database, which is made ready if it is empty, and closes it in any case. */
function within(file, use) {
    const { DatabaseSync } = loadSqlite();
    const database = new DatabaseSync(file, { timeout: patience });
    try {
        // What is removed is overwritten, and nothing is written outside of the folder.
        database.exec('PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY');
        database.exec('CREATE TABLE IF NOT EXISTS objects (hash TEXT PRIMARY KEY, content TEXT) WITHOUT ROWID');
        return use(database);
    }
    finally {
        database.close();
    }
}
/** Loads SQLite, now that it is needed, without the warning that it is experimental; every other warning is given. */
function loadSqlite() {
    const emitWarning = process.emitWarning.bind(process);
    process.emitWarning = (warning, ...more) => {
        if (!more.includes('ExperimentalWarning'))
            Reflect.apply(emitWarning, process, [warning, ...more]);
    };
    try {
        return process.getBuiltinModule('node:sqlite');
    }
    finally {
        process.emitWarning = emitWarning;
    }
}

;// CONCATENATED MODULE: ./src/action/remove-account.js




/**
 * Removes the account that the main step of this step wrote, by name, and what is empty then. Other accounts stay, and so
 * does what an SDK put beside them. The saved state is not trusted, since a later step can set it: it can name nothing
 * but an account in a folder of ours. It never throws, and without an account it does nothing.
 * @param warn is given one sentence of what is wrong and one of what to do, without text of others
 */
function removeAccount(environment, warn) {
    const name = environment[`STATE_${accountState.folder}`] ?? '';
    const id = environment[`STATE_${accountState.id}`] ?? '';
    const runnerTemp = environment['RUNNER_TEMP'] ?? '';
    if (name === '' && id === '')
        return;
    if (!isFolderName(name) || !isAccountId(id) || runnerTemp === '') {
        warn('What was saved for the end of the job names no account of this action, so none was removed. See which step changes it, and remove folders that begin with speckle-auth- from the temporary folder of the runner.');
        return;
    }
    const faults = faultsOfRemoving((0,external_node_path_namespaceObject.join)((0,external_node_path_namespaceObject.resolve)(runnerTemp), name), id);
    if (faults.length > 0)
        warn(`The account could not be removed wholly (${faults.join(', ')}). Remove the folder ${name} from the temporary folder of the runner if it stays there.`);
}
/** Removes all that can be removed; returns in short why something could not. */
function faultsOfRemoving(folder, id) {
    const { speckle, accounts, database } = placesIn(folder);
    const faults = new Set();
    const attempt = (remove) => {
        try {
            remove();
        }
        catch (error) {
            faults.add(reasonIn(error));
        }
    };
    attempt(() => {
        if (!isThere(folder, 'folder'))
            return;
        // A step may have opened the folder for others to read; the token is to go all the more.
        if (!isOwn(folder, 'read'))
            throw new Replaced('others can change what is in the folder');
        if (isThere(speckle, 'folder')) {
            attempt(() => removeRecord(accounts, id));
            attempt(() => removeFrom(database, id));
            attempt(() => removeIfEmpty(speckle));
        }
        removeIfEmpty(folder);
    });
    return [...faults];
}
function removeRecord(accounts, id) {
    if (!isThere(accounts, 'folder'))
        return;
    const file = recordFile(accounts, id);
    for (const each of [file, unfinished(file)])
        if (isThere(each, 'file'))
            (0,external_node_fs_namespaceObject.unlinkSync)(each);
    removeIfEmpty(accounts);
}

;// CONCATENATED MODULE: ./src/post.js
/** The end of the job: removes the account. It loads no toolkit, which would cost more than all that is to be done. */


try {
    removeAccount(process.env, (text) => (0,external_node_fs_namespaceObject.writeSync)(1, `::warning title=Speckle::${text}\n`));
}
catch {
    // A log that takes nothing any more is no reason to fail the job.
}

;// CONCATENATED MODULE: ./post.js


