/**
 * What a pending ask is due for: telling whom it is with, reminding them once at half the time, and going on when their
 * time is over, until somebody decides.
 */
import { approvalPassesTo } from '../asking/approver';
import { nextUrgency, notifyAt } from '../asking/deadlines';
import { askedNow, askedSoFar, nextInLine, type Station, stationOf } from '../asking/stations';
import type { ScheduleSettings } from '../model/commands';
import type { Ask, Deal, Nudge } from '../model/deal';
import { factsOf } from '../model/facts';
import { HOUR, halfWay, MINUTE } from '../model/workingTime';
import { closeForSilence, nudge, type Reminder, reminder } from './reminder';

const NAME_MANAGER_AFTER = 15 * MINUTE;
const NAME_MANAGER_TIMES = 3;
/** A shorter ask gets no nudge at half time: it has only just been read. */
const SHORTEST_WITH_HALF_TIME = 30 * MINUTE;
/** How soon a zone that is not known is looked for again; the pause doubles each time. */
const LOOK_AGAIN_AFTER = 5_000;

export function askReminders(deal: Deal, ask: Ask, settings: ScheduleSettings, now: number): Reminder[] {
  const station = stationOf(ask);
  const since = deal.nudges.filter((it) => it.id > ask.addressedBy);
  return [
    closeForSilence(deal, settings.silenceAfterMs, station.answerBy),
    ...standInReminders(deal, ask, settings),
    ...approvalPassingReminders(deal, settings),
    ...zoneReminders(ask, station, settings, now),
    ...notifyReminders(deal, settings),
    ...(ask.manager === null ? namingReminders(deal, ask, since, settings) : []),
    ...halfTimeReminders(deal, ask, station, since, settings),
    ...holdingReminders(deal, ask, since, settings),
    ...escalationReminders(deal, ask, station, settings),
  ];
}

/** Whom an ask or a proposal is with, and who has not been told yet. */
export function notifyReminders(deal: Deal, settings: ScheduleSettings): Reminder[] {
  if (deal.ask === null) return [];
  const station = stationOf(deal.ask);
  if (station.to === null || station.waitsUntil === null) return [];
  const { at, urgent } = notifyAt(factsOf(deal), station.at, settings.asked);
  return [reminder(at, { kind: 'notify', to: station.to, addressing: station.id, urgent })];
}

function standInReminders(
  deal: Deal,
  ask: Ask,
  { standIn, ownManagerAllowed }: ScheduleSettings,
): Reminder[] {
  const isWithManager = ask.approval === null && deal.manager !== null && askedNow(deal) === deal.manager;
  const wanted = standIn?.away === true && (standIn.userId !== deal.rep || ownManagerAllowed);
  return isWithManager && ask.standsFor === null && wanted
    ? [reminder(ask.addressedAt, { kind: 'pass' })]
    : [];
}

/** Until Slack has told us where the person asked lives, it is asked again, ever more slowly. */
function zoneReminders(ask: Ask, station: Station, { asked }: ScheduleSettings, now: number): Reminder[] {
  const isGuess = ask.provisional && station.kind === 'asked';
  if (asked.tzKnown) return isGuess ? [reminder(ask.addressedAt, { kind: 'move_deadline' })] : [];
  if (station.to === null || (!isGuess && station.waitsUntil === null)) return [];
  let pause = LOOK_AGAIN_AFTER;
  while (station.at + pause <= now) pause *= 2;
  const at = station.at + pause;
  return at < station.answerBy ? [reminder(at, { kind: 'ask_slack' })] : [];
}

/** At most three reminders to the rep that somebody has to be named. */
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

/** To the first who was asked, when half of the time they have at work has passed. */
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
 * At the deadline the rep needs words to hold the line: whatever the hour, when the prospect waits for them. (It used to be
 * said with the deadline's own kind of nudge.)
 */
function holdingReminders(
  deal: Deal,
  ask: Ask,
  since: readonly Nudge[],
  settings: ScheduleSettings,
): Reminder[] {
  // Who got the deal when its rep left may be among those it was put to: they hear of the ask itself.
  if (askedSoFar(ask).includes(deal.rep)) return [];
  if (since.some(({ kind, to }) => kind === 'holding' || (kind === 'deadline' && to === deal.rep))) return [];
  const { rep } = settings;
  const waits = nextUrgency(factsOf(deal), rep, ask.deadline)?.at ?? null;
  const holding = nudge(deal, 'holding', deal.rep, ask.deadline, rep, waits);
  return [{ ...holding, due: { kind: 'nudge', nudge: 'holding', to: deal.rep, before: ask.deadline } }];
}

/**
 * When somebody's time is over the ask goes on, and they hear of it; not when they were reminded less than an hour
 * before, or have only now been told.
 */
function escalationReminders(deal: Deal, ask: Ask, station: Station, settings: ScheduleSettings): Reminder[] {
  const { answerBy, to } = station;
  const next = nextInLine(deal, ask, settings);
  const planned = next === null ? [] : [reminder(answerBy, { kind: 'escalate', to: next })];
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
