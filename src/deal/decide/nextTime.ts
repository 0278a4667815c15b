/** What was agreed for the next time, when a deal was not won back. */

import { reEngagementOf } from '../asking/reEngagement';
import type { CommandOf, DecideContext } from '../model/commands';
import type { Deal, NextTime } from '../model/deal';
import { deepEqual } from '../model/deepEqual';
import type { DealEventBody } from '../model/events';
import { factsOf, known, pledgeOf } from '../model/facts';
import { accept, alreadyDone, type Decided, type PlainCode, refuse } from '../model/refusals';
import { dealAfter } from './verdict';

/** Longer than any contract. */
const LONGEST_TERM_MONTHS = 240;

/** Works after closing too; then the reminder moves, unless it has been sent. */
export function noteNextTime(
  deal: Deal,
  { nextTime }: CommandOf<'note_next_time'>,
  context: DecideContext,
): Decided {
  if (deal.outcome?.kind === 'won_back') return refuse('won_back');
  const wrong = wrongNextTime(nextTime);
  if (wrong !== null) return refuse(wrong);
  const events = notedWithReminder(deal, nextTime, context);
  return events.length === 0 ? alreadyDone : accept(...events);
}

/** Whether the winner kept their word, as the prospect says long after. The words may be those of a later note. */
export function reportPledge(deal: Deal, { kept }: CommandOf<'report_pledge'>): Decided {
  if (deal.outcome?.kind === 'won_back') return refuse('won_back');
  if (deal.stage !== 'closed') return refuse('not_closed');
  if ((deal.pledge?.answer?.kept ?? null) === kept) return alreadyDone;
  if (kept !== null && pledgeOf(deal) === null) return refuse('nothing_pledged');
  return accept({ type: 'pledge_reported', kept, source: 'prospect' });
}

/** Events of the note, and of the reminder when it moves. */
export function notedWithReminder(
  deal: Deal,
  nextTime: NextTime | undefined,
  context: DecideContext,
): readonly DealEventBody[] {
  const noted = nextTimeEvents(deal, nextTime);
  return noted.length === 0
    ? []
    : [...noted, ...reminderMoves(deal, dealAfter(deal, noted, context), context)];
}

/** Null: nothing is wrong with it. */
export function wrongNextTime({ contractMonths }: NextTime): PlainCode | null {
  if (contractMonths === null) return null;
  const fits =
    Number.isInteger(contractMonths) && contractMonths > 0 && contractMonths <= LONGEST_TERM_MONTHS;
  return fits ? null : 'term_unusable';
}

/** Empty: the deal says so already. */
export function nextTimeEvents(deal: Deal, nextTime: NextTime | undefined): readonly DealEventBody[] {
  if (nextTime === undefined || deepEqual(nextTime, nextTimeOf(deal))) return [];
  return [{ type: 'next_time_noted', nextTime }];
}

/** What is known of the next time: notes made after the call count before answers on it. */
export function nextTimeOf(deal: Deal): NextTime {
  const facts = factsOf(deal);
  const noted = deal.nextTime;
  const months = noted?.contractMonths ?? null;
  return {
    mayCall: noted?.mayCall ?? known(facts.may_call_again),
    callOn: noted?.callOn ?? null,
    contractEnd: noted?.contractEnd ?? (months === null ? known(facts.contract_end) : null),
    contractMonths: months,
  };
}

function reminderMoves(before: Deal, noted: Deal, { settings, now }: DecideContext): DealEventBody[] {
  if (noted.stage !== 'closed' || (before.reEngagement?.remindedBy ?? null) !== null) return [];
  const again = reEngagementOf(noted, settings, now);
  if (again === null) return before.reEngagement === null ? [] : [{ type: 're_engagement_dropped' }];
  const stands = before.reEngagement?.at === again.dueAt && before.reEngagement.why === again.why;
  return stands ? [] : [{ type: 're_engagement_set', ...again }];
}
