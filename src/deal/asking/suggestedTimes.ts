/** The hours that the rep can promise on the call: when to call back, or when to send the offer. */

import type { Fact } from '../../playbook/schema';
import type { WorkingTime } from '../model/commands';
import type { SuggestedTimes } from '../model/deal';
import { addWorkingDays, HOUR, localDate, MINUTE, onDate } from '../model/workingTime';

/** Whether the rep promises an hour by answering with this fact. */
export const isPromised = (fact: Fact | null | undefined): boolean =>
  fact === 'promise' || fact === 'send_by';

const NOON = 12 * 60;
const FIVE = 17 * 60;
const END_OF_DAY = 24 * 60;

/** A suggestion with less time left is worked out again: nobody gets an answer by then. */
export const SHORTEST_SUGGESTION = HOUR;
/** Today at five leaves the manager enough time when it is this far off. */
const ENOUGH = 2 * HOUR;
/** *In two hours* is named on the quarter hour. */
const QUARTER = 15 * MINUTE;

/**
 * The next working day at noon for the rep. When the prospect signs by then: today at five, or in two hours when five is
 * too soon, and always before the signing.
 * @param work of the rep
 * @param signingDate `YYYY-MM-DD` as the prospect said it; null: not known. A date that is over is ignored.
 */
export function suggestTimes(
  now: number,
  work: WorkingTime,
  signingDate: string | null,
): Pick<SuggestedTimes, 'at' | 'others'> {
  const signing = signingDate === null ? null : signingFrom(signingDate, now, work);
  const fits = (at: number): boolean => signing === null || at < signing;
  const today = localDate(now, work);
  const noon = onDate(today, NOON, work) ?? now;
  const nextNoon = addWorkingDays(noon, 1, work);
  const five = onDate(today, FIVE, work) ?? now;
  if (fits(nextNoon)) {
    return { at: nextNoon, others: five - now >= SHORTEST_SUGGESTION && fits(five) ? [five] : [] };
  }
  if (five - now >= ENOUGH && fits(five)) return { at: five, others: [] };
  const soon = Math.ceil((now + ENOUGH) / QUARTER) * QUARTER;
  return { at: fits(soon) ? soon : lastBefore(signing ?? soon, now), others: [] };
}

/**
 * The earliest moment at which the prospect may sign, after `now`: the start of work that day, later noon, later the end
 * of the day. Null: the date is over.
 */
function signingFrom(date: string, now: number, work: WorkingTime): number | null {
  const moments = [work.startMinute, NOON, END_OF_DAY].map((minute) => onDate(date, minute, work));
  return moments.find((at) => at !== null && at > now) ?? null;
}

/** A quarter of an hour before the signing; half way to it when it is nearer. */
const lastBefore = (signing: number, now: number): number =>
  Math.max(signing - QUARTER, now + Math.ceil((signing - now) / 2));

/** Why the rep should not promise this hour; null: it is fine. A rep who calls on a holiday may promise that day. */
export function whyNotPromise(
  at: number,
  now: number,
  work: WorkingTime,
  signingDate: string | null,
): 'after_signing' | 'on_holiday' | null {
  const day = localDate(at, work);
  if (signingDate !== null && day > signingDate) return 'after_signing';
  return work.holidays.includes(day) && day !== localDate(now, work) ? 'on_holiday' : null;
}
