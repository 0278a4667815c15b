/** Makes a consistent copy of an SQLite database, even while Lostdeal works on it, and checks it. */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { STORE_ERRORS, StoreError } from '../errors';
import { connectSqlite, type SqliteConnection } from '../sqlite/connectSqlite';
import { fromSqlite, sqliteCode } from '../sqlite/errors';

export interface BackedUp {
  /** Rows by table in the copy. */
  readonly rows: ReadonlyMap<string, number>;
}

/**
 * Copies the database at `from` to a new file `to`, which appears only after the copy passed its checks.
 *
 * @throws {StoreError} `store_corrupt`, also if only the copy is damaged; `store_read_only`, `store_full`
 */
export async function copyDatabase(from: string, to: string): Promise<BackedUp> {
  if (!existsSync(from)) throw readOnly(`There is no database at ${from}; look at DATABASE_URL.`);
  if (existsSync(to)) throw readOnly(`${to} is there already, and a backup never replaces a file.`);
  const part = `${to}.part`;
  try {
    mkdirSync(dirname(to), { recursive: true });
    rmSync(part, { force: true });
    // Private from its first page on, because it holds what customers said.
    closeSync(openSync(part, 'wx', 0o600));
    const counted = await copy(from, part);
    const rows = check(part);
    for (const [table, count] of counted) {
      if (rows.get(table) !== count)
        throw damaged(`${table} has ${rows.get(table)} rows instead of ${count}`);
    }
    sync(part);
    renameSync(part, to);
    sync(dirname(to));
    return { rows };
  } catch (error) {
    removeIfPossible(part);
    throw fromSqlite(fromTarget(error, to), from);
  }
}

/** On a folder that cannot be written this fails too, and the first failure says why. */
function removeIfPossible(part: string): void {
  if (existsSync(part)) rmSync(part, { force: true });
}

const FULL = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL']);
/** Of folders and files; the source is opened by SQLite alone, and is only read. */
const UNWRITABLE = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT', 'SQLITE_READONLY']);

/** @returns the `StoreError` for an error of writing the copy; any other error unchanged */
function fromTarget(error: unknown, to: string): unknown {
  const code = (error as { code?: unknown } | null)?.code;
  const primary = sqliteCode(error) ?? (typeof code === 'string' ? code : '');
  if (FULL.has(primary)) {
    const message = `The disk that is to hold the backup ${to} is full, so there is no backup. The database is as it was. Make room, or choose another place with --to.`;
    return new StoreError(STORE_ERRORS.FULL, message, { cause: error });
  }
  if (!UNWRITABLE.has(primary)) return error;
  const message = `The backup ${to} cannot be written (${primary}), so there is no backup. The database is as it was. Check that the user who runs this may write in that folder, or choose another place with --to.`;
  return new StoreError(STORE_ERRORS.READ_ONLY, message, { cause: error });
}

/** Counts and copies one snapshot, which leaves out what is written meanwhile. */
async function copy(from: string, to: string): Promise<ReadonlyMap<string, number>> {
  const source = connectSqlite(from, { readonly: true, fileMustExist: true, timeout: 5_000 });
  try {
    source.exec('begin');
    const rows = countRows(source);
    // All pages in one step: a write between two steps would restart the copy.
    await source.backup(to, { progress: () => 0x7fff_ffff });
    source.exec('commit');
    return rows;
  } finally {
    source.close();
  }
}

function check(path: string): ReadonlyMap<string, number> {
  const copied = connectSqlite(path, { fileMustExist: true });
  try {
    // One file without a log beside it, so that people can move it.
    copied.pragma('journal_mode = DELETE');
    const faults: unknown = copied.pragma('integrity_check(1)', { simple: true });
    if (faults !== 'ok') throw damaged(String(faults));
    const orphans: unknown = copied.pragma('foreign_key_check');
    if (Array.isArray(orphans) && orphans.length > 0)
      throw damaged(`${orphans.length} rows belong to no deal`);
    return countRows(copied);
  } finally {
    copied.close();
  }
}

export function countRows(connection: SqliteConnection): ReadonlyMap<string, number> {
  return new Map(
    tablesOf(connection).map((table) => [
      table,
      Number(connection.prepare(`select count(*) from "${table}"`).pluck().get()),
    ]),
  );
}

export function tablesOf(connection: SqliteConnection): string[] {
  return connection
    .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name")
    .pluck()
    .all() as string[];
}

function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

const readOnly = (message: string) => new StoreError(STORE_ERRORS.READ_ONLY, message);

const damaged = (what: string) =>
  new StoreError(
    STORE_ERRORS.CORRUPT,
    `The copy is not whole (${what}), so there is no backup. Check the disk, and the database with: sqlite3 -readonly … 'pragma integrity_check'.`,
  );
