/**
 * Connections to PostgreSQL, set up so that a database that is lost is noticed within seconds, whoever waits for it is
 * told, and the next statement finds the way back by itself.
 */
import { type ClientConfig, Pool, types } from 'pg';
import { STORE_ERRORS, StoreError } from '../errors';

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
