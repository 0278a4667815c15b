import type { Deal } from '../../../src/deal/model/deal';
import { ledgerOf } from '../../../src/insights/ledger';
import {
  ACME,
  aDeal,
  aDecision,
  anAsk,
  commitOf,
  DECLINE,
  decidedAsk,
  GLOBEX,
  MATCH,
  NOON,
  next,
  withCompetitor,
} from '../builder';
import type { StoreUnderTest } from '../harness';

export function dealsSuite(store: StoreUnderTest): void {
  describe('deals', () => {
    const ids = (deals: readonly Deal[]): string[] => deals.map(({ id }) => id);
    const save = (deal: Deal, at = NOON) => store.deals.commit(commitOf(deal, { at }));
    const ledgerAgainst = (competitor: string, id = 'now') =>
      ledgerOf(store, aDeal({ id, ...withCompetitor(competitor) }));

    it('of a rep are listed by newest activity, open and ended ones apart', async () => {
      await save(aDeal({ id: 'old' }), NOON);
      await save(aDeal({ id: 'new', stage: 'awaiting_decision' }), NOON + 2);
      await save(aDeal({ id: 'middle', stage: 'winning_back' }), NOON + 1);
      await save(aDeal({ id: 'closed', stage: 'closed' }), NOON + 3);
      await save(aDeal({ id: 'withdrawn', stage: 'withdrawn' }), NOON + 4);
      await save(aDeal({ id: 'others', rep: 'UOTHER' }), NOON + 5);

      expect(ids(await store.deals.openOfRep(ACME, 'UREP', 10))).toEqual(['new', 'middle', 'old']);
      expect(ids(await store.deals.openOfRep(ACME, 'UREP', 2))).toEqual(['new', 'middle']);
      expect(ids(await store.deals.recentlyClosedOfRep(ACME, 'UREP', 10))).toEqual(['withdrawn', 'closed']);
      expect(await store.deals.hasDeal(ACME, 'UREP')).toBe(true);
      expect(await store.deals.hasDeal(ACME, 'UNEW')).toBe(false);
    });

    it('move in the lists when their rep changes, when they end, and when people work on them', async () => {
      const deal = aDeal();
      await save(deal);
      await save(aDeal({ id: 'D2' }), NOON + 1);
      await save(next(deal), NOON + 2);
      expect(ids(await store.deals.openOfRep(ACME, 'UREP', 10))).toEqual(['D1', 'D2']);

      await save(next(next(deal), { rep: 'UOTHER' }), NOON + 3);
      expect(ids(await store.deals.openOfRep(ACME, 'UREP', 10))).toEqual(['D2']);
      expect(ids(await store.deals.openOfRep(ACME, 'UOTHER', 10))).toEqual(['D1']);
    });

    it('wait for a manager while their ask is pending, the earliest deadline first', async () => {
      const asked = (id: string, manager: string | null, deadline: number, status: 'pending' | 'withdrawn') =>
        save(aDeal({ id, stage: 'awaiting_decision', ask: anAsk({ manager, deadline, status }) }));
      await asked('late', 'UMANAGER', NOON + 9, 'pending');
      await asked('soon', 'USTANDIN', NOON + 1, 'pending');
      await asked('withdrawn', 'UMANAGER', NOON, 'withdrawn');
      await asked('nobody', null, NOON, 'pending');
      await asked('elsewhere', 'UOTHER', NOON, 'pending');
      const answered = aDeal({ id: 'answered', ask: decidedAsk(MATCH) });
      await save(answered);

      const waiting = (managers: string[], limit = 10) => store.deals.waitingFor(ACME, managers, limit);
      expect(ids(await waiting(['UMANAGER']))).toEqual(['late']);
      expect(ids(await waiting(['UMANAGER', 'USTANDIN']))).toEqual(['soon', 'late']);
      expect(ids(await waiting(['UMANAGER', 'USTANDIN'], 1))).toEqual(['soon']);
      expect(await waiting([])).toEqual([]);
    });

    it('give the manager of the newest deal that has one', async () => {
      expect(await store.deals.lastManagerOfRep(ACME, 'UREP')).toBeNull();
      await save(aDeal({ id: 'D1', startedAt: NOON, manager: 'UFIRST' }));
      await save(aDeal({ id: 'D2', startedAt: NOON + 1, manager: 'USECOND', stage: 'closed' }));
      await save(aDeal({ id: 'D3', startedAt: NOON + 2 }));
      expect(await store.deals.lastManagerOfRep(ACME, 'UREP')).toBe('USECOND');
      expect(await store.deals.lastManagerOfRep(ACME, 'UOTHER')).toBeNull();
    });

    it('tell whether a manager has had an ask about another deal', async () => {
      await save(aDeal({ id: 'D1', manager: 'UFIRST', ask: anAsk() }));
      await save(aDeal({ id: 'D2', manager: 'UNEVER' }));
      const wasAsked = (manager: string, except: string) => store.deals.wasAsked(ACME, manager, except);
      expect(await wasAsked('UFIRST', 'D2')).toBe(true);
      expect(await wasAsked('UFIRST', 'D1')).toBe(false);
      expect(await wasAsked('UNEVER', 'D1')).toBe(false);
      expect(await store.deals.wasAsked({ ...ACME, teamId: 'TOTHER' }, 'UFIRST', 'D2')).toBe(false);
    });

    it('lost to one competitor are counted together, whichever quotes and dashes its name has', async () => {
      await save(aDeal({ id: 'D1', ...withCompetitor("Wendy's - Europe") }));
      await save(aDeal({ id: 'D2', ...withCompetitor('ＷＥＮＤＹ’Ｓ\u00a0– Europe\u200b') }));
      await save(aDeal({ id: 'D3', ...withCompetitor('Wendys - Europe') }));
      await save(aDeal({ id: 'D4', ...withCompetitor('\u3164') }));
      expect((await ledgerAgainst('Wendy´s ‒ europe'))?.rescues.lost).toBe(2);
      expect((await ledgerAgainst('\u2800'))?.rescues.lost).toBe(0);
    });

    it('lost to one competitor are counted, however its name is written', async () => {
      const lostTo = (id: string, change: Partial<Deal>) =>
        save(aDeal({ id, verdict: 'pulse', ...withCompetitor('  CONTOSO  Ltd '), ...change }));
      await lostTo('lost', { verdict: 'no_pulse', stage: 'closed' });
      await lostTo('declined', { ask: decidedAsk(DECLINE), stage: 'closed' });
      await lostTo('matched', { ask: decidedAsk(MATCH) });
      await lostTo('matched before', { ask: anAsk(), pastAsks: [decidedAsk(MATCH)] });
      await lostTo('won', {
        ask: decidedAsk(MATCH),
        outcome: { kind: 'won_back', part: 'part', amount: null, took: null },
      });
      await lostTo('reversed', {
        ask: anAsk({ status: 'decided', decisions: [aDecision(MATCH, 2), aDecision(DECLINE, 3)] }),
      });
      await lostTo('withdrawn', { stage: 'withdrawn', ask: decidedAsk(MATCH) });
      await lostTo('this one', { ask: anAsk() });
      await lostTo('another', withCompetitor('Fabrikam'));
      await lostTo('unknown', withCompetitor('   '));

      const figures = {
        lost: 6,
        pulse: 5,
        asked: 5,
        inTime: 5,
        tried: 5,
        matched: 3,
        countered: 0,
        given: 0,
        wonWhole: 0,
        wonPart: 1,
        stayedLost: 1,
        won: [],
        givenUp: [],
      };
      const nothing = { ...figures, lost: 0, pulse: 0, asked: 0, inTime: 0, tried: 0, matched: 0 };
      expect(await ledgerAgainst('Contoso ltd', 'this one')).toEqual({ rescues: figures, sameKind: null });
      expect((await ledgerAgainst('Nobody'))?.rescues).toEqual({ ...nothing, wonPart: 0, stayedLost: 0 });
      expect(await ledgerAgainst(' ')).toBeNull();
    });

    it('with the same kind of offer have their own figures, and cost only what came back', async () => {
      const heard = (...reasons: string[]): Pick<Deal, 'trail'> => ({
        trail: [
          {
            stepId: 'picture',
            visit: 1,
            answer: { kind: 'reasons', text: '', reasons },
            fact: 'picture',
            source: 'prospect',
            at: NOON,
          },
        ],
      });
      const matched = (minor: number, currency = 'EUR') =>
        decidedAsk({ ...MATCH, value: { minor, currency } });
      const lostTo = (id: string, change: Partial<Deal>) =>
        save(aDeal({ id, verdict: 'pulse', ...withCompetitor('Contoso'), ...change }));
      const back = (minor: number): Deal['outcome'] => ({
        kind: 'won_back',
        part: 'whole',
        amount: { minor, currency: 'USD' },
        took: null,
      });
      await lostTo('saved', {
        ...heard('price', 'terms'),
        ask: matched(1_000),
        stage: 'closed',
        outcome: back(7_000),
      });
      await lostTo('lost all the same', {
        ...heard('terms'),
        ask: matched(500),
        stage: 'closed',
        outcome: { kind: 'lost', reason: null },
      });
      await lostTo('not known yet', { ...heard('terms'), ask: matched(70, 'USD') });
      await lostTo('of another kind', {
        ...heard('trust'),
        ask: matched(9_000),
        stage: 'closed',
        outcome: back(2_000),
      });
      await lostTo('of a kind whose name ends alike', { ...heard('longterms'), verdict: 'no_pulse' });
      await lostTo('of no kind that is known', { verdict: 'no_pulse' });

      const ledger = await ledgerOf(store, {
        ...aDeal({ id: 'now', ...withCompetitor('Contoso') }),
        ...heard('terms'),
      });
      expect(ledger?.rescues).toMatchObject({
        lost: 6,
        tried: 4,
        matched: 4,
        wonWhole: 2,
        stayedLost: 1,
        won: [{ minor: 9_000, currency: 'USD' }],
        givenUp: [
          { kinds: ['price', 'terms'], cost: { minor: 1_000, currency: 'EUR' } },
          { kinds: ['trust'], cost: { minor: 9_000, currency: 'EUR' } },
        ],
      });
      expect(ledger?.sameKind).toMatchObject({
        kinds: ['terms'],
        lost: 3,
        tried: 3,
        wonWhole: 1,
        stayedLost: 1,
        won: [{ minor: 7_000, currency: 'USD' }],
        givenUp: [{ kinds: ['price', 'terms'], cost: { minor: 1_000, currency: 'EUR' } }],
      });
    });

    it('of one workspace are invisible to another, even under the same ids', async () => {
      const deal = aDeal({
        tenant: ACME,
        manager: 'UMANAGER',
        ask: anAsk(),
        ...withCompetitor('Contoso'),
      });
      await save(deal);
      await save(aDeal({ id: 'ended', stage: 'closed' }));
      // The same enterprise with another team, the same team with another enterprise, and neither in common.
      for (const other of [GLOBEX, { ...ACME, teamId: 'TX' }, { ...ACME, enterpriseId: 'EX' }]) {
        expect(await store.deals.load(other, 'D1')).toBeNull();
        expect(await store.deals.events(other, 'D1')).toEqual([]);
        expect(await store.deals.openOfRep(other, 'UREP', 10)).toEqual([]);
        expect(await store.deals.recentlyClosedOfRep(other, 'UREP', 10)).toEqual([]);
        expect(await store.deals.hasDeal(other, 'UREP')).toBe(false);
        expect(await store.deals.waitingFor(other, ['UMANAGER'], 10)).toEqual([]);
        expect(await store.deals.lastManagerOfRep(other, 'UREP')).toBeNull();
        expect(await store.deals.casesAgainst(other, 'Contoso', '')).toEqual([]);
        expect(await store.deals.commit(commitOf(next({ ...deal, tenant: other })))).toBe('conflict');
      }
      expect(await store.deals.commit(commitOf({ ...deal, tenant: GLOBEX }))).toBe('committed');
      expect(await store.deals.load(ACME, 'D1')).toEqual(deal);
    });
  });
}
