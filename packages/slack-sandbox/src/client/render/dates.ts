import type { Reader } from './reader';

/** Fills the `{…}` tokens of a Slack date format in the reader's zone, as an American English client does. */
export function formatDate(reader: Reader, seconds: number, format: string): string {
  return format.replace(
    /\{([a-z_]+)\}/g,
    (token, name: string) => TOKENS[name]?.(reader, seconds * 1000) ?? token,
  );
}

type Formatter = (reader: Reader, at: number) => string;

/** Caches one formatter a zone, since making it costs a hundred times as much as using it. */
function inZone(
  locale: string,
  options: Intl.DateTimeFormatOptions,
): (timeZone: string) => Intl.DateTimeFormat {
  const made = new Map<string, Intl.DateTimeFormat>();
  return (timeZone) => {
    const known = made.get(timeZone) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone });
    made.set(timeZone, known);
    return known;
  };
}

const longParts = inZone('en-US', { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' });
const isoDay = inZone('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' });
const shortDay = inZone('en-US', { year: 'numeric', month: 'short', day: 'numeric' });
const slashDay = inZone('en-US', { year: 'numeric', month: '2-digit', day: '2-digit' });

function parts(reader: Reader, at: number) {
  const found = longParts(reader.tz).formatToParts(at);
  const get = (type: string) => found.find((part) => part.type === type)?.value ?? '';
  return { weekday: get('weekday'), year: get('year'), month: get('month'), day: Number(get('day')) };
}

function ordinal(day: number): string {
  if (day % 100 >= 11 && day % 100 <= 13) return `${day}th`;
  return `${day}${['th', 'st', 'nd', 'rd'][day % 10] ?? 'th'}`;
}

/** Calendar date in the zone, `2026-11-22`. */
function isoDate(reader: Reader, at: number): string {
  return isoDay(reader.tz).format(at);
}

/** Whole calendar days from today in the reader's zone. */
function daysAway(reader: Reader, at: number): number {
  return Math.round((Date.parse(isoDate(reader, at)) - Date.parse(isoDate(reader, reader.now))) / 86_400_000);
}

function pretty(format: Formatter): Formatter {
  const words: Readonly<Record<number, string>> = { [-1]: 'yesterday', 0: 'today', 1: 'tomorrow' };
  return (reader, at) => words[daysAway(reader, at)] ?? format(reader, at);
}

const dateLongFull: Formatter = (reader, at) => {
  const { month, day, year } = parts(reader, at);
  return `${month} ${day}, ${year}`;
};
const date: Formatter = (reader, at) => {
  const { month, day, year } = parts(reader, at);
  return `${month} ${ordinal(day)}, ${year}`;
};
const dateLong: Formatter = (reader, at) => `${parts(reader, at).weekday}, ${date(reader, at)}`;
const dateShort: Formatter = (reader, at) => shortDay(reader.tz).format(at);
function time(options: Intl.DateTimeFormatOptions): Formatter {
  const clock = inZone('en-US', { hour: 'numeric', minute: '2-digit', ...options });
  return (reader, at) =>
    clock(reader.tz)
      .format(at)
      .replace(/\u202f/g, ' ');
}

const ago: Formatter = (reader, at) => {
  const seconds = Math.round((reader.now - at) / 1000);
  const units: readonly [string, number][] = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
    ['second', 1],
  ];
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
  const count = Math.round(Math.abs(seconds) / size);
  const span = `${count} ${unit}${count === 1 ? '' : 's'}`;
  return seconds < 0 ? `in ${span}` : `${span} ago`;
};

const TOKENS: Readonly<Record<string, Formatter>> = {
  date_num: isoDate,
  date_slash: (reader, at) => slashDay(reader.tz).format(at),
  date,
  date_pretty: pretty(date),
  date_short: dateShort,
  date_short_pretty: pretty(dateShort),
  date_long: dateLong,
  date_long_pretty: pretty(dateLong),
  date_long_full: dateLongFull,
  day_divider_pretty: pretty((reader, at) => {
    const { weekday, month, day } = parts(reader, at);
    return `${weekday}, ${month} ${ordinal(day)}`;
  }),
  time: time({}),
  time_secs: time({ second: '2-digit' }),
  ago,
};
