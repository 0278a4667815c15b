/**
 * Days and hours as people say them, in the rep's zone: *5 today*, *noon on Monday*, *noon on Friday, December 4*. They are
 * for lines that are read out and for labels of buttons; everywhere else Slack formats dates for its reader.
 */
import { DateTime, IANAZone } from 'luxon';
import { ENGLISH, phrase, type Speech } from '../../playbook/speech';

export interface Reading {
  /** IANA zone of the rep. */
  readonly zone: string;
  /** The moment that the words start from, ms UTC. */
  readonly from: number;
  /**
   * True: the words are said at once, so a day may be *today*. A message may be read on a later day, so it names the
   * weekday.
   */
  readonly atOnce: boolean;
}

/** *5 today*, *noon on Monday*: goes after *by* and *until*. `at`: ms UTC. */
export function momentWords(at: number, { zone, from, atOnce }: Reading, speech: Speech = ENGLISH): string {
  const time = inZone(at, zone, speech);
  const today = inZone(from, zone, speech);
  const day = atOnce ? onDay(time, today, speech) : on(nameOf(time, today), speech);
  return phrase(speech.phrases.moment, { time: clockWords(time, speech), day });
}

/** *Today at 5*, *Monday at noon*: the label of a button. */
export function momentLabel(at: number, { zone, from }: Omit<Reading, 'atOnce'>): string {
  const time = inZone(at, zone);
  const today = inZone(from, zone);
  return `${isSameDay(time, today) ? 'Today' : nameOf(time, today)} at ${clockWords(time, ENGLISH)}`;
}

/** *today*, *on Monday*, *on Friday, December 4*. Both are calendar dates, `YYYY-MM-DD`. */
export const onDayWords = (date: string, today: string): string =>
  onDay(calendar(date), calendar(today), ENGLISH);

/** *Monday*, *Friday, December 4*: begins a sentence. */
export const dayWords = (date: string, today: string): string => nameOf(calendar(date), calendar(today));

/** *March 15*, *March 15, 2028*: goes after *around*, where a weekday says too much. */
export const aboutDayWords = (
  date: string,
  { zone, from }: Omit<Reading, 'atOnce'>,
  speech: Speech = ENGLISH,
): string => monthAndDay(calendar(date, speech), inZone(from, zone, speech));

const on = (day: string, { phrases }: Speech): string =>
  phrases.on === undefined ? day : phrase(phrases.on, { day });

function onDay(day: DateTime, today: DateTime, speech: Speech): string {
  const { phrases } = speech;
  if (isSameDay(day, today)) return phrases.today;
  if (phrases.tomorrow !== undefined && daysBetween(today, day) === 1) return phrases.tomorrow;
  return on(nameOf(day, today), speech);
}

/** Within a week the weekday alone; it would be taken for the next one when it is past, or a week away. */
function nameOf(day: DateTime, today: DateTime): string {
  const days = daysBetween(today, day);
  return days >= 0 && days < 7
    ? day.toLocaleString({ weekday: 'long' })
    : day.toLocaleString({ weekday: 'long', ...dateFormat(day, today) });
}

const MONTHS_WITHOUT_YEAR = 6;

const monthAndDay = (day: DateTime, today: DateTime): string => day.toLocaleString(dateFormat(day, today));

function dateFormat(day: DateTime, today: DateTime): Intl.DateTimeFormatOptions {
  const far =
    day < today ? today.minus({ months: MONTHS_WITHOUT_YEAR }) : today.plus({ months: MONTHS_WITHOUT_YEAR });
  const isNear = Math.abs(daysBetween(today, day)) <= Math.abs(daysBetween(today, far));
  return { month: 'long', day: 'numeric', ...(isNear ? {} : { year: 'numeric' }) };
}

const isSameDay = (one: DateTime, other: DateTime): boolean => daysBetween(one, other) === 0;

/** Calendar days between two local dates, whatever their zones. */
const daysBetween = (from: DateTime, to: DateTime): number => dayNumber(to) - dayNumber(from);

const dayNumber = ({ year, month, day }: DateTime): number => Date.UTC(year, month - 1, day) / 86_400_000;

/** *5*, *9:30*, *noon*. In English, hours at which people work need no *am* or *pm*. */
function clockWords(time: DateTime, { phrases, isEnglish }: Speech): string {
  const { hour, minute } = time;
  if (minute === 0 && hour === 12) return phrases.noon;
  if (minute === 0 && hour === 0) return phrases.midnight;
  if (!isEnglish)
    return time.toLocaleString({ hour: 'numeric', ...(minute === 0 ? {} : { minute: '2-digit' }) });
  const clock = `${hour % 12 === 0 ? 12 : hour % 12}${minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`}`;
  return hour >= 8 && hour < 19 ? clock : `${clock} ${hour < 12 ? 'am' : 'pm'}`;
}

const calendar = (date: string, { locale }: Speech = ENGLISH): DateTime =>
  DateTime.fromISO(date, { zone: 'UTC', locale });

const inZone = (at: number, zone: string, { locale }: Speech = ENGLISH): DateTime =>
  DateTime.fromMillis(at, { zone: IANAZone.isValidZone(zone) ? zone : 'UTC', locale });
