/** What a rep gives alone on the call, because somebody said yes before. */
import { mayGive, quarterOf } from '../../../src/deal/decide/offer';
import type { Limit, PreApproved } from '../../../src/deal/model/commands';
import { rescueCaseOf } from '../../../src/deal/model/rescueCase';
import { worthRaised } from '../../../src/deal/model/worth';
import {
  ADMIN,
  COLLEAGUE,
  choice,
  DAY,
  MANAGER,
  MATCH,
  OTHER_MANAGER,
  GIVE as PLAIN,
  REP,
  World,
  weekdays,
} from '../world';

const usd = (major: number) => ({ minor: major * 100, currency: 'USD' });
const GIVE: PreApproved = { ...PLAIN, inReturn: 'a two-year contract', cost: usd(500) };

const atMayCheck = () => new World().start().say(choice('no'), 'may_check', 'signed');
const offering = (world: World, give: Partial<PreApproved> = {}, worth: PreApproved['worthUpTo'] = null) => ({
  type: 'offer' as const,
  ...(world.it.position ?? { stepId: 'may_check', visit: 1 }),
  give: { ...GIVE, ...give },
  worth,
});

test('the call ends with a yes that is decided at once, by whoever pre-approved it, and nobody is asked', () => {
  const world = atMayCheck();
  const command = offering(world);
  expect(world.accepted(command)).toEqual(['verdict_reached', 'pre_approved']);
  expect(world.it).toMatchObject({ stage: 'winning_back', verdict: 'pulse', position: null });
  expect(world.it.ask).toMatchObject({
    status: 'decided',
    manager: null,
    escalations: [],
    preApproved: { give: 'G1', reason: 'payment_terms' },
    decisions: [{ kind: 'match', by: MANAGER.userId, terms: '60 days to pay', value: usd(500) }],
  });
  expect(rescueCaseOf(world.it)).toMatchObject({ tried: true, asked: false, inTime: false, move: 'given' });
  expect(world.refusal(command)).toBe('already_done');
  expect(
    world.accepted({
      type: 'report_outcome',
      outcome: { kind: 'won_back', part: 'whole', amount: null, took: null },
    }),
  ).toEqual(['outcome_reported', 'closed']);
  expect(world.refusal(command)).toBe('stale');
});

test('what the rep has said on the call is not changed afterwards, and the call is not taken back', () => {
  const world = atMayCheck();
  world.accepted(offering(world));
  const decide = { type: 'decide', ask: world.it.ask?.id ?? 0, decision: MATCH } as const;
  expect(world.refusal(decide, MANAGER)).toBe('rep_went_back');
  expect(world.refusal({ type: 'go_back', visit: world.it.trail.at(-1)?.visit ?? 0, draft: null })).toBe(
    'verdict_stands',
  );
});

test.each([
  ['a colleague', COLLEAGUE, 'rep_only'],
  ['another manager', OTHER_MANAGER, 'rep_only'],
  ['an admin, who is not on the call', ADMIN, 'own_call_only'],
] as const)('%s gives nothing on the call of the rep', (_, actor, code) => {
  const world = atMayCheck();
  expect(world.refusal(offering(world), actor)).toBe(code);
});

test('nobody gives by their own yes: not on their deal, nor on one that was ever theirs', () => {
  const world = atMayCheck();
  expect(world.refusal(offering(world, { by: REP.userId }))).toBe('not_pre_approved');
  const handedOn = new World().start();
  handedOn.accepted({ type: 'assign_rep', rep: COLLEAGUE.userId }, MANAGER);
  expect(handedOn.refusal(offering(handedOn, { by: REP.userId }), COLLEAGUE)).toBe('not_pre_approved');
});

test('a screen that has moved on, and a signature, give nothing', () => {
  const world = atMayCheck();
  const before = offering(world);
  world.say(choice('yes'), 'obstacle', 'may_check');
  expect(world.refusal(before)).toBe('stale');
  const signed = new World().start().say(choice('signed'), 'may_check', 'signed');
  expect(signed.refusal(offering(signed))).toBe('has_signed');
});

test('a limit that counts the worth asks for it, and it is kept with the deal', () => {
  const world = atMayCheck();
  expect(world.refusal(offering(world, { worthUpTo: usd(50_000) }))).toBe('worth_missing');
  expect(world.refusal(offering(world, { worthUpTo: usd(50_000) }, usd(50_001)))).toBe('not_pre_approved');
  expect(world.accepted(offering(world, { worthUpTo: usd(50_000) }, usd(50_000)))).toEqual([
    'details_filled',
    'verdict_reached',
    'pre_approved',
  ]);
  expect(world.it.details.amount).toEqual(usd(50_000));
  expect(world.it.ask?.preApproved?.countsWorth).toBe(true);
  world.accepted({ type: 'fill_in', details: { amount: usd(90_000) }, manager: null });
  expect(worthRaised(world.it)).toEqual({ from: usd(50_000), to: usd(90_000) });
});

test('a worth that is written down counts, whatever an old screen has for it', () => {
  const world = atMayCheck();
  world.accepted({ type: 'fill_in', details: { amount: usd(80_000) }, manager: null });
  expect(world.refusal(offering(world, { worthUpTo: usd(50_000) }, usd(50_000)))).toBe('not_pre_approved');
  const percent = { limit: { amount: null, percent: 1 }, cost: usd(900) };
  expect(world.refusal(offering(world, percent, usd(90_000)))).toBe('not_pre_approved');
  world.accepted(offering(world, {}, usd(1)));
  expect(world.it.details.amount).toEqual(usd(80_000));
});

const limitOf = (amount: Limit['amount']): Limit => ({
  amount,
  percent: null,
  approver: 'UAPPR',
  work: weekdays('UTC'),
  standIn: null,
  isDefault: false,
  substitutes: [],
});

test.each([
  ['costs nothing', usd(0)],
  ['has no cost', null],
])('where people have limits, what %s is flagged as any other yes, since no limit catches it', (_, cost) => {
  const limit = cost === null ? null : { amount: usd(500), percent: null, approver: 'UAPPR' };
  const flagOf = (world: World) => {
    world.accepted(offering(world, { cost, limit }));
    return world.it.ask?.decisions.at(-1)?.uncosted;
  };
  const limited = atMayCheck();
  limited.limit = limitOf(usd(500));
  expect(flagOf(limited)).toEqual({ approver: limit?.approver ?? null });
  expect(flagOf(atMayCheck())).toBeNull();
});

describe('within its limits', () => {
  const { it: deal } = atMayCheck();
  const now = Date.UTC(2025, 5, 3, 10);
  const work = weekdays('UTC');
  const may = (give: Partial<PreApproved>, worth: PreApproved['worthUpTo'] = null) =>
    mayGive(deal, { ...GIVE, ...give }, { worth, work, now });
  const limit = (amount: number | null, percent: number | null = null) => ({
    amount: amount === null ? null : usd(amount),
    percent,
  });

  test.each([
    ['no limit', {}, null, 'yes'],
    ['its last day', { until: '2025-06-03' }, null, 'yes'],
    ['the day after its last', { until: '2025-06-02' }, null, 'no'],
    ['a deal in another currency', { worthUpTo: usd(9) }, { minor: 1, currency: 'EUR' }, 'no'],
    ['a limit of who said yes, met', { limit: limit(500) }, null, 'yes'],
    ['a limit of who said yes, passed', { limit: limit(499) }, null, 'no'],
    ['a limit of who said yes, without a cost', { limit: limit(500), cost: null }, null, 'no'],
    ['a percentage of an unknown worth', { limit: limit(null, 10) }, null, 'needs_worth'],
    ['a percentage, when the amount is passed already', { limit: limit(499, 10) }, null, 'no'],
    ['a percentage, met', { limit: limit(null, 10) }, usd(5_000), 'yes'],
    ['a percentage, passed', { limit: limit(null, 10) }, usd(4_999), 'no'],
  ] as const)('%s', (_, give, worth, expected) => {
    expect(may(give, worth)).toBe(expected);
  });

  test('uses count by the calendar quarter of the rep', () => {
    const newYear = Date.UTC(2026, 0, 1, 3);
    expect(quarterOf(newYear, work)).toBe('2026-Q1');
    expect(quarterOf(newYear, weekdays('America/New_York'))).toBe('2025-Q4');
    expect(quarterOf(newYear - 93 * DAY, work)).toBe('2025-Q3');
  });
});
