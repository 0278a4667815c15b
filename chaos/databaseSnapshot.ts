/** Reads the database while the app runs, over connections of its own. The same queries serve both databases. */
import type { Deal, UserId } from '../src/deal/model/deal';
import type { DealEvent } from '../src/deal/model/events';
import type { KeptRemark } from '../src/deal/model/remark';
import { readDeal } from '../src/store/records/dealJson';
import { readEvent } from '../src/store/records/eventJson';
import { readRemark } from '../src/store/records/remarkRow';
import { connectSqlite } from '../src/store/sqlite/connectSqlite';
import type { Notice, StoredSlot } from '../src/store/store';
import { stringIn } from './json';

export interface DealRecord {
  readonly deal: Deal;
  readonly events: readonly DealEvent[];
  readonly remarks: readonly KeptRemark[];
  /** Full names of everybody whom Slack has described. */
  readonly names: ReadonlyMap<UserId, string>;
}

export interface NoticeRecord {
  readonly notice: Notice;
  readonly state: StoredSlot['state'];
}

export interface DatabaseSnapshot {
  /** @throws when the database does not answer */
  records(): Promise<readonly DealRecord[]>;
  /** @throws when the database does not answer */
  notices(): Promise<readonly NoticeRecord[]>;
  /** What Slack does not show yet, one sentence each. @throws when the database does not answer */
  pending(): Promise<readonly string[]>;
}

/** Returns the rows of a query as plain objects, as both drivers do. */
export type RunQuery = (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

export function snapshotOf(query: RunQuery): DatabaseSnapshot {
  return {
    async records() {
      const deals = await query('select id, team_id, state_format, state from deals');
      const events = await query('select deal_id, seq, body from events order by deal_id, seq');
      const rows = await query('select * from remarks');
      const people = await query('select user_id, real_name from people');
      const names = new Map(people.map((it) => [stringIn(it.user_id), stringIn(it.real_name)]));
      const byDeal = new Map<string, DealEvent[]>();
      for (const row of events) {
        const dealId = stringIn(row.deal_id);
        const event = readEvent({ deal_id: dealId, seq: Number(row.seq), body: stringIn(row.body) });
        byDeal.set(dealId, [...(byDeal.get(dealId) ?? []), event]);
      }
      return deals.map((row) => {
        const deal = readDeal({
          id: stringIn(row.id),
          team_id: stringIn(row.team_id),
          state_format: Number(row.state_format),
          state: stringIn(row.state),
        });
        const remarks = rows.filter((it) => it.deal_id === deal.id).map(remarkOf);
        return { deal, events: byDeal.get(deal.id) ?? [], remarks, names };
      });
    },
    async notices() {
      const rows = await query(
        'select enterprise_id, team_id, id, kind, about, recipient, follows_from, revision, state from notices',
      );
      return rows.map((row) => ({
        notice: {
          tenant: { enterpriseId: stringIn(row.enterprise_id), teamId: stringIn(row.team_id) },
          id: stringIn(row.id),
          kind: stringIn(row.kind),
          about: stringIn(row.about),
          to: stringIn(row.recipient),
          followsFrom: row.follows_from === null ? null : stringIn(row.follows_from),
          revision: Number(row.revision),
        },
        state: row.state as StoredSlot['state'],
      }));
    },
    async pending() {
      const isUnsettled = "state = 'intended' or intent_at is not null";
      const isBehind = `rendered_revision < revision or lease is not null or due_at <= ${Date.now()}`;
      const slots = await query(`select deal_id, key from slots where ${isUnsettled}`);
      const deals = await query(`select id, last_error from deals where ${isBehind}`);
      const notices = await query(`select id, last_error from notices where ${isUnsettled} or ${isBehind}`);
      return [
        ...deals.map((row) => `deal ${String(row.id)} is not shown yet (${String(row.last_error)})`),
        ...slots.map((row) => `deal ${String(row.deal_id)}: ${String(row.key)} is not settled`),
        ...notices.map((row) => `notice ${String(row.id)} is not shown yet (${String(row.last_error)})`),
      ];
    },
  };
}

/** PostgreSQL's driver returns bigints as text here. */
function remarkOf(row: Readonly<Record<string, unknown>>): KeptRemark {
  const stored = row as Parameters<typeof readRemark>[0];
  const editedAt = stored.edited_at === null ? null : Number(stored.edited_at);
  return { ...readRemark(stored), id: Number(stored.id), at: Number(stored.at), editedAt };
}

/** SQLite's write-ahead log lets us read while the app writes. */
export function sqliteSnapshot(file: string): DatabaseSnapshot {
  return snapshotOf(async (sql) => {
    const database = connectSqlite(file, { readonly: true });
    try {
      return database.prepare(sql).all() as Readonly<Record<string, unknown>>[];
    } finally {
      database.close();
    }
  });
}
