/** What a click waits for, in one round trip each. */
import type { HotPath } from '../deals/hotPath';
import type { StoreLogger } from '../openOptions';
import { dealKey, tenantColumns } from '../records/tenancy';
import type { Db } from '../schema';
import { commitOnPostgres } from './commit';
import { createDeliveries } from './deliveries';

export function createPostgresHotPath(db: Db, logger?: StoreLogger): HotPath {
  const deliveries = createDeliveries(logger);
  return {
    async dealUnless(tenant, id, known) {
      const row = await db
        .selectFrom('deals')
        .select(({ eb }) => [
          'id',
          'team_id',
          'state_format',
          eb.case().when('revision', '=', known).then(null).else(eb.ref('state')).end().as('state'),
        ])
        .where(({ and }) => and(dealKey(tenant, id)))
        .executeTakeFirst();
      return row ?? null;
    },

    async lastManagerOfRep(tenant, rep) {
      const row = await db
        .selectFrom('deals')
        .select('manager')
        .where(({ and }) => and({ ...tenantColumns(tenant), rep }))
        .where('manager', 'is not', null)
        .orderBy('started_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.manager ?? null;
    },

    commit: (asked) => commitOnPostgres(db, deliveries, asked),
  };
}
