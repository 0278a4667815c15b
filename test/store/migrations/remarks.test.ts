/** Deals from before replies had rows: the migration moves their words, and drops those that people took back. */
import { readFileSync } from 'node:fs';
import { Kysely, sql } from 'kysely';
import { replay } from '../../../src/deal/evolve/evolve';
import type { DealEvent } from '../../../src/deal/model/events';
import { postgresTarget } from '../../../src/store/databaseUrl';
import { postgresStoreDialect, sqliteStoreDialect } from '../../../src/store/dialect';
import { MIGRATIONS } from '../../../src/store/migrations';
import { migrate } from '../../../src/store/migrations/migrate';
import { openStore } from '../../../src/store/open';
import { createPool } from '../../../src/store/postgres/connection';
import { LostdealPostgresDialect } from '../../../src/store/postgres/kysely';
import type { Database, Db } from '../../../src/store/schema';
import { openSqlite } from '../../../src/store/sqlite/connection';
import { LostdealSqliteDialect } from '../../../src/store/sqlite/kysely';
import type { Store } from '../../../src/store/store';
import { createDatabase, describeOnPostgres } from '../../postgres/database';
import { ACME, aDeal, anAsk, event, NOON, started } from '../builder';
import { tempFolder } from '../harness';

const BEFORE = MIGRATIONS.filter(({ version }) => version < 7);

/** The events of a deal in the form of earlier releases, with words. */
const EVENTS: readonly (readonly [type: string, by: string, body: object])[] = [
  ['asked', 'UREP', { manager: 'UMANAGER', deadline: NOON + 1, ledger: null }],
  ['remarked', 'UMANAGER', { text: 'First words', channel: 'C1', ts: '1.1', offersDecision: true }],
  ['remark_edited', 'UMANAGER', { remark: 3, text: 'Second words', editedTs: '1.2' }],
  ['remark_edited', 'UMANAGER', { remark: 3, text: 'Second words', editedTs: '1.3' }],
  ['remarked', 'UOTHER', { text: 'Secret words', channel: 'C1', ts: '2.1', offersDecision: false }],
  ['remark_deleted', 'UOTHER', { remark: 6 }],
  ['remarked', 'USTRANGER', { text: 'Outside words', channel: 'C1', ts: '3.1', offersDecision: false }],
  [
    'remarked',
    'UOTHER',
    { text: `Long ${'words '.repeat(1_000)}`, channel: 'C1', ts: '4.1', offersDecision: false },
  ],
];

const said = (id: number, by: string, text: string, ts: string, more: object = {}) => ({
  id,
  by,
  text,
  at: NOON,
  channel: 'C1',
  ts,
  offersDecision: false,
  editedAt: null,
  editedTs: null,
  deleted: false,
  ...more,
});

const REMARKS = [
  said(3, 'UMANAGER', 'Second words', '1.1', { offersDecision: true, editedAt: NOON, editedTs: '1.3' }),
  said(6, 'UOTHER', 'Secret words', '2.1', { deleted: true }),
  said(8, 'USTRANGER', 'Outside words', '3.1'),
  said(9, 'UOTHER', `Long ${'words '.repeat(1_000)}`, '4.1'),
];

const first = aDeal();
const stateBefore = () => {
  const { remarkCount: _, ...deal } = aDeal({
    revision: 9,
    stage: 'awaiting_decision',
    stageSince: NOON,
    ask: anAsk({ id: 2, addressedBy: 2, addressedAt: NOON, at: NOON, deadline: NOON + 1 }),
  });
  return { ...deal, remarks: REMARKS };
};

/** 450 deals with replies, more than one batch, and one that cannot be read. */
async function fill(db: Db): Promise<void> {
  await sql`insert into people (enterprise_id, team_id, user_id, real_name, tz, is_admin, is_bot, is_stranger,
    deleted, fetched_at) values ('', ${ACME.teamId}, 'USTRANGER', 'Sam', 'UTC', 0, 0, 1, 0, 1)`.execute(db);
  const state = JSON.stringify(stateBefore());
  for (let i = 1; i <= 451; i += 1) {
    const id = i === 1 ? 'D1' : `E${i}`;
    const text = i === 451 ? `${state.slice(0, -1)}` : state.replace('"id":"D1"', `"id":"${id}"`);
    await sql`insert into deals (enterprise_id, team_id, id, revision, stage, is_open, rep, account, started_at,
      updated_at, counts_as_lost, was_asked, was_matched, was_won_back, state_format, state)
      values ('', ${ACME.teamId}, ${id}, 9, 'awaiting_decision', 1, 'UREP', 'Northwind', 1, 1, 1, 1, 0, 0, 1,
      ${text})`.execute(db);
  }
  const bodies = [
    event(1, started(first)),
    ...EVENTS.map(([type, by, body], index) => ({ ...body, type, by, seq: index + 2, at: NOON })),
  ];
  for (const body of bodies) {
    await sql`insert into events (enterprise_id, team_id, deal_id, seq, at, by_user, type, body)
      values ('', ${ACME.teamId}, 'D1', ${body.seq}, ${NOON}, ${body.by}, ${body.type},
      ${JSON.stringify(body)})`.execute(db);
  }
}

async function expectMoved(store: Store): Promise<void> {
  const deal = await store.deals.load(ACME, 'D1');
  const rows = await store.deals.remarks(ACME, 'D1');
  expect(rows.map(({ text, isCut }) => [text?.slice(0, 12) ?? null, text?.length ?? 0, isCut])).toEqual([
    ['Second words', 12, false],
    [null, 0, false],
    [null, 0, false],
    ['Long words w', 3_000, true],
  ]);
  expect(deal?.remarks.map(({ id }) => id)).toEqual([3]);
  expect(deal?.remarkCount).toBe(4);
  const events: readonly DealEvent[] = await store.deals.events(ACME, 'D1');
  expect(JSON.stringify(events)).not.toMatch(/words/u);
  expect(replay(events)?.remarks).toEqual(deal?.remarks);
  expect(replay(events)?.remarkCount).toBe(4);
  expect(rows[0]?.editedAt).toBe(deal?.remarks[0]?.editedAt);
  expect((await store.deals.remarks(ACME, 'E450')).length).toBe(4);
}

describe('a database whose states hold the words of replies', () => {
  it('has them in rows afterwards, and its file no more those that people took back', async () => {
    const folder = tempFolder();
    const file = folder.file('a.db');
    const connection = openSqlite(file);
    const db = new Kysely<Database>({ dialect: new LostdealSqliteDialect(connection, file) });
    await migrate(db, sqliteStoreDialect, BEFORE);
    await fill(db);
    await db.destroy();
    connection.close();
    expect(readFileSync(file).includes('Secret words')).toBe(true);

    const store = await openStore(folder.url('a.db'));
    await expectMoved(store);
    const text = readFileSync(file, 'latin1') + readFileSync(`${file}-wal`, 'latin1');
    for (const gone of ['First words', 'Outside words', 'Secret words']) {
      // The deal that cannot be read still holds its own.
      expect(text.split(gone).length - 1).toBe(gone === 'First words' ? 0 : 1);
    }
    await store.close();
    folder.remove();
  });
});

describeOnPostgres('on PostgreSQL', () => {
  it('has them in rows afterwards', async () => {
    const database = await createDatabase();
    const target = postgresTarget(database.url);
    if (target === null) throw new Error('not PostgreSQL');
    const pool = createPool(target, { connections: 1, statementMs: 30_000, durable: true });
    const db = new Kysely<Database>({ dialect: new LostdealPostgresDialect(pool, target.name) });
    await migrate(db, postgresStoreDialect, BEFORE);
    await fill(db);
    await db.destroy();
    const store = await openStore(database.url);
    await expectMoved(store);
    await store.close();
    await database.drop();
  });
});
