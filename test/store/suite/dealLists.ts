import type { Deal } from '../../../src/deal/model/deal';
import { ACME, aDeal, commitOf, GLOBEX, NOON, next } from '../builder';
import type { StoreUnderTest } from '../harness';

export function dealListsSuite(store: StoreUnderTest): void {
  describe('lists of deals', () => {
    const keep = async (change: Partial<Deal>, at = NOON, wakeAt: number | null = null) => {
      const deal = aDeal(change);
      await store.deals.commit(commitOf(deal, { at, wakeAt }));
      return deal;
    };
    const ids = (deals: readonly Pick<Deal, 'id'>[]) => deals.map(({ id }) => id);
    const closed = { stage: 'closed', position: null, closedAt: NOON, closedBecause: 'verdict' } as const;
    const page = { limit: 10, offset: 0 };

    it('contain the open deals of a manager and of a workspace, newest first', async () => {
      await keep({ id: 'D1', manager: 'UM' }, NOON);
      await keep({ id: 'D2', manager: 'UM' }, NOON + 2);
      await keep({ id: 'D3', manager: 'UOTHER' }, NOON + 1);
      await keep({ id: 'D4', manager: 'UM', ...closed }, NOON + 3);
      await keep({ id: 'D5', manager: 'UM', tenant: GLOBEX }, NOON + 4);
      expect(ids(await store.deals.openOfManager(ACME, 'UM', 10))).toEqual(['D2', 'D1']);
      expect(ids(await store.deals.openOfManager(ACME, 'UM', 1))).toEqual(['D2']);
      expect(ids(await store.deals.openOfAll(ACME, 10))).toEqual(['D2', 'D3', 'D1']);
    });

    it('contain the open deals with a company, however its name is spelled', async () => {
      await keep({ id: 'D1', account: 'Wendy’s  Mills' }, NOON);
      await keep({ id: 'D2', account: "WENDY'S MILLS" }, NOON + 1);
      await keep({ id: 'D3', account: "Wendy's Mills", ...closed }, NOON + 2);
      await keep({ id: 'D4', account: "Wendy's Mill" }, NOON + 3);
      await keep({ id: 'D5', account: "Wendy's Mills", tenant: GLOBEX }, NOON + 4);
      expect(ids(await store.deals.openWith(ACME, "wendy's mills", 10))).toEqual(['D2', 'D1']);
      expect(await store.deals.openWith(ACME, ' \u200b', 10)).toEqual([]);
    });

    it('contain closed deals with a re-engagement to come, soonest first, for their people', async () => {
      await keep({ id: 'D1', rep: 'UA', ...closed }, NOON, NOON + 30);
      await keep({ id: 'D2', rep: 'UB', manager: 'UM', ...closed }, NOON, NOON + 10);
      await keep({ id: 'D3', rep: 'UC', ...closed }, NOON, NOON + 20);
      await keep({ id: 'D4', rep: 'UA', ...closed }, NOON, null);
      await keep({ id: 'D5', rep: 'UA' }, NOON, NOON + 5);
      await keep({ id: 'D6', rep: 'UA', tenant: GLOBEX, ...closed }, NOON, NOON + 5);
      const ahead = async (...[whose, at]: [Parameters<typeof store.deals.ahead>[1], typeof page?]) =>
        ids(await store.deals.ahead(ACME, whose, at ?? page));
      expect(await ahead('all')).toEqual(['D2', 'D3', 'D1']);
      expect(await ahead('all', { limit: 1, offset: 1 })).toEqual(['D3']);
      expect(await ahead({ reps: ['UA'], manager: null })).toEqual(['D1']);
      expect(await ahead({ reps: ['UA', 'UC'], manager: 'UM' })).toEqual(['D2', 'D3', 'D1']);
      expect(await ahead({ reps: [], manager: 'UM' })).toEqual(['D2']);
      expect(await ahead({ reps: [], manager: null })).toEqual([]);
    });

    it('lose an erased deal with its events and slots, and nothing else', async () => {
      const old = await keep({ id: 'D1', ...closed }, NOON);
      await keep({ id: 'D2', ...closed }, NOON + 10);
      await keep({ id: 'D3' }, NOON);
      expect(ids(await store.deals.closedBefore(ACME, NOON + 5, 10))).toEqual(['D1']);
      expect(await store.deals.erase(ACME, 'D1', old.revision)).toBe(true);
      expect(await store.deals.load(ACME, 'D1')).toBeNull();
      expect(await store.deals.events(ACME, 'D1')).toEqual([]);
      expect(await store.deals.load(ACME, 'D2')).not.toBeNull();
      expect(await store.deals.erase(ACME, 'D1', old.revision)).toBe(false);
    });

    it('keep a deal that was opened again, or changed, before it was erased', async () => {
      const old = await keep({ id: 'D1', ...closed }, NOON);
      await store.deals.commit(commitOf(next(old, { stage: 'coaching' })));
      expect(await store.deals.erase(ACME, 'D1', 1)).toBe(false);
      expect(await store.deals.erase(ACME, 'D1', 2)).toBe(false);
      expect((await store.deals.events(ACME, 'D1')).length).toBe(2);
    });
  });
}
