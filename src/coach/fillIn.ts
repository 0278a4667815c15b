/** A rep writes down after the call what could wait until then. */
import type { Deal, Details, NextTime, UserId } from '../deal/model/deal';
import type { WrittenDown } from '../deal/model/events';
import { ledgerOf } from '../insights/ledger';
import { type Acted, act } from './act';
import type { Coach, Who } from './context';
import { whyNotManager } from './nameManager';

export interface Notes {
  readonly details: Partial<Details>;
  /** Null: left as it is. */
  readonly manager: UserId | null;
  readonly written: readonly WrittenDown[];
  /** What was agreed for the next time, where the screen asks for it. */
  readonly nextTime?: NextTime;
}

/** @param deal as the screen showed it */
export async function fillIn(coach: Coach, who: Who, deal: Deal, notes: Notes): Promise<Acted> {
  const unfit = notes.manager === null ? null : await whyNotManager(coach, who, notes.manager);
  if (unfit !== null) return { ok: false, code: 'invalid', detail: unfit, deal: null };
  const competitor = notes.details.competitor ?? null;
  const ledger = await ledgerOf(coach.store, { ...deal, competitor });
  return act(coach, who, deal.id, { type: 'fill_in', ...notes, ledger });
}
