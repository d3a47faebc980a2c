import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { damaged, faultOf } from './faults.ts';

/** "rstd": says in the file's header whose it is, so that another program's database is not taken for ours. */
const applicationId = 0x72737464;

/**
 * Makes the store's file, and its folder, readable by nobody else; `fill` writes its tables and closes it. The file
 * appears under its name only when it is whole: so an empty or half-made file is always damage, never a start that was
 * cut short. Where another process was quicker, its file stays.
 */
export async function createFile(
  file: string,
  fill: (database: DatabaseSync) => Promise<void>,
): Promise<void> {
  // SQLite would play the log of the lost file into the new one.
  if (existsSync(`${file}-wal`) && !existsSync(file)) {
    throw damaged(file, 'is missing, although its log (-wal) is there');
  }
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const workshop = mkdtempSync(join(folder, '.rosterd-new-'));
  try {
    const draft = join(workshop, 'store.sqlite');
    closeSync(openSync(draft, 'wx', 0o600));
    const database = connect(draft);
    database.exec(`pragma application_id = ${applicationId}`);
    await fill(database);
    publish(draft, file);
    syncFolder(folder);
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

/**
 * Opens an existing file for writing. Throws `Stalled` (`StoreDamaged`) when it is empty, cut, no database or another
 * program's, and `Waiting` (`StoreUnavailable`) when it cannot be written now.
 */
export function openFile(file: string): DatabaseSync {
  checkHeader(file);
  const database = connect(file);
  try {
    // A read-only file opens without complaint and fails at the first write, which is too late.
    database.exec('begin immediate; rollback');
    return database;
  } catch (error) {
    database.close();
    throw faultOf(error, file);
  }
}

function connect(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 5_000, enableForeignKeyConstraints: true });
  try {
    database.exec('pragma journal_mode = wal');
    database.exec('pragma synchronous = full');
    database.exec('pragma foreign_keys = on');
    // 32 MB of pages and a log of 16 MB between checkpoints: accounts come in any order, and with SQLite's 2 MB and
    // 4 MB a first load of 100,000 people wrote the same pages again and again.
    database.exec('pragma cache_size = -32768');
    database.exec('pragma wal_autocheckpoint = 4000');
    // One large transaction must not leave a large log behind for ever.
    database.exec('pragma journal_size_limit = 67108864');
    return database;
  } catch (error) {
    database.close();
    throw faultOf(error, file);
  }
}

/**
 * Looks at the first bytes before SQLite does, which takes an empty file for a new database and changes the header of
 * one that is not ours. Format: sqlite.org/fileformat2.html section 1.3, application id at byte 68.
 */
function checkHeader(file: string): void {
  const bytes = Buffer.alloc(100);
  const descriptor = openSync(file, 'r');
  try {
    const length = readSync(descriptor, bytes, 0, bytes.length, 0);
    if (length === 0) throw damaged(file, 'is empty');
    if (length < bytes.length) throw damaged(file, 'is cut');
  } finally {
    closeSync(descriptor);
  }
  const magic = 'SQLite format 3\0';
  if (bytes.toString('latin1', 0, magic.length) !== magic) throw damaged(file, 'is not an SQLite database');
  if (bytes.readUInt32BE(68) !== applicationId) throw damaged(file, 'is a database, but not one of rosterd');
}

/** A link fails where the name is taken; a rename would replace what another process has made and perhaps uses. */
function publish(draft: string, file: string): void {
  try {
    linkSync(draft, file);
  } catch (error) {
    if (existsSync(file)) return;
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) throw error;
    // A file system without links.
    renameSync(draft, file);
  }
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
