/** Proposals: who approves a yes above its maker's limit, and what exceeds a limit. */
import fc from 'fast-check';
import { exceedsLimit } from '../../../src/deal/decide/approval';
import { decide } from '../../../src/deal/decide/decide';
import { mayDecide, maySee } from '../../../src/deal/decide/permissions';
import type { Actor, DecideContext, Limit, StandIn } from '../../../src/deal/model/commands';
import type { DecisionTerms } from '../../../src/deal/model/deal';
import {
  ADMIN,
  APPROVER,
  COLLEAGUE,
  COUNTER,
  DECLINE,
  HOUR,
  MANAGER,
  MATCH,
  REP,
  STAND_IN,
  settingsIn,
  TUESDAY,
  World,
  weekdays,
} from '../world';

const usd = (amount: number) => ({ minor: amount * 100, currency: 'USD' });
const eur = (minor: number) => ({ minor, currency: 'EUR' });
/** An even amount at the end of the safe integers. */
const MOST = Number.MAX_SAFE_INTEGER - 1;
const LIMIT: Limit = {
  amount: usd(5_000),
  percent: null,
  approver: APPROVER.userId,
  work: weekdays('UTC'),
  standIn: null,
  isDefault: false,
  substitutes: [],
};
const costing = (amount: number): DecisionTerms => ({ ...COUNTER, value: usd(amount) });

test.each([
  ['below the amount', { amount: usd(5_000), percent: null }, usd(4_999), usd(48_000), false],
  ['the amount itself', { amount: usd(5_000), percent: null }, usd(5_000), usd(48_000), false],
  ['above the amount', { amount: usd(5_000), percent: null }, usd(5_001), usd(48_000), true],
  ['the percentage itself', { amount: null, percent: 10 }, usd(4_800), usd(48_000), false],
  ['above the percentage', { amount: null, percent: 10 }, usd(4_801), usd(48_000), true],
  ['half a percent', { amount: null, percent: 0.5 }, usd(241), usd(48_000), true],
  ['below one and above the other', { amount: usd(5_000), percent: 5 }, usd(3_000), usd(48_000), true],
  ['a percentage of what is not known', { amount: null, percent: 10 }, usd(1), null, true],
  ['another currency', { amount: usd(5_000), percent: null }, { minor: 1, currency: 'EUR' }, null, true],
  ['exactly 2.3 % of €30,000', { amount: null, percent: 2.3 }, eur(69_000), eur(3_000_000), false],
  ['a cent above 2.3 % of €30,000', { amount: null, percent: 2.3 }, eur(69_001), eur(3_000_000), true],
  ['a cent above the half of nearly 2^53', { amount: null, percent: 50 }, eur(MOST / 2 + 1), eur(MOST), true],
  ['the half of nearly 2^53', { amount: null, percent: 50 }, eur(MOST / 2), eur(MOST), false],
  ['nothing at all', { amount: null, percent: 1 }, { minor: 0, currency: 'EUR' }, null, false],
])('%s', (_, limit, value, amount, above) => {
  expect(exceedsLimit(limit, value, amount)).toBe(above);
});

test('exactly the limit is not above it and the next cent is, for every percentage and amount', () => {
  // Percentages as people type them, with up to three decimals, in thousandths.
  const typed = fc.integer({ min: 1, max: 100_000 });
  fc.assert(
    fc.property(
      typed,
      fc.maxSafeNat().filter((it) => it > 0),
      (thousandths, whole) => {
        const limit = { amount: null, percent: Number(`${thousandths}e-3`) };
        const share = Number((BigInt(whole) * BigInt(thousandths)) / 100_000n);
        expect(exceedsLimit(limit, eur(share), eur(whole))).toBe(false);
        expect(exceedsLimit(limit, eur(share + 1), eur(whole))).toBe(true);
      },
    ),
    { numRuns: 2_000 },
  );
});

function asked(): World {
  const world = new World().start().reach('pulse');
  world.limit = LIMIT;
  return world;
}
const proposed = (): World => asked().decided(costing(6_000), MANAGER);
const approval = (world: World) =>
  ({ type: 'approve', ask: world.it.ask?.id ?? 0, approval: world.it.ask?.approval?.id ?? 0 }) as const;

test('a yes within the limit is the decision; one above it becomes a proposal, and the ask stays pending', () => {
  expect(asked().decided(costing(5_000), MANAGER).it.stage).toBe('winning_back');
  const world = proposed();
  expect(world.it).toMatchObject({
    stage: 'awaiting_decision',
    ask: {
      status: 'pending',
      decisions: [],
      approval: { by: MANAGER.userId, approver: APPROVER.userId, terms: { value: usd(6_000) } },
    },
  });
});

test('a manager with a limit has to name the cost of a yes, and of a no nothing', () => {
  const world = asked();
  expect(world.refusal({ type: 'decide', ask: world.it.ask?.id ?? 0, decision: MATCH }, MANAGER)).toBe(
    'cost_missing',
  );
  expect(asked().decided(DECLINE, MANAGER).it.stage).toBe('calling_back');
  expect(asked().decided({ ...MATCH, value: usd(0) }, MANAGER).it.stage).toBe('winning_back');
});

test('an approved proposal is the approver’s decision and names who proposed it', () => {
  const world = proposed();
  expect(world.accepted(approval(world), APPROVER)).toEqual(['decided']);
  expect(world.it.ask).toMatchObject({
    status: 'decided',
    approval: null,
    decisions: [{ by: APPROVER.userId, proposedBy: MANAGER.userId, terms: COUNTER.terms }],
  });
});

test('the approver may change or decline a proposal', () => {
  const changed = proposed().decided(costing(5_500), APPROVER);
  expect(changed.it.ask?.decisions).toMatchObject([{ value: usd(5_500), proposedBy: MANAGER.userId }]);
  const declined = proposed().decided(DECLINE, APPROVER);
  expect(declined.it).toMatchObject({ stage: 'calling_back', ask: { approval: null } });
});

test('nobody approves their own proposal or a replaced one', () => {
  const world = proposed();
  const stale = approval(world);
  expect(world.refusal(stale, MANAGER)).toBe('approver_only');
  expect(world.refusal(stale, REP)).toBe('decider_only');
  expect(world.refusal(stale, STAND_IN)).toBe('approver_only');
  world.decided(costing(7_000), MANAGER);
  expect(world.refusal(stale, APPROVER)).toBe('stale');
  expect(world.accepted(approval(world), ADMIN)).toEqual(['decided']);
  expect(world.refusal(stale, APPROVER)).toBe('already_decided');
});

test('others cannot decide beside a proposal; its maker replaces it by deciding anew', () => {
  const world = proposed();
  const decided = { type: 'decide', ask: world.it.ask?.id ?? 0, decision: DECLINE } as const;
  expect(world.refusal(decided, STAND_IN)).toBe('already_decided');
  expect(world.accepted(decided, MANAGER)).toEqual(['decided']);
  expect(world.it.ask?.approval).toBeNull();
});

test('the same proposal twice asks the approver once', () => {
  const world = proposed();
  const again = { type: 'decide', ask: world.it.ask?.id ?? 0, decision: costing(6_000) } as const;
  expect(world.refusal(again, MANAGER)).toBe('already_done');
});

test('a proposal above the approver’s limit goes on to their approver, and never back to its maker', () => {
  const world = proposed();
  const as = (approver: string, actor: Actor): DecideContext => ({
    ...world.context(actor),
    settings: { ...world.settings, limit: { ...LIMIT, approver } },
  });
  const circle = decide(world.it, approval(world), as(MANAGER.userId, APPROVER));
  expect(circle).toMatchObject({ ok: false, code: 'approver_proposed' });
  const on = decide(world.it, approval(world), as('UBOSS', APPROVER));
  expect(on).toMatchObject({ ok: true, events: [{ type: 'approval_requested', approver: 'UBOSS' }] });
});

test('a rep cannot approve for their own deal', () => {
  const world = asked();
  world.limit = { ...LIMIT, approver: REP.userId };
  const above = { type: 'decide', ask: world.it.ask?.id ?? 0, decision: costing(6_000) } as const;
  expect(world.refusal(above, MANAGER)).toBe('approver_is_rep');
});

test('a proposal goes on to the fallback when the approver does not answer, never back to the stand-in', () => {
  const work = weekdays('UTC');
  const world = new World(TUESDAY, {
    ...settingsIn('UTC', 'UTC'),
    standIn: { userId: STAND_IN.userId, work, away: false, until: null },
    fallback: { kind: 'person', userId: 'UFALL', work },
  })
    .start()
    .reach('pulse');
  world.limit = LIMIT;
  world.decided(costing(6_000), MANAGER);
  world.wait(2 * HOUR);
  expect(world.tick()).toEqual(expect.arrayContaining(['escalated', 'deadline → UAPPR']));
  expect(world.it.ask?.escalations).toMatchObject([{ to: { userId: 'UFALL' } }]);
  expect(world.accepted(approval(world), { ...APPROVER, userId: 'UFALL' })).toEqual(['decided']);
});

test('a changed decision above the limit waits too, and the earlier decision holds until then', () => {
  const world = asked().decided(costing(1_000), MANAGER);
  world.decided(costing(9_000), MANAGER);
  expect(world.it).toMatchObject({
    stage: 'winning_back',
    ask: { status: 'decided', approval: { terms: { value: usd(9_000) } } },
  });
  expect(world.it.ask?.decisions).toHaveLength(1);
  world.accepted(approval(world), APPROVER);
  expect(world.it.ask?.decisions).toMatchObject([{ value: usd(1_000) }, { value: usd(9_000) }]);
  const late = asked().decided(costing(1_000), MANAGER).decided(costing(9_000), MANAGER);
  const stale = approval(late);
  late.accepted({ type: 'report_outcome', outcome: { kind: 'lost', reason: null } });
  expect(late.refusal(stale, APPROVER)).toBe('already_decided');
});

test('a proposal that expired cannot be approved unchanged', () => {
  const world = asked().decided({ ...COUNTER, value: usd(6_000), expiresAt: TUESDAY + HOUR }, MANAGER);
  world.wait(2 * HOUR);
  expect(world.refusal(approval(world), APPROVER)).toBe('proposal_expired');
});

test('after a signature there is nothing to approve', () => {
  const world = proposed();
  const command = approval(world);
  world.accepted({ type: 'report_signed' });
  expect(world.refusal(command, APPROVER)).toBe('has_signed');
});

describe('an approver who is out', () => {
  const work = weekdays('UTC');
  const DEPUTY: Actor = { ...APPROVER, userId: 'UDEPUTY', standsInFor: [APPROVER.userId] };
  const away: StandIn = { userId: DEPUTY.userId, work, away: true, until: '2025-06-06' };
  const out = (standIn: StandIn): World => {
    const world = new World(TUESDAY, { ...settingsIn('UTC', 'UTC'), approverStandIn: standIn })
      .start()
      .reach('pulse');
    world.limit = { ...LIMIT, standIn };
    return world.decided(costing(6_000), MANAGER);
  };

  test('the stand-in gets the proposal at once and may approve it', () => {
    const world = out(away);
    expect(world.it.ask?.approval).toMatchObject({
      approver: DEPUTY.userId,
      standsFor: { manager: APPROVER.userId, until: '2025-06-06' },
    });
    expect(world.accepted(approval(world), DEPUTY)).toEqual(['decided']);
    expect(world.it.ask?.decisions).toMatchObject([{ by: DEPUTY.userId, proposedBy: MANAGER.userId }]);
    expect([mayDecide(world.it, DEPUTY), maySee(world.it, DEPUTY)]).toEqual([true, true]);
  });

  test('the approver who is out may still approve', () => {
    const world = out(away);
    expect(world.accepted(approval(world), APPROVER)).toEqual(['decided']);
  });

  test.each([
    ['whoever proposed it', MANAGER.userId],
    ['the rep', REP.userId],
  ])('%s does not stand in, so the proposal stays with the approver', (_, userId) => {
    const world = out({ ...away, userId });
    expect(world.it.ask?.approval).toMatchObject({ approver: APPROVER.userId, standsFor: null });
    expect(world.tick()).not.toContain('approval_passed');
    const proposer = { ...MANAGER, standsInFor: [APPROVER.userId] };
    expect(world.refusal(approval(world), proposer)).toBe('approver_only');
  });

  test('the clock passes a waiting proposal on, and its buttons still work', () => {
    const world = proposed();
    const before = approval(world);
    world.settings = { ...world.settings, approverStandIn: away };
    expect(world.tick()).toEqual(['approval_passed']);
    expect(world.tick()).toEqual([]);
    expect(world.it.ask?.approval).toMatchObject({
      by: MANAGER.userId,
      approver: DEPUTY.userId,
      standsFor: { manager: APPROVER.userId },
    });
    expect(world.accepted(before, DEPUTY)).toEqual(['decided']);
  });

  test('only the approver passes a proposal on by hand, and once', () => {
    const world = proposed();
    expect(world.refusal({ type: 'pass_to_stand_in' }, APPROVER)).toBe('no_approver_stand_in');
    world.settings = { ...world.settings, approverStandIn: away };
    expect(world.refusal({ type: 'pass_to_stand_in' }, REP)).toBe('decider_only');
    expect(world.accepted({ type: 'pass_to_stand_in' }, APPROVER)).toEqual(['approval_passed']);
    expect(world.refusal({ type: 'pass_to_stand_in' }, APPROVER)).toBe('already_done');
  });

  test('a changed decision passes to the stand-in too', () => {
    const world = asked().decided(costing(1_000), MANAGER).decided(costing(9_000), MANAGER);
    world.settings = { ...world.settings, approverStandIn: away };
    expect(world.tick()).toContain('approval_passed');
    expect(world.accepted(approval(world), DEPUTY)).toEqual(['decided']);
  });

  test('a proposal of an approver who left goes to their stand-in, and never back to its maker', () => {
    const left = { type: 'person_left', userId: APPROVER.userId, to: null } as const;
    const world = proposed();
    world.settings = { ...world.settings, approverStandIn: away };
    expect(world.accepted(left, null)).toEqual(['approval_passed']);
    expect(world.it.ask?.approval).toMatchObject({ hasLeft: true, standsFor: { manager: APPROVER.userId } });
    const alone = proposed();
    expect(alone.refusal(left, null)).toBe('already_done');
    expect(alone.accepted({ ...left, to: 'UBOSS' }, null)).toEqual(['escalated']);
    expect(alone.it.ask?.escalations).toMatchObject([{ to: { userId: 'UBOSS' } }]);
  });

  test('the stand-in sees and decides only while the proposal waits', () => {
    const world = asked();
    expect([mayDecide(world.it, DEPUTY), maySee(world.it, DEPUTY)]).toEqual([false, false]);
    world.decided(costing(6_000), MANAGER);
    expect([mayDecide(world.it, DEPUTY), maySee(world.it, DEPUTY)]).toEqual([true, true]);
    expect(mayDecide(world.it, { ...DEPUTY, teamId: 'T2' })).toBe(false);
    world.accepted(approval(world), APPROVER);
    expect([mayDecide(world.it, DEPUTY), maySee(world.it, DEPUTY)]).toEqual([false, false]);
  });
});

describe('the clock of a proposal, with who stands in for the approver', () => {
  const BERLIN = 'Europe/Berlin';
  const UNTIL = '2025-06-06';
  const SHORT = {
    ask_delivered: 'told',
    escalated: 'on',
    approval_passed: 'pass',
    deadline: 'late',
    holding: 'hold',
  };
  const fallback = { kind: 'person' as const, userId: 'UFALL', work: weekdays(BERLIN) };
  const deputy = { userId: 'UDEPUTY', work: weekdays(BERLIN), away: false, until: null };
  const away = { ...deputy, away: true, until: UNTIL };
  const tokyo = { ...away, work: weekdays('Asia/Tokyo') };

  // Proposed on Tuesday at 10:00 in Berlin, with two working hours to approve; all that is recorded within a week.
  test.each([
    [
      'nobody stands in: the fallback',
      { fallback },
      'now UAPPR, 3T10:00 on UFALL, 3T10:00 late UAPPR, 3T12:00 hold UREP, 3T12:00 late UFALL',
    ],
    [
      'a deputy is asked when the approver is late, then the fallback',
      { fallback, approverStandIn: deputy },
      'now UAPPR, 3T10:00 on UDEPUTY, 3T10:00 late UAPPR, 3T12:00 on UFALL, 3T12:00 hold UREP, 3T12:00 late UDEPUTY, 3T14:00 late UFALL',
    ],
    [
      'out: the stand-in at once, then the fallback',
      { fallback, approverStandIn: away },
      'now UDEPUTY, 3T10:00 on UFALL, 3T10:00 late UDEPUTY, 3T12:00 hold UREP, 3T12:00 late UFALL',
    ],
    [
      'out, and the stand-in sleeps: told when their day begins',
      { approverStandIn: tokyo },
      'later UDEPUTY, 3T12:00 hold UREP, 4T00:00 told UDEPUTY, 4T02:00 late UDEPUTY',
    ],
    [
      'the stand-in is who proposed it: the approver, then nobody',
      { approverStandIn: { ...away, userId: MANAGER.userId } },
      'now UAPPR, 3T10:00 late UAPPR, 3T12:00 hold UREP',
    ],
  ])('%s', (_, more, said) => {
    const world = new World(Date.parse('2025-06-03T08:00Z'), { ...settingsIn(BERLIN, BERLIN), ...more })
      .start()
      .reach('pulse');
    world.limit = { ...LIMIT, work: weekdays(BERLIN), standIn: world.settings.approverStandIn };
    world.decided(costing(6_000), MANAGER);
    const { approver, waitsUntil } = world.it.ask?.approval ?? {};
    const first = `${waitsUntil === null ? 'now' : 'later'} ${approver}`;
    expect([first, ...world.eventsInDays(2, SHORT)].join(', ')).toBe(said);
  });
});

describe('The limit of everybody else', () => {
  const admins = [ADMIN.userId, COLLEAGUE.userId].map((userId) => ({ userId, work: weekdays('UTC') }));
  const DEFAULT: Limit = { ...LIMIT, isDefault: true, substitutes: admins };

  /** The manager has a limit of their own, everybody else the team's. */
  function proposed(): World {
    const world = asked();
    world.defaultLimit = DEFAULT;
    return world.decided(costing(9_000));
  }
  const approval = (world: World) =>
    ({ type: 'approve', ask: world.it.ask?.id ?? 0, approval: world.it.ask?.approval?.id ?? 0 }) as const;

  it('binds a stand-in and an admin who say yes alone', () => {
    for (const person of [STAND_IN, ADMIN]) {
      const world = asked();
      world.defaultLimit = DEFAULT;
      world.decided(costing(9_000), person);
      expect(world.it.ask).toMatchObject({ status: 'pending', approval: { approver: APPROVER.userId } });
    }
  });

  it('binds nobody who says yes to a proposal, at most at its cost', () => {
    for (const person of [APPROVER, ADMIN]) {
      const world = proposed();
      expect(world.accepted(approval(world), person)).toEqual(['decided']);
      expect(proposed().decided(costing(8_999), person).it.ask?.status).toBe('decided');
    }
  });

  it('binds an admin who makes a proposal dearer', () => {
    const world = proposed().decided(costing(9_001), ADMIN);
    expect(world.it.ask).toMatchObject({ status: 'pending', approval: { by: ADMIN.userId } });
  });

  it('goes to an admin who may approve, when its approver was the rep', () => {
    const world = asked();
    world.defaultLimit = DEFAULT;
    world.accepted({ type: 'assign_rep', rep: APPROVER.userId });
    world.decided(costing(9_000), ADMIN);
    expect(world.it.ask?.approval).toMatchObject({ approver: COLLEAGUE.userId, insteadOf: APPROVER.userId });
    expect(world.accepted(approval(world), COLLEAGUE)).toEqual(['decided']);
  });

  it('goes to an admin who may approve, when its approver made the proposal', () => {
    const world = asked();
    world.defaultLimit = { ...DEFAULT, approver: MANAGER.userId };
    world.decided(costing(9_000)).decided(costing(9_500), ADMIN);
    expect(world.it.ask?.approval).toMatchObject({ approver: COLLEAGUE.userId, insteadOf: MANAGER.userId });
  });

  it('is refused in words when nobody else is there', () => {
    const world = asked();
    world.defaultLimit = { ...DEFAULT, substitutes: [] };
    world.accepted({ type: 'assign_rep', rep: APPROVER.userId });
    const yes = { type: 'decide', ask: world.it.ask?.id ?? 0, decision: costing(9_000) } as const;
    expect(world.refusal(yes, ADMIN)).toBe('approver_is_rep');
  });
});

describe('A percentage', () => {
  const fills = (world: World, amount: number | null) =>
    world.accepted({
      type: 'fill_in',
      details: { amount: amount === null ? null : usd(amount) },
      manager: null,
    });
  const isWithin = (world: World, cost: number) => world.decided(costing(cost)).it.ask?.approval === null;

  /** A tenth is the manager's limit. */
  function askedAt(amount: number | null): World {
    const world = new World().start();
    world.limit = { ...LIMIT, amount: null, percent: 10 };
    if (amount !== null) fills(world, amount);
    return world.reach('pulse');
  }

  it.each([
    ['is of the worth when it was asked', 40_000, [], 4_000],
    ['is of the worth first filled in after the ask', null, [40_000], 4_000],
    ['is not lifted by a raise', 40_000, [90_000], 4_000],
    ['is not lifted by a raise of what was filled in after the ask', null, [40_000, 90_000], 4_000],
    ['is of the worth of now, when that is lower', 40_000, [90_000, 30_000], 3_000],
  ] as const)('%s', (_, at, since, most) => {
    const world = () => {
      const it = askedAt(at);
      for (const amount of since) fills(it, amount);
      return it;
    };
    expect(isWithin(world(), most)).toBe(true);
    expect(isWithin(world(), most + 1)).toBe(false);
  });

  it('counts as passed while nobody knows the worth, or not any more', () => {
    expect(isWithin(askedAt(null), 1)).toBe(false);
    const world = askedAt(40_000);
    fills(world, null);
    expect(isWithin(world, 1)).toBe(false);
  });

  it('is of the worth of now for an ask of an earlier release', () => {
    const world = askedAt(40_000);
    if (world.it.ask !== null) world.deal = { ...world.it, ask: { ...world.it.ask, worth: null } };
    fills(world, 90_000);
    expect(isWithin(world, 9_000)).toBe(true);
  });

  it('is of the worth at a new ask, and a yes says that it went up since the first', () => {
    const world = askedAt(40_000).decided(DECLINE);
    fills(world, 90_000);
    world.accepted({ type: 'ask_again', changed: 'They want 45 days', ledger: null });
    expect(isWithin(world, 9_000)).toBe(true);
    expect(world.it.ask?.decisions.at(-1)?.worthRaised).toEqual({ from: usd(40_000), to: usd(90_000) });
  });

  it('says on a yes that the worth went up, not that it went down', () => {
    const world = askedAt(40_000);
    fills(world, 30_000);
    expect(world.decided(costing(1)).it.ask?.decisions.at(-1)?.worthRaised).toBeNull();
    fills(world, 90_000);
    expect(world.decided(costing(2)).it.ask?.decisions.at(-1)?.worthRaised).toEqual({
      from: usd(40_000),
      to: usd(90_000),
    });
  });
});

describe('A yes without a cost', () => {
  const flagged = (world: World) => world.it.ask?.decisions.at(-1)?.uncosted;

  it('of zero is flagged for the approver', () => {
    expect(flagged(asked().decided(costing(0)))).toEqual({ approver: APPROVER.userId });
  });

  it('of somebody without a limit is flagged in a team that has some', () => {
    expect(flagged(asked().decided(COUNTER, ADMIN))).toEqual({ approver: null });
  });

  it('is not flagged when it costs something, is a no, or nobody has a limit', () => {
    expect(flagged(asked().decided(costing(1)))).toBeNull();
    expect(flagged(asked().decided(DECLINE))).toBeNull();
    expect(flagged(new World().start().reach('pulse').decided(COUNTER))).toBeNull();
  });
});
