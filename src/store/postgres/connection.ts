/**
 * Connections to PostgreSQL, set up so that a statement on a lost database fails within seconds, and the next one
 * connects again by itself.
 */
import { type ClientConfig, Pool, types } from 'pg';
import { STORE_ERRORS, StoreError } from '../errors';

/**
 * Slack waits 3 s for an answer. The first statement on a lost database must fail early enough for the error message
 * to reach the person.
 */
const CONNECT_WITHIN_MS = 1_000;
export const STATEMENT_WITHIN_MS = 1_500;
/** We wait this much longer than the server does, in case it does not even cancel. */
const EXTRA_WAIT_MS = 300;

export interface PostgresTarget {
  readonly url: string;
  /** Its name in messages: host and database, no password. */
  readonly name: string;
}

export interface PoolTerms {
  /** Maximum number of connections. */
  readonly connections: number;
  /** Maximum time of a statement, ms; null: no limit (migrations). */
  readonly statementMs: number | null;
  /** False: a commit returns before the disk has it. */
  readonly durable: boolean;
}

/** Settings of every connection. */
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
          query_timeout: statementMs + EXTRA_WAIT_MS,
          // An instance that froze inside a transaction must not keep its locks for longer.
          idle_in_transaction_session_timeout: 10_000,
        }),
  });
  // An idle connection broke: the pool has dropped it, and the next statement fails if it cannot connect.
  pool.on('error', () => undefined);
  // A connection in use broke: the current statement fails, or else the next one.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

const INT8 = 20;

/** Reads times, revisions and counts as numbers. */
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
