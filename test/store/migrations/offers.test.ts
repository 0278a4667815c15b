/** Deals from before kinds of offers and costs were counted: the migration takes both from their states. */
import { Kysely, type KyselyPlugin, sql } from 'kysely';
import { sqliteStoreDialect } from '../../../src/store/dialect';
import { MIGRATIONS } from '../../../src/store/migrations';
import { migrate } from '../../../src/store/migrations/migrate';
import type { Database } from '../../../src/store/schema';
import { openSqlite } from '../../../src/store/sqlite/connection';
import { LostdealSqliteDialect } from '../../../src/store/sqlite/kysely';
import { ACME } from '../builder';
import { type TempFolder, tempFolder } from '../harness';

describe('a database of an earlier release', () => {
  let folder: TempFolder;
  beforeEach(() => {
    folder = tempFolder();
  });
  afterEach(() => folder.remove());

  it('migrates although it has more deals than fit in memory, and an unreadable one', async () => {
    const file = folder.file('a.db');
    const dialect = new LostdealSqliteDialect(openSqlite(file), file);
    let most = 0;
    const watching: KyselyPlugin = {
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => {
        most = Math.max(most, result.rows.length);
        return result;
      },
    };
    const db = new Kysely<Database>({ dialect, plugins: [watching] });
    await migrate(db, sqliteStoreDialect, MIGRATIONS.slice(0, 3));
    const state = JSON.stringify({
      trail: [],
      ask: { decisions: [{ kind: 'counter', value: { minor: 1, currency: 'EUR' } }] },
      pastAsks: [],
    });
    await sql`with recursive n (i) as (select 1 union all select i + 1 from n where i < 1200)
      insert into deals (enterprise_id, team_id, id, revision, stage, is_open, rep, account, started_at,
        updated_at, competitor_key, counts_as_lost, was_asked, was_matched, was_won_back, state_format, state)
      select case i % 2 when 0 then '' else 'E1' end, 'T' || (i % 3), 'D' || i, 1, 'closed', 0, 'U1', 'Acme', 1,
        1, 'contoso', 1, 1, 1, 0, 1, case i when 600 then '{' else ${state} end from n`.execute(db);

    await migrate(db, sqliteStoreDialect, MIGRATIONS);
    const { counted } = await db
      .selectFrom('deals')
      .select(({ fn }) => fn.sum<number>('cost_minor').as('counted'))
      .executeTakeFirstOrThrow();
    expect(counted).toBe(1_199);
    expect(most).toBeLessThanOrEqual(500);
    await db.destroy();
  });

  it('keeps its deals, with the kinds of their offers and their costs', async () => {
    const file = folder.file('a.db');
    const connection = openSqlite(file);
    const db = new Kysely<Database>({ dialect: new LostdealSqliteDialect(connection, file) });
    await migrate(db, sqliteStoreDialect, MIGRATIONS.slice(0, 3));
    const insert = async (id: string, reasons: readonly string[], minor: number, wonBack: 0 | 1) => {
      const state = JSON.stringify({
        trail: [{ fact: 'picture', answer: { kind: 'reasons', text: '', reasons } }],
        ask: { decisions: [{ kind: 'counter', value: { minor, currency: 'EUR' } }] },
        pastAsks: [],
      });
      await sql`insert into deals (enterprise_id, team_id, id, revision, stage, is_open, rep, account, started_at,
          updated_at, competitor_key, counts_as_lost, was_asked, was_matched, was_won_back, state_format, state)
        values (${ACME.enterpriseId}, ${ACME.teamId}, ${id}, 1, 'closed', 0, 'U1', 'Acme', 1,
          1, 'contoso', 1, 1, 1, ${wonBack}, 1, ${state})`.execute(db);
    };
    await insert('D1', ['price', 'terms'], 1_000, 1);
    await insert('D2', ['price'], 500, 0);
    await insert('D3', [], 70, 0);

    expect(await migrate(db, sqliteStoreDialect, MIGRATIONS)).toContain('offers');
    const columns = await db
      .selectFrom('deals')
      .select(['id', 'offer_kinds', 'cost_minor', 'cost_currency', 'was_matched_lost'])
      .orderBy('id')
      .execute();
    expect(columns.map((row) => Object.values(row))).toEqual([
      ['D1', ',price,terms,', 1_000, 'EUR', 0],
      ['D2', ',price,', 500, 'EUR', 1],
      ['D3', null, 70, 'EUR', 1],
    ]);
    await db.destroy();
  });
});
