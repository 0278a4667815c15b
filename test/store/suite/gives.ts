import { ACME, aDeal, commitOf, GLOBEX } from '../builder';
import type { StoreUnderTest } from '../harness';

export function givesSuite(store: StoreUnderTest): void {
  describe('what was pre-approved', () => {
    const give = (deal: string, most: number | null, quarter = '2026-Q1', tenant = ACME) =>
      store.deals.commit(commitOf(aDeal({ tenant, id: deal }), { gives: { id: 'G1', quarter, most } }));
    const used = async (quarter = '2026-Q1', tenant = ACME) =>
      (await store.deals.givesUsed(tenant, quarter)).get('G1') ?? 0;

    it('is counted with the deal, by quarter and workspace, and never given more often than it may be', async () => {
      expect([await give('D1', 2), await give('D2', 2), await give('D3', 2)]).toEqual([
        'committed',
        'committed',
        'given_out',
      ]);
      expect(await store.deals.load(ACME, 'D3')).toBeNull();
      expect(await store.deals.events(ACME, 'D3')).toEqual([]);
      expect([await give('D3', 2, '2026-Q2'), await give('D3', 2, '2026-Q1', GLOBEX)]).toEqual([
        'committed',
        'committed',
      ]);
      expect([await used(), await used('2026-Q2'), await used('2026-Q1', GLOBEX)]).toEqual([2, 1, 1]);
      expect(await give('D4', null)).toBe('committed');
      expect(await used()).toBe(3);
    });

    it('is given to as many as it may be when all reps tap at once', async () => {
      const results = await Promise.all(Array.from({ length: 12 }, (_, index) => give(`D${index}`, 5)));
      expect(results.filter((it) => it === 'committed')).toHaveLength(5);
      expect(results.filter((it) => it === 'given_out')).toHaveLength(7);
      expect(await used()).toBe(5);
    });

    it('is not counted for a commit that came too late', async () => {
      await give('D1', 5);
      expect(await give('D1', 5)).toBe('conflict');
      expect(await used()).toBe(1);
    });
  });
}
