/** What is in the database, read beside the app with nothing of its own. The same questions for both kinds. */
import type { Deal } from '../src/deal/model/deal';
import type { DealEvent } from '../src/deal/model/events';
import type { KeptRemark } from '../src/deal/model/remark';
import { readDeal } from '../src/store/records/dealJson';
import { readEvent } from '../src/store/records/eventJson';
import { readRemark } from '../src/store/records/remarkRow';
import { connectSqlite } from '../src/store/sqlite/connectSqlite';
import { stringIn } from './json';

export interface DealRecord {
  readonly deal: Deal;
  readonly events: readonly DealEvent[];
  readonly remarks: readonly KeptRemark[];
}

export interface Books {
  /** @throws when the database does not answer */
  records(): Promise<readonly DealRecord[]>;
  /** What is not in Slack yet, in words. @throws when the database does not answer */
  unsettled(): Promise<readonly string[]>;
}

/** Rows of a query; both drivers give plain objects. */
export type Ask = (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

export function booksOf(ask: Ask): Books {
  return {
    async records() {
      const deals = await ask('select id, team_id, state_format, state from deals');
      const events = await ask('select deal_id, seq, body from events order by deal_id, seq');
      const rows = await ask('select * from remarks');
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
        const remarks = rows.filter((it) => it.deal_id === deal.id).map(remarkIn);
        return { deal, events: byDeal.get(deal.id) ?? [], remarks };
      });
    },
    async unsettled() {
      const slots = await ask(
        "select deal_id, key from slots where state = 'intended' or intent_at is not null",
      );
      const deals = await ask(
        `select id, last_error from deals where rendered_revision < revision or lease is not null or due_at <= ${Date.now()}`,
      );
      return [
        ...deals.map((row) => `deal ${String(row.id)} is not shown yet (${String(row.last_error)})`),
        ...slots.map((row) => `deal ${String(row.deal_id)}: ${String(row.key)} is not settled`),
      ];
    },
  };
}

/** PostgreSQL's driver gives bigints as text here. */
function remarkIn(row: Readonly<Record<string, unknown>>): KeptRemark {
  const stored = row as Parameters<typeof readRemark>[0];
  const editedAt = stored.edited_at === null ? null : Number(stored.edited_at);
  return { ...readRemark(stored), id: Number(stored.id), at: Number(stored.at), editedAt };
}

/** The write-ahead log lets us read while the app writes. */
export function sqliteBooks(file: string): Books {
  return booksOf(async (sql) => {
    const database = connectSqlite(file, { readonly: true });
    try {
      return database.prepare(sql).all() as Readonly<Record<string, unknown>>[];
    } finally {
      database.close();
    }
  });
}
