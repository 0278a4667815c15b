/** When an ask goes out, and what its manager is told after that. */
import { mayChangeDecision } from '../../../src/deal/decide/rescue';
import { nextWake } from '../../../src/deal/schedule/schedule';
import {
  ADMIN,
  choice,
  DAY,
  DECLINE,
  HOUR,
  MANAGER,
  MATCH,
  MINUTE,
  OTHER_MANAGER,
  promisedAt,
  STAND_IN,
  settingsIn,
  TUESDAY,
  text,
  World,
  weekdays,
} from '../world';

const HOLD = 5 * MINUTE;
const usd = (amount: number) => ({ minor: amount * 100, currency: 'USD' });
const at = (ms: number) => TUESDAY + ms;

/** A rep who has tapped through a call and is on the form. */
function called(manager: string | null = MANAGER.userId, now = TUESDAY): World {
  const world = new World(now, { ...settingsIn('UTC', 'UTC'), holdAskMs: HOLD });
  world.start(manager).verdict('pulse');
  return world;
}
const back = (world: World) =>
  world.accepted({ type: 'go_back', visit: world.it.trail.at(-1)?.visit ?? 0, draft: null });
const save = (world: World, details: object = {}, manager: string | null = null) =>
  world.accepted({ type: 'fill_in', details, manager, sendsAsk: true });
const typesUntil = (world: World, end: number): readonly string[] => {
  const before = world.events.length;
  world.eventsUntil(end);
  return world.events.slice(before).map(({ type }) => type);
};

describe('a held ask', () => {
  test('waits five minutes for the facts, and its deadline counts from the verdict', () => {
    const world = called();
    expect(world.it.ask).toMatchObject({
      sending: 'held',
      heldUntil: at(HOLD),
      waitsUntil: at(HOLD),
      deadline: at(4 * HOUR),
    });
    expect(nextWake(world.it, world.settings, world.now)).toEqual({
      at: at(HOLD),
      due: { kind: 'send', to: MANAGER.userId },
    });
    expect(typesUntil(world, at(HOLD))).toEqual(['ask_sent']);
    expect(world.it.ask).toMatchObject({ heldUntil: null, waitsUntil: null, deadline: at(4 * HOUR) });
  });

  test('goes out with what the rep saves, and once', () => {
    const world = called().wait(MINUTE);
    expect(save(world, { amount: usd(48_000) })).toEqual(['details_filled', 'ask_sent']);
    expect(world.it.ask).toMatchObject({ heldUntil: null, waitsUntil: null, addressedAt: at(MINUTE) });
    expect(typesUntil(world, at(HOUR))).toEqual([]);
  });

  test('goes out at a tap, also without facts, and the rep is reminded once, after ten minutes', () => {
    const world = called();
    expect(world.accepted({ type: 'ask_now' })).toEqual(['ask_sent']);
    expect(world.refusal({ type: 'ask_now' })).toBe('already_done');
    expect(world.eventsUntil(at(90 * MINUTE))).toEqual([['2025-06-03T10:10', 'fill_in → UREP']]);
  });

  test('saved empty, the rep is reminded all the same', () => {
    const world = called();
    expect(save(world)).toEqual(['details_filled', 'ask_sent']);
    expect(world.eventsUntil(at(90 * MINUTE))).toEqual([['2025-06-03T10:10', 'fill_in → UREP']]);
  });

  test('goes to the person whom the form names, in their hours', () => {
    const world = called(null);
    expect(world.it.ask).toMatchObject({ manager: null, heldUntil: at(HOLD) });
    // The settings of a command are those of the person whom it names.
    world.settings = { ...world.settings, manager: weekdays('America/Los_Angeles') };
    expect(save(world, { amount: usd(1) }, OTHER_MANAGER.userId)).toEqual([
      'details_filled',
      'manager_assigned',
      'ask_sent',
    ]);
    expect(world.it.ask).toMatchObject({
      manager: OTHER_MANAGER.userId,
      heldUntil: null,
      waitsUntil: Date.parse('2025-06-03T09:00-07:00'),
    });
  });

  test('without a name is with the rep after five minutes', () => {
    const world = called(null);
    expect(typesUntil(world, at(HOLD))).toEqual(['ask_sent']);
    expect(world.it.ask).toMatchObject({ manager: null, heldUntil: null, waitsUntil: null });
  });

  test('in the evening waits for the morning after it was sent', () => {
    const evening = Date.UTC(2025, 5, 3, 20);
    const world = called(MANAGER.userId, evening);
    const morning = Date.UTC(2025, 5, 4, 9);
    expect(world.it.ask).toMatchObject({ heldUntil: evening + HOLD, waitsUntil: morning });
    expect(typesUntil(world, evening + HOLD)).toEqual(['ask_sent']);
    expect(world.it.ask).toMatchObject({ heldUntil: null, waitsUntil: morning });
    expect(typesUntil(world, morning)).toContain('ask_delivered');
  });

  test('passes to the stand-in of a manager who goes out, and still waits for the facts', () => {
    const world = called();
    const standIn = { userId: STAND_IN.userId, work: weekdays('UTC'), away: true, until: null };
    world.settings = { ...world.settings, standIn };
    world.wait(MINUTE).tick();
    expect(world.it.ask).toMatchObject({
      manager: STAND_IN.userId,
      heldUntil: at(HOLD),
      waitsUntil: at(HOLD),
    });
  });

  test('keeps waiting when the manager’s zone becomes known', () => {
    const world = new World(TUESDAY, {
      ...settingsIn('UTC', 'UTC'),
      holdAskMs: HOLD,
      manager: weekdays('UTC', { tzKnown: false }),
      asked: weekdays('UTC', { tzKnown: false }),
    });
    world.start().verdict('pulse');
    world.settings = { ...world.settings, manager: weekdays('UTC'), asked: weekdays('UTC') };
    world.wait(MINUTE).tick();
    expect(world.events.at(-1)?.type).toBe('deadline_moved');
    expect(world.it.ask).toMatchObject({ heldUntil: at(HOLD), waitsUntil: at(HOLD) });
  });

  test.each([
    ['29 minutes to go, goes out at once', 59, 'at_once', null],
    ['30 minutes to go, is held', 60, 'held', at(HOLD)],
  ] as const)('with %s', (_, minutes, sending, heldUntil) => {
    const world = new World(TUESDAY, { ...settingsIn('UTC', 'UTC'), holdAskMs: HOLD }).start();
    const [fact, answer] = promisedAt(new Date(at(minutes * MINUTE)).toISOString());
    world.say(answer, 'next', fact).verdict('pulse');
    expect(world.it.ask).toMatchObject({ sending, heldUntil, waitsUntil: heldUntil });
  });

  test('a finished call that is written down asks at once, as its facts are there', () => {
    const world = new World(TUESDAY, { ...settingsIn('UTC', 'UTC'), holdAskMs: HOLD }).start();
    world.accepted({ type: 'record_after', verdict: 'pulse', answers: [], details: {}, ledger: null });
    expect(world.it.ask).toMatchObject({ sending: 'complete', heldUntil: null, waitsUntil: null });
  });
});

test('the first ask of a manager is marked, not that of their stand-in', () => {
  const first = { ...settingsIn('UTC', 'UTC'), isFirstAsk: true };
  const world = new World(TUESDAY, first).start();
  world.verdict('pulse');
  expect(world.it.ask?.isFirst).toBe(true);
  world.accepted({ type: 'assign_manager', manager: OTHER_MANAGER.userId });
  expect(world.it.ask?.isFirst).toBe(true);
  const standIn = { userId: STAND_IN.userId, work: weekdays('UTC'), away: true, until: null };
  const away = new World(TUESDAY, { ...first, standIn }).start();
  away.verdict('pulse');
  expect(away.it.ask).toMatchObject({ manager: STAND_IN.userId, isFirst: false });
});

test('a manager who said no may say yes until the rep has gone back, and the last answer counts', () => {
  const world = new World().start().reach('pulse').decided(DECLINE);
  expect(mayChangeDecision(world.it)).toBe(true);
  world.wait(HOUR).decided(MATCH);
  expect(world.it).toMatchObject({ stage: 'winning_back', ask: { decisions: [DECLINE, MATCH] } });
  const back = new World().start().reach('pulse').decided(DECLINE);
  back.accepted({ type: 'report_outcome', outcome: { kind: 'lost', reason: null } });
  const yes = { type: 'decide', ask: back.it.ask?.id ?? 0, decision: MATCH } as const;
  expect(back.refusal(yes, MANAGER)).toBe('rep_went_back');
});

describe('back and next', () => {
  test('while it is held: a new five minutes, and nobody has been notified', () => {
    const world = called().wait(4 * MINUTE);
    expect(back(world)).toEqual(['ask_withdrawn', 'went_back']);
    expect(world.verdict('pulse')).toEqual(['answered', 'verdict_reached', 'asked']);
    expect(world.it.ask).toMatchObject({ heldUntil: at(4 * MINUTE + HOLD) });
    expect(typesUntil(world, at(4 * MINUTE + HOLD))).toEqual(['ask_sent']);
  });

  test('with the same answers after it was sent: the same ask waits, with its deadline', () => {
    const world = called();
    world.accepted({ type: 'ask_now' });
    const { ask } = world.it;
    world.wait(10 * MINUTE);
    back(world);
    expect(world.verdict('pulse')).toEqual(['answered', 'verdict_reached', 'ask_resumed']);
    expect(world.it).toMatchObject({ stage: 'awaiting_decision', ask, pastAsks: [], takenBack: null });
  });

  test('over two screens with the same answers: the same', () => {
    const world = new World(TUESDAY, { ...settingsIn('UTC', 'UTC'), holdAskMs: HOLD }).start();
    world.say(text('Net 90'), 'next', 'attraction').verdict('pulse');
    world.accepted({ type: 'ask_now' });
    back(world);
    world.accepted({ type: 'go_back', visit: world.it.position?.visit ?? 0, draft: null });
    world.say(text('Net 90'), 'next', 'attraction');
    expect(world.verdict('pulse')).toContain('ask_resumed');
  });

  test.each<[string, (world: World) => void]>([
    [
      'another answer',
      (world) => world.accepted(world.answerCommand(choice('no'), { verdict: 'pulse' }, 'signed')),
    ],
    [
      'another manager',
      (world) => {
        world.accepted({ type: 'assign_manager', manager: OTHER_MANAGER.userId }, ADMIN);
        world.verdict('pulse');
      },
    ],
    ['no time left', (world) => void world.wait(DAY).verdict('pulse')],
  ])('with %s: a new ask', (_, change) => {
    const world = called();
    world.accepted({ type: 'ask_now' });
    back(world);
    change(world);
    expect(world.events.at(-1)?.type).toBe('asked');
    expect(world.it.pastAsks).toHaveLength(1);
  });
});

describe('facts that come after the ask was sent', () => {
  const sent = () => {
    const world = called();
    world.accepted({ type: 'ask_now' });
    return world;
  };

  test('are told once an ask; later ones only edit', () => {
    const world = sent();
    save(world, { amount: usd(48_000), competitor: 'Globex', prospect: 'Jane' });
    expect(world.events.at(-1)).toMatchObject({
      type: 'news_told',
      to: MANAGER.userId,
      facts: ['amount', 'competitor'],
    });
    expect(save(world, { recommendation: 'Give them sixty' })).toEqual(['details_filled']);
  });

  test('are told when they are the first words, not when they only add a name or a note', () => {
    const world = sent();
    expect(save(world, { prospect: 'Jane' })).toEqual(['details_filled']);
    expect(save(world, { notes: 'They want net 90' })).toEqual(['details_filled', 'news_told']);
    expect(world.it.ask?.news?.facts).toEqual(['words']);
    const noted = called();
    save(noted, { amount: usd(1) });
    expect(save(noted, { notes: 'A word' })).toEqual(['details_filled']);
  });

  test('are not told before the manager’s day begins, nor after the decision, nor what Back keeps', () => {
    const evening = called(MANAGER.userId, Date.UTC(2025, 5, 3, 20));
    evening.accepted({ type: 'ask_now' });
    expect(save(evening, { amount: usd(1) })).toEqual(['details_filled']);
    const decided = sent().decided({ kind: 'decline', reason: 'No' });
    expect(save(decided, { amount: usd(1) })).toEqual(['details_filled']);
    const kept = sent();
    expect(kept.accepted({ type: 'fill_in', details: { amount: usd(1) }, manager: null })).toEqual([
      'details_filled',
    ]);
  });

  test('while the rep is back on the call are told with the ask that waits again, once', () => {
    const world = sent();
    // As *Back* on the form keeps what it has, before the call opens again.
    world.accepted({ type: 'fill_in', details: { amount: usd(9_000) }, manager: null });
    back(world);
    world.accepted({ type: 'fill_in', details: { competitor: 'Globex' }, manager: null });
    expect(world.verdict('pulse')).toEqual(['answered', 'verdict_reached', 'ask_resumed', 'news_told']);
    expect(world.it).toMatchObject({ untold: [], ask: { news: { facts: ['amount', 'competitor'] } } });
    back(world);
    world.accepted({ type: 'fill_in', details: { amount: usd(12_000) }, manager: null });
    expect(world.verdict('pulse')).toEqual(['answered', 'verdict_reached', 'ask_resumed']);
  });
});
