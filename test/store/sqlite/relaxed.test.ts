/** Claims may be lost with the machine; commits of what people did may not. */
import { Kysely, sql } from 'kysely';
import type { Database } from '../../../src/store/schema';
import { openSqlite, relaxedOn } from '../../../src/store/sqlite/connection';
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
