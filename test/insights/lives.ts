/** Random lives of deals whose calls say why they were lost, whether they would come back, and to whom. */
import fc from 'fast-check';
import { PLEDGE_KEPT } from '../../src/deal/model/deal';
import type { AnswerValue } from '../../src/playbook/answer';
import type { Fact, Target } from '../../src/playbook/schema';
import { type RandomCommand, randomCommand } from '../deal/randomCommands';
import { choice, DAY, HOUR, MANAGER, REP, text, World } from '../deal/world';

const reasons = fc.subarray(['price', 'payment_terms', 'features', 'delivery_time']);

type Said = readonly [Fact, (now: number) => AnswerValue];
const said = (fact: Fact, answer: Said[1]): Said => [fact, answer];

const anySaid: fc.Arbitrary<Said> = fc.oneof(
  fc.constantFrom('yes', 'yes', 'no', 'unclear').map((it) => said('would_have_kept', () => choice(it))),
  fc.constantFrom('yes', 'no').map((it) => said('keep_talking', () => choice(it))),
  fc.constantFrom('Price', 'A shorter term').map((it) => said('attraction', () => text(it))),
  reasons.map((it) => said('picture', () => ({ kind: 'reasons', text: '', reasons: it }))),
  fc
    .constantFrom(1, 30, 200)
    .map((hours) => said('promise', (now) => ({ kind: 'datetime', at: now + hours * HOUR }))),
);

const answers: fc.Arbitrary<RandomCommand> = fc
  .record({ said: anySaid, source: fc.constantFrom('prospect', 'prospect', 'rep'), to: fc.nat(4) })
  .map(({ said: [fact, answer], source, to }) => ({
    type: 'answer',
    actor: REP,
    waitMs: 0,
    commandFor: (deal, now) => ({
      type: 'answer',
      stepId: deal.position?.stepId ?? 's0',
      visit: deal.position?.visit ?? 0,
      answer: answer(now),
      fact,
      source,
      next: to === 0 ? { verdict: 'pulse' } : { step: `s${to}` },
      ledger: null,
    }),
  }));

const amount = fc.option(
  fc.record({ minor: fc.integer({ min: 1, max: 900 }), currency: fc.constantFrom('USD', 'EUR') }),
);

const notes: fc.Arbitrary<RandomCommand> = fc
  .record({
    amount,
    reasons: fc.option(reasons),
    competitor: fc.constantFrom(null, 'Globex', 'GLOBEX ', 'Initech'),
  })
  .map((details) => ({
    type: 'fill_in',
    actor: REP,
    waitMs: 0,
    commandFor: () => ({ type: 'fill_in', details, manager: null }),
  }));

/** On a closed deal. */
const confirming: fc.Arbitrary<RandomCommand> = reasons.map((confirmed) => ({
  type: 'confirm_reason',
  actor: MANAGER,
  waitMs: 0,
  commandFor: () => ({ type: 'confirm_reason', reasons: confirmed }),
}));

const byRep = (waitMs: number, commandFor: RandomCommand['commandFor'], type: RandomCommand['type']) => ({
  type,
  actor: type === 'tick' ? null : REP,
  waitMs,
  commandFor,
});

const says = (fact: Fact, answer: AnswerValue, next: Target) =>
  byRep(
    0,
    (deal) => ({
      type: 'answer',
      stepId: deal.position?.stepId ?? 's0',
      visit: deal.position?.visit ?? 0,
      answer,
      fact,
      source: 'prospect',
      next,
      ledger: null,
    }),
    'answer',
  );

/** They signed, their contract ends before long, and then they say what became of the promise. */
const longAfter: fc.Arbitrary<RandomCommand[]> = fc.constantFrom(...PLEDGE_KEPT, null).map((kept) => [
  says('attraction', text('A shorter term'), { step: 's1' }),
  says('signed', choice('signed'), { verdict: 'signed' }),
  byRep(
    0,
    () => ({
      type: 'note_next_time',
      nextTime: { mayCall: 'yes', callOn: null, contractEnd: null, contractMonths: 6 },
    }),
    'note_next_time',
  ),
  byRep(120 * DAY, () => ({ type: 'tick' }), 'tick'),
  byRep(0, () => ({ type: 'report_pledge', kept }), 'report_pledge'),
]);

/** They would have come back for the price, and a manager gave it. */
const given: fc.Arbitrary<RandomCommand[]> = fc.constantFrom('Two years', null).map((inReturn) => [
  says('picture', { kind: 'reasons', text: '', reasons: ['price'] }, { step: 's1' }),
  says('would_have_kept', choice('yes'), { verdict: 'pulse' }),
  byRep(0, () => ({ type: 'fill_in', details: { competitor: 'Globex' }, manager: null }), 'fill_in'),
  {
    type: 'decide',
    actor: MANAGER,
    waitMs: HOUR,
    commandFor: (deal) => ({
      type: 'decide',
      ask: deal.ask?.id ?? 0,
      decision: { kind: 'match', terms: 'Yes', cost: null, value: null, inReturn, expiresAt: null },
    }),
  },
]);

const life = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: randomCommand },
    { weight: 4, arbitrary: answers },
    { weight: 2, arbitrary: notes },
    { weight: 2, arbitrary: confirming },
  ),
  { maxLength: 40, size: 'max' },
);

function lived(commands: readonly RandomCommand[]): World {
  const world = new World();
  world.start();
  for (const { actor, waitMs, commandFor } of commands)
    world.wait(waitMs).run(commandFor(world.it, world.now), actor);
  return world;
}

export const lives: fc.Arbitrary<World> = fc
  .tuple(
    fc.oneof(
      { weight: 6, arbitrary: fc.constant([]) },
      { weight: 2, arbitrary: longAfter },
      { weight: 1, arbitrary: given },
    ),
    life,
  )
  .map(([first, rest]) => lived([...first, ...rest]));
