import fc from 'fast-check';
import { suggestTimes, whyNotPromise } from '../../../src/deal/asking/suggestedTimes';
import { localDate } from '../../../src/deal/model/workingTime';
import { HOUR, MINUTE, weekdays } from '../world';

const berlin = weekdays('Europe/Berlin', { holidays: ['2026-12-25'] });

/** A moment as a clock in the rep's zone shows it; summer and winter have their own offsets. */
const at = (iso: string) => Date.parse(iso);

describe('the hour to call back', () => {
  test.each([
    ['on a Tuesday', '2026-11-24T10:00+01:00', '2026-11-25T12:00+01:00'],
    ['on a Friday', '2026-11-27T10:00+01:00', '2026-11-30T12:00+01:00'],
    ['late in the evening', '2026-11-24T22:30+01:00', '2026-11-25T12:00+01:00'],
    ['before a holiday and a weekend', '2026-12-24T10:00+01:00', '2026-12-28T12:00+01:00'],
    ['before the clocks go forward', '2026-03-27T10:00+01:00', '2026-03-30T12:00+02:00'],
    ['before the clocks go back', '2026-10-23T10:00+02:00', '2026-10-26T12:00+01:00'],
  ])('%s is noon on the next working day', (_, now, hour) => {
    expect(suggestTimes(at(now), berlin, null).at).toBe(at(hour));
    expect(suggestTimes(at(now), berlin, '2027-02-01').at).toBe(at(hour));
  });

  test('of a rep who begins after noon is when the rep begins', () => {
    const late = weekdays('Europe/Berlin', { startMinute: 14 * 60, endMinute: 22 * 60 });
    expect(suggestTimes(at('2026-11-24T15:00+01:00'), late, null).at).toBe(at('2026-11-25T14:00+01:00'));
  });

  test.each([
    ['tomorrow', '2026-11-24T10:00+01:00', '2026-11-25', '2026-11-24T17:00+01:00'],
    ['on Monday, and today is Friday', '2026-11-27T10:00+01:00', '2026-11-30', '2026-11-27T17:00+01:00'],
    ['on the weekend before', '2026-11-27T10:00+01:00', '2026-11-28', '2026-11-27T17:00+01:00'],
    ['tomorrow, and it is three o’clock', '2026-11-24T15:00+01:00', '2026-11-25', '2026-11-24T17:00+01:00'],
    ['tomorrow, and it is half past three', '2026-11-24T15:30+01:00', '2026-11-25', '2026-11-24T17:30+01:00'],
    ['tomorrow, and it is seven past four', '2026-11-24T16:07+01:00', '2026-11-25', '2026-11-24T18:15+01:00'],
    [
      'today, and it is seven in the morning',
      '2026-11-24T07:00+01:00',
      '2026-11-24',
      '2026-11-24T08:45+01:00',
    ],
    ['today, and it is half past nine', '2026-11-24T09:30+01:00', '2026-11-24', '2026-11-24T11:30+01:00'],
    ['today, and it is eleven', '2026-11-24T11:00+01:00', '2026-11-24', '2026-11-24T11:45+01:00'],
    ['today, and it is ten to noon', '2026-11-24T11:50+01:00', '2026-11-24', '2026-11-24T11:55+01:00'],
    ['today, and it is one', '2026-11-24T13:00+01:00', '2026-11-24', '2026-11-24T17:00+01:00'],
  ])('when they sign %s comes before that', (_, now, signing, hour) => {
    expect(suggestTimes(at(now), berlin, signing)).toEqual({ at: at(hour), others: [] });
  });

  test('ignores a signing that is over', () => {
    const now = at('2026-11-24T10:00+01:00');
    expect(suggestTimes(now, berlin, '2026-11-20')).toEqual(suggestTimes(now, berlin, null));
  });

  test.each([
    ['at ten', '2026-11-24T10:00+01:00', ['2026-11-24T17:00+01:00']],
    ['with an hour left', '2026-11-24T16:00+01:00', ['2026-11-24T17:00+01:00']],
    ['with less', '2026-11-24T16:01+01:00', []],
  ])('has today at five beside it while that is ahead: %s', (_, now, others) => {
    expect(suggestTimes(at(now), berlin, null).others).toEqual(others.map(at));
  });

  test('is ahead and before the signing, whenever the call is and wherever the rep is', () => {
    const zones = fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/Sao_Paulo',
      'Australia/Lord_Howe',
      'Asia/Kolkata',
    );
    const minute = fc.integer({
      min: at('2026-01-01T00:00Z') / MINUTE,
      max: at('2028-01-01T00:00Z') / MINUTE,
    });
    fc.assert(
      fc.property(zones, minute, fc.integer({ min: -2, max: 9 }), (zone, minutes, days) => {
        const now = minutes * MINUTE;
        const work = weekdays(zone);
        const signing = localDate(now + days * 24 * HOUR, work);
        const { at: hour, others } = suggestTimes(now, work, signing);
        for (const one of [hour, ...others]) {
          expect(one).toBeGreaterThan(now);
          if (days >= 0) expect(localDate(one, work) <= signing).toBe(true);
          expect(whyNotPromise(one, now, work, days >= 0 ? signing : null)).toBeNull();
        }
        for (const one of others) expect(one - now).toBeGreaterThanOrEqual(HOUR);
      }),
    );
  });
});

test.each([
  ['the day after they sign', '2026-12-01T09:00+01:00', '2026-11-30', 'after_signing'],
  ['just after midnight for the rep', '2026-12-01T00:05+01:00', '2026-11-30', 'after_signing'],
  ['the day they sign', '2026-11-30T16:00+01:00', '2026-11-30', null],
  ['a holiday', '2026-12-25T12:00+01:00', null, 'on_holiday'],
  ['a weekend', '2026-11-28T12:00+01:00', null, null],
])('a promise for %s', (_, hour, signing, why) => {
  expect(whyNotPromise(at(hour), at('2026-11-24T10:00+01:00'), berlin, signing)).toBe(why);
});

test('a promise for today is fine for a rep who calls on a holiday', () => {
  const christmas = '2026-12-25T10:00+01:00';
  expect(whyNotPromise(at('2026-12-25T17:00+01:00'), at(christmas), berlin, null)).toBeNull();
});
