/**
 * Caches deals as they were last read or written, so that a click does not parse a deal in use. A deal of one revision
 * never changes, and each load asks the database for the current revision, so the cache never hides a newer deal,
 * however many instances write.
 */
import { LRUCache } from 'lru-cache';
import type { Deal, DealId, Tenant } from '../../deal/model/deal';
import { tenantKey } from '../records/tenancy';

/** Some kilobytes each. */
const MOST = 1_000;

export interface ParsedDeals {
  find(tenant: Tenant, id: DealId): Deal | null;
  remember(deal: Deal): void;
}

export function createParsedDeals(): ParsedDeals {
  const deals = new LRUCache<string, Deal>({ max: MOST });
  const keyOf = (tenant: Tenant, id: DealId) => `${tenantKey(tenant)}/${id}`;
  return {
    find: (tenant, id) => deals.get(keyOf(tenant, id)) ?? null,
    remember: (deal) => {
      deals.set(keyOf(deal.tenant, deal.id), deal);
    },
  };
}
