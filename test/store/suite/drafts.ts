import type { Draft, DraftKey } from '../../../src/store/store';
import { ACME, aDeal, commitOf, GLOBEX, NOON, next } from '../builder';
import type { StoreUnderTest } from '../harness';

export function draftsSuite(store: StoreUnderTest): void {
  describe('drafts', () => {
    const key: DraftKey = { tenant: ACME, dealId: 'D1', userId: 'UREP', form: 'fill_in' };
    const typed = (text: string, change: Partial<Draft> = {}): Draft => ({
      ...key,
      viewId: 'V1',
      actionTs: 1_764_000_000_000_001,
      savedAt: NOON,
      values: { 'field:notes': { value: text } },
      ...change,
    });
    const wordsOf = async (of: DraftKey = key) => (await store.drafts.values(of))?.['field:notes'];

    beforeEach(async () => {
      await store.deals.commit(commitOf(aDeal({ stage: 'closed' })));
    });

    it('hold the newest keystroke, in whatever order they come', async () => {
      await store.drafts.save(typed('ab', { actionTs: 1_764_000_000_000_002 }));
      await store.drafts.save(typed('a'));
      expect(await wordsOf()).toEqual({ value: 'ab' });
      await store.drafts.save(typed('abc', { actionTs: 1_764_000_000_000_003 }));
      expect(await wordsOf()).toEqual({ value: 'abc' });
    });

    it('belong to one person, one form and one workspace', async () => {
      await store.drafts.save(typed('mine'));
      expect(await wordsOf({ ...key, userId: 'UOTHER' })).toBeUndefined();
      expect(await wordsOf({ ...key, form: 'after' })).toBeUndefined();
      expect(await wordsOf({ ...key, tenant: GLOBEX })).toBeUndefined();
    });

    it('go when their screen is saved, and a late keystroke of it does not bring them back', async () => {
      expect(await store.drafts.isLeft(ACME, 'D1')).toBe(false);
      await store.drafts.save(typed('a'));
      expect(await store.drafts.isLeft(ACME, 'D1')).toBe(true);
      await store.drafts.settle(typed('', { actionTs: 1 }));
      expect(await store.drafts.isLeft(ACME, 'D1')).toBe(false);
      await store.drafts.save(typed('ab', { actionTs: 1_764_000_000_000_009 }));
      expect(await wordsOf()).toBeUndefined();
      await store.drafts.save(typed('new', { actionTs: 1_764_000_000_000_010, viewId: 'V2' }));
      expect(await wordsOf()).toEqual({ value: 'new' });
    });

    it('of a deal that begins when its form is saved need no deal, and go like the others', async () => {
      const of = { ...key, dealId: '', form: 'after:acme' };
      await store.drafts.save(typed('a', of));
      await store.drafts.save(typed('ab', { ...of, actionTs: 1_764_000_000_000_002 }));
      expect(await wordsOf(of)).toEqual({ value: 'ab' });
      expect(await wordsOf({ ...of, form: 'after:globex' })).toBeUndefined();
      await store.drafts.settle(typed('', { ...of, actionTs: 1 }));
      await store.drafts.save(typed('abc', { ...of, actionTs: 1_764_000_000_000_003 }));
      expect(await wordsOf(of)).toBeUndefined();
    });

    it('of no deal are found by how their form begins, and go to one deal only', async () => {
      const of = (form: string, change: Partial<Draft> = {}) =>
        typed(form, { ...key, dealId: '', form, ...change });
      for (const form of ['dm:D1:2.1', 'dm:D1:1.1', 'after:acme']) await store.drafts.save(of(form));
      await store.drafts.save(of('dm:D1:3.1', { userId: 'UOTHER' }));
      await store.drafts.settle(of('dm:D1:2.1'));
      const kept = async () =>
        (await store.drafts.ofNoDeal(ACME, 'UREP', 'dm:')).map(({ form, values }) => [form, values]);
      const words = { 'field:notes': { value: 'dm:D1:1.1' } };
      expect(await kept()).toEqual([
        ['dm:D1:1.1', words],
        ['dm:D1:2.1', null],
      ]);
      const endsDraft = { userId: 'UREP', form: 'dm:D1:1.1', ofNoDeal: true } as const;
      const other = aDeal({ id: 'D2' });
      await store.deals.commit(commitOf(other));
      expect(await store.deals.commit(commitOf(next(other), { endsDraft }))).toBe('committed');
      expect(await kept()).toEqual([['dm:D1:2.1', null]]);
      const deal = aDeal({ stage: 'closed' });
      expect(await store.deals.commit(commitOf(next(deal), { endsDraft }))).toBe('duplicate');
      expect((await store.deals.load(ACME, 'D1'))?.revision).toBe(1);
    });

    it('go with their deal, and cannot come after it', async () => {
      await store.drafts.save(typed('a'));
      expect(await store.deals.erase(ACME, 'D1', 1)).toBe(true);
      expect(await wordsOf()).toBeUndefined();
      await store.drafts.save(typed('ab', { actionTs: 1_764_000_000_000_002 }));
      expect(await wordsOf()).toBeUndefined();
    });

    it('go with the commit whose events hold their words, and only those of that person and form', async () => {
      const others = [
        { ...key, userId: 'UOTHER' },
        { ...key, form: 'after' },
      ];
      for (const of of [key, ...others]) await store.drafts.save(typed('a', of));
      const endsDraft = { userId: key.userId, form: key.form };
      const changed = next(aDeal({ stage: 'closed' }));
      await store.deals.commit(commitOf(changed, { endsDraft }));
      expect(await wordsOf()).toBeUndefined();
      for (const of of others) expect(await wordsOf(of)).toEqual({ value: 'a' });
    });

    it('go when nobody has touched them for long', async () => {
      await store.drafts.save(typed('a'));
      expect(await store.drafts.deleteBefore(NOON)).toBe(0);
      expect(await store.drafts.deleteBefore(NOON + 1)).toBe(1);
      expect(await wordsOf()).toBeUndefined();
    });
  });
}
