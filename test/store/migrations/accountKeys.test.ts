/** Open deals from before companies had keys: the migration gives them one, so that their company is found. */
import { Kysely, sql } from 'kysely';
import { sqliteStoreDialect } from '../../../src/store/dialect';
import { MIGRATIONS } from '../../../src/store/migrations';
import { migrate } from '../../../src/store/migrations/migrate';
import type { Database } from '../../../src/store/schema';
import { openSqlite } from '../../../src/store/sqlite/connection';
import { LostdealSqliteDialect } from '../../../src/store/sqlite/kysely';
import { ACME } from '../builder';
import { tempFolder } from '../harness';

const at = MIGRATIONS.findIndex(({ name }) => name === 'account_keys');

test('an old database knows the company of every open deal by one key', async () => {
  const folder = tempFolder();
  const file = folder.file('a.db');
  const db = new Kysely<Database>({ dialect: new LostdealSqliteDialect(openSqlite(file), file) });
  await migrate(db, sqliteStoreDialect, MIGRATIONS.slice(0, at));
  const insert = (id: string, account: string, isOpen: 0 | 1) =>
    sql`insert into deals (enterprise_id, team_id, id, revision, stage, is_open, rep, account, started_at,
        updated_at, counts_as_lost, was_asked, was_matched, was_won_back, state_format, state)
      values (${ACME.enterpriseId}, ${ACME.teamId}, ${id}, 1, 'coaching', ${isOpen}, 'U1', ${account}, 1,
        1, 1, 0, 0, 0, 1, '{')`.execute(db);
  await insert('CURLY', 'Wendy’s', 1);
  await insert('UNSEEN', '\u200b', 1);
  await insert('CLOSED', 'Acme', 0);
  // More deals than one read has.
  for (let index = 0; index < 600; index++) await insert(`N${index}`, `Company ${index}`, 1);
  await migrate(db, sqliteStoreDialect, MIGRATIONS.slice(0, at + 1));

  const keys = await db.selectFrom('deals').select(['id', 'account_key']).execute();
  const keyOf = (id: string) => keys.find((it) => it.id === id)?.account_key;
  expect([keyOf('CURLY'), keyOf('UNSEEN'), keyOf('CLOSED')]).toEqual(["wendy's", null, null]);
  expect(keys.filter(({ account_key }) => account_key === null)).toHaveLength(2);
  await db.destroy();
  folder.remove();
});
