/**
 * Arithmetic in somebody's working hours, in their IANA zone. Spans are built from the local calendar, so a day
 * with a clock change is as long as it really is. A calendar without any working time counts as always working:
 * better a message at an odd hour than none.
 */
import { DateTime, IANAZone } from 'luxon';
import type { WorkingTime } from './commands';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** More days off in a row than this: the calendar has no working day. */
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

/** The moment a local clock shows `minute` on that day; a time skipped by a clock change is the one just after. */
function clock(day: DateTime, minute: number): number {
  return minute >= 1440
    ? dayAfter(day).toMillis()
    : day.set({ hour: Math.floor(minute / 60), minute: minute % 60 }).toMillis();
}

/** Minutes of a working day that are not quiet, as from–to pairs; quiet hours that leave nothing are not kept. */
function hoursOf({ startMinute, endMinute, quiet }: WorkingTime): readonly (readonly [number, number])[] {
  const whole = [[startMinute, endMinute]] as const;
  if (quiet === null) return whole;
  const { startMinute: from, endMinute: to } = quiet;
  // Past midnight: what is left lies between the end and the start.
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

/** Working spans from the local day of `at` on, earliest first. */
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

/** `at` itself when it is working time, else the start of the next working span. */
export function nextWorkingMoment(at: number, work: WorkingTime): number {
  for (const { start, end } of spansFrom(at, work)) {
    if (at < end) return Math.max(at, start);
  }
  return at;
}

/** The moment when `minutes` of working time have passed since `at`. */
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

/** Working time in which a reminder at half of it makes sense; with less of it, somebody waits who goes by no hours. */
const ENOUGH_WORK = 30 * MINUTE;

/** The moment when half of the working time until `to` has passed; half of the time itself where there is hardly any. */
export function halfWay(from: number, to: number, work: WorkingTime): number {
  const working = workingMsBetween(from, to, work);
  return working < ENOUGH_WORK
    ? from + Math.floor((to - from) / 2)
    : Math.floor(addWorkingMinutes(from, working / 2 / MINUTE, work));
}

/** The same time of day `days` working days after the day of `at`; outside the hours: the start of that day. */
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

/** `minute` o'clock of a calendar date in the person's zone, working day or not; null when there is no such date. */
export function onDate(date: string, minute: number, work: WorkingTime): number | null {
  const day = DateTime.fromISO(date, { zone: IANAZone.create(work.tz).isValid ? work.tz : 'UTC' });
  return day.isValid ? clock(day.startOf('day'), minute) : null;
}

/** Whether a calendar date lies behind the person; where their zone is a guess, behind everybody. */
export function isOver(date: string, now: number, work: WorkingTime): boolean {
  const end = onDate(date, 24 * 60, work.tzKnown ? work : { ...work, tz: 'Etc/GMT+12' });
  return end !== null && end <= now;
}

/**
 * When to send something that is due at `at`: in the person's working time, unless `before` (a deadline still to
 * come) would have passed by then; then at once.
 */
export function timeToSend(at: number, work: WorkingTime, before: number | null): number {
  // The stroke of closing is still at work: what is due then does not wait for the morning.
  const working = nextWorkingMoment(at - 1, work) === at - 1 ? at : nextWorkingMoment(at, work);
  return before !== null && at < before && before <= working ? at : working;
}
