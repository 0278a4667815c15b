/** Values of the settings as words. */
import type { Part } from '../../text';
import { clockText } from '../fields';

export const WEEKDAYS = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

/** "Mon–Fri", or "Mon, Wed, Fri". */
export function weekdaysText(days: readonly number[]): string {
  const sorted = [...new Set(days)].sort();
  const short = sorted.map((day) => (WEEKDAYS[day - 1] ?? '').slice(0, 3));
  const [first, last] = [sorted[0], sorted.at(-1)];
  const isRow = first !== undefined && last !== undefined && last - first === sorted.length - 1;
  return isRow && sorted.length > 2 ? `${short[0]}–${short.at(-1)}` : short.join(', ');
}

/** "9:00 to 17:00". */
export function hoursText(startMinute: number, endMinute: number): string {
  const text = (minute: number) => (minute === 1440 ? '24:00' : clockText(minute).replace(/^0/u, ''));
  return `${text(startMinute)} to ${text(endMinute)}`;
}

/** "4 hours", "90 minutes". */
export function minutesText(minutes: number): string {
  if (minutes % 60 === 0) return plural(minutes / 60, 'hour');
  return plural(minutes, 'minute');
}

export function plural(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** A text names at most this many and counts the others. */
const MOST_NAMED = 10;

/** "@a, @b and @c", "@a … and 12 more"; `none` when there is nobody. */
export function peopleParts(users: readonly string[], none = 'nobody'): Part[] {
  if (users.length === 0) return [none];
  const named = users.slice(0, MOST_NAMED);
  const more = users.length - named.length;
  const parts = named.flatMap((user, index): Part[] => {
    const isLast = more === 0 && index === named.length - 1;
    return index === 0 ? [{ user }] : [isLast ? ' and ' : ', ', { user }];
  });
  return more === 0 ? parts : [...parts, ` and ${more} more`];
}

/** A channel, or the words for none. */
export function channelParts(channel: string | null, none: string): Part[] {
  return channel === null ? [none] : [{ channel }];
}
