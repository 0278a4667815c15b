/** The ledger beneath an ask: the team's earlier deals with the same competitor and kind of offer. */
import type { Deal, RescueLedger } from '../deal/model/deal';
import { offerKinds } from '../deal/model/facts';
import type { Store } from '../store/store';
import { countRescues, withSameKind } from './rescues';

/** Figures of the team's other deals lost to the same competitor; null while the competitor is not known. */
export async function ledgerOf(
  store: Pick<Store, 'deals'>,
  deal: Pick<Deal, 'tenant' | 'id' | 'trail' | 'details'>,
): Promise<RescueLedger | null> {
  const competitor = deal.details.competitor?.trim() ?? '';
  if (competitor === '') return null;
  const groups = await store.deals.casesAgainst(deal.tenant, competitor, deal.id);
  const kinds = offerKinds(deal);
  return {
    rescues: countRescues(groups),
    sameKind: kinds.length === 0 ? null : { ...countRescues(withSameKind(groups, kinds)), kinds },
  };
}
