/** The figures beside an ask agree with a plain recount of the deals, whatever these deals went through. */
import fc from 'fast-check';
import {
  type Ask,
  type Deal,
  type Decision,
  type DecisionTerms,
  PLEDGE_KEPT,
  type PledgeKept,
} from '../../src/deal/model/deal';
import { ledgerOf } from '../../src/insights/ledger';
import { createProjector, type Projector } from '../../src/insights/projector';
import { VERDICTS } from '../../src/playbook/schema';
import { openStore } from '../../src/store/open';
import type { Store } from '../../src/store/store';
import { ACME, aDeal, aDecision, anAsk, commitOf, DECLINE, MATCH, NOON } from '../store/builder';
import { tempFolder } from '../store/harness';

const money = fc.option(
  fc.record({ minor: fc.integer({ min: 0, max: 9_999 }), currency: fc.constantFrom('EUR', 'USD') }),
);
const terms: fc.Arbitrary<DecisionTerms> = fc.oneof(
  money.map((value) => ({ ...MATCH, value })),
  money.map(
    (value): DecisionTerms => ({
      kind: 'counter',
      terms: 'Half of it',
      levers: [],
      value,
      inReturn: null,
      expiresAt: null,
    }),
  ),
  fc.constant(DECLINE),
);
const decision: fc.Arbitrary<Decision> = fc
  .record({ terms, at: fc.constantFrom(NOON, NOON + 3_600_000, NOON + 3_600_001) })
  .map(({ terms: it, at }) => ({ ...aDecision(it, 2), at }));
const ask: fc.Arbitrary<Ask> = fc
  .array(decision, { maxLength: 3 })
  .map((decisions) => anAsk({ decisions, status: decisions.length === 0 ? 'pending' : 'decided' }));
const outcome: fc.Arbitrary<Deal['outcome']> = fc.oneof(
  fc.constantFrom(null, { kind: 'lost' as const, reason: null }, { kind: 'no_answer' as const }),
  fc.record({
    kind: fc.constant('won_back' as const),
    part: fc.constantFrom('whole' as const, 'part' as const),
    amount: money.map((it) => (it?.minor === 0 ? null : it)),
    took: fc.constant(null),
  }),
);
const choice = (fact: 'would_have_kept' | 'keep_talking') =>
  fc.constantFrom('yes', 'no', null).map((it): Deal['trail'] =>
    it === null
      ? []
      : [
          {
            stepId: fact,
            visit: 1,
            answer: { kind: 'choice', choice: it },
            fact,
            source: 'prospect',
            at: NOON,
          },
        ],
  );

const lost: fc.Arbitrary<Partial<Deal>> = fc
  .record({
    verdict: fc.option(fc.constantFrom(...VERDICTS)),
    stage: fc.constantFrom('winning_back' as const, 'closed' as const, 'withdrawn' as const),
    ask: fc.option(ask),
    pastAsks: fc.array(ask, { maxLength: 2 }),
    outcome,
    pledge: fc.option(
      fc.constantFrom(...PLEDGE_KEPT).map((which) => ({
        reminder: null,
        answer: { kept: which, source: 'prospect' as const, by: 'UREP', at: NOON },
      })),
    ),
    kept: choice('would_have_kept'),
    talks: choice('keep_talking'),
    amount: money.map((it) => (it?.minor === 0 ? null : it)),
    competitor: fc.constantFrom('Globex', ' GLOBEX ', 'Initech', null),
    reasons: fc.option(fc.subarray(['price', 'payment_terms', 'trust'])),
  })
  .map(({ kept, talks, amount, competitor, reasons, ...deal }) => ({
    ...deal,
    trail: [...kept, ...talks],
    details: { ...aDeal().details, amount, competitor, reasons },
  }));

/** One deal after another, a question after another: slow and plain. */
function recount(deals: readonly Deal[]) {
  const figures = {
    lost: 0,
    pulse: 0,
    asked: 0,
    inTime: 0,
    tried: 0,
    matched: 0,
    countered: 0,
    given: 0,
    wonWhole: 0,
    wonPart: 0,
    stayedLost: 0,
  };
  const won: Record<string, number> = {};
  const givenUp: Record<string, number> = {};
  for (const deal of deals) {
    const said = (fact: string) =>
      deal.trail.some((it) => it.fact === fact && it.answer.kind === 'choice' && it.answer.choice === 'yes');
    const rescue = deal.verdict === 'pulse' || deal.verdict === 'keep_talking';
    const asks = [...deal.pastAsks, ...(deal.ask === null ? [] : [deal.ask])];
    figures.lost++;
    if (rescue || deal.verdict === 'no_check' || said('would_have_kept') || said('keep_talking'))
      figures.pulse++;
    if (asks.length > 0) figures.asked++;
    const answered = asks.filter(({ decisions }) => decisions.length > 0).at(-1);
    const answeredAt = answered?.decisions[0]?.at;
    if (answered !== undefined && answeredAt !== undefined && answeredAt <= answered.deadline)
      figures.inTime++;
    if (!rescue) continue;
    figures.tried++;
    let cost: { minor: number; currency: string } | null = null;
    let move: 'matched' | 'countered' | 'given' | null = deal.verdict === 'keep_talking' ? 'given' : null;
    for (const { decisions } of asks) {
      const last = decisions.at(-1);
      if (last === undefined || last.kind === 'decline') continue;
      cost = last.value;
      const hoped = deal.trail.some((it) => it.fact === 'keep_talking');
      move = last.kind === 'counter' ? 'countered' : hoped ? 'given' : 'matched';
    }
    if (move !== null) figures[move]++;
    if (deal.outcome?.kind !== 'won_back') {
      if (deal.stage === 'closed') figures.stayedLost++;
      continue;
    }
    if (deal.outcome.part === 'whole') figures.wonWhole++;
    else figures.wonPart++;
    const back = deal.outcome.amount ?? (deal.outcome.part === 'whole' ? deal.details.amount : null);
    if (back !== null) won[back.currency] = (won[back.currency] ?? 0) + back.minor;
    if (cost !== null) {
      const key = `${[...(deal.details.reasons ?? [])].sort().join()}|${cost.currency}`;
      givenUp[key] = (givenUp[key] ?? 0) + cost.minor;
    }
  }
  return { ...figures, won, givenUp };
}

type Counted = NonNullable<Awaited<ReturnType<typeof ledgerOf>>>['rescues'];
const asRecounted = ({ won, givenUp, ...figures }: Counted): ReturnType<typeof recount> => ({
  ...figures,
  won: Object.fromEntries(won.map(({ currency, minor }) => [currency, minor])),
  givenUp: Object.fromEntries(
    givenUp.map(({ kinds, cost }) => [`${kinds.join()}|${cost.currency}`, cost.minor]),
  ),
});
const NO_LESSONS = { reasons: [], pledges: { held: 0, partly: 0, broken: 0, unknown: 0 } };

/** Of deals in which we moved on the price. The counter-offers of these deals move on nothing that anybody named. */
function lessons(against: readonly Deal[]) {
  const moved = against.filter(({ verdict, details: { reasons }, ...deal }) => {
    const yes = yesOf(deal);
    const isTried = verdict === 'pulse' || verdict === 'keep_talking';
    const moves = yes?.kind === 'match' || (yes === undefined && verdict === 'keep_talking');
    return isTried && moves && reasons?.includes('price');
  });
  const back = moved.filter(({ outcome: it }) => it?.kind === 'won_back');
  const price = {
    reason: 'price',
    given: moved.length,
    inReturn: moved.filter((deal) => yesOf(deal)?.kind === 'match').length,
    back: back.length,
    stayedLost: moved.filter((it) => it.stage === 'closed' && !back.includes(it)).length,
  };
  const kept = (which: PledgeKept) => against.filter((it) => it.pledge?.answer?.kept === which).length;
  return {
    reasons: moved.length === 0 ? [] : [price],
    pledges: { held: kept('held'), partly: kept('partly'), broken: kept('broken'), unknown: kept('unknown') },
  };
}

/** The last yes that stands. */
function yesOf({ ask: last, pastAsks }: Pick<Deal, 'ask' | 'pastAsks'>) {
  const ends = [...pastAsks, ...(last === null ? [] : [last])].map(({ decisions }) => decisions.at(-1));
  return ends.filter((it) => it !== undefined && it.kind !== 'decline').at(-1);
}

/** A sum of nothing is not shown. */
const withoutZeros = (sums: Record<string, number>) =>
  Object.fromEntries(Object.entries(sums).filter(([, minor]) => minor > 0));

describe('the figures beside an ask', () => {
  const folder = tempFolder();
  let store: Store;
  let projector: Projector;
  beforeAll(async () => {
    store = await openStore(folder.url('figures.db'));
    projector = createProjector({ store, logger: { warn: () => undefined } });
  });
  afterAll(async () => {
    await store.close();
    folder.remove();
  });

  it('are those of a plain recount, over all deals lost to them and over those of the same kind', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(lost, { maxLength: 12 }), async (changes) => {
        run += 1;
        const tenant = { ...ACME, teamId: `T${run}` };
        const deals = changes.map((change, index) => aDeal({ tenant, id: `D${index}`, ...change }));
        for (const deal of deals) await store.deals.commit(commitOf(deal));
        await projector.round();
        const details = { ...aDeal().details, competitor: 'Globex', reasons: ['price'] };
        const ledger = await ledgerOf(store, aDeal({ tenant, id: 'now', details }));
        const against = deals.filter(
          ({ stage, details: { competitor } }) =>
            stage !== 'withdrawn' && competitor?.trim().toLowerCase() === 'globex',
        );
        expect(ledger?.lessons ?? NO_LESSONS).toEqual(lessons(against));
        for (const [counted, among] of [
          [ledger?.rescues, against],
          [ledger?.sameKind, against.filter((it) => it.details.reasons?.includes('price'))],
        ] as const) {
          if (counted === undefined || counted === null) throw new Error('nothing was counted');
          const { kinds: _kinds, ...figures } = { kinds: null, ...counted };
          const plain = recount(among);
          expect(asRecounted(figures)).toEqual({
            ...plain,
            won: withoutZeros(plain.won),
            givenUp: withoutZeros(plain.givenUp),
          });
        }
      }),
      { numRuns: 150 },
    );
  });
});
