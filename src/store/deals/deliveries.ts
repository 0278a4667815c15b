/** Deliveries that had their effect. Slack repeats one for an hour at most; they are forgotten after a day. */
import type { Tenant } from '../../deal/deal';
import type { StoreDialect } from '../dialect';
import { tenantColumns } from '../records/tenancy';
import type { Db, Trx } from '../schema';
import type { Run } from '../sqlite/direct';
import type { DeliveryKey } from '../store';

const KEPT_MS = 24 * 60 * 60 * 1000;
/** New ones between two sweeps: a sweep is then a small part of one commit in so many. */
const SWEEP_EVERY = 1_000;

/** For SQLite. */
const NOW = "cast(round(unixepoch('subsec') * 1000) as integer)";
const NOTE = `insert into deliveries (enterprise_id, team_id, delivery_key, received_at) values (?, ?, ?, ${NOW}) on conflict do nothing`;
const FORGET = `delete from deliveries where received_at < ${NOW} - ?`;

export interface Deliveries {
  /** Notes it inside the transaction that holds its effect; `false` when it was noted before. */
  note(trx: Trx, tenant: Tenant, key: DeliveryKey): Promise<boolean>;
  /** The same where statements run at once. */
  noteDirectly(run: Run, tenant: Tenant, key: DeliveryKey): boolean;
  /** Counts one that was noted by other means, so that old ones are forgotten in time. */
  noted(db: Db): Promise<void>;
  isKnown(db: Db, tenant: Tenant, key: DeliveryKey): Promise<boolean>;
  forgetOld(db: Db): Promise<void>;
}

export function createDeliveries(dialect: StoreDialect): Deliveries {
  let sinceSweep = 0;

  async function forgetOld(db: Db): Promise<void> {
    sinceSweep = 0;
    await db
      .deleteFrom('deliveries')
      .where('received_at', '<', (eb) => eb(dialect.nowMs, '-', KEPT_MS))
      .execute();
  }

  async function noted(db: Db): Promise<void> {
    sinceSweep += 1;
    if (sinceSweep >= SWEEP_EVERY) await forgetOld(db);
  }

  return {
    forgetOld,
    noted,
    async isKnown(db, tenant, key) {
      const row = await db
        .selectFrom('deliveries')
        .select('delivery_key')
        .where(({ and }) => and({ ...tenantColumns(tenant), delivery_key: key }))
        .executeTakeFirst();
      return row !== undefined;
    },
    async note(trx, tenant, key) {
      // Where two transactions bring the same key, the second waits here for the first and then finds the conflict.
      const { numInsertedOrUpdatedRows } = await trx
        .insertInto('deliveries')
        .values({ ...tenantColumns(tenant), delivery_key: key, received_at: dialect.nowMs })
        .onConflict((oc) => oc.doNothing())
        .executeTakeFirstOrThrow();
      await noted(trx);
      return numInsertedOrUpdatedRows === 1n;
    },

    noteDirectly(run, { enterpriseId, teamId }, key) {
      const noted = run.change(NOTE, [enterpriseId, teamId, key]) === 1;
      sinceSweep += 1;
      if (sinceSweep >= SWEEP_EVERY) {
        sinceSweep = 0;
        run.change(FORGET, [KEPT_MS]);
      }
      return noted;
    },
  };
}
