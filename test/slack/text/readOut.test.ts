import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
  aboutDayWords,
  dayWords,
  momentLabel,
  momentWords,
  onDayWords,
} from '../../../src/slack/text/readOut';

const ZONE = 'America/New_York';
/** Wednesday, 25 November 2026, 10:00 in New York. */
const FROM = Date.parse('2026-11-25T10:00-05:00');

const read = (at: string, zone = ZONE) => momentWords(Date.parse(at), { zone, from: FROM, atOnce: true });

describe('an hour that is read out', () => {
  test.each([
    ['2026-11-25T17:00-05:00', '5 today'],
    ['2026-11-25T12:00-05:00', 'noon today'],
    ['2026-11-25T16:30-05:00', '4:30 today'],
    ['2026-11-25T19:00-05:00', '7 pm today'],
    ['2026-11-26T12:00-05:00', 'noon on Thursday'],
    ['2026-11-30T12:00-05:00', 'noon on Monday'],
    ['2026-12-01T08:00-05:00', '8 on Tuesday'],
    ['2026-12-01T07:15-05:00', '7:15 am on Tuesday'],
    ['2026-12-02T12:00-05:00', 'noon on Wednesday, December 2'],
    ['2026-12-04T00:00-05:00', 'midnight on Friday, December 4'],
    ['2027-05-25T09:00-04:00', '9 on Tuesday, May 25'],
    ['2027-05-26T09:00-04:00', '9 on Wednesday, May 26, 2027'],
    ['2026-11-23T12:00-05:00', 'noon on Monday, November 23'],
  ])('%s is “by %s”', (at, words) => {
    expect(read(at)).toBe(words);
  });

  test.each([
    ['Europe/Berlin', '2026-11-25T23:30Z', '12:30 am on Thursday'],
    ['Asia/Kolkata', '2026-11-26T06:30Z', 'noon on Thursday'],
    ['Pacific/Auckland', '2026-11-25T23:00Z', 'noon today'],
    ['nowhere', '2026-11-25T23:30Z', '11:30 pm today'],
  ])('in %s, %s is “by %s”', (zone, at, words) => {
    expect(read(at, zone)).toBe(words);
  });

  test.each([
    ['forward', '2026-03-06T10:00-05:00', '2026-03-09T12:00-04:00'],
    ['back', '2026-10-30T10:00-04:00', '2026-11-02T12:00-05:00'],
  ])('across clocks that go %s is still noon on Monday', (_, from, at) => {
    expect(momentWords(Date.parse(at), { zone: ZONE, from: Date.parse(from), atOnce: true })).toBe(
      'noon on Monday',
    );
  });

  test('names the weekday in a message, which may be read on a later day', () => {
    const at = Date.parse('2026-11-25T17:00-05:00');
    expect(momentWords(at, { zone: ZONE, from: FROM, atOnce: false })).toBe('5 on Wednesday');
  });

  test('on a button begins with the day', () => {
    const label = (at: string) => momentLabel(Date.parse(at), { zone: ZONE, from: FROM });
    expect(label('2026-11-25T17:00-05:00')).toBe('Today at 5');
    expect(label('2026-11-30T12:00-05:00')).toBe('Monday at noon');
    expect(label('2026-12-04T12:00-05:00')).toBe('Friday, December 4 at noon');
  });

  test('is never ambiguous within a week, whatever the day and zone', () => {
    const zones = fc.constantFrom('UTC', ZONE, 'Europe/Berlin', 'Australia/Lord_Howe', 'Pacific/Apia');
    const hour = fc.integer({ min: Date.UTC(2026, 0, 1) / 3_600_000, max: Date.UTC(2028, 0, 1) / 3_600_000 });
    fc.assert(
      fc.property(zones, hour, fc.integer({ min: 0, max: 24 * 20 }), (zone, hours, later) => {
        const from = hours * 3_600_000;
        const at = from + later * 3_600_000;
        const words = momentWords(at, { zone, from, atOnce: true });
        const day = DateTime.fromMillis(at, { zone });
        const days = Math.round(
          day.startOf('day').diff(DateTime.fromMillis(from, { zone }).startOf('day'), 'days').days,
        );
        const weekday = day.toFormat('EEEE', { locale: 'en-US' });
        if (days === 0) expect(words).toMatch(/ today$/u);
        else
          expect(
            words.endsWith(days < 7 ? ` on ${weekday}` : ` on ${weekday}, ${day.toFormat('MMMM d')}`),
          ).toBe(true);
        expect(words).not.toContain(':00');
      }),
    );
  });
});

test.each([
  ['2026-11-25', 'today', 'Wednesday'],
  ['2026-11-30', 'on Monday', 'Monday'],
  ['2026-12-04', 'on Friday, December 4', 'Friday, December 4'],
  ['2027-12-04', 'on Saturday, December 4, 2027', 'Saturday, December 4, 2027'],
])('the day %s is “%s”', (date, on, day) => {
  expect(onDayWords(date, '2026-11-25')).toBe(on);
  expect(dayWords(date, '2026-11-25')).toBe(day);
});

test.each([
  ['2027-03-15', 'March 15'],
  ['2028-03-15', 'March 15, 2028'],
])('they look again around %s: “%s”', (date, words) => {
  expect(aboutDayWords(date, { zone: ZONE, from: FROM })).toBe(words);
});
