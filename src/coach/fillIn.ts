/** A rep writes down after the call what could wait until then. */
import type { DealId, Details, UserId } from '../deal/deal';
import type { WrittenDown } from '../deal/events';
import { ledgerOf } from '../insights/ledger';
import { type Acted, act } from './act';
import type { Coach, Who } from './context';
import { whyNotManager } from './nameManager';

export interface Notes {
  readonly details: Partial<Details>;
  /** Null: left as it is. */
  readonly manager: UserId | null;
  readonly told: readonly WrittenDown[];
}

export async function fillIn(coach: Coach, who: Who, dealId: DealId, notes: Notes): Promise<Acted> {
  const unfit = notes.manager === null ? null : await whyNotManager(coach, who, notes.manager);
  if (unfit !== null) return { ok: false, code: 'invalid', detail: unfit, deal: null };
  const competitor = notes.details.competitor ?? null;
  const ledger = await ledgerOf(coach.store, { tenant: who.tenant, id: dealId, competitor });
  return act(coach, who, dealId, { type: 'fill_in', ...notes, ledger });
}
