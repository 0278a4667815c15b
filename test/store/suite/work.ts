import type { Claim } from '../../../src/store/store';
import { ACME, aDeal, aSlot, commitOf, dealOf, GLOBEX, NOON, next } from '../builder';
import { claimFirst, type StoreUnderTest, until } from '../harness';

const MINUTE = 60_000;

export function workSuite(store: StoreUnderTest): void {
  describe('work', () => {
    const claimIds = async (now = NOON, limit = 10, instance = 'one') =>
      (await store.work.claim(instance, now, limit, MINUTE)).map(({ owner }) => owner.id);

    const claimOne = (instance?: string, now?: number, leaseMs?: number): Promise<Claim> =>
      claimFirst(store, instance, now, leaseMs);

    /** A deal that Slack shows as it is. */
    async function clean(change: Parameters<typeof commitOf>[1] = {}): Promise<void> {
      await store.deals.commit(commitOf(aDeal(), change));
      await store.work.finish(await claimOne(), 1);
    }

    it('exists as soon as a deal changed, and one instance claims it', async () => {
      await store.deals.commit(commitOf(aDeal(), { wakeAt: NOON + MINUTE }));
      const [claim] = await store.work.claim('one', NOON, 10, MINUTE);
      expect(claim).toEqual({
        tenant: ACME,
        owner: dealOf('D1'),
        renderedRevision: 0,
        wakeAt: NOON + MINUTE,
        lease: expect.any(String),
        attempts: 0,
        orphaned: false,
      });
      expect(await claimIds(NOON, 10, 'two')).toEqual([]);
    });

    it('is shared between instances that claim at the same moment, each deal once', async () => {
      for (let index = 0; index < 20; index += 1) {
        await store.deals.commit(commitOf(aDeal({ id: `D${index}` })));
      }
      const claims = await Promise.all(
        ['one', 'two', 'three'].map((instance) => claimIds(NOON, 8, instance)),
      );
      const taken = claims.flat();
      expect(new Set(taken).size).toBe(taken.length);
      expect([...taken, ...(await claimIds(NOON, 20, 'four'))]).toHaveLength(20);
    });

    it('begins with the longest waiting deal, changes before wakes', async () => {
      await store.deals.commit(commitOf(aDeal({ id: 'wakes' }), { wakeAt: NOON + 1 }));
      await store.work.finish(await claimOne(), 1);
      await store.deals.commit(commitOf(aDeal({ id: 'second' }), { at: NOON + 5 }));
      await store.deals.commit(commitOf(aDeal({ id: 'first' }), { at: NOON + 4 }));
      expect(await claimIds(NOON + MINUTE)).toEqual(['first', 'second', 'wakes']);
    });

    it('can be limited to deals that waited for this moment', async () => {
      await store.deals.commit(commitOf(aDeal({ id: 'retried' })));
      await store.work.retryAt(await claimOne(), NOON + 1, 'waiting_turn');
      await store.deals.commit(commitOf(aDeal({ id: 'changed' })));
      const scheduled = async (now: number) =>
        (await store.work.claim('one', now, 10, MINUTE, 'scheduled')).map(({ owner }) => owner.id);
      expect(await scheduled(NOON)).toEqual([]);
      expect(await scheduled(NOON + 1)).toEqual(['retried']);
      expect(await claimIds(NOON + 1)).toEqual(['changed']);
    });

    it('that takes long keeps its claim, until another instance has it', async () => {
      await store.deals.commit(commitOf(aDeal()));
      const long = await claimOne('one', NOON, 1);
      expect(await store.work.prolong(long, MINUTE)).toBe(true);
      expect(await claimIds(NOON, 10, 'two')).toEqual([]);
      expect(await store.work.prolong(long, 1)).toBe(true);
      // The database's clock may still show the same millisecond.
      await until(async () => (await claimIds(NOON, 10, 'two'))[0]);
      expect(await store.work.prolong(long, MINUTE)).toBe(false);
    });

    it('ends when Slack shows the deal as it is', async () => {
      await clean();
      expect(await claimIds()).toEqual([]);
      expect(await store.work.nextDue(NOON)).toBeNull();
    });

    it('goes on if the deal changed during the rendering', async () => {
      const first = aDeal();
      await store.deals.commit(commitOf(first));
      const claim = await claimOne();
      await store.deals.commit(commitOf(next(first)));

      expect(await store.work.finish(claim, 1)).toBe(true);
      expect(await store.work.claim('two', NOON, 1, MINUTE)).toMatchObject([
        { owner: dealOf('D1'), renderedRevision: 1 },
      ]);
    });

    it('ends if the change came early enough to be rendered', async () => {
      const first = aDeal();
      await store.deals.commit(commitOf(first));
      const claim = await claimOne();
      await store.deals.commit(commitOf(next(first)));
      expect(await store.work.finish(claim, 2)).toBe(true);
      expect(await claimIds()).toEqual([]);
    });

    it('ends with the deal, when nothing of it is to be kept', async () => {
      await store.deals.commit(commitOf(aDeal()));
      await store.deals.commit(commitOf(aDeal({ id: 'D2' })));
      const claim = await claimOne();
      await store.work.saveSlot(claim, aSlot());
      await store.work.finish(await claimOne(), 1);
      expect(await store.work.erase(claim, 1)).toBe(true);
      expect(await store.deals.load(ACME, 'D1')).toBeNull();
      expect(await store.deals.events(ACME, 'D1')).toEqual([]);
      expect(await store.work.slots(ACME, dealOf('D1'))).toEqual([]);
      expect(await store.deals.load(ACME, 'D2')).not.toBeNull();
      expect(await store.work.erase(claim, 1)).toBe(false);
    });

    it('never ends with a deal that changed, was touched, or has another claim', async () => {
      const first = aDeal();
      await store.deals.commit(commitOf(first));
      const before = await claimOne();
      await store.deals.commit(commitOf(next(first)));
      expect(await store.work.erase(before, 1)).toBe(false);
      await store.work.touch(ACME, 'D1');
      expect(await store.work.erase(before, 2)).toBe(false);
      await store.work.retryAt(before, NOON, 'changed', { inOrder: true });
      const after = await claimOne();
      expect(await store.work.erase(before, 2)).toBe(false);
      expect(await store.work.erase(after, 2)).toBe(true);
    });

    it('starts again after a touch, also after one during the work', async () => {
      await clean();
      await store.work.touch(ACME, 'D1');
      expect(await store.work.nextDue()).toBe(0);
      const claim = await claimOne();
      await store.work.touch(ACME, 'D1');
      await store.work.finish(claim, 1);
      await store.work.finish(await claimOne(), 1);
      expect(await claimIds()).toEqual([]);
    });

    it('is retried now if it waits for a retry: not in another workspace, not later ones, not parked ones', async () => {
      await clean({ wakeAt: NOON + 1 });
      const deals = [
        aDeal({ id: 'held' }),
        aDeal({ id: 'later' }),
        aDeal({ id: 'aside' }),
        aDeal({ id: 'other', tenant: GLOBEX }),
      ];
      for (const deal of deals) await store.deals.commit(commitOf(deal));
      for (const claim of await store.work.claim('one', NOON, 10, MINUTE)) {
        const at = NOON + (claim.owner.id === 'later' ? 2 * MINUTE : MINUTE);
        if (claim.owner.id === 'aside') await store.work.park(claim, at, 'error');
        else await store.work.retryAt(claim, at, 'is_archived', { inOrder: true });
      }
      expect(await claimIds()).toEqual([]);
      expect(await store.work.retryNow(ACME, NOON + MINUTE)).toEqual(['held']);
      expect(await claimIds()).toEqual(['held']);
    });

    it('is retried now for a channel only if the deal has or wants a message there', async () => {
      for (const id of ['there', 'elsewhere', 'nowhere']) await store.deals.commit(commitOf(aDeal({ id })));
      for (const claim of await store.work.claim('one', NOON, 10, MINUTE)) {
        const { id } = claim.owner;
        const slot = aSlot({ state: 'intended', ts: null, hash: null, intentAt: null });
        if (id === 'there') await store.work.saveSlot(claim, { ...slot, channel: 'C1' });
        if (id === 'elsewhere') await store.work.saveSlot(claim, { ...slot, channel: 'C2' });
        await store.work.retryAt(claim, NOON + MINUTE, 'is_archived', { inOrder: true });
      }
      expect(await store.work.retryNow(ACME, NOON + MINUTE, 'C1')).toEqual(['there']);
      expect(await claimIds()).toEqual(['there']);
    });

    it('that failed is due at once if a change or touch came during the claim', async () => {
      for (const id of ['changed', 'touched', 'held', 'shown'])
        await store.deals.commit(commitOf(aDeal({ id })));
      const claims = await store.work.claim('one', NOON, 10, MINUTE);
      await store.deals.commit(commitOf(next(aDeal({ id: 'changed' }))));
      await store.work.touch(ACME, 'touched');
      for (const claim of claims) {
        if (claim.owner.id === 'shown') await store.work.finish(claim, 1);
        else await store.work.retryAt(claim, NOON + MINUTE, 'ratelimited', { tried: 1, dirty: true });
      }
      expect(new Set(await claimIds())).toEqual(new Set(['changed', 'touched']));
      expect(await claimIds(NOON + MINUTE)).toEqual(['held']);
    });

    it('is retried now also if its claim is not released yet', async () => {
      await store.deals.commit(commitOf(aDeal()));
      const claim = await claimOne();
      expect(await store.work.retryNow(ACME, NOON + MINUTE)).toEqual(['D1']);
      await store.work.retryAt(claim, NOON + MINUTE, 'is_archived', { tried: 1 });
      expect(await claimIds()).toEqual(['D1']);
    });

    it("wakes by the caller's clock", async () => {
      await clean({ wakeAt: NOON + MINUTE });
      expect(await claimIds(NOON + MINUTE - 1)).toEqual([]);
      expect(await store.work.nextDue()).toBe(NOON + MINUTE);
      expect(await claimIds(NOON + MINUTE)).toEqual(['D1']);
    });

    it('that failed waits for its retry, with its attempts counted', async () => {
      await store.deals.commit(commitOf(aDeal()));
      expect(await store.work.retryAt(await claimOne(), NOON + 5_000, 'ratelimited')).toBe(true);
      expect(await claimIds(NOON + 4_999)).toEqual([]);
      expect(await store.work.nextDue()).toBe(NOON + 5_000);

      const again = await claimOne('one', NOON + 5_000);
      expect(again.attempts).toBe(1);
      await store.work.finish(again, 1);
      await store.work.touch(ACME, 'D1');
      expect((await claimOne()).attempts).toBe(0);
    });

    it('that failed delays the wake as well', async () => {
      await clean({ wakeAt: NOON + 10 });
      await store.work.retryAt(await claimOne('one', NOON + 10), NOON + MINUTE, 'internal_error');
      expect(await claimIds(NOON + MINUTE - 1)).toEqual([]);
      expect(await claimIds(NOON + MINUTE)).toEqual(['D1']);
    });

    it('that failed does not delay a new change', async () => {
      const first = aDeal();
      await store.deals.commit(commitOf(first));
      await store.work.retryAt(await claimOne(), NOON + MINUTE, 'internal_error');
      await store.deals.commit(commitOf(next(first)));
      const claim = await claimOne();
      expect(claim.attempts).toBe(1);
    });

    it("of an instance that died goes to another when the lease expires by the database's clock", async () => {
      await store.deals.commit(commitOf(aDeal()));
      const dead = await claimOne('dead', NOON, 30);
      // The caller's clock stands still.
      const taken = await until(async () => (await store.work.claim('alive', NOON, 1, MINUTE))[0]);
      expect(taken.attempts).toBe(1);

      expect(await store.work.finish(dead, 1)).toBe(false);
      expect(await store.work.retryAt(dead, NOON, 'late')).toBe(false);
      expect(await store.work.finish(taken, 1)).toBe(true);
    });

    it('whose lease expired is still recorded if nobody else claimed it', async () => {
      await store.deals.commit(commitOf(aDeal()));
      const slow = await claimOne('slow', NOON, 0);
      expect(await store.work.finish(slow, 1)).toBe(true);
    });

    it("under a lease is next due at the end of the lease, on the caller's clock", async () => {
      await store.deals.commit(commitOf(aDeal()));
      await claimOne();
      expect(await store.work.nextDue()).toBeNull();
      const due = await store.work.nextDue(NOON);
      expect(due).toBeGreaterThan(NOON);
      expect(due).toBeLessThanOrEqual(NOON + MINUTE);
    });

    it('on a deal of one workspace leaves the same id in another alone', async () => {
      await store.deals.commit(commitOf(aDeal()));
      await store.deals.commit(commitOf(aDeal({ tenant: GLOBEX }), { at: NOON + 1 }));
      const claims = await store.work.claim('one', NOON, 10, MINUTE);
      expect(claims.map(({ tenant }) => tenant)).toEqual([ACME, GLOBEX]);
      for (const claim of claims) await store.work.finish(claim, 1);

      await store.work.touch(GLOBEX, 'D1');
      const claim = await claimOne();
      expect(claim.tenant).toEqual(GLOBEX);
      expect(await store.work.finish({ ...claim, tenant: ACME }, 1)).toBe(false);
    });
  });
}
