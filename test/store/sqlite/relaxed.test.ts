/** Claims may be lost with the machine; commits of what people did may not. What a click reads is committed. */
import { Kysely, sql } from 'kysely';
import type { Database } from '../../../src/store/schema';
import { openSqlite, readOn, relaxedOn } from '../../../src/store/sqlite/connection';
import { LostdealSqliteDialect } from '../../../src/store/sqlite/kysely';
import { type TempFolder, tempFolder } from '../harness';

const FULL = 2;
const NORMAL = 1;

describe('a write that need not wait for the disk', () => {
  let folder: TempFolder;
  beforeAll(() => {
    folder = tempFolder();
  });
  afterAll(() => folder.remove());

  it('is the only one that skips the sync, also after it fails', async () => {
    const path = folder.file('relaxed.db');
    const connection = openSqlite(path);
    const db = new Kysely<Database>({ dialect: new LostdealSqliteDialect(connection, path) });
    const relaxed = relaxedOn(connection);
    const level = () => connection.pragma('synchronous', { simple: true });

    expect(level()).toBe(FULL);
    expect(await relaxed(db, async () => level())).toBe(NORMAL);
    expect(level()).toBe(FULL);

    await expect(
      relaxed(db, (one) => sql`insert into nowhere values (1)`.execute(one)),
    ).rejects.toMatchObject({ code: 'SQLITE_ERROR' });
    expect(level()).toBe(FULL);

    // No other caller gets the connection meanwhile.
    const levels = await Promise.all([
      relaxed(db, async () => level()),
      db.transaction().execute(async () => level()),
    ]);
    expect(levels).toEqual([NORMAL, FULL]);
    await db.destroy();
  });
});

describe('a query that a click waits for', () => {
  let folder: TempFolder;
  beforeAll(() => {
    folder = tempFolder();
  });
  afterAll(() => folder.remove());

  it('sees nothing of a transaction that is open, and says what is wrong with the database', async () => {
    const path = folder.file('read.db');
    const connection = openSqlite(path);
    const db = new Kysely<Database>({ dialect: new LostdealSqliteDialect(connection, path) });
    const read = readOn(connection, path, undefined);
    connection.exec('create table numbers (number integer)');
    const query = sql<{ number: number }>`select number from numbers`.compile(db);

    const readings: Promise<unknown>[] = [];
    const write = db.transaction().execute(async (trx) => {
      await sql`insert into numbers values (1)`.execute(trx);
      readings.push(read(db, query));
      throw new Error('rolled back');
    });
    await expect(write).rejects.toThrow('rolled back');
    expect(await Promise.all(readings)).toEqual([[]]);

    await sql`insert into numbers values (2)`.execute(db);
    expect(await read(db, query)).toEqual([{ number: 2 }]);
    connection.close();
    await expect(read(db, query)).rejects.toThrow('not open');
  });
});
