/** `deals/deliveries.ts` on PostgreSQL, where the ordinary commit notes one in its single statement. */
import type { Tenant } from '../../deal/model/deal';
import type { DeliveryKey } from '../deals/dealsStore';
import { forgetOldDeliveries, sweepNowAndThen } from '../deals/deliveries';
import { postgresStoreDialect } from '../dialect';
import type { StoreLogger } from '../openOptions';
import { tenantColumns } from '../records/tenancy';
import type { Db, Trx } from '../schema';

export interface Deliveries {
  /** Notes it inside the transaction that holds its effect; `false` when it was noted before. */
  note(trx: Trx, tenant: Tenant, key: DeliveryKey): Promise<boolean>;
  /** Counts one whose effect is committed, so that old ones are forgotten in time. Never fails: nothing depends on it. */
  noted(db: Db): Promise<void>;
  isKnown(db: Db, tenant: Tenant, key: DeliveryKey): Promise<boolean>;
}

export function createDeliveries(logger?: StoreLogger): Deliveries {
  const isSweepDue = sweepNowAndThen();

  return {
    async noted(db) {
      if (!isSweepDue()) return;
      try {
        await forgetOldDeliveries(db, postgresStoreDialect);
      } catch (error) {
        // Told to the operator only: what people did is saved. The next sweep forgets what this one did not.
        logger?.info({ err: error }, 'old deliveries could not be forgotten now');
      }
    },
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
        .values({
          ...tenantColumns(tenant),
          delivery_key: key,
          received_at: postgresStoreDialect.nowMs,
        })
        .onConflict((oc) => oc.doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },
  };
}
