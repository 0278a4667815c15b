import type { Deal } from '../../../src/deal/model/deal';
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

    it('lost to one competitor are counted together, whichever quotes and dashes its name has', async () => {
      await save(aDeal({ id: 'D1', ...withCompetitor("Wendy's - Europe") }));
      await save(aDeal({ id: 'D2', ...withCompetitor('ＷＥＮＤＹ’Ｓ\u00a0– Europe\u200b') }));
      await save(aDeal({ id: 'D3', ...withCompetitor('Wendys - Europe') }));
      await save(aDeal({ id: 'D4', ...withCompetitor('\u3164') }));
      expect((await store.deals.ledger(ACME, 'Wendy´s ‒ europe', '', [])).lost).toBe(2);
      expect((await store.deals.ledger(ACME, '\u2800', '', [])).lost).toBe(0);
    });

    it('lost to one competitor are counted, however its name is written', async () => {
      const lostTo = (id: string, change: Partial<Deal>) =>
        save(aDeal({ id, ...withCompetitor('  CONTOSO  Ltd '), ...change }));
      await lostTo('lost', {});
      await lostTo('declined', { ask: decidedAsk(DECLINE) });
      await lostTo('matched', { ask: decidedAsk(MATCH) });
      await lostTo('matched before', { ask: anAsk(), pastAsks: [decidedAsk(MATCH)] });
      await lostTo('won', {
        ask: decidedAsk(MATCH),
        outcome: { kind: 'won_back', part: 'part', amount: null, took: null },
      });
      await lostTo('withdrawn', { stage: 'withdrawn', ask: decidedAsk(MATCH) });
      await lostTo('this one', { ask: anAsk() });
      await lostTo('another', withCompetitor('Fabrikam'));
      await lostTo('unknown', withCompetitor('   '));

      expect(await store.deals.ledger(ACME, 'Contoso ltd', 'this one', [])).toEqual({
        lost: 5,
        asked: 4,
        matched: 3,
        wonBack: 1,
        matchedLost: 0,
        cost: [],
        sameKind: null,
      });
      const nothing = {
        lost: 0,
        asked: 0,
        matched: 0,
        wonBack: 0,
        matchedLost: 0,
        cost: [],
        sameKind: null,
      };
      expect(await store.deals.ledger(ACME, 'Nobody', 'this one', [])).toEqual(nothing);
      expect(await store.deals.ledger(ACME, ' ', 'this one', [])).toEqual(nothing);
    });

    it('with the same kind of offer have their own counts: won back, matched and still lost, and costs', async () => {
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
        save(aDeal({ id, ...withCompetitor('Contoso'), ...change }));
      await lostTo('saved', {
        ...heard('price', 'terms'),
        ask: matched(1_000),
        stage: 'closed',
        outcome: { kind: 'won_back', part: 'whole', amount: null, took: null },
      });
      await lostTo('lost all the same', {
        ...heard('terms'),
        ask: matched(500),
        stage: 'closed',
        outcome: { kind: 'lost', reason: null },
      });
      await lostTo('not known yet', { ...heard('terms'), ask: matched(70, 'USD') });
      await lostTo('of another kind', { ...heard('trust'), ask: matched(9_000) });
      await lostTo('of a kind whose name ends alike', heard('longterms'));
      await lostTo('of no kind that is known', {});

      expect(await store.deals.ledger(ACME, 'Contoso', '', ['terms'])).toEqual({
        lost: 6,
        asked: 4,
        matched: 4,
        wonBack: 1,
        matchedLost: 1,
        cost: [
          { minor: 10_500, currency: 'EUR' },
          { minor: 70, currency: 'USD' },
        ],
        sameKind: {
          kinds: ['terms'],
          lost: 3,
          asked: 3,
          matched: 3,
          wonBack: 1,
          matchedLost: 1,
          cost: [
            { minor: 1_500, currency: 'EUR' },
            { minor: 70, currency: 'USD' },
          ],
        },
      });
    });

    it('count the decision that stands, not one that it replaced', async () => {
      const reversed = anAsk({
        status: 'decided',
        decisions: [aDecision(MATCH, 2), aDecision(DECLINE, 3)],
      });
      await save(aDeal({ ask: reversed, ...withCompetitor('Contoso') }));
      expect(await store.deals.ledger(ACME, 'Contoso', '', [])).toEqual({
        lost: 1,
        asked: 1,
        matched: 0,
        wonBack: 0,
        matchedLost: 0,
        cost: [],
        sameKind: null,
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
        expect(await store.deals.waitingFor(other, ['UMANAGER'], 10)).toEqual([]);
        expect(await store.deals.lastManagerOfRep(other, 'UREP')).toBeNull();
        expect((await store.deals.ledger(other, 'Contoso', '', [])).lost).toBe(0);
        expect(await store.deals.commit(commitOf(next({ ...deal, tenant: other })))).toBe('conflict');
      }
      expect(await store.deals.commit(commitOf({ ...deal, tenant: GLOBEX }))).toBe('committed');
      expect(await store.deals.load(ACME, 'D1')).toEqual(deal);
    });
  });
}
