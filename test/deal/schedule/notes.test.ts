/** The reminder of a rep who typed nothing about a call: once, and only for verdicts of releases that have it. */
import { evolve } from '../../../src/deal/evolve/evolve';
import type { DealEvent } from '../../../src/deal/model/events';
import { nextWake } from '../../../src/deal/schedule/schedule';
import type { Verdict } from '../../../src/playbook/schema';
import { ADMIN, DAY, MANAGER, MINUTE, promisedAt, REP, settingsIn, TUESDAY, text, World } from '../world';

const REMINDED = 'fill_in → UREP';

/** A rep who reaches a verdict with taps alone. */
const tapped = (verdict: Verdict, manager: string | null = MANAGER.userId, at = TUESDAY): World => {
  const world = new World(at, settingsIn('UTC', 'UTC')).start(manager);
  world.verdict(verdict);
  return world;
};

const remindersOf = (world: World, days = 14): string[] =>
  world.eventsUntil(world.now + days * DAY).flatMap(([at, said]) => (said === REMINDED ? [at] : []));

test('a pulse: once, after ten minutes', () => {
  expect(remindersOf(tapped('pulse'))).toEqual(['2025-06-03T10:10']);
});

test.each<Verdict>(['signed', 'no_pulse', 'declined_to_say', 'no_check', 'postponed', 'keep_talking'])(
  '%s: once, when work begins next',
  (verdict) => {
    expect(remindersOf(tapped(verdict))).toEqual(['2025-06-04T09:00']);
    const early = tapped(verdict, MANAGER.userId, Date.UTC(2025, 5, 3, 6));
    expect(remindersOf(early)).toEqual(['2025-06-03T09:00']);
  },
);

test.each<Verdict>(['not_over', 'unreached'])('%s: nobody has to write anything down', (verdict) => {
  expect(remindersOf(tapped(verdict))).toEqual([]);
});

test('no reminder once something is typed, on the call or after it', () => {
  expect(remindersOf(new World().start().reach('signed', ['attraction', text('Net 90')]))).toEqual([]);
  const written = tapped('signed');
  written.accepted({ type: 'fill_in', details: { competitor: 'Globex' }, manager: null });
  expect(remindersOf(written)).toEqual([]);
});

test('no reminder after a form that says how a finished call ended', () => {
  const world = new World().start();
  world.accepted({ type: 'record_after', verdict: 'signed', answers: [], details: {}, ledger: null });
  expect(remindersOf(world)).toEqual([]);
});

test('without a name the rep hears who is missing, and in the last hour of an ask only what holds', () => {
  expect(remindersOf(tapped('pulse', null), 1)).toEqual([]);
  const soon = new World().start();
  const [fact, answer] = promisedAt('2025-06-03T11:00Z');
  soon.say(answer, 'next', fact);
  soon.verdict('pulse');
  expect(remindersOf(soon, 1)).toEqual([]);
});

test('a pulse in quiet hours waits for their end; a rep who was not on the call hears nothing', () => {
  const quiet = tapped('pulse', MANAGER.userId, Date.UTC(2025, 5, 3, 20));
  const rep = { ...quiet.settings.rep, quiet: { startMinute: 20 * 60, endMinute: 22 * 60 } };
  quiet.settings = { ...quiet.settings, rep };
  expect(remindersOf(quiet)).toEqual(['2025-06-03T22:00']);
  const handedOn = tapped('signed');
  handedOn.wait(MINUTE).accepted({ type: 'assign_rep', rep: 'UNEW' }, ADMIN);
  expect(remindersOf(handedOn)).toEqual([]);
  expect(handedOn.it.nudges).toEqual([]);
});

test('going back and reaching another verdict brings a reminder of its own', () => {
  const world = new World().start();
  world.say({ kind: 'said' }, 'next');
  world.verdict('no_pulse');
  world.accepted({ type: 'go_back', visit: world.it.trail.at(-1)?.visit ?? 0, draft: null });
  world.wait(MINUTE).verdict('pulse');
  expect(remindersOf(world)).toEqual(['2025-06-03T10:11']);
});

test('a verdict of an earlier release brings no reminder', () => {
  const world = tapped('signed');
  const earlier = world.events.map((event): DealEvent => {
    if (event.type !== 'verdict_reached') return event;
    const { wantsNotes: _, ...rest } = event;
    return rest;
  });
  const deal = earlier.reduce<World['deal']>(evolve, null);
  expect(deal?.stage).toBe('closed');
  expect(deal === null ? null : nextWake(deal, world.settings, world.now)).toBeNull();
  expect(nextWake(world.it, world.settings, world.now)?.due).toMatchObject({
    nudge: 'fill_in',
    to: REP.userId,
  });
});
