import type { Claim } from '../../../src/store/store';
import { ACME, aDeal, commitOf, dealOf, GLOBEX, NOON, next } from '../builder';
import { claimFirst, type StoreUnderTest } from '../harness';

const MINUTE = 60_000;
const FAR = NOON + 1_000 * 24 * 60 * MINUTE;

export function backlogSuite(store: StoreUnderTest): void {
  describe('a deal that cannot be shown', () => {
    const claimOne = (now?: number): Promise<Claim> => claimFirst(store, 'one', now);

    it('is parked for good, listed with its reason, and delays no other deal', async () => {
      const before = Date.now();
      await store.deals.commit(commitOf(aDeal(), { wakeAt: NOON + MINUTE }));
      await store.deals.commit(commitOf(aDeal({ id: 'D2' })));
      const claims = await store.work.claim('one', NOON, 2, MINUTE);
      const poisoned = claims.find(({ owner }) => owner.id === 'D1');
      if (poisoned === undefined) throw new Error('not claimed');
      expect(await store.work.park(poisoned, null, 'msg_too_long')).toBe(true);

      expect(await store.work.claim('two', FAR, 10, MINUTE)).toEqual([]);
      expect(await store.work.nextDue()).toBeNull();
      const [parked] = await store.work.parkedDeals(ACME, 10);
      expect(parked).toEqual({
        tenant: ACME,
        dealId: 'D1',
        rep: 'UREP',
        account: 'Northwind',
        since: expect.any(Number),
        error: 'msg_too_long',
        attempts: 1,
      });
      // By the database's clock, which is this machine's.
      expect(parked?.since).toBeGreaterThanOrEqual(before - 1_000);
      expect(await store.work.parkedDeals(GLOBEX, 10)).toEqual([]);
    });

    it('is tried again at its time, and counts as parked until it is shown', async () => {
      await store.deals.commit(commitOf(aDeal()));
      await store.work.park(await claimOne(), NOON + MINUTE, 'first');
      expect(await store.work.nextDue()).toBe(NOON + MINUTE);
      const [before] = await store.work.parkedDeals(ACME, 10);

      const again = await claimOne(NOON + MINUTE);
      expect(again.attempts).toBe(1);
      await store.work.park(again, null, 'second');
      expect(await store.work.parkedDeals(ACME, 10)).toEqual([
        { ...before, error: 'second', attempts: 2, since: before?.since },
      ]);

      await store.work.touch(ACME, 'D1');
      const last = await claimOne();
      expect(await store.work.parkedDeals(ACME, 10)).toHaveLength(1);
      await store.work.finish(last, 1);
      expect(await store.work.parkedDeals(ACME, 10)).toEqual([]);
    });

    it('is tried again at once when it changed', async () => {
      await store.deals.commit(commitOf(aDeal()));
      await store.work.park(await claimOne(), null, 'msg_too_long');
      await store.deals.commit(commitOf(next(aDeal())));
      expect(await claimOne()).toMatchObject({ owner: dealOf('D1'), attempts: 1 });
    });

    it('is parked only by the owner of its lease', async () => {
      await store.deals.commit(commitOf(aDeal()));
      const claim = await claimOne();
      await store.work.finish(claim, 1);
      expect(await store.work.park(claim, null, 'late')).toBe(false);
      expect(await store.work.parkedDeals(ACME, 10)).toEqual([]);
    });

    it('counts in the figures, beside waiting deals and the start of their wait', async () => {
      expect(await store.work.figures()).toEqual({ dirty: 0, dirtySince: null, parked: 0, byStage: {} });
      await store.deals.commit(commitOf(aDeal(), { at: NOON + 7 }));
      await store.deals.commit(commitOf(aDeal({ id: 'D2', stage: 'winning_back' }), { at: NOON + 5 }));
      await store.deals.commit(
        commitOf(aDeal({ id: 'D3', tenant: GLOBEX, stage: 'closed' }), { at: NOON + 3 }),
      );
      expect(await store.work.figures()).toEqual({
        dirty: 3,
        dirtySince: NOON + 3,
        parked: 0,
        byStage: { coaching: 1, winning_back: 1, closed: 1 },
      });

      // The longest waiting first: D3 is parked, D2 shown, D1 waits for a retry.
      await store.work.park(await claimOne(), null, 'msg_too_long');
      await store.work.finish(await claimOne(), 1);
      await store.work.retryAt(await claimOne(), FAR, 'ratelimited');
      expect(await store.work.figures()).toMatchObject({ dirty: 2, dirtySince: NOON + 3, parked: 1 });
    });

    it('touched long after its last event waits since the touch', async () => {
      const before = Date.now();
      await store.deals.commit(commitOf(aDeal()));
      await store.work.finish(await claimOne(), 1);
      await store.work.touch(ACME, 'D1');
      const { dirty, dirtySince } = await store.work.figures();
      expect(dirty).toBe(1);
      expect(dirtySince).toBeGreaterThanOrEqual(before - 1_000);
    });
  });
}
