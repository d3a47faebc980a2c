import { SqliteAdapter, SqliteDialect } from 'kysely';
import type { Driver, SqliteDialectConfig, SqliteStatement } from 'kysely';
import { statSync } from 'node:fs';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { faultOf, gone } from './faults.ts';
import { PatientDriver } from './patience.ts';

/** Statements kept prepared; the text of a batch of 500 rows takes longer to prepare than to look up. */
const keptStatements = 64;

/**
 * Node's own SQLite behind Kysely. Every error leaves as `faultOf` reads it. Transactions take the write lock when they
 * begin: one that first reads and then writes would otherwise fail at once when another process wrote in between.
 */
export function nodeSqliteDialect(database: DatabaseSync, file: string): SqliteDialect {
  const statements = new Map<string, SqliteStatement>();
  const stay = stayAt(database.location() ?? file);
  const config: SqliteDialectConfig = {
    database: {
      close: () => {
        statements.clear();
        database.close();
      },
      prepare: (text) => {
        // After a full disk SQLite has rolled back already, and a second rollback would hide the reason.
        if (text === 'rollback' && !database.isTransaction) return nothing;
        if (text !== 'rollback') stay();
        const statement = statements.get(text) ?? prepare(database, text, file);
        statements.delete(text);
        statements.set(text, statement);
        const [oldest] = statements.keys();
        if (statements.size > keptStatements && oldest !== undefined) statements.delete(oldest);
        return statement;
      },
    },
  };
  return new NodeSqliteDialect(config, database);
}

/** SQLite changes tables within transactions, whatever Kysely's adapter says: a migration is whole or not at all. */
class NodeSqliteDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;
  readonly #database: DatabaseSync;

  constructor(config: SqliteDialectConfig, database: DatabaseSync) {
    super(config);
    this.#config = config;
    this.#database = database;
  }

  override createDriver(): Driver {
    return new PatientDriver(this.#config, this.#database);
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}

class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

const nothing: SqliteStatement = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [].values(),
};

/**
 * Asked before each statement: SQLite itself goes on in a file that was removed or replaced, and what it writes there is
 * gone with the process. Throws `Waiting` (`StoreUnavailable`); a file that comes back under its name is used again.
 */
function stayAt(file: string): () => void {
  const opened = statSync(file);
  return () => {
    const now = statSync(file, { throwIfNoEntry: false });
    if (now?.ino !== opened.ino || now.dev !== opened.dev) throw gone(file);
  };
}

function prepare(database: DatabaseSync, text: string, file: string): SqliteStatement {
  return guarded(file, () => {
    const statement = database.prepare(text === 'begin' ? 'begin immediate' : text);
    return {
      reader: statement.columns().length > 0,
      all: (parameters) => guarded(file, () => statement.all(...bound(parameters))),
      run: (parameters) => guarded(file, () => statement.run(...bound(parameters))),
      iterate: (parameters) => guarded(file, () => statement.iterate(...bound(parameters))),
    };
  });
}

/** Queries bind texts, numbers, null and bytes: what `Tables` lets them. */
function bound(parameters: readonly unknown[]): readonly SQLInputValue[] {
  return parameters as readonly SQLInputValue[];
}

function guarded<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw faultOf(error, file);
  }
}
