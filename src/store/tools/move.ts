/**
 * Moves an SQLite database to PostgreSQL, whole or not at all: all tables in one transaction, which commits only if the
 * rows on both sides have the same counts and hashes.
 */
import { Kysely } from 'kysely';
import { Client } from 'pg';
import { sqliteStoreDialect } from '../dialect';
import { STORE_ERRORS, StoreError } from '../errors';
import { MIGRATIONS } from '../migrations/index';
import { migrate } from '../migrations/migrate';
import { connectionConfig, type PostgresTarget } from '../postgres/connection';
import { fromConnecting } from '../postgres/errors';
import { bringUpToDate } from '../postgres/open';
import type { Database } from '../schema';
import { openSqlite, prepareFolder } from '../sqlite/connection';
import { keepForever, type SqliteConnection } from '../sqlite/connectSqlite';
import { fromSqlite } from '../sqlite/errors';
import { LostdealSqliteDialect } from '../sqlite/kysely';
import { lockFile } from '../sqlite/lock';
import { tablesOf } from './copyDatabase';
import { type Cell, type Fingerprint, Fingerprinter, isSame } from './fingerprint';
import {
  type Column,
  columnsOf,
  insertRows,
  isEmpty,
  quoted,
  readRows,
  targetTables,
  withoutIndexes,
} from './targetTables';

export interface MovedTable extends Fingerprint {
  readonly table: string;
}

export interface MoveOptions {
  /** Receives the progress now and then. */
  readonly onProgress?: (what: string, rows: number, of: number | null) => void;
}

/** Holds the applied migrations. Stays behind, because both sides have the same. */
const HISTORY = 'lostdeal_migrations';

/** Rows of one insert: enough to be fast, few enough to fit in memory. */
const BATCH_ROWS = 1_000;

/**
 * @throws {StoreError} `store_locked` while Lostdeal works on the file; `store_not_empty`; and what opening either
 * side throws. The target is then unchanged, except for new empty tables.
 */
export async function moveToPostgres(
  file: string,
  target: PostgresTarget,
  options: MoveOptions = {},
): Promise<MovedTable[]> {
  const path = prepareFolder(file);
  const lock = lockFile(path);
  try {
    const source = openSqlite(path);
    try {
      await bringSourceUpToDate(source, path);
      await bringUpToDate(target, {});
      return await moveAll(source, target, options);
    } catch (error) {
      throw fromSqlite(error, path);
    } finally {
      source.close();
    }
  } finally {
    lock.release();
  }
}

async function bringSourceUpToDate(source: SqliteConnection, path: string): Promise<void> {
  const db = new Kysely<Database>({ dialect: new LostdealSqliteDialect(source, path) });
  await migrate(db, sqliteStoreDialect, MIGRATIONS);
}

async function moveAll(
  source: SqliteConnection,
  target: PostgresTarget,
  options: MoveOptions,
): Promise<MovedTable[]> {
  const client = new Client(connectionConfig(target));
  // The current statement reports the error.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw fromConnecting(error, target.name);
  }
  try {
    await client.query('begin');
    // For building the indexes at the end.
    await client.query("set local maintenance_work_mem = '256MB'");
    const tables = await tablesToMove(source, client);
    // Keeps instances from starting to work there meanwhile.
    await client.query(`lock table ${tables.map(quoted).join(', ')} in access exclusive mode`);
    for (const table of tables) {
      if (!(await isEmpty(client, table))) throw notEmpty(target, table);
    }
    const indexes = await withoutIndexes(client);
    const moved: MovedTable[] = [];
    const columns = new Map<string, Column[]>();
    for (const table of tables) {
      const shared = await columnsOf(client, table);
      columns.set(table, shared);
      moved.push({ table, ...(await moveTable(source, client, table, shared, options)) });
    }
    options.onProgress?.('indexes', 0, null);
    await indexes.restore();
    for (const one of moved) await prove(client, one, columns.get(one.table) ?? [], options);
    await client.query('commit');
    // Lets the first queries read the indexes alone. The move is committed already.
    options.onProgress?.('statistics', 0, null);
    await client.query('vacuum analyze');
    return moved;
  } finally {
    // Without a commit, the server rolls everything back.
    await client.end();
  }
}

/** @throws if a table has no counterpart: both sides are at the same release, so that is a fault of the code */
async function tablesToMove(source: SqliteConnection, client: Client): Promise<string[]> {
  const here = tablesOf(source).filter((table) => table !== HISTORY);
  const there = new Set(await targetTables(client));
  const missing = here.filter((table) => !there.has(table));
  if (missing.length > 0) throw new Error(`tables without a place in PostgreSQL: ${missing.join(', ')}`);
  return here;
}

async function moveTable(
  source: SqliteConnection,
  client: Client,
  table: string,
  columns: readonly Column[],
  { onProgress }: MoveOptions,
): Promise<Fingerprint> {
  const names = columns.map(({ name }) => quoted(name)).join(', ');
  const counted = source.prepare(`select count(*) from ${quoted(table)}`).pluck();
  const total = Number(counted.get());
  const fingerprint = new Fingerprinter();
  let batch: (readonly Cell[])[] = [];
  let sending: Promise<void> = Promise.resolve();
  // The server inserts one batch while the next is read.
  const send = async () => {
    await sending;
    onProgress?.(table, fingerprint.count, total);
    if (batch.length > 0) sending = insertRows(client, table, columns, batch);
    batch = [];
  };
  // Compares the columns, so that none stays behind unnoticed.
  assertAllColumns(source, table, columns);
  const rows = source.prepare(`select ${names} from ${quoted(table)}`).raw();
  for (const row of keepForever(rows.iterate())) {
    const cells = row as Cell[];
    fingerprint.add(cells);
    batch.push(cells);
    if (batch.length >= BATCH_ROWS) await send();
  }
  await send();
  await sending;
  onProgress?.(table, fingerprint.count, total);
  return fingerprint.result;
}

function assertAllColumns(source: SqliteConnection, table: string, columns: readonly Column[]): void {
  // `hidden` is 2 or 3 for computed columns.
  const here = source
    .prepare('select name from pragma_table_xinfo(?) where hidden = 0 order by name')
    .pluck()
    .all(table) as string[];
  const there = columns.map(({ name }) => name);
  if (here.join() !== there.join())
    throw new Error(`${table} has other columns in PostgreSQL: ${there.join(', ')}`);
}

async function prove(
  client: Client,
  moved: MovedTable,
  columns: readonly Column[],
  { onProgress }: MoveOptions,
): Promise<void> {
  const fingerprint = new Fingerprinter();
  let read = 0;
  for await (const row of readRows(client, moved.table, columns)) {
    fingerprint.add(row);
    read += 1;
    if (read % BATCH_ROWS === 0) onProgress?.(`proof of ${moved.table}`, read, moved.rows);
  }
  if (!isSame(fingerprint.result, moved)) {
    const { rows, hash } = fingerprint.result;
    throw new StoreError(
      STORE_ERRORS.CORRUPT,
      `${moved.table} did not arrive as it was: ${moved.rows} rows with the hash ${moved.hash} were sent, ${rows} rows with the hash ${hash} stand there. Nothing was kept.`,
    );
  }
}

const notEmpty = ({ name }: PostgresTarget, table: string) =>
  new StoreError(
    STORE_ERRORS.NOT_EMPTY,
    `${name} is not empty: there are rows in ${table}. Name an empty database; nothing was changed.`,
  );
