/** Plans of tries, for any rep, at any hour. */
import fc from 'fast-check';
import { firstPlan, planAfterCall, planWithCallAt } from '../../../src/deal/asking/cadence';
import {
  type Cadence,
  hasCall,
  isCall,
  type PlannedTry,
  type TryMove,
} from '../../../src/deal/model/cadence';
import { nextWorkingMoment, timeToSend } from '../../../src/deal/model/workingTime';
import { DAY, HOUR, MINUTE, TUESDAY, weekdays } from '../world';

const work = fc
  .record({
    tz: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'),
    startMinute: fc.integer({ min: 0, max: 20 * 60 }),
    length: fc.integer({ min: 30, max: 4 * 60 }),
    days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
    holidays: fc.subarray(['2025-06-03', '2025-06-04', '2025-06-09', '2025-10-27']),
    quiet: fc.constantFrom(null, { startMinute: 13 * 60, endMinute: 14 * 60 }),
  })
  .map(({ tz, startMinute, length, days, holidays, quiet }) =>
    weekdays(tz, { startMinute, endMinute: startMinute + length, weekdays: days, holidays, quiet }),
  );
/** A year from a Tuesday in June, so that clocks change on the way. */
const now = fc.integer({ min: 0, max: 365 * 24 * 60 }).map((minute) => TUESDAY + minute * MINUTE);
const named = fc.option(fc.integer({ min: 1, max: 60 * 24 * 60 }).map((minute) => minute * MINUTE));

const movesOf = (plan: readonly PlannedTry[]): readonly TryMove[] => plan.flatMap(({ moves }) => moves);

/** What holds of each plan. */
function check(plan: readonly PlannedTry[], since: number, at: number | null): void {
  const times = plan.map((it) => it.at);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(Math.min(...times)).toBeGreaterThan(since);
  const moves = movesOf(plan);
  expect(new Set(moves).size).toBe(moves.length);
  expect(moves.at(-1)).toBe('last_mail');
  for (const [index, { moves: here }] of plan.entries()) {
    // A call comes first in its message, and stands alone or with one mail.
    expect(here.length <= 2 && (here.length === 1 || isCall(here[0] ?? 'voicemail'))).toBe(true);
    const calls = plan.slice(0, index).filter(({ moves: before }) => before.some(isCall));
    if (here.includes('last_voicemail')) expect(calls.length).toBeLessThanOrEqual(1);
  }
  const first = plan.find((it) => it.moves.some(isCall));
  if (at !== null) expect(first?.at).toBe(at);
}

test('the plan has two calls and two mails in their order, in working hours unless the rep named the hour', () => {
  fc.assert(
    fc.property(work, now, named, (rep, from, later) => {
      const at = later === null ? null : from + later;
      const plan = firstPlan(from, at, rep);
      check(plan, from, at);
      expect([...movesOf(plan)].sort()).toEqual(['call', 'last_mail', 'last_voicemail', 'thank_you']);
      for (const one of plan) {
        // The moment of closing counts as working.
        if (one.at !== at) expect(timeToSend(one.at, rep, null)).toBe(one.at);
      }
      expect(nextWorkingMoment(plan.at(-1)?.at ?? 0, rep)).toBe(plan.at(-1)?.at);
    }),
  );
});

test('a mail and a call are an hour apart, or one message', () => {
  fc.assert(
    fc.property(work, now, named, (rep, from, later) => {
      const plan = firstPlan(from, later === null ? null : from + later, rep);
      for (const [index, { at }] of plan.entries()) {
        const next = plan[index + 1];
        if (next !== undefined) expect(next.at - at).toBeGreaterThan(HOUR);
      }
    }),
  );
});

test('the last call is on day 4 or later, at least two working days after the one before, and never at its hour', () => {
  const rep = weekdays('Europe/Berlin');
  fc.assert(
    fc.property(now, named, (from, later) => {
      const plan = firstPlan(from, later === null ? null : from + later, rep);
      const [second, last] = plan.filter(({ moves }) => moves.some(isCall));
      if (second === undefined || last === undefined) throw new Error('there are two calls');
      expect(last.at - from).toBeGreaterThan(2 * DAY);
      expect(last.at - second.at).toBeGreaterThan(DAY);
      const hour = (at: number) =>
        new Date(at).toLocaleTimeString('de-DE', { timeZone: 'Europe/Berlin', hour: '2-digit' });
      expect(hour(last.at)).not.toBe(hour(second.at));
    }),
  );
});

test('after another call, and after another time, no move comes twice and none lies in the past', () => {
  fc.assert(
    fc.property(
      work,
      now,
      named,
      fc.integer({ min: 0, max: 5 }),
      fc.boolean(),
      (rep, since, later, sent, moves) => {
        const plan = firstPlan(since, null, rep);
        const out = plan.slice(0, sent);
        const reminded = out.map((it, index) => ({ ...it, id: index + 2, report: null }));
        const cadence: Cadence = { since, plan: plan.slice(sent), reminded };
        const at = (out.at(-1)?.at ?? since) + 3 * HOUR;
        const hour = at + (later ?? DAY);
        const next = moves
          ? planWithCallAt(cadence, hour, at, rep)
          : planAfterCall(cadence, 2 + out.filter(hasCall).length, at, later === null ? null : hour, rep);
        const left = movesOf(next);
        expect(new Set(left).size).toBe(left.length);
        for (const one of next) expect(one.at).toBeGreaterThan(at);
        if (moves) expect(next.find((it) => it.moves.some(isCall))?.at).toBe(hour);
        expect(left.includes('last_mail')).toBe(movesOf(cadence.plan).includes('last_mail'));
      },
    ),
  );
});
