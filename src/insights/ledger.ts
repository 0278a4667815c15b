/** The ledger beneath an ask: the team's earlier deals with the same competitor and kind of offer. */
import type { Deal, Ledger } from '../deal/model/deal';
import { offerKinds } from '../deal/model/facts';
import type { Store } from '../store/store';

/** Counts over the team's other deals lost to the same competitor; null while the competitor is not known. */
export async function ledgerOf(
  store: Store,
  deal: Pick<Deal, 'tenant' | 'id' | 'trail' | 'details'>,
): Promise<Ledger | null> {
  const competitor = deal.details.competitor?.trim() ?? '';
  if (competitor === '') return null;
  return store.deals.ledger(deal.tenant, competitor, deal.id, offerKinds(deal));
}
