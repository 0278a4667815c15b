/**
 * The reminders of a pending ask until somebody decides: sending it once the rep has had time to add facts, notifying the
 * person it is with, reminding them once at half time, and going on when their time is over.
 */
import { approvalPassesTo } from '../asking/approver';
import { nextUrgency, notifyAt } from '../asking/deadlines';
import {
  askedNow,
  askedSoFar,
  mayBeAsked,
  nextInLine,
  nobodyLeft,
  type Station,
  stationOf,
} from '../asking/stations';
import type { ScheduleSettings } from '../model/commands';
import type { Ask, Deal, Nudge } from '../model/deal';
import { factsOf } from '../model/facts';
import { HOUR, halfWay, MINUTE } from '../model/workingTime';
import { closeForSilence, nudge, type Reminder, reminder } from './reminder';

const NAME_MANAGER_AFTER = 15 * MINUTE;
const NAME_MANAGER_TIMES = 3;
/** A shorter ask gets no nudge at half time: the person has only just read it. */
const SHORTEST_WITH_HALF_TIME = 30 * MINUTE;
/** How soon an unknown time zone is looked up again, ms; the pause doubles each time. */
const LOOK_AGAIN_AFTER = 5_000;

export function askReminders(deal: Deal, ask: Ask, settings: ScheduleSettings, now: number): Reminder[] {
  const station = stationOf(ask);
  if (ask.heldUntil !== null) {
    return [
      closeForSilence(deal, settings.silenceAfterMs, station.answerBy),
      ...standInReminders(deal, ask, settings),
      ...zoneReminders(ask, station, settings, now),
      reminder(ask.heldUntil, { kind: 'send', to: ask.manager }),
    ];
  }
  const since = deal.nudges.filter((it) => it.id > ask.addressedBy);
  return [
    closeForSilence(deal, settings.silenceAfterMs, station.answerBy),
    ...standInReminders(deal, ask, settings),
    ...approvalPassingReminders(deal, settings),
    ...zoneReminders(ask, station, settings, now),
    ...notifyReminders(deal, settings),
    ...(ask.manager === null && ask.escalations.every(({ why }) => why === null)
      ? namingReminders(deal, ask, since, settings)
      : []),
    ...halfTimeReminders(deal, ask, station, since, settings),
    ...holdingReminders(deal, ask, since, settings),
    ...escalationReminders(deal, ask, station, settings),
  ];
}

/** Notifies the person an ask or a proposal is with, unless they know of it. */
export function notifyReminders(deal: Deal, settings: ScheduleSettings): Reminder[] {
  if (deal.ask === null) return [];
  const station = stationOf(deal.ask);
  if (station.to === null || station.waitsUntil === null) return [];
  const { at, urgent } = notifyAt(factsOf(deal), station.at, settings.asked);
  return [reminder(at, { kind: 'notify', to: station.to, addressing: station.id, urgent })];
}

/** Passes an ask at once to the manager's stand-in while the manager is out. */
function standInReminders(deal: Deal, ask: Ask, settings: ScheduleSettings): Reminder[] {
  const { standIn } = settings;
  const isWithManager = ask.approval === null && deal.manager !== null && askedNow(deal) === deal.manager;
  const wanted = standIn?.away === true && mayBeAsked(deal, standIn.userId, settings);
  return isWithManager && ask.standsFor === null && wanted
    ? [reminder(ask.addressedAt, { kind: 'pass' })]
    : [];
}

/** While the time zone of the person asked is not known, looks again, ever more slowly. */
function zoneReminders(ask: Ask, station: Station, { asked }: ScheduleSettings, now: number): Reminder[] {
  const isGuess = ask.provisional && station.kind === 'asked';
  if (asked.tzKnown) return isGuess ? [reminder(ask.addressedAt, { kind: 'move_deadline' })] : [];
  if (station.to === null || (!isGuess && station.waitsUntil === null)) return [];
  let pause = LOOK_AGAIN_AFTER;
  while (station.at + pause <= now) pause *= 2;
  const at = station.at + pause;
  return at < station.answerBy ? [reminder(at, { kind: 'ask_slack' })] : [];
}

/** Reminds the rep, at most three times, to name somebody who decides. */
function namingReminders(
  deal: Deal,
  ask: Ask,
  since: readonly Nudge[],
  settings: ScheduleSettings,
): Reminder[] {
  const said = since.filter((it) => it.kind === 'name_manager').length;
  if (said >= NAME_MANAGER_TIMES) return [];
  const at = ask.addressedAt + NAME_MANAGER_AFTER;
  return [nudge(deal, 'name_manager', deal.rep, at, settings.rep, ask.deadline)];
}

/** Reminds the first person asked, once half of their working time has passed. */
function halfTimeReminders(
  deal: Deal,
  ask: Ask,
  station: Station,
  since: readonly Nudge[],
  { asked }: ScheduleSettings,
): Reminder[] {
  if (station.kind !== 'asked' || station.to === null || station.waitsUntil !== null) return [];
  const isShort = ask.deadline - ask.addressedAt < SHORTEST_WITH_HALF_TIME;
  if (isShort || since.some((it) => it.kind === 'half_time' || it.kind === 'deadline')) return [];
  const half = halfWay(ask.addressedAt, ask.deadline, asked);
  return [{ ...nudge(deal, 'half_time', station.to, half, asked, ask.deadline), until: ask.deadline }];
}

/**
 * At the deadline the rep needs words that ask the prospect to wait: in the rep's working hours, or at once when the
 * prospect acts first. A `deadline` nudge to the rep, which earlier releases recorded, counts as the same reminder.
 */
function holdingReminders(
  deal: Deal,
  ask: Ask,
  since: readonly Nudge[],
  settings: ScheduleSettings,
): Reminder[] {
  // A person who holds the deal of a rep who left may be among those asked: they get the nudges of the ask instead.
  if (askedSoFar(ask).includes(deal.rep)) return [];
  if (since.some(({ kind, to }) => kind === 'holding' || (kind === 'deadline' && to === deal.rep))) return [];
  const { rep } = settings;
  const waits = nextUrgency(factsOf(deal), rep, ask.deadline)?.at ?? null;
  const holding = nudge(deal, 'holding', deal.rep, ask.deadline, rep, waits);
  return [{ ...holding, due: { kind: 'nudge', nudge: 'holding', to: deal.rep, before: ask.deadline } }];
}

/**
 * When somebody's time is over, the ask goes on and they get a nudge; no nudge within an hour of another reminder, or when
 * they have only just been notified.
 */
function escalationReminders(deal: Deal, ask: Ask, station: Station, settings: ScheduleSettings): Reminder[] {
  const { answerBy, to } = station;
  const next = nextInLine(deal, ask, settings);
  // It goes on at once, since the person it is with may not decide; behind them everybody has their time.
  const isStuck = station.kind !== 'escalated' && nobodyLeft(deal, ask, settings)?.kind === 'own_deal';
  const planned =
    next === null ? [] : [reminder(isStuck ? station.at : answerBy, { kind: 'escalate', to: next })];
  if (isStuck) return planned;
  if (to === null || station.waitsUntil !== null) return planned;
  const said = deal.nudges.some((it) => it.id > station.id && it.kind === 'deadline' && it.to === to);
  const last = deal.lastReminded[to];
  const isFresh = station.at >= answerBy || (last !== undefined && last + HOUR > answerBy);
  if (said || isFresh) return planned;
  const waits = nextUrgency(factsOf(deal), settings.asked, answerBy)?.at ?? null;
  const overdue = nudge(deal, 'deadline', to, answerBy, settings.asked, waits);
  return [...planned, { ...overdue, due: { kind: 'nudge', nudge: 'deadline', to, before: answerBy } }];
}

export function approvalPassingReminders(deal: Deal, settings: ScheduleSettings): Reminder[] {
  const at = deal.ask?.approval?.at;
  return at === undefined || approvalPassesTo(deal, settings) === null
    ? []
    : [reminder(at, { kind: 'pass' })];
}
