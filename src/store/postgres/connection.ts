/**
 * Kysely over `pg`, set up so that a database that is lost is noticed within seconds, whoever waits for it is told,
 * and the next statement finds the way back by itself.
 */
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
import { type ClientConfig, Pool, type PoolClient, types } from 'pg';
import { STORE_ERRORS, StoreError } from '../errors';
import { breaksConnection, fromConnecting, fromPostgres } from './errors';

/**
 * Slack waits three seconds for an answer. A lost database shows itself in the first statement that waits for it, and
 * that one has to fail early enough for the words about it to reach the person.
 */
const CONNECT_WITHIN_MS = 1_000;
export const STATEMENT_WITHIN_MS = 1_500;
/** We wait this much longer than the server, for one that does not even cancel. */
const ANSWER_LATER_MS = 300;

export interface PostgresTarget {
  readonly url: string;
  /** How it is called in messages: host and database, no password. */
  readonly name: string;
}

export interface PoolTerms {
  /** Most connections at once. */
  readonly connections: number;
  /** How long a statement may take, ms; null: as long as it does (migrations). */
  readonly statementMs: number | null;
  /** False: commits need not be on the disk when they return. */
  readonly durable: boolean;
}

/** What every connection has in common. */
export function connectionConfig({ url }: PostgresTarget): ClientConfig {
  return {
    connectionString: url,
    application_name: 'lostdeal',
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: { getTypeParser: parserOf },
  };
}

export function createPool(target: PostgresTarget, { connections, statementMs, durable }: PoolTerms): Pool {
  const pool = new Pool({
    ...connectionConfig(target),
    max: connections,
    idleTimeoutMillis: 60_000,
    ...(durable ? {} : { options: '-c synchronous_commit=off' }),
    ...(statementMs === null
      ? {}
      : {
          statement_timeout: statementMs,
          query_timeout: statementMs + ANSWER_LATER_MS,
          // An instance that froze inside a transaction must not keep its rows from the others.
          idle_in_transaction_session_timeout: 10_000,
        }),
  });
  // An idle connection broke. The pool has dropped it, and whoever needs one next is told if there is none.
  pool.on('error', () => undefined);
  // One that is in use: the statement under way fails with it, or else the next one.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** Kysely's dialect over a pool; errors come out as `StoreError` where they have a meaning. */
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
    // The pool connects when somebody needs it.
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
    // With its connection a transaction is rolled back by the server, and asking for it would hide the reason.
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
    return this.told(() => this.client.query(statement));
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const { command, rowCount, rows } = await this.told(() =>
      this.client.query({ ...preparedOnce(sql, parameters), text: sql, values: [...parameters] }),
    );
    return { ...(WRITES.has(command) ? { numAffectedRows: BigInt(rowCount ?? 0) } : {}), rows };
  }

  // biome-ignore lint/correctness/useYield: it only says that it cannot.
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('nothing is streamed from PostgreSQL; read in batches');
  }

  release(): void {
    this.client.release(this.broken);
  }

  private async told<T>(ask: () => Promise<T>): Promise<T> {
    if (this.broken) throw fromPostgres(new Error('the connection broke before'), this.name);
    try {
      return await ask();
    } catch (error) {
      this.broken = breaksConnection(error);
      throw fromPostgres(error, this.name);
    }
  }
}

const WRITES: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE']);

/** More than we have; a list in a query makes one for each of its lengths. */
const MOST_STATEMENTS = 300;
const names = new Map<string, string>();

/** Each connection prepares a statement once: to parse and plan it costs more than most of them take to run. */
function preparedOnce(statement: string, parameters: readonly unknown[]): { readonly name?: string } {
  if (parameters.length === 0) return {};
  const known = names.get(statement);
  if (known !== undefined) return { name: known };
  if (names.size >= MOST_STATEMENTS) return {};
  const name = `lostdeal_${names.size}`;
  names.set(statement, name);
  return { name };
}

const INT8 = 20;

/** Times, revisions and counts are numbers with us. */
function parserOf(...[oid, format]: Parameters<typeof types.getTypeParser>) {
  return oid === INT8 && format !== 'binary' ? safeInteger : types.getTypeParser(oid, format);
}

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) {
    throw new StoreError(
      STORE_ERRORS.UNREADABLE,
      'A number in the database is too large to be read exactly.',
    );
  }
  return value;
}
