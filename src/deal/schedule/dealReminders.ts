/** All that a deal is due for, by its stage. `schedule.ts` selects from it. */
import { closesAt } from '../asking/cadence';
import type { Cadence } from '../model/cadence';
import type { ScheduleSettings } from '../model/commands';
import type { Deal, Nudge } from '../model/deal';
import { factsOf, hasWords, known, lacksFacts, offerDueAt } from '../model/facts';
import { decisionInForce } from '../model/inForce';
import {
  addWorkingDays,
  anyHour,
  DAY,
  HOUR,
  MINUTE,
  nextWorkingStart,
  timeToSend,
} from '../model/workingTime';
import { approvalPassingReminders, askReminders, notifyReminders } from './askReminders';
import { closeForSilence, earliestReminder, nudge, type Reminder, reminder } from './reminder';

const WORKING_DAYS_TO_OUTCOME = 1;
const WORKING_DAYS_BETWEEN = 3;

export function remindersOf(deal: Deal, settings: ScheduleSettings, now: number): readonly Reminder[] {
  switch (deal.stage) {
    case 'coaching':
      return deal.position ? screenReminders(deal, settings) : tryReminders(deal, settings);
    case 'awaiting_decision':
      return deal.ask?.status === 'pending'
        ? [...askReminders(deal, deal.ask, settings, now), ...notesReminders(deal, settings)]
        : [];
    case 'winning_back':
    case 'calling_back':
      return [
        ...followUpReminders(deal, settings),
        ...expiryReminders(deal, settings),
        ...(deal.ask?.approval ? notifyReminders(deal, settings) : []),
        ...approvalPassingReminders(deal, settings),
        closeForSilence(deal, settings.silenceAfterMs, 0),
        ...notesReminders(deal, settings),
      ];
    case 'closed':
      return [...reEngagementReminders(deal, settings), ...notesReminders(deal, settings)];
    case 'withdrawn':
      return [];
    default:
      return deal.stage satisfies never;
  }
}

/** The rep acts on the screens at any hour, so working hours do not count. */
function screenReminders(deal: Deal, settings: ScheduleSettings): Reminder[] {
  const offer = earliestReminder(deal, deal.rep, deal.lastActiveAt + settings.resumeOfferAfterMs);
  const close = reminder(deal.lastActiveAt + settings.abandonAfterMs, {
    kind: 'close',
    because: 'abandoned',
  });
  return deal.resumeOffer === null
    ? [reminder(offer, { kind: 'resume_offer', to: deal.rep }), close]
    : [close];
}

const NOTES_OF_PULSE_AFTER = 10 * MINUTE;
/** A reminder that comes later than this, after an outage, is of no use: the call is no longer fresh. */
const NOTES_WITHIN = DAY;

/**
 * Reminds a rep who wrote nothing down, once: soon while somebody decides about it, else in their next working hours.
 * In the last hour of an ask the reminder for the words that hold counts more.
 */
function notesReminders(deal: Deal, settings: ScheduleSettings): Reminder[] {
  const { ask, rep, verdictAt } = deal;
  if (verdictAt === null || !lacksNotes(deal)) return [];
  if (deal.nudges.some(({ kind, at }) => kind === 'fill_in' && at >= verdictAt)) return [];
  const due = { kind: 'nudge', nudge: 'fill_in', to: rep, before: null } as const;
  if (deal.stage === 'awaiting_decision') {
    // Without a name the rep hears who is missing, on the same screen.
    if (ask === null || ask.manager === null) return [];
    const at = earliestReminder(deal, rep, verdictAt + NOTES_OF_PULSE_AFTER);
    // They have just been on the phone, so only their quiet hours count.
    return [reminder(timeToSend(at, anyHour(settings.rep), ask.deadline), due, ask.deadline - HOUR)];
  }
  // A pulse that was decided is followed up by other reminders.
  if (ask !== null && deal.stage !== 'closed') return [];
  const start = earliestReminder(deal, rep, nextWorkingStart(verdictAt, settings.rep));
  const at = timeToSend(start, settings.rep, null);
  return [reminder(at, due, at + NOTES_WITHIN)];
}

/**
 * True while the rep who was on the call has typed nothing about it, on its screens or after it. Whoever is asked needs
 * facts, so that a form saved empty is not enough then.
 */
function lacksNotes(deal: Deal): boolean {
  const { wantsNotes, filledIn, handover, verdictAt, heldFor, stage, ask } = deal;
  const isTheirs = heldFor === null && (handover === null || handover.at <= (verdictAt ?? 0));
  const needsFacts = stage === 'awaiting_decision' && ask !== null && ask.sending !== null;
  const lacks = needsFacts ? lacksFacts(deal) : !filledIn && !hasWords(deal);
  return wantsNotes && lacks && isTheirs;
}

/** Each time was worked out in the rep's working hours, or the rep named it: it counts as it is. */
function cadenceReminders(deal: Deal, cadence: Cadence, settings: ScheduleSettings): Reminder[] {
  const { plan } = cadence;
  const { rep, verdictAt } = deal;
  if (plan.length === 0) {
    const at = closesAt(cadence, verdictAt ?? 0, settings.rep);
    return [reminder(at, { kind: 'close', because: 'three_tries' })];
  }
  // The latest one first: it counts when two become due at once.
  return plan
    .toReversed()
    .map(({ at, moves }) =>
      reminder(earliestReminder(deal, rep, at), { kind: 'try_reminder', to: rep, moves }),
    );
}

/** By the plan of earlier releases. The rep chose the time of the next try, or it is a working morning: it counts as it is. */
function tryReminders(deal: Deal, settings: ScheduleSettings): Reminder[] {
  if (deal.cadence !== null) return cadenceReminders(deal, deal.cadence, settings);
  if (deal.nextTryAt === null) return [];
  const since = Math.max(deal.lastActiveAt, deal.nextTryAt);
  const close = reminder(since + settings.abandonAfterMs, { kind: 'close', because: 'abandoned' });
  if (deal.tryReminder !== null) return [close];
  return [
    reminder(earliestReminder(deal, deal.rep, deal.nextTryAt), {
      kind: 'try_reminder',
      to: deal.rep,
      moves: null,
    }),
    close,
  ];
}

/** Nudges that ask how it went; the one before an expiry asks too. */
const ASKING: readonly Nudge['kind'][] = ['outcome', 'expiry'];
const FOLLOW_UPS: readonly Nudge['kind'][] = ['call_back', ...ASKING];

/** When the rep last got one of these nudges; 0: never. */
function lastNudge({ nudges, rep }: Deal, kinds: readonly Nudge['kind'][]): number {
  return nudges.findLast((it) => it.to === rep && kinds.includes(it.kind))?.at ?? 0;
}

/** Since when the rep has known what to say to the prospect. */
function knownSince(deal: Deal): number {
  return Math.max(deal.stageSince, decisionInForce(deal)?.at ?? 0);
}

/**
 * Reminders to the rep, one after the other: to call back, then to report how it went. A time set by the rep replaces them
 * until it comes. Each of them, and the one before an expiry, overtakes those that were due earlier.
 */
function followUpReminders(deal: Deal, settings: ScheduleSettings): Reminder[] {
  const { rep } = deal;
  if (deal.remindAt !== null) {
    return [
      reminder(earliestReminder(deal, rep, deal.remindAt), {
        kind: 'nudge',
        nudge: 'outcome',
        to: rep,
        before: null,
      }),
    ];
  }
  const since = knownSince(deal);
  const last = lastNudge(deal, FOLLOW_UPS);
  const first = addWorkingDays(
    Math.max(since, offerDueAt(deal) ?? since),
    WORKING_DAYS_TO_OUTCOME,
    settings.rep,
  );
  const isFirst = lastNudge(deal, ASKING) < since && last < first;
  const outcomeAt = isFirst ? first : addWorkingDays(last, WORKING_DAYS_BETWEEN, settings.rep);
  const outcome = nudge(deal, 'outcome', rep, outcomeAt, settings.rep, null);
  const call = callBackReminder(deal, since, last, settings);
  return call === null ? [outcome] : [call, outcome];
}

/** At the promised minute; without a promise, an hour after the rep knows what to say. Null: no call is due. */
function callBackReminder(
  deal: Deal,
  since: number,
  last: number,
  settings: ScheduleSettings,
): Reminder | null {
  if (deal.outcome !== null) return null;
  const offerDue = offerDueAt(deal);
  if (offerDue !== null && offerDue > since) return offerReminder(deal, offerDue, since, last, settings);
  const promise = known(factsOf(deal).promise);
  const { rep } = deal;
  if (promise !== null && promise > since) {
    const at = earliestReminder(deal, rep, promise);
    return promise > last ? reminder(at, { kind: 'nudge', nudge: 'call_back', to: rep, before: null }) : null;
  }
  const isOwed = deal.ask !== null || deal.signedReportedAt !== null;
  if (!isOwed || last >= since) return null;
  return nudge(deal, 'call_back', rep, since + HOUR, settings.rep, null);
}

const BEFORE_OFFER = HOUR;

/** An hour before the rep promised to send the offer, with the mail. Null: they have been reminded. */
function offerReminder(
  deal: Deal,
  offerDue: number,
  since: number,
  last: number,
  settings: ScheduleSettings,
): Reminder | null {
  const at = Math.max(offerDue - BEFORE_OFFER, since);
  return last >= at ? null : nudge(deal, 'call_back', deal.rep, at, settings.rep, offerDue);
}

/** A day before the offer expires, or at half of a shorter time. */
function expiryReminders(deal: Deal, settings: ScheduleSettings): Reminder[] {
  const decision = decisionInForce(deal);
  if (!decision || decision.kind === 'decline' || deal.stage !== 'winning_back') return [];
  if (deal.outcome?.kind === 'verbal_yes') return [];
  const { expiresAt, at } = decision;
  if (expiresAt === null || deal.nudges.some((it) => it.kind === 'expiry' && it.id > decision.id)) return [];
  const due = Math.max(expiresAt - DAY, at + Math.floor((expiresAt - at) / 2));
  return [{ ...nudge(deal, 'expiry', deal.rep, due, settings.rep, expiresAt), until: expiresAt }];
}

function reEngagementReminders(deal: Deal, settings: ScheduleSettings): Reminder[] {
  const { reEngagement, rep } = deal;
  if (reEngagement === null || reEngagement.remindedBy !== null) return [];
  const at = timeToSend(earliestReminder(deal, rep, reEngagement.at), settings.rep, null);
  return [reminder(at, { kind: 're_engage', to: rep })];
}
