/** Deals, by their id and for their rep. Every query names the workspace first, as every index does. */
import type { Deal, Tenant } from '../../deal/model/deal';
import type { StoreLogger } from '../openOptions';
import { readDeal } from '../records/dealJson';
import { readEvent } from '../records/eventJson';
import { ofDeal, tenantColumns } from '../records/tenancy';
import type { Db, Flag } from '../schema';
import type { DealsStore } from './dealsStore';
import type { HotPath } from './hotPath';
import { readLedger } from './ledger';
import { createDealListsStore } from './lists';
import { createParsedDeals } from './parsedDeals';
import { readingDeals } from './readable';

export function createDealsStore(db: Db, hotPath: HotPath, logger?: StoreLogger): DealsStore {
  const parsed = createParsedDeals();
  const read = readingDeals(logger);
  const stored = () => db.selectFrom('deals').select(['id', 'team_id', 'state_format', 'state']);

  /** Newest activity first, as `deals_of_rep` keeps them. */
  async function ofRep(tenant: Tenant, rep: string, isOpen: Flag, limit: number): Promise<Deal[]> {
    const rows = await stored()
      .where(({ and }) => and({ ...tenantColumns(tenant), rep, is_open: isOpen }))
      .orderBy('updated_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
    return read(rows);
  }

  return {
    ...createDealListsStore(db, read),

    async load(tenant, id) {
      const known = parsed.find(tenant, id);
      const row = await hotPath.dealUnless(tenant, id, known?.revision ?? 0);
      if (row === null) return null;
      // Of this revision already.
      if (row.state === null) return known;
      const deal = readDeal({ ...row, state: row.state });
      parsed.remember(deal);
      return deal;
    },

    async events(tenant, id) {
      const rows = await db
        .selectFrom('events')
        .select(['deal_id', 'seq', 'body'])
        .where(({ and }) => and(ofDeal(tenant, id)))
        .orderBy('seq')
        .execute();
      return rows.map(readEvent);
    },

    async commit(asked) {
      const result = await hotPath.commit(asked);
      if (result === 'committed') parsed.remember(asked.deal);
      return result;
    },

    openOfRep: (tenant, rep, limit) => ofRep(tenant, rep, 1, limit),

    recentlyClosedOfRep: (tenant, rep, limit) => ofRep(tenant, rep, 0, limit),

    async waitingFor(tenant, managers, limit) {
      if (managers.length === 0) return [];
      // Several managers are sorted together; what waits for them is a handful, as asks end by themselves.
      const rows = await stored()
        .where(({ and }) => and(tenantColumns(tenant)))
        .where('ask_manager', 'in', managers)
        .orderBy('ask_deadline')
        .orderBy('id')
        .limit(limit)
        .execute();
      return read(rows);
    },

    lastManagerOfRep: hotPath.lastManagerOfRep,

    ledger: (tenant, competitor, except, kinds) => readLedger(db, tenant, competitor, except, kinds),
  };
}
