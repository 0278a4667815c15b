/** Periods of figures as people name them, in the zone of the person who asks. */
import { DateTime } from 'luxon';
import { nameKey } from '../deal/model/typed';

/** ms UTC; `until` is the first moment after it. Null: open at that end. */
export interface Period {
  readonly from: number | null;
  readonly until: number | null;
  /** Begins a sentence: "In May", "Last quarter". */
  readonly name: string;
}

const DAYS = 90;

/** What counts when nobody names a period. */
export function latestPeriod(now: number): Period {
  return { from: now - DAYS * 24 * 60 * 60_000, until: null, name: `In the last ${DAYS} days` };
}

const UNITS = ['month', 'quarter', 'year'] as const;
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
 * `this month`, `last quarter`, `this year`, `May`, `May 2026`, `Q3`, `Q3 2026`, `2026`, `all`. A month or quarter without
 * a year is the last one that has begun.
 *
 * @returns null when the words name no period
 */
export function periodOf(words: string, now: number, zone: string): Period | null {
  const key = nameKey(words);
  const today = DateTime.fromMillis(now, { zone });
  if (key === 'all') return { from: null, until: null, name: 'So far' };
  for (const unit of UNITS) {
    const start = today.startOf(unit);
    if (key === `this ${unit}`) return spanOf(start, unit, `This ${unit}`);
    if (key === `last ${unit}`) return spanOf(start.minus({ [`${unit}s`]: 1 }), unit, `Last ${unit}`);
  }
  const quarter = QUARTER.exec(key);
  if (quarter !== null) {
    const start = begun((Number(quarter[1]) - 1) * 3 + 1, quarter[2], today);
    return spanOf(start, 'quarter', `In Q${quarter[1]}${quarter[2] === undefined ? '' : ` ${quarter[2]}`}`);
  }
  const month = MONTH.exec(key);
  if (month !== null) {
    const start = begun(MONTHS.indexOf(month[1] ?? '') + 1, month[2], today);
    const name = start.setLocale('en').toFormat(month[2] === undefined ? 'LLLL' : 'LLLL yyyy');
    return spanOf(start, 'month', `In ${name}`);
  }
  if (/^20\d\d$/u.test(key)) {
    const start = DateTime.fromObject({ year: Number(key), month: 1, day: 1 }, { zone });
    return spanOf(start, 'year', `In ${key}`);
  }
  return null;
}

function begun(month: number, year: string | undefined, today: DateTime): DateTime {
  const start = today.startOf('year').set({ month });
  if (year !== undefined) return start.set({ year: Number(year) });
  return start > today ? start.minus({ years: 1 }) : start;
}

function spanOf(start: DateTime, unit: (typeof UNITS)[number], name: string): Period {
  return { from: start.toMillis(), until: start.plus({ [`${unit}s`]: 1 }).toMillis(), name };
}

/** More months than this are no chart: Slack draws 20 points, and a phone a dozen lines. */
const MOST_MONTHS = 12;

/** A month of a period, from its first moment on. */
export interface Month {
  /** ms UTC */
  readonly from: number;
  /** "Mar", with a year where the period has two. */
  readonly name: string;
}

/** The months of a period, oldest first; empty for one month, more than twelve, or a period without a beginning. */
export function monthsOf({ from, until }: Period, now: number, zone: string): readonly Month[] {
  if (from === null) return [];
  const first = DateTime.fromMillis(from, { zone }).startOf('month');
  const end = DateTime.fromMillis(Math.min(until ?? now, now), { zone });
  const count = Math.ceil(end.diff(first, 'months').months);
  if (count < 2 || count > MOST_MONTHS) return [];
  const months = Array.from({ length: count }, (_, index) => first.plus({ months: index }).setLocale('en'));
  const years = new Set(months.map(({ year }) => year));
  return months.map((month) => ({
    from: month.toMillis(),
    name: month.toFormat(years.size > 1 ? 'LLL yy' : 'LLL'),
  }));
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
