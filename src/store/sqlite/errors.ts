/** Translates SQLite's result codes for operators. */
import { STORE_ERRORS, StoreError, type StoreErrorCode } from '../errors';

interface Meaning {
  readonly code: StoreErrorCode;
  /** Says what is wrong with the file at `path`, and what to do. */
  readonly say: (path: string) => string;
}

const readOnly: Meaning = {
  code: STORE_ERRORS.READ_ONLY,
  say: (path) =>
    `The database ${path} cannot be opened for writing. Check that its folder exists, that it is a file, and that the user who runs Lostdeal may write both; or set DATABASE_URL to another place.`,
};

const corrupt: Meaning = {
  code: STORE_ERRORS.CORRUPT,
  say: (path) =>
    `The file ${path} is not a Lostdeal database or is damaged. Nothing was changed in it. Move it aside together with the files ${path}-wal and ${path}-shm, put the last backup in its place, and start again.`,
};

const unreachable: Meaning = {
  code: STORE_ERRORS.UNREACHABLE,
  say: (path) =>
    `The database ${path} does not answer: the disk reports an error, or another program keeps it locked. Check the disk, and that nothing but backups opens the file.`,
};

/** By SQLite's primary result code: https://www.sqlite.org/rescode.html */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  SQLITE_NOTADB: corrupt,
  SQLITE_CORRUPT: corrupt,
  SQLITE_CANTOPEN: readOnly,
  SQLITE_READONLY: readOnly,
  SQLITE_PERM: readOnly,
  SQLITE_FULL: {
    code: STORE_ERRORS.FULL,
    say: (path) =>
      `The disk that holds the database ${path} is full. What was being saved was not kept. Make room; Lostdeal goes on by itself.`,
  },
  SQLITE_BUSY: unreachable,
  SQLITE_LOCKED: unreachable,
  SQLITE_IOERR: unreachable,
};

/**
 * SQLite's primary result code, with extended codes shortened to it; null for every other error. Looks at the code and
 * not at the class, because one process may hold several copies of the class.
 */
export function sqliteCode(error: unknown): string | null {
  const code = codeOf(error);
  return code?.startsWith('SQLITE_') ? code.split('_').slice(0, 2).join('_') : null;
}

/** @returns the `StoreError` for an error of SQLite; any other error unchanged */
export function fromSqlite(error: unknown, path: string): unknown {
  const meaning = MEANINGS[sqliteCode(error) ?? ''];
  return meaning === undefined ? error : new StoreError(meaning.code, meaning.say(path), { cause: error });
}

const FOLDER_CODES = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT']);

/** @returns the `StoreError` for an error of creating the database's folder; any other error unchanged */
export function fromFolder(error: unknown, path: string): unknown {
  if (!FOLDER_CODES.has(codeOf(error) ?? '')) return error;
  return new StoreError(readOnly.code, readOnly.say(path), { cause: error });
}

function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
