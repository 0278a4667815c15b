/** Somebody is asked before Slack reports their time zone: the deadline is provisional until then. */
import { nextWake } from '../../../src/deal/schedule/schedule';
import { HOUR, settingsIn, World, weekdays } from '../world';

const TUESDAY_MORNING = Date.parse('2025-06-03T08:00Z');

function asked(): World {
  const settings = settingsIn('Europe/Berlin', 'Europe/Berlin');
  const guess = weekdays('Europe/Berlin', { tzKnown: false });
  return new World(TUESDAY_MORNING, { ...settings, manager: guess, asked: guess })
    .start('UMAN')
    .reach('pulse');
}

const learn = (world: World, zone: string): void => {
  world.settings = { ...world.settings, manager: weekdays(zone), asked: weekdays(zone) };
};

test('the zone is looked up again, ever more slowly, and nothing is recorded', () => {
  const world = asked();
  expect(world.it.ask).toMatchObject({ provisional: true, deadline: TUESDAY_MORNING + 4 * HOUR });
  const waits: number[] = [];
  for (let i = 0; i < 5; i++) {
    const at = nextWake(world.it, world.settings, world.now)?.at ?? 0;
    waits.push((at - TUESDAY_MORNING) / 1000);
    world.now = at;
    expect(world.tick()).toEqual([]);
  }
  expect(waits).toEqual([5, 10, 20, 40, 80]);
});

test('a known zone moves the deadline', () => {
  const world = asked().wait(6_000);
  learn(world, 'America/New_York');
  expect(world.tick()).toEqual(['deadline_moved']);
  // 13:00Z is nine in the morning there.
  expect(world.it.ask).toMatchObject({ provisional: false, deadline: Date.parse('2025-06-03T17:00Z') });
  expect(nextWake(world.it, world.settings, world.now)?.at).toBeGreaterThan(world.now);
});

test('a deadline that fits the zone stays', () => {
  const world = asked().wait(6_000);
  learn(world, 'Europe/Paris');
  world.tick();
  expect(world.it.ask?.deadline).toBe(TUESDAY_MORNING + 4 * HOUR);
});

test('the next person is notified in their own morning once their zone is known', () => {
  const world = asked();
  learn(world, 'Europe/Berlin');
  const guess = weekdays('Europe/Berlin', { tzKnown: false });
  world.settings = {
    ...world.settings,
    standIn: { userId: 'USTAND', work: guess, away: false, until: null },
  };
  world.tick();
  world.now = Date.parse('2025-06-03T15:00Z');
  expect(world.tick()).toContain('escalated');
  world.settings = { ...world.settings, asked: guess };
  expect(nextWake(world.it, world.settings, world.now)?.due.kind).toBe('ask_slack');
  world.settings = { ...world.settings, asked: weekdays('Asia/Tokyo') };
  expect(nextWake(world.it, world.settings, world.now)).toMatchObject({
    at: Date.parse('2025-06-04T00:00Z'),
    due: { kind: 'notify', to: 'USTAND' },
  });
});
