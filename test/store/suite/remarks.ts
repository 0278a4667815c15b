import type { KeptRemark } from '../../../src/deal/model/remark';
import { ACME, aDeal, commitOf, GLOBEX, NOON, next } from '../builder';
import type { StoreUnderTest } from '../harness';

export function remarksSuite(store: StoreUnderTest): void {
  describe('replies', () => {
    const remark = (id: number, change: Partial<KeptRemark> = {}): KeptRemark => ({
      id,
      by: 'UOTHER',
      at: NOON,
      channel: 'C1',
      ts: `${id}.1`,
      text: `Words ${id}`,
      isCut: false,
      editedAt: null,
      editedTs: null,
      edits: 0,
      ...change,
    });

    it('are stored with the commit, and found by their message', async () => {
      const deal = aDeal();
      await store.deals.commit({ ...commitOf(deal), remark: remark(1) });
      await store.deals.commit({ ...commitOf(next(deal)), remark: remark(2, { isCut: true }) });
      expect(await store.deals.remarks(ACME, 'D1')).toEqual([remark(1), remark(2, { isCut: true })]);
      expect(await store.deals.remarks(ACME, 'D1', [2, 9])).toEqual([remark(2, { isCut: true })]);
      expect(await store.deals.remarks(ACME, 'D1', [])).toEqual([]);
      expect(await store.deals.remark(ACME, 'D1', 'C1', '1.1')).toEqual(remark(1));
      expect(await store.deals.remark(ACME, 'D1', 'C2', '1.1')).toBeNull();
      expect(await store.deals.dealOfRemark(ACME, 'C1', '1.1')).toBe('D1');
      expect(await store.deals.dealOfRemark(ACME, 'C2', '1.1')).toBeNull();
      expect(await store.deals.dealOfRemark(GLOBEX, 'C1', '1.1')).toBeNull();
      expect(await store.deals.remarks(GLOBEX, 'D1')).toEqual([]);
    });

    it('change in place, and lose their words', async () => {
      const deal = aDeal();
      await store.deals.commit({ ...commitOf(deal), remark: remark(1) });
      const edited = remark(1, { text: 'Others', editedAt: NOON + 1, editedTs: '1.2', edits: 1 });
      await store.deals.commit({ ...commitOf(next(deal)), remark: edited });
      expect(await store.deals.remarks(ACME, 'D1')).toEqual([edited]);
      const gone = { ...edited, text: null };
      await store.deals.commit({ ...commitOf(next(next(deal))), remark: gone });
      expect(await store.deals.remarks(ACME, 'D1')).toEqual([gone]);
    });

    it('of a commit that came too late are not stored', async () => {
      const deal = aDeal();
      await store.deals.commit(commitOf(deal));
      await store.deals.commit(commitOf(next(deal)));
      expect(await store.deals.commit({ ...commitOf(next(deal)), remark: remark(2) })).toBe('conflict');
      expect(await store.deals.remarks(ACME, 'D1')).toEqual([]);
    });

    it('go with their deal', async () => {
      const deal = aDeal({ stage: 'closed' });
      await store.deals.commit({ ...commitOf(deal), remark: remark(1) });
      expect(await store.deals.erase(ACME, 'D1', 1)).toBe(true);
      expect(await store.deals.remarks(ACME, 'D1')).toEqual([]);
    });
  });
}
