/** Nobody decides about a deal that was ever theirs, and nobody passes a limit alone. */
import fc from 'fast-check';
import { exceedsLimit } from '../../../src/deal/decide/approval';
import { mayDecide } from '../../../src/deal/decide/permissions';
import type { Actor, Limit } from '../../../src/deal/model/commands';
import { randomCommand } from '../randomCommands';
import {
  ADMIN,
  APPROVER,
  COLLEAGUE,
  COUNTER,
  DECLINE,
  MANAGER,
  OTHER_MANAGER,
  REP,
  STAND_IN,
  settingsIn,
  TUESDAY,
  World,
  weekdays,
} from '../world';

const usd = (minor: number) => ({ minor, currency: 'USD' });
const LIMIT: Limit = {
  amount: usd(500_000),
  percent: null,
  approver: APPROVER.userId,
  work: weekdays('UTC'),
  standIn: null,
  isDefault: false,
  substitutes: [],
};
const handsTo = (rep: string) => ({ type: 'assign_rep', rep }) as const;
const decides = (world: World) =>
  ({ type: 'decide', ask: world.it.ask?.id ?? 0, decision: DECLINE }) as const;

describe('A stand-in who hands their deal to a peer', () => {
  const standIn: Actor = { ...REP, standsInFor: [MANAGER.userId] };

  it('cannot decide about it', () => {
    const world = new World().start().reach('pulse');
    world.accepted(handsTo(COLLEAGUE.userId), standIn);
    expect(world.refusal(decides(world), standIn)).toBe('decider_only');
  });

  it('cannot be named to decide, nor take it over in a channel', () => {
    const world = new World(TUESDAY, {
      ...settingsIn('UTC', 'UTC'),
      fallback: { kind: 'channel', channel: 'CFALL' },
    })
      .start()
      .reach('pulse');
    world.accepted(handsTo(COLLEAGUE.userId), standIn);
    world.accepted({ type: 'assign_rep', rep: OTHER_MANAGER.userId }, COLLEAGUE);
    for (const manager of [REP.userId, COLLEAGUE.userId, OTHER_MANAGER.userId]) {
      expect(world.refusal({ type: 'assign_manager', manager }, MANAGER)).toBe('own_manager');
    }
    world.eventsUntil(world.now + 8 * 60 * 60_000);
    const take = { type: 'take_over', ask: world.it.ask?.id ?? 0, channel: 'CFALL' } as const;
    expect(world.refusal(take, standIn)).toBe('own_manager');
  });

  it('decides where the team lets reps decide about their own deals', () => {
    const world = new World().start().reach('pulse');
    world.accepted(handsTo(COLLEAGUE.userId), standIn);
    expect(mayDecide(world.it, { ...standIn, mayDecideOwn: true })).toBe(true);
  });
});

test('a manager who holds the deal of a rep who left decides; the rep who left and comes back does not', () => {
  const world = new World().start().reach('pulse');
  world.accepted({ type: 'person_left', userId: REP.userId, to: null }, null);
  expect(mayDecide(world.it, { ...REP, isAdmin: true })).toBe(false);
  expect(mayDecide(world.it, MANAGER)).toBe(true);
  world.accepted(handsTo(COLLEAGUE.userId), MANAGER);
  expect(world.it.formerReps).toEqual([REP.userId]);
  expect(mayDecide(world.it, MANAGER)).toBe(true);
});

test('a deal handed on under an earlier release names its former rep in the handover alone', () => {
  const world = new World().start().reach('pulse');
  world.accepted(handsTo(COLLEAGUE.userId));
  expect(mayDecide({ ...world.it, formerReps: [] }, { ...REP, isAdmin: true })).toBe(false);
});

test('the setting for own deals lifts no limit: a rep approves nothing above it', () => {
  const world = new World().start().reach('pulse');
  world.limit = LIMIT;
  world.settings = { ...world.settings, ownManagerAllowed: true };
  world.decided({ ...COUNTER, value: usd(600_000) }, MANAGER);
  const { ask } = world.it;
  const approve = { type: 'approve', ask: ask?.id ?? 0, approval: ask?.approval?.id ?? 0 } as const;
  expect(world.refusal(approve, { ...REP, isAdmin: true, mayDecideOwn: true })).toBe('approver_only');
  expect(world.accepted(approve, ADMIN)).toEqual(['decided']);
});

describe('Where the team has a manager', () => {
  const manager = OTHER_MANAGER.userId;
  const inTeam = (teamManager: string = MANAGER.userId) =>
    new World(TUESDAY, { ...settingsIn('UTC', 'UTC'), teamManager });

  it('a rep names nobody else, on the fill-in or later, nor does a rep who got the deal', () => {
    const world = inTeam().start().reach('pulse');
    expect(world.refusal({ type: 'assign_manager', manager })).toBe('team_manager');
    expect(world.refusal({ type: 'fill_in', details: { notes: 'More' }, manager })).toBe('team_manager');
    world.accepted(handsTo(COLLEAGUE.userId));
    expect(world.refusal({ type: 'assign_manager', manager }, COLLEAGUE)).toBe('team_manager');
  });

  it('the manager, a stand-in and an admin name somebody else, and the rep names the manager again', () => {
    for (const actor of [MANAGER, STAND_IN, ADMIN]) {
      const world = inTeam().start().reach('pulse');
      world.accepted({ type: 'assign_manager', manager }, actor);
      expect(world.it.manager).toBe(manager);
      world.accepted({ type: 'assign_manager', manager: MANAGER.userId });
    }
  });

  it('the fill-in that shows the stand-in who has the ask is saved', () => {
    const world = inTeam();
    const standIn = { userId: STAND_IN.userId, work: weekdays('UTC'), away: true, until: null };
    world.settings = { ...world.settings, standIn };
    world.start().reach('pulse');
    expect(world.it.ask?.manager).toBe(STAND_IN.userId);
    world.accepted({ type: 'fill_in', details: { notes: 'More' }, manager: STAND_IN.userId });
    expect(world.it).toMatchObject({ manager: MANAGER.userId, details: { notes: 'More' } });
  });

  it('a rep names somebody when the manager was the rep and nobody is named', () => {
    const world = inTeam().start(null).reach('pulse');
    world.accepted(handsTo(MANAGER.userId));
    world.accepted(handsTo(COLLEAGUE.userId), MANAGER);
    world.accepted({ type: 'assign_manager', manager }, COLLEAGUE);
    expect(world.refusal({ type: 'assign_manager', manager: ADMIN.userId }, COLLEAGUE)).toBe('team_manager');
  });
});

/** Commands of one person, with the clock between them. */
test('whatever one person does, nobody decides about a deal that was ever theirs, or passes a limit alone', () => {
  const people: readonly Actor[] = [
    REP,
    { ...REP, isAdmin: true },
    { ...REP, isAdmin: true, standsInFor: [MANAGER.userId] },
    MANAGER,
    { ...MANAGER, isAdmin: true },
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...people),
      fc.array(randomCommand, { maxLength: 40, size: 'max' }),
      (person, commands) => {
        const world = new World().start().reach('pulse');
        world.limit = LIMIT;
        for (const { commandFor, type, waitMs } of commands) {
          world.wait(waitMs).run(commandFor(world.it, world.now), type === 'tick' ? null : person);
        }
        const reps = new Set<string>();
        for (const event of world.events) {
          if (event.type === 'started' || event.type === 'rep_assigned') reps.add(event.rep);
          if (event.type !== 'decided') continue;
          expect(reps.has(event.by ?? '')).toBe(false);
          const { decision } = event;
          if (event.by !== MANAGER.userId || decision.kind === 'decline' || decision.value === null) continue;
          expect(exceedsLimit(LIMIT, decision.value, null)).toBe(false);
        }
      },
    ),
    { numRuns: 500 },
  );
});
