/** Whatever people do to a deal, in whatever order: these things stay true. */
import fc from 'fast-check';
import type { Actor } from '../../src/deal/commands';
import { type Ask, type Deal, STAGES } from '../../src/deal/deal';
import { decide } from '../../src/deal/decide';
import type { DealEventBody } from '../../src/deal/events';
import { apply, replay } from '../../src/deal/evolve';
import { isAmount } from '../../src/deal/money';
import { isStranger, mayDecide } from '../../src/deal/permissions';
import { nextWake } from '../../src/deal/schedule';
import { type Step, step } from './steps';
import { HOUR, settingsIn, TUESDAY, World } from './world';

const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Sydney', 'UTC');

/** Stage, verdict, ask, outcome and screen agree with each other. */
function checkState(deal: Deal): void {
  const asks: readonly Ask[] = [...deal.pastAsks, ...(deal.ask ? [deal.ask] : [])];
  expect(asks.filter((it) => it.status === 'pending')).toHaveLength(
    deal.stage === 'awaiting_decision' ? 1 : 0,
  );
  for (const it of asks)
    expect(it.status === 'decided').toBe(it.decisions.length > 0 && it.status !== 'withdrawn');
  const kind = deal.ask?.decisions.at(-1)?.kind;
  switch (deal.stage) {
    case 'coaching':
      expect(deal.ask).toBeNull();
      expect(deal.position === null).toBe(deal.verdict === 'unreached');
      expect(deal.verdict === null || deal.verdict === 'unreached').toBe(true);
      expect(deal.position === null).toBe(deal.nextTryAt !== null);
      break;
    case 'awaiting_decision':
      expect(deal.ask?.status).toBe('pending');
      expect(deal.ask?.manager).toBe(deal.manager);
      expect(deal.signedReportedAt).toBeNull();
      break;
    case 'winning_back':
      expect(kind === 'match' || kind === 'counter' || deal.verdict === 'keep_talking').toBe(true);
      break;
    case 'calling_back':
      expect(kind === 'decline' || deal.signedReportedAt !== null).toBe(true);
      break;
    case 'closed':
      expect(deal.closedBecause).not.toBeNull();
      break;
    case 'withdrawn':
      expect(deal.verdict).toBe('not_over');
      break;
    default:
      deal.stage satisfies never;
  }
  expect(deal.closedAt !== null).toBe(deal.stage === 'closed');
  if (deal.position !== null) expect([deal.position.visit, deal.verdict]).toEqual([deal.visits, null]);
  if (deal.draft !== null) expect(deal.draft.visit).toBe(deal.position?.visit);
  if (deal.verdict === 'signed') expect(deal.ask?.status).not.toBe('pending');
  if (deal.outcome !== null && deal.outcome.kind !== 'no_answer') expect(deal.stage).toBe('closed');
  expect(deal.manager).not.toBe(deal.rep);
  const sums = [deal.details.amount, deal.outcome?.kind === 'won_back' ? deal.outcome.amount : null];
  for (const it of sums) if (it !== null) expect(isAmount(it)).toBe(true);
  for (const it of asks.flatMap((ask) => ask.decisions)) {
    if (it.kind === 'counter' && it.value !== null) expect(isAmount(it.value)).toBe(true);
  }
}

/** What may be recorded, given the deal before and who did it. */
function checkEvents(before: Deal | null, events: readonly DealEventBody[], actor: Actor | null): void {
  if (events.length === 0 || before === null) return;
  if (actor !== null) expect(isStranger(before, actor)).toBe(false);
  if (before.stage === 'withdrawn') expect(events[0]?.type).toBe('reopened');
  for (const { type } of events) {
    if (type === 'decided') expect(actor !== null && mayDecide(before, actor)).toBe(true);
    const byClock = ['nudged', 'try_reminded', 're_engaged'].includes(type);
    if (byClock) expect(actor).toBeNull();
  }
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

/** Reminders, to whom and when, as recorded. */
function checkReminders(world: World): void {
  const last = new Map<string, number>();
  let rep = '';
  for (const event of world.events) {
    if (event.type === 'started' || event.type === 'rep_assigned') rep = event.rep;
    const toRep = ['resume_offered', 'try_reminded', 're_engaged'].includes(event.type);
    const to = event.type === 'nudged' ? event.to : toRep ? rep : null;
    if (to === null) continue;
    expect(event.at - (last.get(to) ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(HOUR);
    last.set(to, event.at);
  }
}

function live(steps: readonly Step[], world: World): void {
  world.start();
  for (const { actor, waitMs, wish } of steps) {
    world.wait(waitMs);
    const before = frozen(world.it);
    const command = wish(before, world.now);
    const decided = decide(before, command, { now: world.now, actor, settings: world.settings });
    if (!decided.ok) continue;
    checkEvents(before, decided.events, actor);
    const { deal, events } = apply(before, decided.events, { at: world.now, by: actor?.userId ?? null });
    world.deal = deal;
    world.events.push(...events);
    checkState(deal);
    expect(deal.revision).toBe(world.events.length);
    if (command.type === 'tick') {
      const next = nextWake(deal, world.settings, world.now);
      if (next !== null) expect(next.at).toBeGreaterThan(world.now);
      expect(world.tick()).toEqual([]);
    }
  }
  expect(replay(world.events)).toEqual(world.it);
  expect(world.events.map((it) => it.seq)).toEqual(world.events.map((_, index) => index + 1));
  checkReminders(world);
}

test('anything, in any order', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40, size: 'max' }), zones, zones, (steps, rep, manager) => {
      live(steps, new World(TUESDAY, settingsIn(rep, manager)));
    }),
    { numRuns: 400 },
  );
});

test('left to the clock, a deal comes to rest', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25, size: 'max' }), zones, zones, (steps, rep, manager) => {
      const world = new World(TUESDAY, settingsIn(rep, manager));
      live(steps, world);
      for (let i = 0; i < 60; i++) {
        const wake = nextWake(world.it, world.settings, world.now);
        if (wake === null) break;
        world.now = Math.max(world.now, wake.at);
        expect(world.tick()).not.toEqual([]);
        checkState(world.it);
      }
      expect(nextWake(world.it, world.settings, world.now)).toBeNull();
      expect(['closed', 'withdrawn']).toContain(world.it.stage);
      checkReminders(world);
    }),
    { numRuns: 150 },
  );
});

test('the generator reaches every stage and every kind of event', () => {
  const stages = new Set<string>();
  const types = new Set<string>();
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      const world = new World();
      world.start();
      for (const { actor, waitMs, wish } of steps) {
        world.wait(waitMs).run(wish(world.it, world.now), actor);
        stages.add(world.it.stage);
      }
      for (const event of world.events) types.add(event.type);
    }),
    { numRuns: 800, seed: 1 },
  );
  expect([...stages].sort()).toEqual([...STAGES].sort());
  expect(types.size).toBe(31);
});
