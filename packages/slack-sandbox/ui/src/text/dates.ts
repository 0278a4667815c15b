/** Dates as Slack shows them, in the acting person's time zone. All times are epoch ms unless a name says seconds. */

interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

const parts = new Map<string, Intl.DateTimeFormat>();

function formatter(tz: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${tz} ${JSON.stringify(options)}`;
  const known = parts.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', { timeZone: tz, ...options });
  parts.set(key, made);
  return made;
}

function wallTime(at: number, tz: string): WallTime {
  const found = new Map(
    formatter(tz, {
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      hourCycle: 'h23',
    })
      .formatToParts(at)
      .map((part) => [part.type, Number(part.value)]),
  );
  const get = (type: Intl.DateTimeFormatPartTypes) => found.get(type) ?? 0;
  return {
    year: get('year'),
    month: get('month'),
    day: get('day'),
    hour: get('hour'),
    minute: get('minute'),
  };
}

const two = (value: number): string => String(value).padStart(2, '0');

/** `2026-11-22`: the calendar day in that time zone. */
export function dayKey(at: number, tz: string): string {
  const wall = wallTime(at, tz);
  return `${wall.year}-${two(wall.month)}-${two(wall.day)}`;
}

/** `14:05` */
export function clock(at: number, tz: string): string {
  const wall = wallTime(at, tz);
  return `${two(wall.hour)}:${two(wall.minute)}`;
}

const shortDate = (at: number, tz: string) =>
  formatter(tz, { month: 'short', day: 'numeric', year: 'numeric' }).format(at);
const withoutYear = (at: number, tz: string) => formatter(tz, { month: 'short', day: 'numeric' }).format(at);
const longDate = (at: number, tz: string) =>
  formatter(tz, { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' }).format(at);
const plainDate = (at: number, tz: string) =>
  formatter(tz, { month: 'long', day: 'numeric', year: 'numeric' }).format(at);

/** `Today`, `Yesterday` or `Tomorrow`; null for other days. */
function nearDay(at: number, tz: string, now: number): string | null {
  const day = 86_400_000;
  const key = dayKey(at, tz);
  if (key === dayKey(now, tz)) return 'Today';
  if (key === dayKey(now - day, tz)) return 'Yesterday';
  if (key === dayKey(now + day, tz)) return 'Tomorrow';
  return null;
}

/** The text of the line between two days of a conversation. */
export function dayLabel(at: number, tz: string, now: number): string {
  return nearDay(at, tz, now) ?? formatter(tz, { weekday: 'long', month: 'long', day: 'numeric' }).format(at);
}

function ago(at: number, now: number): string {
  const seconds = Math.round((at - now) / 1000);
  const units = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ] as const;
  const relative = new Intl.RelativeTimeFormat('en-US', { numeric: 'always' });
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
  }
  return relative.format(seconds, 'second');
}

type Token = (at: number, tz: string, now: number) => string;

const pretty =
  (otherwise: Token): Token =>
  (at, tz, now) =>
    nearDay(at, tz, now)?.toLowerCase() ?? otherwise(at, tz, now);

/** The tokens of "Date formatting" in Slack's text reference. */
const TOKENS: Readonly<Record<string, Token>> = {
  date_num: (at, tz) => dayKey(at, tz),
  date_slash: (at, tz) => {
    const wall = wallTime(at, tz);
    return `${two(wall.month)}/${two(wall.day)}/${wall.year}`;
  },
  date: plainDate,
  date_pretty: pretty(plainDate),
  date_short: shortDate,
  date_short_pretty: pretty(shortDate),
  date_long: longDate,
  date_long_pretty: pretty(longDate),
  date_long_full: longDate,
  day_divider_pretty: (at, tz, now) => dayLabel(at, tz, now),
  time: (at, tz) => clock(at, tz),
  time_secs: (at, tz) => `${clock(at, tz)}:${two(Math.floor(at / 1000) % 60)}`,
  ago: (at, _tz, now) => ago(at, now),
};

/** Fills a format such as `{date_short_pretty} at {time}`. Unknown tokens stay, as in Slack. */
export function formatSlackDate(format: string, at: number, tz: string, now: number): string {
  return format.replace(/\{(\w+)\}/g, (whole, name: string) => TOKENS[name]?.(at, tz, now) ?? whole);
}

/** For tooltips: `Monday, November 23, 2026 at 09:00 (Europe/Berlin)`. */
export function wholeDate(at: number, tz: string): string {
  return `${longDate(at, tz)} at ${clock(at, tz)} (${tz})`;
}

/** `Nov 22 at 14:05` or `Today at 14:05`. */
export function momentLabel(at: number, tz: string, now: number): string {
  return `${nearDay(at, tz, now) ?? withoutYear(at, tz)} at ${clock(at, tz)}`;
}

/** `Monday, November 30, 10:05` */
export function dayAndTime(at: number, tz: string): string {
  const day = formatter(tz, { weekday: 'long', month: 'long', day: 'numeric' }).format(at);
  return `${day}, ${clock(at, tz)}`;
}

/** Nine in the morning of the day after this moment. */
export function tomorrowMorning(now: number, tz: string): number {
  // From noon, the same hour of the next day is on the next calendar day, also where the clocks change.
  const noon = (fromLocalInput(`${dayKey(now, tz)}T12:00`, tz) ?? 0) * 1000;
  return (fromLocalInput(`${dayKey(noon + 86_400_000, tz)}T09:00`, tz) ?? 0) * 1000;
}

/** Slack's `ts` in epoch ms. */
export const tsToMs = (ts: string): number => Math.floor(Number(ts) * 1000);

/** Epoch seconds as the value of a `datetime-local` input in that time zone. */
export function toLocalInput(seconds: number, tz: string): string {
  const at = seconds * 1000;
  return `${dayKey(at, tz)}T${clock(at, tz)}`;
}

/** The reverse. Null for an unfinished value. A time that a clock change skips moves forward by the gap. */
export function fromLocalInput(value: string, tz: string): number | null {
  const asUtc = Date.parse(`${value}Z`);
  if (Number.isNaN(asUtc)) return null;
  const offsetAt = (at: number) => Date.parse(`${toLocalInput(at / 1000, tz)}Z`) - at;
  const first = asUtc - offsetAt(asUtc);
  return Math.floor((asUtc - offsetAt(first)) / 1000);
}
