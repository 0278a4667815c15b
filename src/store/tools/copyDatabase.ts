/** A consistent copy of an SQLite database, also while Lostdeal works on it, and checked before it counts as one. */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { STORE_ERRORS, StoreError } from '../errors';
import { connectSqlite, type SqliteConnection } from '../sqlite/connectSqlite';
import { fromSqlite } from '../sqlite/errors';

export interface BackedUp {
  /** Rows by table, in the copy and so at the moment it was made. */
  readonly rows: ReadonlyMap<string, number>;
}

/**
 * Copies the database at `from` to a new file `to`, which is there only when it was found to be whole.
 *
 * @throws {StoreError} `store_corrupt`, also when it is the copy that is damaged; `store_read_only`, `store_full`
 */
export async function copyDatabase(from: string, to: string): Promise<BackedUp> {
  if (!existsSync(from)) throw readOnly(`There is no database at ${from}; look at DATABASE_URL.`);
  if (existsSync(to)) throw readOnly(`${to} is there already, and a backup never replaces a file.`);
  mkdirSync(dirname(to), { recursive: true });
  const part = `${to}.part`;
  rmSync(part, { force: true });
  try {
    // It holds what customers said, from its first page on.
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
    rmSync(part, { force: true });
    throw fromSqlite(error, from);
  }
}

/** One snapshot is counted and copied; what is written meanwhile is in neither. */
async function copy(from: string, to: string): Promise<ReadonlyMap<string, number>> {
  const source = connectSqlite(from, { readonly: true, fileMustExist: true, timeout: 5_000 });
  try {
    source.exec('begin');
    const rows = countRows(source);
    // All pages at once: between two steps somebody would write, and the copy would begin anew.
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
    // One file and no log beside it, so that it can be moved about.
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
