/** The table of stages lists all moves of deals and no others. */
import fc from 'fast-check';
import { evolve } from '../../../src/deal/evolve/evolve';
import { MOVES, moveOf } from '../../../src/deal/evolve/stages';
import type { Deal } from '../../../src/deal/model/deal';
import { randomCommand } from '../randomCommands';
import { COUNTER, DECLINE, GIVE, MATCH, World } from '../world';

/** Every move in the life of a deal, with the case of its row in the table. */
function movesIn({ events }: World): string[] {
  const moves: string[] = [];
  let deal: Deal | null = null;
  for (const event of events) {
    const next: Deal = evolve(deal, event);
    if (deal !== null && next.stage !== deal.stage) {
      const { when = 'always' } = moveOf(deal, event) ?? { when: 'not in the table' };
      moves.push(`${deal.stage} ${event.type} (${when}) → ${next.stage}`);
    }
    deal = next;
  }
  return moves;
}

const TABLE = MOVES.flatMap(({ from, on, when = 'always', to }) =>
  from.map((stage) => `${stage} ${on} (${when}) → ${to}`),
);

const asked = () => new World().start().reach('pulse');
const talking = () => new World().start().reach('keep_talking');
const back = (world: World) =>
  world.accepted({ type: 'go_back', visit: world.it.trail.at(-1)?.visit ?? 0, draft: null });
const askAgain = (world: World) =>
  world.accepted({ type: 'ask_again', changed: 'They want 45 days', ledger: null });
const offered = (world: World) =>
  world.accepted({
    type: 'offer',
    ...(world.it.position ?? { stepId: 'thanks', visit: 1 }),
    give: GIVE,
    worth: null,
  });
const lost = (world: World) =>
  world.accepted({ type: 'report_outcome', outcome: { kind: 'lost', reason: null } });
const saidYes = (world: World) =>
  world.accepted({
    type: 'report_outcome',
    outcome: { kind: 'verbal_yes', part: 'whole', amount: null, took: null, signsOn: '2025-06-12' },
  });
const signed = (world: World) => world.accepted({ type: 'report_signed' });
const reopen = (world: World) => world.accepted({ type: 'reopen' });
const remove = (world: World) => world.accepted({ type: 'withdraw' });

/** Lives that together take every row. */
const LIVES: readonly (readonly [World, ...((world: World) => unknown)[]])[] = [
  [
    asked(),
    (it) => it.decided(MATCH),
    (it) => it.decided(DECLINE),
    (it) => it.decided(COUNTER),
    lost,
    reopen,
  ],
  [asked(), (it) => it.decided(DECLINE), askAgain, lost, reopen],
  [asked(), (it) => it.decided(DECLINE), lost, reopen],
  [asked(), back],
  [
    asked(),
    back,
    (it) =>
      it.accepted(it.answerCommand({ kind: 'choice', choice: 'said', text: 'A word' }, { verdict: 'pulse' })),
  ],
  [asked(), saidYes],
  [asked(), lost, reopen],
  [asked(), (it) => it.decided(DECLINE), saidYes, signed],
  [asked(), signed, lost],
  [new World().start(), offered],
  [talking(), back],
  [talking(), askAgain],
  [talking(), signed],
  [talking(), lost, reopen],
  [new World().start().reach('no_pulse'), back],
  [new World().start().reach('no_pulse'), reopen],
  [new World().start().reach('not_over'), back],
  [new World().start().reach('not_over'), reopen],
  [new World().start(), remove, reopen],
  [asked(), remove, reopen],
  [talking(), remove, reopen],
  [asked(), (it) => it.decided(DECLINE), remove, reopen],
  [talking(), lost, remove, reopen],
];

test('every row of the table happens to some deal', () => {
  const moves = LIVES.flatMap(([world, ...commands]) => {
    for (const go of commands) go(world);
    return movesIn(world);
  });
  expect([...new Set(moves)].sort()).toEqual([...TABLE].sort());
});

test('random commands move deals only along the table', () => {
  fc.assert(
    fc.property(fc.array(randomCommand, { maxLength: 40, size: 'max' }), (commands) => {
      const world = new World().start();
      for (const { actor, waitMs, commandFor } of commands)
        world.wait(waitMs).run(commandFor(world.it, world.now), actor);
      expect(TABLE).toEqual(expect.arrayContaining(movesIn(world)));
    }),
    { numRuns: 200 },
  );
});
