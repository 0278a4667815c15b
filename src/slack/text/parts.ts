/** The parts of a line: words, and the few things that Slack draws itself. */
import type { UserId } from '../../deal/model/deal';

/**
 * `moment`: "Tomorrow at 3:30 PM" in the reader's own time zone; `by`: "3:30 PM tomorrow", behind a preposition; `day`:
 * the date alone; `shortDay`: without its weekday.
 */
export type DateStyle = 'moment' | 'by' | 'day' | 'shortDay';

export type Part =
  | string
  | { readonly bold: string }
  | { readonly italic: string }
  | { readonly user: UserId; readonly strong?: true }
  /** Slack shows the name to people who may know of it. */
  | { readonly channel: string }
  /** `link`: the address. Slack may show its words alone. */
  | { readonly link: string; readonly text: string }
  /** Milliseconds UTC. */
  | { readonly date: number; readonly style?: DateStyle; readonly strong?: true };

/** The same words in bold, with their people and dates: lines to read out stand out from everything else. */
export function strong(parts: readonly Part[]): Part[] {
  return parts.map((part) => {
    if (typeof part === 'string') return { bold: part };
    return 'user' in part || 'date' in part ? { ...part, strong: true } : part;
  });
}

const DATE_FORMATS: Readonly<Record<DateStyle, string>> = {
  moment: '{date_short_pretty} at {time}',
  by: '{time} {date_short_pretty}',
  day: '{date_long_pretty}',
  shortDay: '{date_short_pretty}',
};

/** Slack's date template for a style. */
export function dateFormat(style: DateStyle = 'moment'): string {
  return DATE_FORMATS[style];
}

/** The text for a client that cannot format dates: UTC, and it says so. */
export function dateFallback(at: number, style: DateStyle = 'moment'): string {
  const iso = new Date(at).toISOString();
  return style === 'day' || style === 'shortDay'
    ? iso.slice(0, 10)
    : `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/** Slack expects seconds. */
export function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2026-03-09` → `9 Mar 2026`. A calendar date has no time zone, so it is never a Slack date token. */
export function calendarDate(date: string): string {
  const [year, month, day] = date.split('-');
  const name = MONTHS[Number(month) - 1];
  return year === undefined || name === undefined ? date : `${Number(day)} ${name} ${year}`;
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** `2026-03-09` → `Monday, 9 Mar 2026`. */
export function weekdayAndDate(date: string): string {
  const day = WEEKDAYS[new Date(`${date}T00:00:00Z`).getUTCDay()];
  return day === undefined ? date : `${day}, ${calendarDate(date)}`;
}
