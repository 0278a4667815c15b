/**
 * Arithmetic in a person's working hours, in their IANA zone. Spans come from the local calendar, so a day with a clock
 * change has its real length. A calendar without any working hours counts as always working: a message at an odd hour is
 * better than none.
 */
import { DateTime, IANAZone } from 'luxon';
import type { WorkingTime } from './commands';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** With more days off in a row, a calendar counts as one without working days. */
const HORIZON_DAYS = 400;

interface Span {
  readonly start: number;
  readonly end: number;
}

function localDay(at: number, work: WorkingTime): DateTime {
  const zone = IANAZone.create(work.tz).isValid ? work.tz : 'UTC';
  return DateTime.fromMillis(at, { zone }).startOf('day');
}

const dayAfter = (day: DateTime): DateTime => day.plus({ days: 1 }).startOf('day');

/** When a local clock shows `minute` on that day. A time that a clock change skips becomes the moment just after. */
function clock(day: DateTime, minute: number): number {
  return minute >= 1440
    ? dayAfter(day).toMillis()
    : day.set({ hour: Math.floor(minute / 60), minute: minute % 60 }).toMillis();
}

/** Working minutes of a day that are not quiet, as from–to pairs. Quiet hours that leave nothing are ignored. */
function hoursOf({ startMinute, endMinute, quiet }: WorkingTime): readonly (readonly [number, number])[] {
  const whole = [[startMinute, endMinute]] as const;
  if (quiet === null) return whole;
  const { startMinute: from, endMinute: to } = quiet;
  // Quiet hours past midnight leave the time between their end and their start.
  const free =
    from < to
      ? [
          [startMinute, Math.min(endMinute, from)],
          [Math.max(startMinute, to), endMinute],
        ]
      : [[Math.max(startMinute, to), Math.min(endMinute, from)]];
  const left = free.flatMap(([start = 0, end = 0]) => (start < end ? [[start, end] as const] : []));
  return left.length === 0 ? whole : left;
}

/** Working spans, earliest first, from the local day of `at` on. */
function* spansFrom(at: number, work: WorkingTime): Generator<Span> {
  const hours = hoursOf(work);
  let day = localDay(at, work);
  for (let i = 0; i < HORIZON_DAYS; i++, day = dayAfter(day)) {
    if (!work.weekdays.includes(day.weekday) || work.holidays.includes(day.toISODate() ?? '')) continue;
    for (const [from, to] of hours) {
      const span = { start: clock(day, from), end: clock(day, to) };
      if (span.start < span.end) yield span;
    }
  }
}

/** `at` itself in working hours, else the start of the next working span. */
export function nextWorkingMoment(at: number, work: WorkingTime): number {
  for (const { start, end } of spansFrom(at, work)) {
    if (at < end) return Math.max(at, start);
  }
  return at;
}

/** When `minutes` of working time have passed since `at`. */
export function addWorkingMinutes(at: number, minutes: number, work: WorkingTime): number {
  let left = minutes * MINUTE;
  for (const { start, end } of spansFrom(at, work)) {
    const from = Math.max(at, start);
    if (from >= end) continue;
    if (left <= end - from) return from + left;
    left -= end - from;
  }
  return at + left;
}

/** Working time between two moments, ms. */
export function workingMsBetween(from: number, to: number, work: WorkingTime): number {
  let sum = 0;
  for (const span of spansFrom(from, work)) {
    if (span.start >= to) break;
    sum += Math.max(0, Math.min(to, span.end) - Math.max(from, span.start));
  }
  return sum;
}

/** Working time in which a reminder at half time makes sense. With less, the person is asked outside their hours. */
const ENOUGH_WORK = 30 * MINUTE;

/** When half of the working time until `to` has passed; half of the plain time when there is too little working time. */
export function halfWay(from: number, to: number, work: WorkingTime): number {
  const working = workingMsBetween(from, to, work);
  return working < ENOUGH_WORK
    ? from + Math.floor((to - from) / 2)
    : Math.floor(addWorkingMinutes(from, working / 2 / MINUTE, work));
}

/** The same time of day, `days` working days after the day of `at`; the start of that day when it is outside the hours. */
export function addWorkingDays(at: number, days: number, work: WorkingTime): number {
  const today = localDay(at, work);
  const local = DateTime.fromMillis(at, { zone: today.zone });
  let left = days;
  for (const { start, end } of spansFrom(dayAfter(today).toMillis(), work)) {
    left -= 1;
    if (left > 0) continue;
    const sameTime = clock(localDay(start, work), local.hour * 60 + local.minute);
    return start <= sameTime && sameTime < end ? sameTime : start;
  }
  return at + days * DAY;
}

/** The start of work on the first working day after the day of `at`. */
export function nextWorkingMorning(at: number, work: WorkingTime): number {
  const tomorrow = dayAfter(localDay(at, work)).toMillis();
  for (const { start } of spansFrom(tomorrow, work)) return start;
  return tomorrow;
}

/** The same person at any hour that is not quiet. */
export const anyHour = (work: WorkingTime): WorkingTime => ({
  ...work,
  startMinute: 0,
  endMinute: 24 * 60,
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  holidays: [],
});

/** The next time that work begins: later today for a moment before work, else on the next working day. */
export function nextWorkingStart(at: number, work: WorkingTime): number {
  const next = nextWorkingMoment(at, work);
  return next > at ? next : nextWorkingMorning(at, work);
}

/** `minute` of a calendar date in the person's zone, on any day of the week; null: there is no such date. */
export function onDate(date: string, minute: number, work: WorkingTime): number | null {
  const day = DateTime.fromISO(date, { zone: IANAZone.create(work.tz).isValid ? work.tz : 'UTC' });
  return day.isValid ? clock(day.startOf('day'), minute) : null;
}

/** The calendar date in the person's zone, `YYYY-MM-DD`. */
export function localDate(at: number, work: WorkingTime): string {
  return localDay(at, work).toISODate() ?? '';
}

/** Whether a calendar date is past for the person; while their zone is a guess, whether it is past everywhere. */
export function isOver(date: string, now: number, work: WorkingTime): boolean {
  const end = onDate(date, 24 * 60, work.tzKnown ? work : { ...work, tz: 'Etc/GMT+12' });
  return end !== null && end <= now;
}

/**
 * When to send a message that is due at `at`: in the person's working hours, or at once when `before`, a deadline still
 * to come, would pass first. Null: no deadline.
 */
export function timeToSend(at: number, work: WorkingTime, before: number | null): number {
  // The moment of closing still counts as working: a message due then does not wait for the morning.
  const working = nextWorkingMoment(at - 1, work) === at - 1 ? at : nextWorkingMoment(at, work);
  return before !== null && at < before && before <= working ? at : working;
}
