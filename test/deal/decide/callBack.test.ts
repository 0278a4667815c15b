import type { Command } from '../../../src/deal/model/commands';
import { DAY, HOUR, MANAGER, MINUTE, settingsIn, text, World, weekdays } from '../world';

/** Tuesday 3 June 2025, 10:00 in New York. */
const TEN = Date.parse('2025-06-03T10:00-04:00');
const at = (iso: string) => Date.parse(iso);

const called = (now = TEN): World => {
  const world = new World(now, settingsIn('America/New_York', 'America/New_York'));
  return world.start().say({ kind: 'said' }, 'signing_date');
};

/** The answer that brings the screen where the rep promises a call. */
function reachPromise(world: World, signing: string | null): World {
  const answer =
    signing === null ? ({ kind: 'unknown' } as const) : ({ kind: 'date', date: signing } as const);
  const command = world.answerCommand(answer, { step: 'promise' }, 'signing_date');
  const types = world.accepted({ ...command, suggestsTimes: true } as Command);
  expect(types).toEqual(['answered', 'times_suggested']);
  return world;
}

const promise = (world: World, hour: string) =>
  world.answerCommand({ kind: 'datetime', at: at(hour) }, { verdict: 'pulse' }, 'promise');

describe('the screen where the rep promises to call back', () => {
  test('has an hour worked out as it is entered, in the rep’s own zone', () => {
    const world = reachPromise(called(), null);
    expect(world.it.zone).toBe('America/New_York');
    expect(world.it.suggestedTimes).toEqual({
      visit: world.it.position?.visit,
      at: at('2025-06-04T12:00-04:00'),
      others: [at('2025-06-03T17:00-04:00')],
      madeAt: TEN,
    });
  });

  test('has one before they sign, which the same answer told', () => {
    const world = reachPromise(called(), '2025-06-04');
    expect(world.it.suggestedTimes?.at).toBe(at('2025-06-03T17:00-04:00'));
  });

  test('keeps its hour when it is shown again on that day', () => {
    const world = reachPromise(called(), null).wait(5 * HOUR);
    expect(world.refusal({ type: 'suggest_times' }, null)).toBe('already_done');
  });

  test.each([
    ['with less than an hour left', '2025-06-04', 6 * HOUR + MINUTE, '2025-06-03T18:15-04:00'],
    ['on the next day, when the weekday is today', null, DAY - HOUR, '2025-06-05T12:00-04:00'],
  ])('gets another hour when it is shown again %s', (_, signing, later, hour) => {
    const world = reachPromise(called(), signing).wait(later);
    expect(world.accepted({ type: 'suggest_times' }, null)).toEqual(['times_suggested']);
    expect(world.it.suggestedTimes?.at).toBe(at(hour));
  });

  test('gets another hour after going back and on again', () => {
    const world = reachPromise(called(), null);
    world.accepted({ type: 'go_back', visit: world.it.visits, draft: null });
    expect(world.it.position?.stepId).toBe('signing_date');
    reachPromise(world, '2025-06-04');
    expect(world.it.suggestedTimes).toMatchObject({
      visit: world.it.visits,
      at: at('2025-06-03T17:00-04:00'),
    });
  });

  test('is the clock’s to work out, and only while it stands', () => {
    const world = reachPromise(called(), null);
    expect(world.refusal({ type: 'suggest_times' }, MANAGER)).toBe('clock_only');
    world.accepted(promise(world, '2025-06-04T12:00-04:00'));
    expect(world.refusal({ type: 'suggest_times' }, null)).toBe('stale');
  });

  test('does not count as the rep’s own action, so the offer to resume comes as before', () => {
    const world = reachPromise(called(), null).wait(DAY - HOUR);
    const { lastActiveAt, quietSince } = world.it;
    world.accepted({ type: 'suggest_times' }, null);
    expect(world.it).toMatchObject({ lastActiveAt, quietSince });
  });

  test.each([
    [
      'after they sign',
      '2025-06-06T09:00-04:00',
      { code: 'after_signing', date: '2025-06-05', today: '2025-06-03' },
    ],
    [
      'on a holiday',
      '2025-06-04T12:00-04:00',
      { code: 'on_holiday', date: '2025-06-04', today: '2025-06-03' },
    ],
  ])('refuses a promise %s, and says which day', (_, hour, refusal) => {
    const world = called();
    const rep = weekdays('America/New_York', { holidays: ['2025-06-04'] });
    world.settings = { ...world.settings, rep };
    reachPromise(world, '2025-06-05');
    expect(world.run(promise(world, hour))).toEqual({ ok: false, ...refusal });
    expect(world.it.verdict).toBeNull();
  });

  test('takes any hour on the day they sign', () => {
    const world = reachPromise(called(), '2025-06-05');
    expect(world.accepted(promise(world, '2025-06-05T16:00-04:00'))).toContain('asked');
  });
});

test('a deal whose rep’s zone Slack has not reported knows none, and a handover forgets it', () => {
  const guess = settingsIn('UTC', 'UTC');
  const world = new World(TEN, { ...guess, rep: weekdays('UTC', { tzKnown: false }) }).start();
  expect(world.it.zone).toBeNull();
  const known = called().say(text('Price'), 'promise');
  known.accepted({ type: 'assign_rep', rep: 'UCOL' }, MANAGER);
  expect(known.it).toMatchObject({ rep: 'UCOL', zone: null });
});
