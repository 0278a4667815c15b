import { DateTime } from 'luxon';

/** As a playbook names this day. */
export const IN_A_MONTH = '1 month';

/**
 * The date of a day as people name it. A month, quarter or year is met in the middle of its first month, since people who
 * name one mean no day of it.
 * @param means as a playbook has it: "2 years", "18 months", "next quarter"
 * @param today `YYYY-MM-DD`
 * @returns `YYYY-MM-DD`
 */
export function dayMeant(means: string, today: string): string {
  const from = DateTime.fromISO(today, { zone: 'utc' });
  const next = /^next (month|quarter|year)$/.exec(means)?.[1] as 'month' | 'quarter' | 'year' | undefined;
  const [count = '', unit = ''] = means.split(' ');
  const day =
    next === undefined
      ? from.plus(unit.startsWith('year') ? { years: Number(count) } : { months: Number(count) })
      : from
          .startOf(next)
          .plus({ [next]: 1 })
          .set({ day: 15 });
  return day.toISODate() ?? today;
}
