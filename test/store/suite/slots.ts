import type { Claim, StoredSlot } from '../../../src/store/store';
import { ACME, aDeal, commitOf, dealOf, GLOBEX, NOON } from '../builder';
import { type StoreUnderTest, until } from '../harness';

const intended: StoredSlot = {
  key: 'ask:5:UMANAGER',
  channel: 'C1',
  ts: null,
  hash: null,
  state: 'intended',
  intentAt: NOON,
  lookups: 1,
  shows: { revision: 5, privacy: 'short' },
};
const posted: StoredSlot = {
  ...intended,
  ts: '1700000000.000100',
  hash: 'h',
  state: 'posted',
  intentAt: null,
  lookups: 0,
};

export function slotsSuite(store: StoreUnderTest): void {
  describe('slots', () => {
    let claim: Claim;
    beforeEach(async () => {
      await store.deals.commit(commitOf(aDeal()));
      claim = await claimOne();
    });

    async function claimOne(leaseMs = 60_000): Promise<Claim> {
      return until(async () => (await store.work.claim('one', NOON, 1, leaseMs))[0]);
    }

    it('keep an intent, and then its message', async () => {
      expect(await store.work.saveSlot(claim, intended)).toBe(true);
      expect(await store.work.slots(ACME, dealOf('D1'))).toEqual([intended]);
      expect(await store.work.saveSlot(claim, posted)).toBe(true);
      expect(await store.work.slots(ACME, dealOf('D1'))).toEqual([posted]);
    });

    it('are not written by an instance that lost the deal', async () => {
      await store.work.finish(claim, 0);
      await claimOne();
      expect(await store.work.saveSlot(claim, intended)).toBe(false);
      expect(await store.work.slots(ACME, dealOf('D1'))).toEqual([]);
    });

    it('are not replaced by an instance that lost the deal', async () => {
      await store.work.saveSlot(claim, posted);
      await store.work.finish(claim, 0);
      expect(await store.work.saveSlot(claim, { ...posted, state: 'gone' })).toBe(false);
      expect(await store.work.slots(ACME, dealOf('D1'))).toEqual([posted]);
    });

    it('are found by their message', async () => {
      await store.work.saveSlot(claim, posted);
      const found = { dealId: 'D1', key: 'ask:5:UMANAGER' };
      expect(await store.work.findByMessage(ACME, 'C1', '1700000000.000100')).toEqual(found);
      expect(await store.work.findByMessage(ACME, 'C2', '1700000000.000100')).toBeNull();
      expect(await store.work.findByMessage(ACME, 'C1', '1700000000.000200')).toBeNull();
      expect(await store.work.findByMessage(GLOBEX, 'C1', '1700000000.000100')).toBeNull();
    });

    it('whose message somebody deleted are gone, and their deal is dirty', async () => {
      await store.work.saveSlot(claim, posted);
      await store.work.finish(claim, 1);
      await store.work.markGone(GLOBEX, 'C1', '1700000000.000100');
      expect(await store.work.nextDue()).toBeNull();

      await store.work.markGone(ACME, 'C1', '1700000000.000100');
      expect(await store.work.slots(ACME, dealOf('D1'))).toEqual([{ ...posted, state: 'gone' }]);
      await store.work.finish(await claimOne(), 1);

      // A second event of the same deletion does not make it dirty again.
      await store.work.markGone(ACME, 'C1', '1700000000.000100');
      expect(await store.work.nextDue()).toBeNull();
    });

    it('that may have a duplicate say so, and their deal is dirty', async () => {
      await store.work.saveSlot(claim, posted);
      await store.work.finish(claim, 1);
      await store.work.suspectDuplicate(GLOBEX, dealOf('D1'), 'ask:5:UMANAGER', NOON);
      expect(await store.work.nextDue()).toBeNull();
      await store.work.suspectDuplicate(ACME, dealOf('D1'), 'ask:5:UMANAGER', NOON);
      expect(await store.work.slots(ACME, dealOf('D1'))).toEqual([{ ...posted, intentAt: NOON }]);
      expect(await store.work.nextDue()).toBe(0);
    });

    it('with an open intent are resolved by the event of their message', async () => {
      await store.work.saveSlot(claim, intended);
      expect(await store.work.resolveIntent(ACME, dealOf('D1'), 'ask:5:UMANAGER', 'C1', '1.1')).toBe(true);
      expect(await store.work.slots(ACME, dealOf('D1'))).toEqual([{ ...posted, ts: '1.1', hash: null }]);
    });

    it('that are posted accept the event of their own message, and report a late duplicate', async () => {
      await store.work.saveSlot(claim, posted);
      const resolve = (ts: string, tenant = ACME) =>
        store.work.resolveIntent(tenant, dealOf('D1'), 'ask:5:UMANAGER', 'C1', ts);
      expect(await resolve('1700000000.000100')).toBe(true);
      expect(await resolve('1700000009.000100')).toBe(false);
      expect(await resolve('1700000000.000100', GLOBEX)).toBe(false);
      expect(await store.work.slots(ACME, dealOf('D1'))).toEqual([posted]);
    });

    it('of one workspace are invisible to another', async () => {
      await store.work.saveSlot(claim, posted);
      expect(await store.work.slots(GLOBEX, dealOf('D1'))).toEqual([]);
      expect(await store.work.saveSlot({ ...claim, tenant: GLOBEX }, intended)).toBe(false);
    });
  });
}
