/**
 * Kysely over an open SQLite connection of `connectSqlite`, which prepares each statement once. Sharing a prepared
 * statement is safe, because it runs to its end before anything else can ask for it.
 */
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
} from 'kysely';
import type { SqliteConnection } from './connectSqlite';
import { fromSqlite } from './errors';

/** Kysely's dialect for an open connection. Throws a `StoreError` for errors that have a meaning for operators. */
export class LostdealSqliteDialect extends SqliteDialect {
  constructor(
    private readonly connection: SqliteConnection,
    private readonly path: string,
  ) {
    super({ database: connection });
  }

  override createDriver(): Driver {
    return new LostdealSqliteDriver({ database: this.connection }, this.connection, this.path);
  }
}

class LostdealSqliteDriver extends SqliteDriver {
  private explaining: DatabaseConnection | null = null;

  constructor(
    config: SqliteDialectConfig,
    private readonly connection: SqliteConnection,
    private readonly path: string,
  ) {
    super(config);
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection();
    this.explaining ??= new ExplainingConnection(connection, this.path);
    return this.explaining;
  }

  /** Takes the write lock at once: a transaction that reads first could fail at its first write. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /** After a full disk or an I/O error SQLite has rolled back by itself; a second rollback would hide that error. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.connection.inTransaction) await super.rollbackTransaction(connection);
  }
}

class ExplainingConnection implements DatabaseConnection {
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
