import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { Stalled } from '../../model/error.ts';
import type { Tables } from '../tables.ts';
import { tables0001 } from './tables-0001.ts';
import { tables0003 } from './tables-0003.ts';
import { tables0004 } from './tables-0004.ts';
import { tables0005 } from './tables-0005.ts';
import { tables0006 } from './tables-0006.ts';
import { tables0007 } from './tables-0007.ts';
import { tables0008 } from './tables-0008.ts';
import { tables0009 } from './tables-0009.ts';

/**
 * Every step from an empty file to today's tables, in the order of their names. A step that was released is never
 * changed; what is wrong with it is mended by the next one.
 */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-tables': { up: (db) => runAll(db, tables0001) },
  '0002-strays': { up: (db) => runAll(db, [`alter table links add column strays text`]) },
  '0003-origins': { up: (db) => runAll(db, tables0003) },
  '0004-escrow': { up: (db) => runAll(db, tables0004) },
  '0005-ended-at': { up: (db) => runAll(db, tables0005) },
  '0006-who-was-who': { up: (db) => runAll(db, tables0006) },
  '0007-stand-ins': { up: (db) => runAll(db, tables0007) },
  '0008-due': { up: (db) => runAll(db, tables0008) },
  '0009-kept-tokens': { up: (db) => runAll(db, tables0009) },
};

/**
 * Brings the tables to today's form; each step whole or not at all. Rejects with `Stalled` (`StoreNewer`) for a file
 * that a newer version has migrated already, before anything is touched.
 */
export async function migrate(
  db: Kysely<Tables>,
  file: string,
  steps: Readonly<Record<string, Migration>> = migrations,
): Promise<void> {
  const done = await applied(db);
  const unknown = done.filter((name) => steps[name] === undefined);
  if (unknown.length > 0) {
    throw new Stalled(
      'StoreNewer',
      `${file} was written by a newer version of rosterd (it has ${unknown.join(', ')}); run that version, or restore a backup from before it`,
    );
  }
  if (done.length === Object.keys(steps).length) return;
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve({ ...steps }) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

/** Names of the steps that this file has behind it; empty for a new one. */
async function applied(db: Kysely<Tables>): Promise<readonly string[]> {
  const table = await sql`select 1 from sqlite_schema where name = 'kysely_migration'`.execute(db);
  if (table.rows.length === 0) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map((row) => row.name);
}

async function runAll(db: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
