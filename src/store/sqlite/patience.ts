import { SqliteDriver } from 'kysely';
import type { CompiledQuery, DatabaseConnection, QueryResult, SqliteDialectConfig } from 'kysely';
import { setImmediate } from 'node:timers/promises';
import type { DatabaseSync } from 'node:sqlite';
import { isBusy } from './faults.ts';

/** How often the event loop turns before the thread itself waits for the lock. */
const turns = 500;

/**
 * A driver that lets the event loop turn while somebody else holds the write lock. SQLite's own waiting stops the
 * thread: health checks with it, and the holder too where it works on the same thread. Only for what lasts longer
 * the thread waits, as long as the database was opened for (`busy_timeout`).
 */
export class PatientDriver extends SqliteDriver {
  readonly #database: DatabaseSync;
  readonly #timeoutMs: number;

  constructor(config: SqliteDialectConfig, database: DatabaseSync) {
    super(config);
    this.#database = database;
    this.#timeoutMs = Number(database.prepare('pragma busy_timeout').get()?.['timeout'] ?? 0);
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection();
    return {
      executeQuery: <R>(query: CompiledQuery) => this.#execute<R>(connection, query),
      streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
    };
  }

  async #execute<R>(connection: DatabaseConnection, query: CompiledQuery): Promise<QueryResult<R>> {
    // Within a transaction the lock is ours already.
    if (this.#database.isTransaction) return connection.executeQuery<R>(query);
    for (let turn = 0; turn < turns; turn += 1) {
      this.#database.exec('pragma busy_timeout = 0');
      try {
        return await connection.executeQuery<R>(query);
      } catch (error) {
        if (!isBusy(error)) throw error;
      } finally {
        this.#database.exec(`pragma busy_timeout = ${this.#timeoutMs}`);
      }
      await setImmediate();
    }
    return connection.executeQuery<R>(query);
  }
}
