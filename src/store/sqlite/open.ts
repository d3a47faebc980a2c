import { Kysely } from 'kysely';
import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../model/effects.ts';
import { createStore } from '../create-store.ts';
import type { Sealer } from '../seal.ts';
import type { Store } from '../store.ts';
import type { Tables } from '../tables.ts';
import { nodeSqliteDialect } from './dialect.ts';
import { faultOf } from './faults.ts';
import { createFile, openFile } from './file.ts';
import { migrate } from './migrations.ts';

/**
 * The store in one SQLite file, with a write-ahead log and full durability: what a method has resolved outlasts a power
 * cut. A file that does not exist is created, with its folder, for this user alone; an older one is migrated.
 *
 * Rejects with `Stalled` for a file that must not be used: `StoreDamaged` (empty, cut, no database, another program's),
 * `StoreNewer`, `SealingKeyWrong`; the message names the file and the way out, and nothing starts empty. Rejects with
 * `Waiting` (`StoreUnavailable`) for one that cannot be had now. All methods reject so as well when it happens later.
 */
export async function openSqliteStore(options: {
  readonly file: string;
  readonly sealer: Sealer;
  readonly clock: Clock;
}): Promise<Store> {
  const { file, sealer, clock } = options;
  try {
    if (!existsSync(file)) await createFile(file, (database) => fill(database, file));
    const db = connectKysely(openFile(file), file);
    try {
      await migrate(db, file);
      return await createStore({ db, sealer, clock });
    } catch (error) {
      await db.destroy();
      throw error;
    }
  } catch (error) {
    throw faultOf(error, file);
  }
}

/** Kysely over an open file. Closing it closes the file. */
export function connectKysely(database: DatabaseSync, file: string): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: nodeSqliteDialect(database, file) });
}

async function fill(database: DatabaseSync, file: string): Promise<void> {
  const db = connectKysely(database, file);
  try {
    await migrate(db, file);
  } finally {
    await db.destroy();
  }
}
