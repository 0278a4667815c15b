/** When the team works. Each person's own time zone counts. */
import type { TeamSettings } from '../../../coach/settings/settingsSchema';
import { fieldId } from '../../ids';
import { readOptions, readText, textField } from '../form';
import { readTime, timeField } from '../pickers';
import { manyBoxes } from './boxes';
import { Reading, type SettingsForm } from './form';
import { WEEKDAYS } from './words';

export const CALENDAR = {
  days: fieldId('work_days'),
  start: fieldId('work_start'),
  end: fieldId('work_end'),
  holidays: fieldId('holidays'),
} as const;

type CalendarValue = TeamSettings['workingDay'];

/** Ten years of bank holidays. */
const MOST_HOLIDAYS = 250;

export const calendarForm: SettingsForm<CalendarValue> = {
  title: 'Working calendar',
  of: ({ workingDay }) => workingDay,
  blocks: (value) => [
    manyBoxes({
      block: CALENDAR.days,
      label: 'Working days',
      required: true,
      options: WEEKDAYS.map((label, index) => ({ value: String(index + 1), label })),
      initial: (value?.weekdays ?? []).map(String),
    }),
    timeField({
      block: CALENDAR.start,
      label: 'Work begins',
      required: true,
      initial: value?.startMinute ?? null,
    }),
    timeField({
      block: CALENDAR.end,
      label: 'Work ends',
      hint: 'In each person’s own time zone. 00:00 means midnight at the end of the day.',
      required: true,
      initial: value?.endMinute ?? null,
    }),
    textField({
      block: CALENDAR.holidays,
      label: 'Holidays',
      hint: 'One date a line, such as 2026-12-25. Nobody is reminded on these days.',
      multiline: true,
      initial: (value?.holidays ?? []).join('\n'),
    }),
  ],
  read(values) {
    const reading = new Reading();
    const weekdays = readOptions(values, CALENDAR.days).map(Number);
    if (weekdays.length === 0) reading.fail(CALENDAR.days, 'Choose at least one day.');
    const start = readTime(values, CALENDAR.start);
    const picked = readTime(values, CALENDAR.end);
    const end = picked === 0 ? 1440 : picked;
    if (start === null) reading.fail(CALENDAR.start, 'Please pick a time.');
    if (end === null) reading.fail(CALENDAR.end, 'Please pick a time.');
    if (start !== null && end !== null && end <= start) {
      reading.fail(CALENDAR.end, 'Work has to end after it begins. Please pick a later time.');
    }
    const holidays = reading.field(
      CALENDAR.holidays,
      readHolidays(readText(values, CALENDAR.holidays) ?? ''),
      [],
    );
    return reading.done({
      weekdays: weekdays.sort(),
      startMinute: start ?? 0,
      endMinute: end ?? 1,
      holidays,
    });
  },
  put: (_settings, _item, value) => ({ ok: true, patch: { workingDay: value } }),
};

type Holidays =
  | { readonly ok: true; readonly value: string[] }
  | { readonly ok: false; readonly error: string };

/** Dates, one a line; what is no date is named with its line. */
export function readHolidays(text: string): Holidays {
  const lines = text.split('\n').map((it) => it.trim());
  for (const [index, it] of lines.entries()) {
    if (it !== '' && !isDate(it)) {
      return {
        ok: false,
        error: `Line ${index + 1}: “${it.slice(0, 40)}” is no date. Type it like 2026-12-25, one date a line.`,
      };
    }
  }
  const dates = [...new Set(lines.filter((it) => it !== ''))].sort();
  return dates.length > MOST_HOLIDAYS
    ? {
        ok: false,
        error: `That are ${dates.length} dates; at most ${MOST_HOLIDAYS} fit. Take the past ones out.`,
      }
    : { ok: true, value: dates };
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
