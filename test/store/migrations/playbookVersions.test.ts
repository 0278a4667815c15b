/** Calls from before workspaces chose versions: the migration lets each workspace go on with the version of its last one. */
import { Kysely, sql } from 'kysely';
import { sqliteStoreDialect } from '../../../src/store/dialect';
import { MIGRATIONS } from '../../../src/store/migrations';
import { migrate } from '../../../src/store/migrations/migrate';
import type { Database } from '../../../src/store/schema';
import { openSqlite } from '../../../src/store/sqlite/connection';
import { LostdealSqliteDialect } from '../../../src/store/sqlite/kysely';
import { tempFolder } from '../harness';

const at = MIGRATIONS.findIndex(({ name }) => name === 'playbook_versions');

test('an old database goes on with the version of each playbook that a workspace used last', async () => {
  const folder = tempFolder();
  const file = folder.file('a.db');
  const db = new Kysely<Database>({ dialect: new LostdealSqliteDialect(openSqlite(file), file) });
  await migrate(db, sqliteStoreDialect, MIGRATIONS.slice(0, at));
  const kept = { h1: '{"id":"tiny"}', h2: '{"id":"tiny"}', h3: '{"id":"other"}', broken: '{' };
  for (const [hash, body] of Object.entries(kept))
    await sql`insert into playbooks (hash, body) values (${hash}, ${body})`.execute(db);
  let deals = 0;
  const call = async (team: string, hash: string | null, startedAt: number) => {
    deals += 1;
    const id = `D${deals}`;
    await sql`insert into deals (enterprise_id, team_id, id, revision, stage, is_open, rep, account, started_at,
        updated_at, counts_as_lost, was_asked, was_matched, was_won_back, state_format, state)
      values ('', ${team}, ${id}, 1, 'coaching', 1, 'U1', 'Acme', 1, 1, 1, 0, 0, 0, 1, '{')`.execute(db);
    const required = await sql<{
      name: string;
      type: string;
    }>`select name, type from pragma_table_info('insights')
      where "notnull" = 1 and dflt_value is null`.execute(db);
    const known = {
      enterprise_id: '',
      team_id: team,
      deal_id: id,
      started_at: startedAt,
      playbook_hash: hash,
    };
    const values = {
      ...Object.fromEntries(
        required.rows.map(({ name, type }) => [name, type.toLowerCase() === 'text' ? 'x' : 0]),
      ),
      ...known,
    };
    const names = sql.join(Object.keys(values).map((name) => sql.ref(name)));
    await sql`insert into insights (${names}) values (${sql.join(Object.values(values))})`.execute(db);
  };
  await call('T1', 'h2', 20);
  await call('T1', 'h1', 10);
  await call('T1', 'h3', 5);
  await call('T2', 'h1', 30);
  await call('T2', 'gone', 40);
  await call('T2', 'broken', 50);
  await call('T3', null, 1);
  await migrate(db, sqliteStoreDialect, MIGRATIONS.slice(0, at + 1));

  const used = await db
    .selectFrom('playbook_versions')
    .select(['team_id', 'playbook_id', 'hash', 'is_own', 'next_hash'])
    .orderBy('team_id')
    .orderBy('playbook_id')
    .execute();
  expect(used.map(({ team_id, playbook_id, hash }) => [team_id, playbook_id, hash])).toEqual([
    ['T1', 'other', 'h3'],
    ['T1', 'tiny', 'h2'],
    ['T2', 'tiny', 'h1'],
  ]);
  expect(used.every(({ is_own, next_hash }) => is_own === 0 && next_hash === null)).toBe(true);
  await db.destroy();
  folder.remove();
});
