/** What PostgreSQL's SQLSTATEs, and failures of the connection to it, mean to an operator. */
import { STORE_ERRORS, StoreError, type StoreErrorCode } from '../errors';

interface Meaning {
  readonly code: StoreErrorCode;
  /** What is wrong and what to do, about the database called `name`. */
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

/** By SQLSTATE, the longest beginning that is named here: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  '08': unreachable,
  '25006': readOnly,
  '28': refused,
  '3D000': unknown,
  // The plan of a statement is of before a migration by another instance; a new connection plans anew.
  '0A000': unreachable,
  // A deadlock; both sides could not win.
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

/** Told by the error's name, as there may be several copies of the class in one process. */
const isStoreError = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'name' in error && error.name === 'StoreError';

/** PostgreSQL's own code; null when it was not PostgreSQL that spoke. */
export function sqlState(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  if (!('severity' in error) || !('code' in error) || typeof error.code !== 'string') return null;
  return error.code;
}

/** After such an error a connection is of no more use: it is gone, stuck, or leads to the wrong server. */
export function breaksConnection(error: unknown): boolean {
  if (isStoreError(error)) return false;
  const state = sqlState(error);
  return state === null || /^(08|25006|57P|0A000)/.test(state);
}

/** The `StoreError` for an error of a statement; any other error as it is. */
export function fromPostgres(error: unknown, name: string): unknown {
  if (isStoreError(error)) return error;
  const state = sqlState(error);
  // The driver gives no codes to what befalls a connection.
  const meaning = state === null ? unreachable : (MEANINGS[state] ?? MEANINGS[state.slice(0, 2)]);
  return meaning === undefined ? error : new StoreError(meaning.code, meaning.say(name), { cause: error });
}

/** Certificates and the like: waiting mends none of them. */
const TLS_CODE = /^(ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;
/** The driver's words for what it gives no code: a password that is asked for and not given, no TLS on the server. */
const REFUSAL_WORDS = /^(SASL|The server does not support SSL)/;

/** The `StoreError` for an error of connecting. */
export function fromConnecting(error: unknown, name: string): unknown {
  const code = textOf(error, 'code');
  const message = textOf(error, 'message');
  if (sqlState(error) === null && (TLS_CODE.test(code) || REFUSAL_WORDS.test(message))) {
    return new StoreError(refused.code, refused.say(name), { cause: error });
  }
  return fromPostgres(error, name);
}

function textOf(error: unknown, property: 'code' | 'message'): string {
  const value: unknown =
    typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[property] : undefined;
  return typeof value === 'string' ? value : '';
}
