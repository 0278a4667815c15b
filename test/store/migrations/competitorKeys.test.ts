/** Deals from before quotes and dashes made no other name: the migration writes their keys anew. */
import { Kysely, sql } from 'kysely';
import { postgresTarget } from '../../../src/store/databaseUrl';
import { postgresStoreDialect, type StoreDialect, sqliteStoreDialect } from '../../../src/store/dialect';
import { MIGRATIONS } from '../../../src/store/migrations';
import { migrate } from '../../../src/store/migrations/migrate';
import { createPool } from '../../../src/store/postgres/connection';
import { LostdealPostgresDialect } from '../../../src/store/postgres/kysely';
import { companyKey } from '../../../src/store/records/companyKey';
import type { Database, Db } from '../../../src/store/schema';
import { openSqlite } from '../../../src/store/sqlite/connection';
import { LostdealSqliteDialect } from '../../../src/store/sqlite/kysely';
import { createDatabase, describeOnPostgres } from '../../postgres/database';
import { ACME } from '../builder';
import { tempFolder } from '../harness';

const at = MIGRATIONS.findIndex(({ name }) => name === 'competitor_keys');

/** Keys as the rule before made them. */
const WENDYS = ["wendy's", 'wendy’s', 'wendy‘s', 'wendy ́s', 'wen\u200bdy’s'];

async function upgrade(db: Db, dialect: Pick<StoreDialect, 'nowMs'>): Promise<void> {
  await migrate(db, dialect, MIGRATIONS.slice(0, at));
  const insert = (id: string, key: string | null) =>
    sql`insert into deals (enterprise_id, team_id, id, revision, stage, is_open, rep, account, started_at,
        updated_at, competitor_key, counts_as_lost, was_asked, was_matched, was_won_back, state_format, state)
      values (${ACME.enterpriseId}, ${ACME.teamId}, ${id}, 1, 'closed', 0, 'U1', 'Acme', 1,
        1, ${key}, 1, 0, 0, 0, 1, '{')`.execute(db);
  for (const [index, key] of WENDYS.entries()) await insert(`W${index}`, key);
  await insert('NONE', null);
  await insert('UNSEEN', '\u200b');
  // More names than one read has.
  for (let index = 0; index < 600; index++) await insert(`N${index}`, `k–${index}`);
  await migrate(db, dialect, MIGRATIONS.slice(0, at + 1));

  const lostTo = async (competitor: string): Promise<number> =>
    (await db.selectFrom('deals').select('id').where('competitor_key', '=', companyKey(competitor)).execute())
      .length;
  expect(await lostTo('Wendy’s')).toBe(WENDYS.length);
  expect(await lostTo('K-599')).toBe(1);
  const left = await db
    .selectFrom('deals')
    .select('id')
    .where('competitor_key', 'is', null)
    .orderBy('id')
    .execute();
  expect(left.map(({ id }) => id)).toEqual(['NONE', 'UNSEEN']);
  const wrong = await db.selectFrom('deals').select('id').where('competitor_key', 'like', '%–%').execute();
  expect(wrong).toEqual([]);
}

test('an old SQLite database counts one competitor once, however its name was typed', async () => {
  const folder = tempFolder();
  const file = folder.file('a.db');
  const db = new Kysely<Database>({ dialect: new LostdealSqliteDialect(openSqlite(file), file) });
  await upgrade(db, sqliteStoreDialect);
  await db.destroy();
  folder.remove();
});

describeOnPostgres('an old PostgreSQL database', () => {
  test('counts one competitor once, however its name was typed', async () => {
    const database = await createDatabase();
    const target = postgresTarget(database.url);
    if (target === null) throw new Error('this is no address of PostgreSQL');
    const pool = createPool(target, { connections: 1, statementMs: 30_000, durable: true });
    const db = new Kysely<Database>({ dialect: new LostdealPostgresDialect(pool, target.name) });
    await upgrade(db, postgresStoreDialect);
    await db.destroy();
    await database.drop();
  });
});
