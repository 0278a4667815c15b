/** Kysely over a pool of connections to PostgreSQL. Drops a connection that broke; its statement fails. */
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  type TransactionSettings,
} from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { breaksConnection, fromConnecting, fromPostgres } from './errors';

/** Kysely's dialect over a pool. Throws a `StoreError` for errors that have a meaning for operators. */
export class LostdealPostgresDialect implements Dialect {
  constructor(
    private readonly pool: Pool,
    private readonly name: string,
  ) {}

  createDriver(): Driver {
    return new LostdealPostgresDriver(this.pool, this.name);
  }
  createAdapter(): PostgresAdapter {
    return new PostgresAdapter();
  }
  createQueryCompiler(): PostgresQueryCompiler {
    return new PostgresQueryCompiler();
  }
  createIntrospector(...[db]: Parameters<Dialect['createIntrospector']>): PostgresIntrospector {
    return new PostgresIntrospector(db);
  }
}

class LostdealPostgresDriver implements Driver {
  constructor(
    private readonly pool: Pool,
    private readonly name: string,
  ) {}

  async init(): Promise<void> {
    // The pool connects when a statement needs it.
  }

  async acquireConnection(): Promise<PostgresConnection> {
    try {
      return new PostgresConnection(await this.pool.connect(), this.name);
    } catch (error) {
      throw fromConnecting(error, this.name);
    }
  }

  async beginTransaction(
    connection: PostgresConnection,
    { isolationLevel }: TransactionSettings,
  ): Promise<void> {
    await connection.run(isolationLevel === undefined ? 'begin' : `begin isolation level ${isolationLevel}`);
  }

  async commitTransaction(connection: PostgresConnection): Promise<void> {
    await connection.run('commit');
  }

  async rollbackTransaction(connection: PostgresConnection): Promise<void> {
    // The server rolls back with the connection, and a failing rollback would hide the reason.
    if (!connection.isBroken) await connection.run('rollback');
  }

  async releaseConnection(connection: PostgresConnection): Promise<void> {
    connection.release();
  }

  async destroy(): Promise<void> {
    await this.pool.end();
  }
}

class PostgresConnection implements DatabaseConnection {
  private broken = false;

  constructor(
    private readonly client: PoolClient,
    private readonly name: string,
  ) {}

  get isBroken(): boolean {
    return this.broken;
  }

  run(statement: string): Promise<unknown> {
    return this.guarded(() => this.client.query(statement));
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const { command, rowCount, rows } = await this.guarded(() =>
      this.client.query({ ...statementName(sql, parameters), text: sql, values: [...parameters] }),
    );
    return { ...(WRITES.has(command) ? { numAffectedRows: BigInt(rowCount ?? 0) } : {}), rows };
  }

  // biome-ignore lint/correctness/useYield: it only throws.
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('nothing is streamed from PostgreSQL; read in batches');
  }

  release(): void {
    this.client.release(this.broken);
  }

  private async guarded<T>(query: () => Promise<T>): Promise<T> {
    if (this.broken) throw fromPostgres(new Error('the connection broke before'), this.name);
    try {
      return await query();
    } catch (error) {
      this.broken = breaksConnection(error);
      throw fromPostgres(error, this.name);
    }
  }
}

const WRITES: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE']);

/** More than the store has. A query with a list is a statement of its own for each length of the list. */
const MAX_STATEMENTS = 300;
const names = new Map<string, string>();

/** A named statement is prepared once a connection: parsing and planning cost more than most statements take to run. */
function statementName(statement: string, parameters: readonly unknown[]): { readonly name?: string } {
  if (parameters.length === 0) return {};
  const known = names.get(statement);
  if (known !== undefined) return { name: known };
  if (names.size >= MAX_STATEMENTS) return {};
  const name = `lostdeal_${names.size}`;
  names.set(statement, name);
  return { name };
}
