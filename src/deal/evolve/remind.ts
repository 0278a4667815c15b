import type { Deal } from '../model/deal';

/** Notes when a person was reminded, for the rule of one reminder an hour. */
export function remind(deal: Deal, to: string, at: number): Deal {
  return { ...deal, lastReminded: { ...deal.lastReminded, [to]: at } };
}
