/** Asking again: what holds until there is a new answer. */
import fc from 'fast-check';
import type { DecisionTerms } from '../../../src/deal/model/deal';
import { decisionInForce, holdsMeanwhile } from '../../../src/deal/model/inForce';
import { COUNTER, DAY, DECLINE, MANAGER, MATCH, World } from '../world';

const asked = () => new World().start().reach('pulse');
const AGAIN = { type: 'ask_again', changed: 'They want 45 days', ledger: null } as const;
const LOST = { type: 'report_outcome', outcome: { kind: 'lost', reason: null } } as const;
const inForce = (world: World) => decisionInForce(world.it)?.kind ?? null;

test('asking again needs what has changed, and the new ask begins with it', () => {
  const world = asked().decided(MATCH);
  expect(world.refusal({ ...AGAIN, changed: '  ' })).toBe('change_missing');
  world.accepted(AGAIN);
  expect(world.it.ask).toMatchObject({ status: 'pending', changed: 'They want 45 days' });
  expect(world.it.pastAsks[0]?.changed).toBeNull();
});

test('a yes holds until there is a new answer, and the rep may win the deal with it', () => {
  const world = asked().decided(MATCH);
  world.accepted(AGAIN);
  expect([inForce(world), holdsMeanwhile(world.it)]).toEqual(['match', true]);
  world.accepted({
    type: 'report_outcome',
    outcome: { kind: 'won_back', part: 'whole', amount: null, took: null },
  });
  expect(world.it).toMatchObject({ stage: 'closed', ask: { status: 'withdrawn' } });
  expect(inForce(world)).toBe('match');
});

test('a new answer takes the place of the old one', () => {
  const world = asked().decided(MATCH);
  world.accepted(AGAIN);
  world.decided(DECLINE);
  expect(inForce(world)).toBe('decline');
});

test('a new ask that nobody answers leaves the yes: a deal that silence closed opens with it', () => {
  const world = asked().decided(COUNTER);
  world.accepted(AGAIN);
  world.eventsUntil(world.now + 60 * DAY);
  expect(world.it).toMatchObject({ stage: 'closed', closedBecause: 'silence' });
  world.accepted({ type: 'reopen' });
  expect(world.it.stage).toBe('winning_back');
  expect([inForce(world), holdsMeanwhile(world.it)]).toEqual(['counter', false]);
});

const STEPS = ['again', 'match', 'counter', 'decline', 'withdraw', 'reopen', 'wait'] as const;
const TERMS: Readonly<Record<string, DecisionTerms>> = { match: MATCH, counter: COUNTER, decline: DECLINE };

test('over any order of asking, deciding and taking back, the last decision is in force', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...STEPS), { maxLength: 25 }), (steps) => {
      const world = asked();
      let expected: string | null = null;
      for (const step of steps) {
        const terms = TERMS[step];
        if (terms !== undefined) {
          const made = world.run({ type: 'decide', ask: world.it.ask?.id ?? 0, decision: terms }, MANAGER);
          if (made.ok) expected = terms.kind;
        } else if (step === 'again') world.run(AGAIN);
        else if (step === 'withdraw') world.run(LOST);
        else if (step === 'reopen') world.run({ type: 'reopen' });
        else world.eventsUntil(world.now + 3 * DAY);
        expect(inForce(world)).toBe(expected);
        if (world.it.stage === 'winning_back') expect(['match', 'counter']).toContain(expected);
        if (world.it.stage === 'calling_back') expect(expected).toBe('decline');
      }
    }),
  );
});
