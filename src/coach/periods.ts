/** Periods of figures as people name them, in the zone of the person who asks. */
import { DateTime } from 'luxon';
import { nameKey } from '../deal/model/typed';

/** ms UTC; `until` is the first moment after it. Null: open at that end. */
export interface Period {
  readonly from: number | null;
  readonly until: number | null;
  readonly named: PeriodName;
}

/** How people call it, for words. `days`: the last 90 days. Others are null where they say nothing. */
export interface PeriodName {
  readonly kind: 'days' | 'all' | 'this' | 'last' | 'in' | 'week';
  readonly unit: (typeof UNITS)[number] | null;
  readonly quarter: number | null;
  /** From 1. */
  readonly month: number | null;
  readonly year: number | null;
  /** The Monday of a week, `YYYY-MM-DD`. */
  readonly day?: string;
}

export const UNITS = ['month', 'quarter', 'year'] as const;

const called = (kind: PeriodName['kind'], more: Partial<PeriodName> = {}): PeriodName => ({
  kind,
  unit: null,
  quarter: null,
  month: null,
  year: null,
  ...more,
});

/** Of the period that counts when nobody names one. */
export const LATEST_DAYS = 90;

export function latestPeriod(now: number): Period {
  return { from: now - LATEST_DAYS * 24 * 60 * 60_000, until: null, named: called('days') };
}

/** The last whole week, from Monday on, or month. */
export function lastWhole(
  every: 'week' | 'month',
  now: number,
  zone: string,
): Required<Period> & {
  readonly from: number;
  readonly until: number;
} {
  const until = DateTime.fromMillis(now, { zone }).startOf(every);
  const from = until.minus({ [`${every}s`]: 1 });
  const named =
    every === 'week' ? called('week', { day: from.toISODate() ?? '' }) : called('in', { month: from.month });
  return { from: from.toMillis(), until: until.toMillis(), named };
}

const QUARTER = /^q([1-4])(?: (\d{4}))?$/u;
const MONTH =
  /^(january|february|march|april|may|june|july|august|september|october|november|december)(?: (\d{4}))?$/u;
const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/**
 * `last week`, `this month`, `last quarter`, `this year`, `May`, `May 2026`, `Q3`, `Q3 2026`, `2026`, `all`. A month or quarter without
 * a year is the last one that has begun.
 *
 * @returns null when the words name no period
 */
export function periodOf(words: string, now: number, zone: string): Period | null {
  const key = nameKey(words);
  const today = DateTime.fromMillis(now, { zone });
  if (key === 'all') return ALWAYS;
  if (key === 'last week') return lastWhole('week', now, zone);
  for (const unit of UNITS) {
    const start = today.startOf(unit);
    if (key === `this ${unit}`) return spanOf(start, unit, called('this', { unit }));
    if (key === `last ${unit}`)
      return spanOf(start.minus({ [`${unit}s`]: 1 }), unit, called('last', { unit }));
  }
  const quarter = QUARTER.exec(key);
  if (quarter !== null) {
    const start = begun((Number(quarter[1]) - 1) * 3 + 1, quarter[2], today);
    return spanOf(start, 'quarter', called('in', { quarter: start.quarter, year: yearOf(quarter[2]) }));
  }
  const month = MONTH.exec(key);
  if (month !== null) {
    const start = begun(MONTHS.indexOf(month[1] ?? '') + 1, month[2], today);
    return spanOf(start, 'month', called('in', { month: start.month, year: yearOf(month[2]) }));
  }
  if (/^20\d\d$/u.test(key)) {
    const start = DateTime.fromObject({ year: Number(key), month: 1, day: 1 }, { zone });
    return spanOf(start, 'year', called('in', { year: start.year }));
  }
  return null;
}

const yearOf = (typed: string | undefined): number | null => (typed === undefined ? null : Number(typed));

/** Everything. */
export const ALWAYS: Period = { from: null, until: null, named: called('all') };

function begun(month: number, year: string | undefined, today: DateTime): DateTime {
  const start = today.startOf('year').set({ month });
  if (year !== undefined) return start.set({ year: Number(year) });
  return start > today ? start.minus({ years: 1 }) : start;
}

function spanOf(start: DateTime, unit: (typeof UNITS)[number], named: PeriodName): Period {
  return { from: start.toMillis(), until: start.plus({ [`${unit}s`]: 1 }).toMillis(), named };
}

/** More months than this are no chart: Slack draws 20 points, and a phone a dozen lines. */
const MOST_MONTHS = 12;

/** A month of a period, from its first moment on. */
export interface Month {
  /** ms UTC */
  readonly from: number;
  readonly month: number;
  /** Null: all months are of one year. */
  readonly year: number | null;
}

/** The months of a period, oldest first; empty for one month, more than twelve, or a period without a beginning. */
export function monthsOf({ from, until }: Period, now: number, zone: string): readonly Month[] {
  if (from === null) return [];
  const first = DateTime.fromMillis(from, { zone }).startOf('month');
  const end = DateTime.fromMillis(Math.min(until ?? now, now), { zone });
  const count = Math.ceil(end.diff(first, 'months').months);
  if (count < 2 || count > MOST_MONTHS) return [];
  const months = Array.from({ length: count }, (_, index) => first.plus({ months: index }));
  const years = new Set(months.map(({ year }) => year));
  return months.map((it) => ({
    from: it.toMillis(),
    month: it.month,
    year: years.size > 1 ? it.year : null,
  }));
}

/** More quarters than this are no chart. */
const MOST_QUARTERS = 12;
/** Quarters of a report that begins with the first deal; all deals before them are one part. */
const LATEST_QUARTERS = 8;

/** A quarter of a period, from its first moment on. */
export interface Quarter {
  /** ms UTC */
  readonly from: number;
  /** Null: all deals before the first quarter. */
  readonly quarter: number | null;
  readonly year: number;
}

/** The quarters of a period, oldest first; empty for less than three of them, or more than twelve. */
export function quartersOf({ from, until }: Period, now: number, zone: string): readonly Quarter[] {
  const end = DateTime.fromMillis(Math.min(until ?? now, now), { zone });
  const latest = end.startOf('quarter').minus({ quarters: LATEST_QUARTERS - 1 });
  const first = from === null ? latest : DateTime.fromMillis(from, { zone }).startOf('quarter');
  const count = Math.ceil(end.diff(first, 'quarters').quarters);
  if (count < 3 || count > MOST_QUARTERS) return [];
  const quarters = Array.from({ length: count }, (_, index) => first.plus({ quarters: index })).map(
    (it): Quarter => ({ from: it.toMillis(), quarter: it.quarter, year: it.year }),
  );
  return from === null ? [{ from: 0, quarter: null, year: first.year }, ...quarters] : quarters;
}

export interface ReportWords {
  readonly period: Period;
  readonly competitor: string | null;
  readonly team: string | null;
}

/**
 * The words behind `report`: `[period] [vs competitor] [team]`.
 *
 * @returns null when they have another form; then they are a company's name
 */
export function readReport(
  words: string,
  teams: readonly { readonly id: string; readonly name: string }[],
  now: number,
  zone: string,
): ReportWords | null {
  const tokens = words.split(' ').filter((token) => token !== '');
  // The longest period first: "May 2026" before "May".
  for (const length of [2, 1, 0]) {
    if (tokens.length < length) continue;
    const period = length === 0 ? latestPeriod(now) : periodOf(tokens.slice(0, length).join(' '), now, zone);
    if (period === null) continue;
    const rest = aboutOf(tokens.slice(length).join(' '), teams);
    if (rest !== null) return { period, ...rest };
  }
  return null;
}

function aboutOf(
  words: string,
  teams: readonly { readonly id: string; readonly name: string }[],
): Pick<ReportWords, 'competitor' | 'team'> | null {
  if (words === '') return { competitor: null, team: null };
  const named = teams.find(({ name }) => name !== '' && nameKey(name) === nameKey(words));
  if (named !== undefined) return { competitor: null, team: named.id };
  const competitor = /^vs (.+)$/iu.exec(words)?.[1];
  if (competitor === undefined) return null;
  const behind = teams.find(({ name }) => name !== '' && nameKey(competitor).endsWith(` ${nameKey(name)}`));
  if (behind === undefined) return { competitor, team: null };
  const count = nameKey(behind.name).split(' ').length;
  return { competitor: competitor.split(' ').slice(0, -count).join(' '), team: behind.id };
}
