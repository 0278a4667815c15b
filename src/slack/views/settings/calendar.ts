/** The team's working hours, in each person's own time zone. */
import type { TeamSettings } from '../../../coach/settings/settingsSchema';
import { clip, tidyName } from '../../../deal/model/typed';
import { fieldId } from '../../ids';
import { manyField, textField, timeField } from '../fields';
import {
  dayOf,
  fault,
  type Read,
  readOptions,
  readText,
  readTime,
  required,
  together,
  type ViewValues,
  valid,
} from '../values';
import type { SettingsForm } from './form';
import { WEEKDAYS } from './valueText';

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
    manyField({
      block: CALENDAR.days,
      inSight: true,
      label: 'Working days',
      required: true,
      options: WEEKDAYS.map((label, index) => ({ value: String(index + 1), label })),
      initial: (value?.weekdays ?? []).map(String),
    }),
    timeField({
      block: CALENDAR.start,
      label: 'Work begins',
      required: true,
      initial: value?.startMinute,
    }),
    timeField({
      block: CALENDAR.end,
      label: 'Work ends',
      hint: 'In each person’s own time zone. 00:00 means midnight at the end of the day.',
      required: true,
      initial: value?.endMinute,
    }),
    textField({
      block: CALENDAR.holidays,
      label: 'Holidays',
      hint: 'One date a line, such as 2026-12-25. No reminders on these days.',
      multiline: true,
      initial: (value?.holidays ?? []).join('\n'),
    }),
  ],
  read(values) {
    const weekdays = readOptions(values, CALENDAR.days).map(Number).sort();
    const start = readTime(values, CALENDAR.start);
    const picked = readTime(values, CALENDAR.end);
    const end = picked === 0 ? 1440 : picked;
    return together({
      weekdays: weekdays.length === 0 ? fault(CALENDAR.days, 'Pick at least one day.') : valid(weekdays),
      startMinute: required(start, CALENDAR.start, 'Pick a time.'),
      endMinute:
        start !== null && end !== null && end <= start
          ? fault(CALENDAR.end, 'Work has to end after it begins. Pick a later time.')
          : required(end, CALENDAR.end, 'Pick a time.'),
      holidays: readHolidays(values, CALENDAR.holidays),
    });
  },
  put: (_settings, _item, value) => valid({ workingDay: value }),
};

/** Reads dates, one a line. An error names a line that is no date. */
export function readHolidays(values: ViewValues, block: string): Read<string[]> {
  const lines = (readText(values, block) ?? '').split('\n').map(tidyName);
  const days = lines.map((it) => (it === '' ? '' : dayOf(it)));
  const wrong = days.indexOf(null);
  if (wrong !== -1) {
    return fault(
      block,
      `Line ${wrong + 1}: “${clip(lines[wrong] ?? '', 40)}” isn't a date. Type it like 2026-12-25, one date a line.`,
    );
  }
  const dates = [...new Set(days.flatMap((day) => (day === null || day === '' ? [] : [day])))].sort();
  return dates.length > MOST_HOLIDAYS
    ? fault(block, `That's ${dates.length} dates, and at most ${MOST_HOLIDAYS} fit. Take the past ones out.`)
    : valid(dates);
}
