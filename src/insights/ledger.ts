/** What earlier deals say about a competitor: the ledger that stands beneath an ask. */
import type { DealId, Ledger, Tenant } from '../deal/deal';
import type { Store } from '../store/store';

/** Counts over the team's other deals lost to the same competitor; null while the competitor is not known. */
export async function ledgerOf(
  store: Store,
  deal: { readonly tenant: Tenant; readonly id: DealId; readonly competitor: string | null },
): Promise<Ledger | null> {
  const competitor = deal.competitor?.trim() ?? '';
  return competitor === '' ? null : store.deals.ledger(deal.tenant, competitor, deal.id);
}
