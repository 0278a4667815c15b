/** Nobody decides about a deal that was ever theirs, and nobody passes a limit alone. */
import fc from 'fast-check';
import { mayDecide } from '../../../src/deal/decide/permissions';
import type { Actor, Command, Limit } from '../../../src/deal/model/commands';
import type { Deal } from '../../../src/deal/model/deal';
import type { DealEvent } from '../../../src/deal/model/events';
import type { Money } from '../../../src/deal/model/money';
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

/** What the clock and one person did: everybody who was the rep so far, and the worth that the ask counts, by the events. */
class Witness {
  readonly reps = new Set<string>();
  private amount: Money | null = null;
  private first: Money | null = null;

  see(event: DealEvent): void {
    if (event.type === 'started' || event.type === 'rep_assigned') this.reps.add(event.rep);
    if (event.type === 'asked') this.first = this.amount;
    if (event.type === 'details_filled') {
      if (event.details.amount !== undefined) this.amount = event.details.amount;
      this.first ??= this.amount;
    }
  }

  /** At most $5,000 and a tenth of the worth, now and when it was first known. */
  isWithinLimit(value: Money | null): boolean {
    if (value === null) return false;
    if (value.minor === 0) return true;
    const isShare = (worth: Money | null) =>
      worth?.currency === value.currency && value.minor * 10 <= worth.minor;
    return value.currency === 'USD' && value.minor <= 500_000 && isShare(this.first) && isShare(this.amount);
  }
}

test('whatever one person does, nobody decides about a deal that was ever theirs, or passes a limit alone', () => {
  const people: readonly Actor[] = [
    REP,
    { ...REP, isAdmin: true },
    { ...REP, isAdmin: true, standsInFor: [MANAGER.userId] },
    MANAGER,
    { ...MANAGER, isAdmin: true },
    STAND_IN,
    ADMIN,
  ];
  const limit = { ...LIMIT, percent: 10 };
  // Amounts beside the limit, which random ones rarely meet.
  const near = fc.constantFrom(0, 30_000, 30_001, 50_000, 500_000, 500_001).map(usd);
  const worth = fc.constantFrom(300_000, 500_000, 50_000_000).map(usd);
  const chosen = fc.oneof(
    { weight: 4, arbitrary: randomCommand },
    {
      weight: 2,
      arbitrary: near.map((value) => ({
        type: 'decide' as const,
        waitMs: 0,
        commandFor: (deal: Deal): Command => ({
          type: 'decide',
          ask: deal.ask?.id ?? 0,
          decision: { ...COUNTER, value },
        }),
      })),
    },
    {
      weight: 1,
      arbitrary: worth.map((amount) => ({
        type: 'fill_in' as const,
        waitMs: 0,
        commandFor: (): Command => ({ type: 'fill_in', details: { amount }, manager: null }),
      })),
    },
  );
  let said = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...people),
      fc.option(worth),
      fc.array(chosen, { maxLength: 40, size: 'max' }),
      (person, amount, commands) => {
        const world = new World().start();
        world.limit = limit;
        world.defaultLimit = { ...limit, isDefault: true };
        if (amount !== null) world.accepted({ type: 'fill_in', details: { amount }, manager: null });
        world.reach('pulse');
        for (const { commandFor, type, waitMs } of commands) {
          world.wait(waitMs).run(commandFor(world.it, world.now), type === 'tick' ? null : person);
        }
        const witness = new Witness();
        for (const event of world.events) {
          witness.see(event);
          if (event.type !== 'decided') continue;
          expect(witness.reps).not.toContain(event.by);
          if (event.decision.kind === 'decline') continue;
          said += 1;
          expect(witness.isWithinLimit(event.decision.value)).toBe(true);
        }
      },
    ),
    { numRuns: 1_000 },
  );
  expect(said).toBeGreaterThan(100);
});
