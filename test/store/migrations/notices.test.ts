/** What an earlier release had said of a channel, as a message of the deal that met it, is a notice afterwards. */
import { Kysely, sql } from 'kysely';
import { sqliteStoreDialect } from '../../../src/store/dialect';
import { MIGRATIONS } from '../../../src/store/migrations';
import { migrate } from '../../../src/store/migrations/migrate';
import { openStore } from '../../../src/store/open';
import type { Database } from '../../../src/store/schema';
import { openSqlite } from '../../../src/store/sqlite/connection';
import { LostdealSqliteDialect } from '../../../src/store/sqlite/kysely';
import { ACME, dealOf } from '../builder';
import { tempFolder } from '../harness';

const AT = Date.UTC(2026, 10, 23, 10);
const DAY = 24 * 60 * 60_000;

test('it is not said again, and a post whose result is not known stays with its deal', async () => {
  const folder = tempFolder();
  const file = folder.file('a.db');
  const db = new Kysely<Database>({ dialect: new LostdealSqliteDialect(openSqlite(file), file) });
  await migrate(db, sqliteStoreDialect, MIGRATIONS.slice(0, 5));
  await sql`insert into deals (enterprise_id, team_id, id, revision, rendered_revision, stage, is_open, rep, account,
      started_at, updated_at, counts_as_lost, was_asked, was_matched, was_won_back, state_format, state)
    values (${ACME.enterpriseId}, ${ACME.teamId}, 'D1', 1, 1, 'closed', 0, 'UREP', 'Acme', 1, 1, 1, 1, 0, 0, 1, '{}')`.execute(
    db,
  );
  const slot = (key: string, state: string, ts: string | null, intentAt: number | null) =>
    sql`insert into slots (enterprise_id, team_id, deal_id, key, channel, ts, hash, state, intent_at, lookups)
      values (${ACME.enterpriseId}, ${ACME.teamId}, 'D1', ${key}, 'DREP', ${ts}, 'h', ${state}, ${intentAt}, 0)`.execute(
      db,
    );
  await slot('summary', 'posted', '1.1', null);
  await slot('channel_unusable:C1', 'posted', `${AT / 1000}.000100`, null);
  await slot('channel_unusable:none:UADMIN', 'intended', null, AT);
  await db.destroy();

  const store = await openStore(folder.url('a.db'));
  const rep = { kind: 'notice', id: 'channel_unusable_rep:C1:UREP:D1' } as const;
  const admin = { kind: 'notice', id: 'channel_unusable_admin:none:UADMIN:D1' } as const;
  expect(await store.work.slots(ACME, rep)).toMatchObject([{ state: 'posted', ts: `${AT / 1000}.000100` }]);
  expect(await store.work.slots(ACME, admin)).toMatchObject([{ state: 'dropped', ts: null }]);
  const left = await store.work.slots(ACME, dealOf('D1'));
  expect(left.map(({ key }) => key)).toEqual(['channel_unusable:none:UADMIN', 'summary']);
  expect(await store.work.nextDue()).toBeNull();

  const again = { tenant: ACME, kind: 'channel_unusable_rep', about: 'C1', to: 'UREP', followsFrom: 'D2' };
  expect(await store.work.addNotice({ ...again, id: rep.id }, AT + 2 * DAY, DAY)).toBe(false);
  expect(await store.work.addNotice({ ...again, id: 'of D2' }, AT + DAY - 1, DAY)).toBe(false);
  expect(await store.work.addNotice({ ...again, id: 'of D2' }, AT + DAY, DAY)).toBe(true);
  await store.close();
  folder.remove();
});
