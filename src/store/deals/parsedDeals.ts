/**
 * Deals as they were last read or written, so that a deal in use is not parsed at each click. A deal of one revision
 * never changes, and each load asks the database which revision stands: what is remembered is never shown in the
 * place of something newer, however many instances write.
 */
import { LRUCache } from 'lru-cache';
import type { Deal, DealId, Tenant } from '../../deal/model/deal';

/** Some kilobytes each. */
const MOST = 1_000;

export interface ParsedDeals {
  find(tenant: Tenant, id: DealId): Deal | null;
  remember(deal: Deal): void;
}

export function createParsedDeals(): ParsedDeals {
  const deals = new LRUCache<string, Deal>({ max: MOST });
  const keyOf = ({ enterpriseId, teamId }: Tenant, id: DealId) => `${enterpriseId}/${teamId}/${id}`;
  return {
    find: (tenant, id) => deals.get(keyOf(tenant, id)) ?? null,
    remember: (deal) => {
      deals.set(keyOf(deal.tenant, deal.id), deal);
    },
  };
}
