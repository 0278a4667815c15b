/** The outcome: reporting it, a signature, reminders until then, and reopening. */
import { traitsOf } from '../../playbook/schema';
import { planWithCallAt } from '../asking/cadence';
import type { CommandOf, DecideContext, WorkingTime } from '../model/commands';
import type { Deal, NextTime, Outcome, VerbalYes } from '../model/deal';
import { deepEqual } from '../model/deepEqual';
import type { DealEventBody, EventOf } from '../model/events';
import { factsOf, known } from '../model/facts';
import { isAmount } from '../model/money';
import { accept, alreadyDone, type Decided, type PlainCode, refuse } from '../model/refusals';
import { addWorkingDays, DAY, HOUR, localDate, nextWorkingMoment, onDate } from '../model/workingTime';
import { nextTimeEvents, wrongNextTime } from './nextTime';
import { resumesAsBefore } from './send';
import { ask, close, conclude, dealAfter } from './verdict';

const LONGEST_REMINDER = 366 * DAY;

/** A signature ends the rescue at any stage. When the prospect expects a call, the deal stays open for it. */
export function reportSigned(deal: Deal, context: DecideContext): Decided {
  if (deal.signedReportedAt !== null) return alreadyDone;
  if (deal.stage === 'closed') return refuse('closed');
  const signed: DealEventBody = { type: 'signed_reported' };
  if (deal.stage === 'coaching') {
    return accept(signed, ...conclude(dealAfter(deal, [signed], context), 'signed', null, context));
  }
  const events = [...withdrawAsk(deal, 'signed'), signed];
  const isOwed = deal.ask !== null || known(factsOf(deal).promise) !== null;
  return isOwed
    ? accept(...events)
    : accept(...events, ...close(dealAfter(deal, events, context), 'outcome', context));
}

/** Sets the next reminder while a deal is won back or called back, or the next try to reach somebody. */
export function remindMe(
  deal: Deal,
  { at }: CommandOf<'remind_me'>,
  { now, settings }: DecideContext,
): Decided {
  if (!(at > now && at <= now + LONGEST_REMINDER)) return refuse('reminder_unusable');
  if (deal.stage === 'coaching' && traitsOf(deal.verdict)?.isReached === false) {
    if (deal.nextTryAt === at) return alreadyDone;
    return accept(callMoved(deal, at, settings.rep, now));
  }
  if (deal.stage !== 'winning_back' && deal.stage !== 'calling_back') return refuse('nothing_to_remind');
  return deal.remindAt === at ? alreadyDone : accept({ type: 'reminder_set', dueAt: at });
}

/** The rep names another time for the next call. */
function callMoved(deal: Deal, at: number, work: WorkingTime, now: number): DealEventBody {
  const plan = deal.cadence === null ? null : planWithCallAt(deal.cadence, at, now, work);
  return { type: 'try_scheduled', tries: deal.tries, dueAt: at, ...(plan === null ? {} : { plan }) };
}

export function reportOutcome(
  deal: Deal,
  { outcome, nextTime }: CommandOf<'report_outcome'>,
  context: DecideContext,
): Decided {
  switch (deal.stage) {
    case 'closed':
      return deepEqual(deal.outcome, outcome) ? alreadyDone : refuse('outcome_stands');
    case 'awaiting_decision':
      if (outcome.kind === 'no_answer') return refuse('not_decided');
      break;
    case 'winning_back':
    case 'calling_back':
      break;
    case 'coaching':
    case 'withdrawn':
      return refuse('conversation_open');
    default:
      return deal.stage satisfies never;
  }
  const wrong = wrongOutcome(deal, outcome) ?? (nextTime === undefined ? null : wrongNextTime(nextTime));
  if (wrong !== null) return refuse(wrong);
  switch (outcome.kind) {
    case 'no_answer':
      return noAnswer(deal, outcome, context);
    case 'verbal_yes':
      return saidYes(deal, outcome, context);
    case 'won_back':
    case 'lost':
      return ended(deal, outcome, nextTime, context);
    default:
      return outcome satisfies never;
  }
}

/** At least this long after they said so: they sign today. */
const SIGNED_TODAY_AFTER = 3 * HOUR;

/** The rep is reminded in their working hours of the day on which they sign. */
function saidYes(deal: Deal, outcome: VerbalYes, { settings: { rep }, now }: DecideContext): Decided {
  if (deal.signedReportedAt !== null) return refuse('has_signed');
  const day = onDate(outcome.signsOn, rep.startMinute, rep);
  const isAhead = outcome.signsOn >= localDate(now, rep);
  if (day === null || !isAhead || day > now + LONGEST_REMINDER) return refuse('reminder_unusable');
  if (deal.remindAt !== null && deepEqual(deal.outcome, outcome)) return alreadyDone;
  const dueAt = nextWorkingMoment(Math.max(day, now + SIGNED_TODAY_AFTER), rep);
  return accept(
    ...withdrawAsk(deal, 'rep'),
    { type: 'outcome_reported', outcome },
    { type: 'reminder_set', dueAt },
  );
}

/** A verbal yes stays one when nobody answers later. */
function noAnswer(deal: Deal, outcome: Outcome, { settings, now }: DecideContext): Decided {
  const dueAt = addWorkingDays(now, 1, settings.rep);
  if (deal.outcome?.kind === 'verbal_yes') {
    return deal.remindAt === dueAt ? alreadyDone : accept({ type: 'reminder_set', dueAt });
  }
  if (deal.outcome?.kind === 'no_answer' && deal.remindAt === dueAt) return alreadyDone;
  return accept({ type: 'outcome_reported', outcome }, { type: 'reminder_set', dueAt });
}

function ended(
  deal: Deal,
  outcome: Outcome,
  nextTime: NextTime | undefined,
  context: DecideContext,
): Decided {
  const events: readonly DealEventBody[] = [
    ...withdrawAsk(deal, 'rep'),
    { type: 'outcome_reported', outcome, ...(isTold(deal, outcome, context) ? { told: true } : {}) },
    ...(outcome.kind === 'won_back' ? [] : nextTimeEvents(deal, nextTime)),
  ];
  const because = deal.stage === 'calling_back' ? 'called_back' : 'outcome';
  return outcome.kind === 'won_back'
    ? accept(...events, { type: 'closed', because, asksReason: true })
    : accept(...events, ...close(dealAfter(deal, events, context), because, context));
}

/** A deal that is back is news for the channel, once: opened and won again only if something else is back. */
function isTold({ winTold }: Deal, outcome: Outcome, { settings }: DecideContext): boolean {
  if (outcome.kind !== 'won_back' || !settings.tellsWins) return false;
  const { part, amount } = outcome;
  return winTold === null || !deepEqual(winTold, { part, amount });
}

function wrongOutcome(deal: Deal, outcome: Outcome): PlainCode | null {
  if ((outcome.kind !== 'won_back' && outcome.kind !== 'verbal_yes') || outcome.amount === null) return null;
  if (!isAmount(outcome.amount)) return 'amount_unusable';
  const whole = deal.details.amount;
  const isPart = outcome.part === 'part' && whole?.currency === outcome.amount.currency;
  return isPart && outcome.amount.minor >= whole.minor ? 'part_too_large' : null;
}

/** Takes a pending ask back; empty: none is pending. */
export function withdrawAsk(deal: Deal, why: EventOf<'ask_withdrawn'>['why']): readonly DealEventBody[] {
  return deal.ask?.status === 'pending' ? [{ type: 'ask_withdrawn', why }] : [];
}

/** A deal with a withdrawn ask asks anew, so the old buttons stay stale. One that was removed comes back as it was. */
export function reopen(deal: Deal, context: DecideContext): Decided {
  if (deal.stage !== 'closed' && deal.stage !== 'withdrawn') return refuse('not_closed');
  const reopened: DealEventBody = { type: 'reopened' };
  const then = dealAfter(deal, [reopened], context);
  if (then.stage !== 'awaiting_decision') return accept(reopened);
  return deal.removed !== null && resumesAsBefore(then, context)
    ? accept(reopened, { type: 'ask_resumed' })
    : accept(reopened, ask(then, deal.ask?.ledger ?? null, context));
}

/** True while the rep still has to report how it went; "no answer yet" is no end, and neither is a verbal yes. */
export function owesOutcome({ stage, outcome }: Deal): boolean {
  const isBack = stage === 'winning_back' || stage === 'calling_back';
  return isBack && (outcome === null || outcome.kind === 'no_answer' || outcome.kind === 'verbal_yes');
}
