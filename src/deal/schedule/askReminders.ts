/**
 * What a pending ask is due for: telling whom it is with, reminding them once at half the time, and going on when their
 * time is over, until somebody decides.
 */
import { approvalPassesTo } from '../asking/approver';
import {
  askedNow,
  askedSoFar,
  nextInLine,
  notifyAt,
  pressing,
  type Station,
  stationOf,
} from '../asking/asking';
import type { ScheduleSettings } from '../model/commands';
import type { Ask, Deal, Nudge } from '../model/deal';
import { factsOf } from '../model/facts';
import { HOUR, halfWay, MINUTE } from '../model/workingTime';
import { closeSilent, nudge, type Reminder, reminder } from './reminder';

const NAME_MANAGER_AFTER = 15 * MINUTE;
const NAME_MANAGER_TIMES = 3;
/** A shorter ask gets no nudge at half time: it has only just been read. */
const SHORTEST_WITH_HALF_TIME = 30 * MINUTE;
/** How soon a zone that is not known is looked for again; the pause doubles each time. */
const LOOK_AGAIN_AFTER = 5_000;

export function askReminders(deal: Deal, ask: Ask, settings: ScheduleSettings, now: number): Reminder[] {
  const step = stationOf(ask);
  const since = deal.nudges.filter((it) => it.id > ask.addressedBy);
  return [
    closeSilent(deal, settings.silenceAfterMs, step.answerBy),
    ...planPassing(deal, ask, settings),
    ...approvalPassingReminders(deal, settings),
    ...planZone(ask, step, settings, now),
    ...notifyReminders(deal, settings),
    ...(ask.manager === null ? planNaming(deal, ask, since, settings) : []),
    ...planHalfTime(deal, ask, step, since, settings),
    ...planHolding(deal, ask, since, settings),
    ...planGoingOn(deal, ask, step, settings),
  ];
}

/** Whom an ask or a proposal is with, and who has not been told yet. */
export function notifyReminders(deal: Deal, settings: ScheduleSettings): Reminder[] {
  if (deal.ask === null) return [];
  const step = stationOf(deal.ask);
  if (step.to === null || step.waitsUntil === null) return [];
  const { at, urgent } = notifyAt(factsOf(deal), step.at, settings.asked);
  return [reminder(at, { kind: 'tell', to: step.to, addressing: step.id, urgent })];
}

function planPassing(deal: Deal, ask: Ask, { standIn, ownManagerAllowed }: ScheduleSettings): Reminder[] {
  const isWithManager = ask.approval === null && deal.manager !== null && askedNow(deal) === deal.manager;
  const wanted = standIn?.away === true && (standIn.userId !== deal.rep || ownManagerAllowed);
  return isWithManager && ask.standsFor === null && wanted
    ? [reminder(ask.addressedAt, { kind: 'pass' })]
    : [];
}

/** Until Slack has told us where the person asked lives, it is asked again, ever more slowly. */
function planZone(ask: Ask, step: Station, { asked }: ScheduleSettings, now: number): Reminder[] {
  const isGuess = ask.provisional && step.kind === 'asked';
  if (asked.tzKnown) return isGuess ? [reminder(ask.addressedAt, { kind: 'move_deadline' })] : [];
  if (step.to === null || (!isGuess && step.waitsUntil === null)) return [];
  let pause = LOOK_AGAIN_AFTER;
  while (step.at + pause <= now) pause *= 2;
  const at = step.at + pause;
  return at < step.answerBy ? [reminder(at, { kind: 'ask_slack' })] : [];
}

/** At most three reminders to the rep that somebody has to be named. */
function planNaming(deal: Deal, ask: Ask, since: readonly Nudge[], settings: ScheduleSettings): Reminder[] {
  const said = since.filter((it) => it.kind === 'name_manager').length;
  if (said >= NAME_MANAGER_TIMES) return [];
  const at = ask.addressedAt + NAME_MANAGER_AFTER;
  return [nudge(deal, 'name_manager', deal.rep, at, settings.rep, ask.deadline)];
}

/** To the first who was asked, when half of the time they have at work has passed. */
function planHalfTime(
  deal: Deal,
  ask: Ask,
  step: Station,
  since: readonly Nudge[],
  { asked }: ScheduleSettings,
): Reminder[] {
  if (step.kind !== 'asked' || step.to === null || step.waitsUntil !== null) return [];
  const isShort = ask.deadline - ask.addressedAt < SHORTEST_WITH_HALF_TIME;
  if (isShort || since.some((it) => it.kind === 'half_time' || it.kind === 'deadline')) return [];
  const half = halfWay(ask.addressedAt, ask.deadline, asked);
  return [{ ...nudge(deal, 'half_time', step.to, half, asked, ask.deadline), until: ask.deadline }];
}

/**
 * At the deadline the rep needs words to hold the line: whatever the hour, when the prospect waits for them. (It used to be
 * said with the deadline's own kind of nudge.)
 */
function planHolding(deal: Deal, ask: Ask, since: readonly Nudge[], settings: ScheduleSettings): Reminder[] {
  // Who got the deal when its rep left may be among those it was put to: they hear of the ask itself.
  if (askedSoFar(ask).includes(deal.rep)) return [];
  if (since.some(({ kind, to }) => kind === 'holding' || (kind === 'deadline' && to === deal.rep))) return [];
  const { rep } = settings;
  const waits = pressing(factsOf(deal), rep, ask.deadline)?.at ?? null;
  const holding = nudge(deal, 'holding', deal.rep, ask.deadline, rep, waits);
  return [{ ...holding, due: { kind: 'nudge', nudge: 'holding', to: deal.rep, before: ask.deadline } }];
}

/**
 * When somebody's time is over the ask goes on, and they hear of it; not when they were reminded less than an hour
 * before, or have only now been told.
 */
function planGoingOn(deal: Deal, ask: Ask, step: Station, settings: ScheduleSettings): Reminder[] {
  const { answerBy, to } = step;
  const next = nextInLine(deal, ask, settings);
  const planned = next === null ? [] : [reminder(answerBy, { kind: 'escalate', to: next })];
  if (to === null || step.waitsUntil !== null) return planned;
  const said = deal.nudges.some((it) => it.id > step.id && it.kind === 'deadline' && it.to === to);
  const last = deal.lastReminded[to];
  const isFresh = step.at >= answerBy || (last !== undefined && last + HOUR > answerBy);
  if (said || isFresh) return planned;
  const waits = pressing(factsOf(deal), settings.asked, answerBy)?.at ?? null;
  const overdue = nudge(deal, 'deadline', to, answerBy, settings.asked, waits);
  return [...planned, { ...overdue, due: { kind: 'nudge', nudge: 'deadline', to, before: answerBy } }];
}

export function approvalPassingReminders(deal: Deal, settings: ScheduleSettings): Reminder[] {
  const at = deal.ask?.approval?.at;
  return at === undefined || approvalPassesTo(deal, settings) === null
    ? []
    : [reminder(at, { kind: 'pass' })];
}
