/** What earlier deals say about a competitor and this kind of offer: the ledger that stands beneath an ask. */
import type { Deal, DealId, Ledger, Tenant } from '../deal/model/deal';
import { offerKinds } from '../deal/model/facts';
import type { Store } from '../store/store';

/** Counts over the team's other deals lost to the same competitor; null while the competitor is not known. */
export async function ledgerOf(
  store: Store,
  deal: { readonly tenant: Tenant; readonly id: DealId; readonly competitor: string | null } & Pick<
    Deal,
    'trail'
  >,
): Promise<Ledger | null> {
  const competitor = deal.competitor?.trim() ?? '';
  if (competitor === '') return null;
  return store.deals.ledger(deal.tenant, competitor, deal.id, offerKinds(deal));
}
