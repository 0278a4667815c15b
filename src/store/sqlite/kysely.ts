/** Kysely over an open SQLite connection. */
import type Sqlite from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  type SqliteDatabase,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
} from 'kysely';
import { fromSqlite } from './errors';

/** Kysely's dialect for an open connection; errors come out as `StoreError` where they have a meaning. */
export class LostdealSqliteDialect extends SqliteDialect {
  constructor(
    private readonly connection: Sqlite.Database,
    private readonly path: string,
  ) {
    super({ database: connection });
  }

  override createDriver(): Driver {
    return new LostdealSqliteDriver(
      { database: keepingStatements(this.connection) },
      this.connection,
      this.path,
    );
  }
}

/** More than we have; a list in a query makes one for each of its lengths. */
const MOST_STATEMENTS = 500;

/**
 * Each statement is prepared once: that costs more than most of them take to run. They run to their end at once, so
 * none is ever asked for while it is still running.
 */
function keepingStatements(connection: Sqlite.Database): SqliteDatabase {
  const kept = new Map<string, Sqlite.Statement>();
  return {
    prepare(text) {
      const known = kept.get(text);
      if (known !== undefined) return known;
      if (kept.size >= MOST_STATEMENTS) kept.clear();
      const prepared = connection.prepare(text);
      kept.set(text, prepared);
      return prepared;
    },
    close: () => connection.close(),
  };
}

class LostdealSqliteDriver extends SqliteDriver {
  constructor(
    config: SqliteDialectConfig,
    private readonly connection: Sqlite.Database,
    private readonly path: string,
  ) {
    super(config);
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    return new MeaningfulConnection(await super.acquireConnection(), this.path);
  }

  /** Takes the write lock at once: a transaction that reads first could otherwise fail at its first write. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /** After a full disk or an I/O error SQLite has rolled back by itself, and a second time would hide that error. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.connection.inTransaction) await super.rollbackTransaction(connection);
  }
}

class MeaningfulConnection implements DatabaseConnection {
  constructor(
    private readonly inner: DatabaseConnection,
    private readonly path: string,
  ) {}

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      return await this.inner.executeQuery<R>(query);
    } catch (error) {
      throw fromSqlite(error, this.path);
    }
  }

  async *streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    try {
      yield* this.inner.streamQuery<R>(query, chunkSize);
    } catch (error) {
      throw fromSqlite(error, this.path);
    }
  }
}
