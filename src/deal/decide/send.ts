/** When an ask goes out: held while the rep adds facts, sent, resumed after a wrong tap, and what comes after it. */
import { addressAsk, notifyTimingOf, SHORTEST_DEADLINE } from '../asking/deadlines';
import { mayBeAsked, stationOf } from '../asking/stations';
import type { DecideContext, ScheduleSettings, WorkingTime } from '../model/commands';
import { type Answered, type Ask, type Deal, NEWS, type Sending } from '../model/deal';
import { deepEqual } from '../model/deepEqual';
import type { DealEventBody } from '../model/events';
import { factsOf } from '../model/facts';
import { accept, alreadyDone, type Decided } from '../model/refusals';
import { MINUTE } from '../model/workingTime';

/** An ask with less time than this is not held. */
const SHORTEST_TO_HOLD = 30 * MINUTE;

/** How an ask with this deadline goes out while the rep still writes. `heldUntil` null: at once. */
export function holdOf(
  deadline: number,
  now: number,
  { holdAskMs }: ScheduleSettings,
): { readonly sending: Sending; readonly heldUntil: number | null } {
  if (deadline - now < SHORTEST_TO_HOLD) return { sending: 'at_once', heldUntil: null };
  return { sending: 'held', heldUntil: holdAskMs === 0 ? null : now + holdAskMs };
}

/** Sends a held ask; its person is notified in their working hours. Empty: it is not held. */
export function sendAsk(deal: Deal, { settings, now }: DecideContext): readonly DealEventBody[] {
  const { ask } = deal;
  if (ask?.status !== 'pending' || ask.heldUntil === null) return [];
  const timing =
    ask.manager === null ? {} : notifyTimingOf(factsOf(deal), now, workOfAsked(deal, ask, settings));
  return [{ type: 'ask_sent', addressing: ask.addressedBy, ...timing }];
}

/** `settings.asked` is of the person before this commit, which may name another one. */
function workOfAsked(
  deal: Deal,
  { manager }: Ask,
  { manager: work, standIn, asked }: ScheduleSettings,
): WorkingTime {
  if (manager === deal.manager) return work;
  return standIn?.userId === manager ? standIn.work : asked;
}

export function askNow(deal: Deal, context: DecideContext): Decided {
  const sent = sendAsk(deal, context);
  return sent.length === 0 ? alreadyDone : accept(...sent);
}

/**
 * Whether the ask that the rep took back waits again: the call ended with the same answers, the same person decides, and
 * they have time. They are not notified twice then.
 */
export function resumes(deal: Deal, context: DecideContext): boolean {
  const last = deal.pastAsks.at(-1);
  if (last === undefined || deal.takenBack === null) return false;
  return waitsAgain(deal, last, context) && deepEqual(deal.takenBack.map(saidIn), deal.trail.map(saidIn));
}

/** Whether the ask of a removed deal waits again when it is brought back. A proposal for it is gone, so its maker is asked. */
export const resumesAsBefore = (deal: Deal, context: DecideContext): boolean =>
  deal.ask !== null && deal.ask.approvers.length === 0 && waitsAgain(deal, deal.ask, context);

/** The same person decides, and they have time. */
function waitsAgain(
  deal: Deal,
  { status, manager, deadline }: Ask,
  { settings, now }: DecideContext,
): boolean {
  const named = deal.manager !== null && mayBeAsked(deal, deal.manager, settings) ? deal.manager : null;
  const { standIn } = addressAsk(deal, settings, now, null, null).notified;
  const decides = named === null ? null : (standIn?.userId ?? named);
  return status === 'withdrawn' && decides === manager && deadline >= now + SHORTEST_DEADLINE;
}

const saidIn = ({ stepId, answer, fact, source }: Answered) => ({ stepId, answer, fact, source });

/** Tells the person whom a sent ask waits for of facts that can change their decision, once an ask. */
export function tellNews(deal: Deal, { actor }: DecideContext): readonly DealEventBody[] {
  const { ask, details } = deal;
  if (ask?.status !== 'pending' || ask.sending === null || ask.heldUntil !== null || ask.news !== null)
    return [];
  const { to, waitsUntil } = stationOf(ask);
  if (to === null || waitsUntil !== null || to === actor?.userId) return [];
  const known = deal.untold.filter((fact) => fact === 'words' || details[fact] !== null);
  // The first words need no mention beside facts with a name.
  const named = NEWS.filter((fact) => fact !== 'words' && known.includes(fact));
  const facts = named.length === 0 ? known : named;
  return facts.length === 0 ? [] : [{ type: 'news_told', to, facts }];
}
