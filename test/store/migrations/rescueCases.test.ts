/** Deals from before the figures beside an ask knew counters, parts and what came back: the migration reads their states. */
import { Kysely, sql } from 'kysely';
import type { Deal } from '../../../src/deal/model/deal';
import { sqliteStoreDialect } from '../../../src/store/dialect';
import { MIGRATIONS } from '../../../src/store/migrations';
import { migrate } from '../../../src/store/migrations/migrate';
import { STATE_FORMAT, writeDeal } from '../../../src/store/records/dealJson';
import type { Database } from '../../../src/store/schema';
import { openSqlite } from '../../../src/store/sqlite/connection';
import { LostdealSqliteDialect } from '../../../src/store/sqlite/kysely';
import { ACME, aDeal, decidedAsk, MATCH } from '../builder';
import { tempFolder } from '../harness';

const at = MIGRATIONS.findIndex(({ name }) => name === 'rescue_cases');

test('an old database knows what became of every deal lost to a competitor, and starts with an unreadable one', async () => {
  const folder = tempFolder();
  const file = folder.file('a.db');
  const db = new Kysely<Database>({ dialect: new LostdealSqliteDialect(openSqlite(file), file) });
  await migrate(db, sqliteStoreDialect, MIGRATIONS.slice(0, at));
  const insert = (id: string, state: string, competitor: string | null = 'contoso') =>
    sql`insert into deals (enterprise_id, team_id, id, revision, stage, is_open, rep, account, started_at,
        updated_at, competitor_key, counts_as_lost, was_asked, was_matched, was_won_back, state_format, state)
      values (${ACME.enterpriseId}, ${ACME.teamId}, ${id}, 1, 'closed', 0, 'U1', 'Acme', 1,
        1, ${competitor}, 1, 1, 1, 0, ${STATE_FORMAT}, ${state})`.execute(db);
  const won: Partial<Deal> = {
    verdict: 'pulse',
    stage: 'closed',
    ask: decidedAsk(MATCH),
    outcome: { kind: 'won_back', part: 'part', amount: { minor: 70, currency: 'EUR' }, took: null },
  };
  await insert('WON', writeDeal(aDeal(won)));
  await insert('LOST', writeDeal(aDeal({ ...won, outcome: { kind: 'lost', reason: null } })));
  await insert('BROKEN', '{');
  await insert('NOBODY', writeDeal(aDeal(won)), null);
  // More deals than one read has.
  for (let index = 0; index < 600; index++) await insert(`N${index}`, writeDeal(aDeal()));
  await migrate(db, sqliteStoreDialect, MIGRATIONS.slice(0, at + 1));

  const columns = await db
    .selectFrom('deals')
    .select(['id', 'rescue_case', 'won_minor', 'won_currency'])
    .execute();
  const of = (id: string) => Object.values(columns.find((it) => it.id === id) ?? {}).slice(1);
  expect(of('WON')).toEqual(['pulse,tried,asked,inTime,matched,part', 70, 'EUR']);
  expect(of('LOST')).toEqual(['pulse,tried,asked,inTime,matched,lost', null, null]);
  expect(of('N599')).toEqual(['open', null, null]);
  expect([of('BROKEN'), of('NOBODY')]).toEqual([
    [null, null, null],
    [null, null, null],
  ]);
  await db.destroy();
  folder.remove();
});
