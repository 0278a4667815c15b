import { ACME, aDeal, commitOf, event, GLOBEX, NOON, next, started } from '../builder';
import { claimFirst, codeOf, type StoreUnderTest } from '../harness';

export function commitSuite(store: StoreUnderTest): void {
  describe('a commit', () => {
    it('stores the deal and its events unchanged', async () => {
      const deal = aDeal({
        account: 'Nörthwind 🚚 \u0000 "quoted" \ud800',
        trail: [
          {
            stepId: 'attraction',
            visit: 2,
            answer: { kind: 'text', text: 'Delivery\nnext day' },
            fact: 'attraction',
            source: 'prospect',
            at: NOON,
          },
        ],
        details: {
          amount: { minor: Number.MAX_SAFE_INTEGER, currency: 'EUR' },
          competitor: 'Contoso',
          prospect: 'Kim',
          notes: null,
          recommendation: null,
          yesCosts: null,
          ourOffer: null,
          reasons: null,
        },
      });
      expect(await store.deals.commit(commitOf(deal))).toBe('committed');

      expect(await store.deals.load(ACME, 'D1')).toEqual(deal);
      expect(await store.deals.events(ACME, 'D1')).toEqual([event(1, started(deal))]);
    });

    it('appends events in their order', async () => {
      const first = aDeal();
      await store.deals.commit(commitOf(first));
      const third = next(next(first));
      await store.deals.commit({
        deal: third,
        events: [
          event(2, { type: 'resumed' }),
          event(3, { type: 're_engagement_set', dueAt: NOON + 1, why: 'agreed' }),
        ],
        expectedRevision: 1,
        wakeAt: null,
      });
      expect((await store.deals.events(ACME, 'D1')).map(({ type }) => type)).toEqual([
        'started',
        'resumed',
        're_engagement_set',
      ]);
    });

    it('decided on an old revision is a conflict and leaves nothing behind', async () => {
      const first = aDeal();
      const second = next(first);
      await store.deals.commit(commitOf(first));
      await store.deals.commit(commitOf(second));

      const late = next(first, { account: 'Overwritten' });
      expect(await store.deals.commit(commitOf(late, { deliveryKey: 'K1' }))).toBe('conflict');
      expect(await store.deals.load(ACME, 'D1')).toEqual(second);
      expect(await store.deals.events(ACME, 'D1')).toHaveLength(2);
      // The conflict did not keep the key, so the same delivery counts after a new decision.
      expect(await store.deals.commit(commitOf(next(second), { deliveryKey: 'K1' }))).toBe('committed');
    });

    it('of a new deal under an existing id is a conflict', async () => {
      await store.deals.commit(commitOf(aDeal()));
      expect(await store.deals.commit(commitOf(aDeal({ account: 'Other' })))).toBe('conflict');
    });

    it('of a missing deal is a conflict', async () => {
      expect(await store.deals.commit(commitOf(next(aDeal())))).toBe('conflict');
    });

    it('by a repeated delivery is a duplicate, whatever it would write', async () => {
      const first = aDeal();
      await store.deals.commit(commitOf(first, { deliveryKey: 'K1' }));

      expect(await store.deals.commit(commitOf(first, { deliveryKey: 'K1' }))).toBe('duplicate');
      expect(await store.deals.commit(commitOf(next(first), { deliveryKey: 'K1' }))).toBe('duplicate');
      expect(await store.deals.commit(commitOf(aDeal({ id: 'D2' }), { deliveryKey: 'K1' }))).toBe(
        'duplicate',
      );
      expect(await store.deals.load(ACME, 'D1')).toEqual(first);
      expect(await store.deals.load(ACME, 'D2')).toBeNull();
    });

    it('distinguishes the delivery keys of two workspaces', async () => {
      await store.deals.commit(commitOf(aDeal(), { deliveryKey: 'K1' }));
      expect(await store.deals.commit(commitOf(aDeal({ tenant: GLOBEX }), { deliveryKey: 'K1' }))).toBe(
        'committed',
      );
    });

    it('made twenty times at the same moment is stored once', async () => {
      const first = aDeal();
      await store.deals.commit(commitOf(first));
      const results = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          store.deals.commit(commitOf(next(first, { account: `Writer ${index}` }))),
        ),
      );
      expect(results.filter((result) => result === 'committed')).toHaveLength(1);
      expect(results.filter((result) => result === 'conflict')).toHaveLength(19);
      expect(await store.deals.events(ACME, 'D1')).toHaveLength(2);
    });

    it('without events moves the wake, and the deal stays clean', async () => {
      const deal = aDeal();
      await store.deals.commit(commitOf(deal, { wakeAt: NOON + 10 }));
      const claim = await claimFirst(store);
      await store.work.finish(claim, 1);

      const idle = { deal, events: [], expectedRevision: 1, wakeAt: NOON + 500 };
      expect(await store.deals.commit(idle)).toBe('committed');
      expect(await store.work.nextDue()).toBe(NOON + 500);
      expect(await store.deals.load(ACME, 'D1')).toEqual(deal);

      await store.deals.commit(commitOf(next(deal)));
      expect(await store.deals.commit(idle)).toBe('conflict');
    });

    it('that changes no message leaves a clean deal clean and a dirty deal dirty', async () => {
      const silent = { changesNoMessage: true };
      const first = aDeal();
      await store.deals.commit(commitOf(first, silent));
      const second = next(first);
      await store.deals.commit(commitOf(second, silent));
      expect(await store.work.claim('one', NOON, 1, 60_000)).toEqual([]);

      const third = next(second);
      await store.deals.commit(commitOf(third));
      await store.deals.commit(commitOf(next(third), silent));
      expect(await store.work.claim('one', NOON, 1, 60_000)).toHaveLength(1);
    });

    it('that does not follow from its expected revision throws, as a fault of the code', async () => {
      const deal = aDeal();
      await expect(store.deals.commit({ ...commitOf(deal), expectedRevision: 4 })).rejects.toThrow(
        'does not follow',
      );
      await expect(store.deals.commit({ ...commitOf(deal), events: [] })).rejects.toThrow('does not follow');
    });

    it('of a deal that could not be read back throws, writes nothing and quotes nothing', async () => {
      const broken = aDeal({ details: { ...aDeal().details, amount: { minor: 0.5, currency: 'EUR' } } });
      const failing = store.deals.commit(commitOf(broken));
      expect(await codeOf(failing)).toBe('store_unreadable');
      await expect(failing).rejects.toThrow('deal D1 (workspace TACME)');
      await expect(failing).rejects.toThrow('details.amount.minor');
      await expect(failing).rejects.not.toThrow('Northwind');
      expect(await store.deals.load(ACME, 'D1')).toBeNull();

      const brokenEvent = { ...event(1, started(aDeal())), at: Number.NaN };
      expect(await codeOf(store.deals.commit(commitOf(aDeal(), { events: [brokenEvent] })))).toBe(
        'store_unreadable',
      );
    });
  });
}
