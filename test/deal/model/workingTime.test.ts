import fc from 'fast-check';
import {
  addWorkingDays,
  addWorkingMinutes,
  nextWorkingMoment,
  nextWorkingMorning,
  onDate,
  timeToSend,
} from '../../../src/deal/model/workingTime';
import { DAY, HOUR, weekdays } from '../world';

const at = (iso: string) => Date.parse(iso);
const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString().slice(0, 16));

const BERLIN = weekdays('Europe/Berlin', { holidays: ['2025-12-25', '2025-12-26'] });
const NEW_YORK = weekdays('America/New_York');
const KOLKATA = weekdays('Asia/Kolkata');
const LORD_HOWE = weekdays('Australia/Lord_Howe');
const NIGHT_SHIFT = weekdays('Europe/Berlin', { startMinute: 0, endMinute: 1440, weekdays: [7] });

test.each([
  ['during work', BERLIN, '2025-06-03T10:00Z', '2025-06-03T10:00'],
  ['before work', BERLIN, '2025-06-03T05:00Z', '2025-06-03T07:00'],
  ['at the very end of work', BERLIN, '2025-06-03T15:00Z', '2025-06-04T07:00'],
  ['on Friday evening', BERLIN, '2025-06-06T18:00Z', '2025-06-09T07:00'],
  ['before two holidays and a weekend', BERLIN, '2025-12-24T20:00Z', '2025-12-29T08:00'],
  ['in India, half an hour off', KOLKATA, '2025-06-03T00:00Z', '2025-06-03T03:30'],
  ['over the weekend the clocks go forward', NEW_YORK, '2025-03-08T00:00Z', '2025-03-10T13:00'],
  ['over the weekend the clocks go back', NEW_YORK, '2025-11-01T00:00Z', '2025-11-03T14:00'],
  ['where clocks change by half an hour', LORD_HOWE, '2025-04-05T12:00Z', '2025-04-06T22:30'],
  ['in a zone nobody knows, UTC', weekdays('Mars/Base'), '2025-06-03T05:00Z', '2025-06-03T09:00'],
])('the next working moment %s', (_, work, from, expected) => {
  expect(iso(nextWorkingMoment(at(from), work))).toBe(expected);
});

test.each([
  ['within a day', BERLIN, '2025-06-03T10:00Z', 240, '2025-06-03T14:00'],
  ['to the end of the day', BERLIN, '2025-06-03T11:00Z', 240, '2025-06-03T15:00'],
  ['over night', BERLIN, '2025-06-03T13:00Z', 240, '2025-06-04T09:00'],
  ['over a weekend', BERLIN, '2025-06-06T14:00Z', 240, '2025-06-09T10:00'],
  ['over holidays', BERLIN, '2025-12-24T15:00Z', 240, '2025-12-29T11:00'],
  ['over the clocks going forward', NEW_YORK, '2025-03-07T21:00Z', 240, '2025-03-10T16:00'],
  ['over the clocks going back', NEW_YORK, '2025-10-31T20:00Z', 240, '2025-11-03T17:00'],
  ['of a night that has 23 hours', NIGHT_SHIFT, '2025-03-29T23:00Z', 180, '2025-03-30T02:00'],
  ['of a night that has 25 hours', NIGHT_SHIFT, '2025-10-25T22:00Z', 1500, '2025-10-26T23:00'],
  ['none', BERLIN, '2025-06-07T10:00Z', 0, '2025-06-09T07:00'],
])('working minutes are added %s', (_, work, from, minutes, expected) => {
  expect(iso(addWorkingMinutes(at(from), minutes, work))).toBe(expected);
});

test.each([
  ['the same time tomorrow', BERLIN, '2025-06-03T10:00Z', 1, '2025-06-04T10:00'],
  ['over a weekend', BERLIN, '2025-06-06T10:00Z', 1, '2025-06-09T10:00'],
  ['three of them over holidays', BERLIN, '2025-12-23T10:00Z', 3, '2025-12-30T10:00'],
  ['late in the evening: the morning', BERLIN, '2025-06-03T20:00Z', 1, '2025-06-04T07:00'],
  ['the same local time after the clocks went forward', NEW_YORK, '2025-03-07T19:00Z', 1, '2025-03-10T18:00'],
  ['the same local time after the clocks went back', NEW_YORK, '2025-10-31T18:00Z', 1, '2025-11-03T19:00'],
])('working days are added: %s', (_, work, from, days, expected) => {
  expect(iso(addWorkingDays(at(from), days, work))).toBe(expected);
});

test('the next working morning is on a later day', () => {
  expect(iso(nextWorkingMorning(at('2025-06-03T01:00Z'), BERLIN))).toBe('2025-06-04T07:00');
  expect(iso(nextWorkingMorning(at('2025-06-06T10:00Z'), BERLIN))).toBe('2025-06-09T07:00');
});

test('a minute of a date is found on any day of the week', () => {
  expect(iso(onDate('2025-06-07', 540, BERLIN))).toBe('2025-06-07T07:00');
  expect(iso(onDate('2025-03-30', 150, BERLIN))).toBe('2025-03-30T01:30');
  expect(onDate('2025-02-30', 540, BERLIN)).toBeNull();
});

test.each([
  ['in working time', '2025-06-03T10:00Z', null, '2025-06-03T10:00'],
  ['at night', '2025-06-03T20:00Z', null, '2025-06-04T07:00'],
  [
    'at night, with a deadline after the morning',
    '2025-06-03T20:00Z',
    '2025-06-04T08:00Z',
    '2025-06-04T07:00',
  ],
  ['at night, with a deadline before', '2025-06-03T20:00Z', '2025-06-04T06:00Z', '2025-06-03T20:00'],
  ['at night, after its deadline', '2025-06-03T20:00Z', '2025-06-03T19:00Z', '2025-06-04T07:00'],
])('a message due %s', (_, due, before, expected) => {
  expect(iso(timeToSend(at(due), BERLIN, before === null ? null : at(before)))).toBe(expected);
});

test.each([
  ['no weekdays', weekdays('UTC', { weekdays: [] })],
  ['no hours', weekdays('UTC', { startMinute: 600, endMinute: 600 })],
])('a calendar with %s counts as always working', (_, work) => {
  const now = at('2025-06-07T03:00Z');
  expect(nextWorkingMoment(now, work)).toBe(now);
  expect(addWorkingMinutes(now, 60, work)).toBe(now + HOUR);
  expect(addWorkingDays(now, 2, work)).toBe(now + 2 * DAY);
});

test('in every zone a working moment is in working hours, and minutes add up', () => {
  const zones = fc.constantFrom(
    'Europe/Berlin',
    'America/New_York',
    'Asia/Kolkata',
    'Australia/Lord_Howe',
    'UTC',
  );
  const moment = fc.integer({ min: at('2024-01-01'), max: at('2028-01-01') });
  fc.assert(
    fc.property(zones, moment, fc.nat(1000), fc.nat(1000), (zone, from, a, b) => {
      const work = weekdays(zone);
      const next = nextWorkingMoment(from, work);
      expect(next).toBeGreaterThanOrEqual(from);
      expect(nextWorkingMoment(next, work)).toBe(next);
      const twice = addWorkingMinutes(addWorkingMinutes(from, a, work), b, work);
      expect(addWorkingMinutes(from, a + b, work)).toBe(b === 0 ? addWorkingMinutes(from, a, work) : twice);
      expect(addWorkingDays(from, 1, work)).toBeGreaterThan(from);
    }),
    { numRuns: 60 },
  );
});
