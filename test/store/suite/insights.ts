/** Rows of figures behind the commits. */
import { insightOf, uncounted } from '../../../src/insights/insightOf';
import { ACME, aDeal, commitOf, GLOBEX, next } from '../builder';
import { codeOf, type StoreUnderTest } from '../harness';

export function insightsSuite(store: StoreUnderTest): void {
  describe('rows of figures', () => {
    const behind = async (version = 1) =>
      (await store.insights.behind(version, 10)).map(({ tenant, dealId, revision }) => [
        tenant.teamId,
        dealId,
        revision,
      ]);
    const write = (deal = aDeal(), version = 1) =>
      store.insights.writeRows(version, [{ ...insightOf(deal), tenant: deal.tenant }]);

    it('are behind from the commit until they are written', async () => {
      await store.deals.commit(commitOf(aDeal()));
      await store.deals.commit(commitOf(aDeal({ tenant: GLOBEX })));
      expect((await behind()).sort()).toEqual([
        [ACME.teamId, 'D1', 1],
        [GLOBEX.teamId, 'D1', 1],
      ]);
      expect(await write()).toBe(1);
      expect(await behind()).toEqual([[GLOBEX.teamId, 'D1', 1]]);
      await store.deals.commit(commitOf(next(aDeal())));
      expect((await behind()).sort()).toEqual([
        [ACME.teamId, 'D1', 2],
        [GLOBEX.teamId, 'D1', 1],
      ]);
    });

    it('of an older deal or an earlier release replace none that is newer', async () => {
      await store.deals.commit(commitOf(aDeal()));
      await store.deals.commit(commitOf(next(aDeal())));
      expect(await write(next(aDeal()))).toBe(1);
      expect(await write(aDeal())).toBe(0);
      expect(await behind()).toEqual([]);
      expect(await behind(2)).toEqual([[ACME.teamId, 'D1', 2]]);
      expect(await write(aDeal(), 2)).toBe(0);
      expect(await write(next(aDeal()), 2)).toBe(1);
      expect(await behind(2)).toEqual([]);
      await store.deals.commit(commitOf(next(next(aDeal()))));
      // The earlier release leaves the deal to the later one.
      expect(await write(next(next(aDeal())), 1)).toBe(0);
      expect(await behind(2)).toEqual([[ACME.teamId, 'D1', 3]]);
    });

    it('are listed oldest first, page by page, with exactly the deals that somebody may see', async () => {
      const seen = { userId: 'UREP2', manages: [], standsInFor: [] };
      const confirmedReason = { reasons: ['price', 'risk'], by: 'UMGR', at: 30 };
      const oldest = aDeal({ id: 'D3', rep: 'UREP1', startedAt: 10, manager: null, confirmedReason });
      const others = [
        ['D1', 20],
        ['D2', 20],
        ['D4', 10],
      ] as const;
      const younger = others.map(([id, startedAt]) => aDeal({ id, rep: 'UREP2', startedAt, manager: null }));
      for (const deal of [oldest, ...younger]) {
        await store.deals.commit(commitOf(deal));
        await write(deal);
      }
      const asked = { tenant: ACME, from: null, until: null, reps: null, competitor: null };
      const pages = async (sight: 'all' | typeof seen, limit: number) => {
        const found: string[][] = [];
        let page = await store.insights.listDeals({ ...asked, sight }, null, limit);
        while (page.length > 0) {
          found.push(page.map(({ dealId }) => dealId));
          page = await store.insights.listDeals({ ...asked, sight }, page.at(-1) ?? null, limit);
        }
        return found;
      };
      expect(await pages('all', 2)).toEqual([
        ['D3', 'D4'],
        ['D1', 'D2'],
      ]);
      expect(await pages('all', 3)).toEqual([['D3', 'D4', 'D1'], ['D2']]);
      expect(await pages(seen, 1)).toEqual([['D4'], ['D1'], ['D2']]);
      expect(await store.insights.countDeals({ ...asked, sight: seen })).toBe(3);
      const [first] = await store.insights.listDeals({ ...asked, sight: 'all' }, null, 1);
      expect(insightOf(oldest)).toMatchObject(first ?? {});
      expect(first).toMatchObject({ confirmed: ['price', 'risk'] });
    });

    it('go with an erased deal, and come back for none that was erased', async () => {
      const closed = aDeal({ stage: 'closed', position: null });
      await store.deals.commit(commitOf(closed));
      await write(closed);
      expect(await store.deals.erase(ACME, 'D1', 1)).toBe(true);
      expect(await behind(2)).toEqual([]);
      // Of SQLite and of PostgreSQL: the row has no deal.
      const noDeal = /^(SQLITE_CONSTRAINT_FOREIGNKEY|23503)$/;
      expect(await codeOf(write(closed))).toMatch(noDeal);
      const blank = { ...uncounted('D1', 1), tenant: ACME };
      expect(await codeOf(store.insights.writeRows(1, [blank]))).toMatch(noDeal);
    });
  });
}
