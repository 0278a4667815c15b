/** Translates PostgreSQL's SQLSTATEs, and failures of the connection, for operators. */
import { STORE_ERRORS, StoreError, type StoreErrorCode } from '../errors';

interface Meaning {
  readonly code: StoreErrorCode;
  /** Says what is wrong with the database called `name`, and what to do. */
  readonly say: (name: string) => string;
}

const refused: Meaning = {
  code: STORE_ERRORS.REFUSED,
  say: (name) =>
    `${name} does not let us in: the user, the password or the encryption that DATABASE_URL asks for is not what it wants. Correct DATABASE_URL, or give that user access.`,
};

const unknown: Meaning = {
  code: STORE_ERRORS.REFUSED,
  say: (name) =>
    `${name} is not there: the server has no database of that name. Make it (createdb), or correct DATABASE_URL.`,
};

const readOnly: Meaning = {
  code: STORE_ERRORS.READ_ONLY,
  say: (name) =>
    `${name} cannot be written: it is a standby, or the user may not make tables in it. Name the primary in DATABASE_URL, or make the user the owner of the database.`,
};

const corrupt: Meaning = {
  code: STORE_ERRORS.CORRUPT,
  say: (name) => `${name} reports that its data is damaged. Look at the server's log; restore a backup.`,
};

const full: Meaning = {
  code: STORE_ERRORS.FULL,
  say: (name) =>
    `The disk that holds ${name} is full. What was being saved was not kept. Make room; Lostdeal goes on by itself.`,
};

const unreachable: Meaning = {
  code: STORE_ERRORS.UNREACHABLE,
  say: (name) =>
    `${name} does not answer. Check that the server runs and that DATABASE_URL names it; Lostdeal goes on by itself when it is back.`,
};

/** By SQLSTATE or its first two characters: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  '08': unreachable,
  '25006': readOnly,
  '28': refused,
  '3D000': unknown,
  // A migration by another instance made a statement's plan stale; a new connection plans again.
  '0A000': unreachable,
  // A deadlock or a failed serialization: one of two transactions had to give way.
  '40': unreachable,
  '42501': readOnly,
  '53': unreachable,
  '53100': full,
  '55P03': unreachable,
  '57': unreachable,
  '58': unreachable,
  XX001: corrupt,
  XX002: corrupt,
};

/** Looks at the error's name, because one process may hold several copies of the class. */
const isStoreError = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'name' in error && error.name === 'StoreError';

/** PostgreSQL's own code; null if the error is not from PostgreSQL. */
export function sqlState(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  if (!('severity' in error) || !('code' in error) || typeof error.code !== 'string') return null;
  return error.code;
}

/** True if the connection is useless after this error: it is gone, stuck, or leads to the wrong server. */
export function breaksConnection(error: unknown): boolean {
  if (isStoreError(error)) return false;
  const state = sqlState(error);
  return state === null || /^(08|25006|57P|0A000)/.test(state);
}

/** @returns the `StoreError` for an error of a statement; any other error unchanged */
export function fromPostgres(error: unknown, name: string): unknown {
  if (isStoreError(error)) return error;
  const state = sqlState(error);
  // The driver gives no SQLSTATE to failures of a connection.
  const meaning = state === null ? unreachable : (MEANINGS[state] ?? MEANINGS[state.slice(0, 2)]);
  return meaning === undefined ? error : new StoreError(meaning.code, meaning.say(name), { cause: error });
}

/** Certificates and the like, which waiting does not fix. */
const TLS_CODE = /^(ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;
/** The driver's messages for faults without a code: a required password that is missing, no TLS on the server. */
const REFUSAL_MESSAGE = /^(SASL|The server does not support SSL)/;

/** @returns the `StoreError` for an error of connecting */
export function fromConnecting(error: unknown, name: string): unknown {
  const code = textOf(error, 'code');
  const message = textOf(error, 'message');
  if (sqlState(error) === null && (TLS_CODE.test(code) || REFUSAL_MESSAGE.test(message))) {
    return new StoreError(refused.code, refused.say(name), { cause: error });
  }
  return fromPostgres(error, name);
}

function textOf(error: unknown, property: 'code' | 'message'): string {
  const value: unknown =
    typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[property] : undefined;
  return typeof value === 'string' ? value : '';
}
