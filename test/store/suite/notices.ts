import type { Claim, Notice, StoredSlot } from '../../../src/store/store';
import { ACME, aDeal, commitOf, GLOBEX, NOON } from '../builder';
import { claimFirst, type StoreUnderTest } from '../harness';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const aNotice = (change: Partial<Notice> = {}): Omit<Notice, 'revision'> => ({
  tenant: ACME,
  id: 'N1',
  kind: 'channel_unusable_rep',
  about: 'C1',
  to: 'UREP',
  followsFrom: 'D1',
  ...change,
});
const OWNER = { kind: 'notice', id: 'N1' } as const;

const intended: StoredSlot = {
  key: 'N1',
  channel: 'DREP',
  ts: null,
  hash: 'h',
  state: 'intended',
  intentAt: NOON,
  lookups: 1,
  shows: null,
};
const posted: StoredSlot = {
  ...intended,
  ts: '1700000000.000100',
  state: 'posted',
  intentAt: null,
  lookups: 0,
};

export function noticesSuite(store: StoreUnderTest): void {
  describe('a notice', () => {
    const add = (change: Partial<Notice> = {}, at = NOON) => store.work.addNotice(aNotice(change), at, DAY);
    const claimOne = (): Promise<Claim> => claimFirst(store);

    it('is found as the last of its reader by the day in its id, beside those of others', async () => {
      const ids = ['digest:U1:2026-03-02:week', 'digest:U1:2026-03-09:week', 'digest:U12:2026-04-06:week'];
      for (const id of ids) await add({ id, kind: 'digest', about: id, followsFrom: null });
      expect(await store.work.lastNotice(ACME, 'digest:U1:')).toBe('digest:U1:2026-03-09:week');
      expect(await store.work.lastNotice(GLOBEX, 'digest:U1:')).toBeNull();
      expect(await store.work.lastNotice(ACME, 'digest:U2:')).toBeNull();
    });
    const dueIds = async (now = NOON, instance = 'one') =>
      (await store.work.claim(instance, now, 10, MINUTE)).map(({ owner }) => `${owner.kind} ${owner.id}`);

    it('is taken on once, and is there as it was made', async () => {
      expect(await add()).toBe(true);
      expect(await add({}, NOON + 2 * DAY)).toBe(false);
      expect(await store.work.notice(ACME, 'N1')).toEqual({ ...aNotice(), revision: 1 });
      expect(await store.work.notice(GLOBEX, 'N1')).toBeNull();
      expect(await store.work.slots(ACME, OWNER)).toEqual([
        { ...intended, channel: null, hash: null, intentAt: null, lookups: 0 },
      ]);
    });

    it('is not taken on when the same person heard the same lately', async () => {
      await add();
      expect(await add({ id: 'N2', followsFrom: 'D2' }, NOON + DAY - 1)).toBe(false);
      expect(await add({ id: 'N3', to: 'UADMIN' })).toBe(true);
      expect(await add({ id: 'N4', about: 'C2' })).toBe(true);
      expect(await add({ id: 'N5', kind: 'channel_unusable_admin' })).toBe(true);
      expect(await add({ id: 'N6', tenant: GLOBEX })).toBe(true);
      expect(await add({ id: 'N7', followsFrom: 'D2' }, NOON + DAY)).toBe(true);
    });

    it('is claimed before any deal, by one instance, until it is shown', async () => {
      await store.deals.commit(commitOf(aDeal()));
      await add();
      expect(await store.work.nextDue()).toBe(0);
      expect(await store.work.claim('one', NOON, 1, MINUTE)).toMatchObject([{ owner: OWNER, attempts: 0 }]);
      expect(await dueIds(NOON, 'two')).toEqual(['deal D1']);
    });

    it('is shared between instances that ask at the same moment, each notice once', async () => {
      for (let index = 0; index < 20; index++) await add({ id: `N${index}`, to: `U${index}` });
      const claims = await Promise.all(['one', 'two', 'three'].map((instance) => dueIds(NOON, instance)));
      expect(new Set(claims.flat()).size).toBe(claims.flat().length);
      expect([...claims.flat(), ...(await dueIds(NOON, 'four'))]).toHaveLength(20);
    });

    it('waits for its retry, and is due no more once it is shown', async () => {
      await add();
      await store.work.retryAt(await claimOne(), NOON + MINUTE, 'ratelimited', { tried: 1 });
      expect(await store.work.nextDue(NOON)).toBe(NOON + MINUTE);
      expect(await dueIds(NOON)).toEqual([]);
      const again = await claimFirst(store, 'one', NOON + MINUTE);
      expect(again).toMatchObject({ owner: OWNER, attempts: 1 });
      expect(await store.work.finish(again, 1)).toBe(true);
      expect(await store.work.nextDue(NOON + DAY)).toBeNull();
    });

    it('keeps the intent of its message, and then the message, for who holds it alone', async () => {
      await add();
      const claim = await claimOne();
      expect(await store.work.saveSlot(claim, intended)).toBe(true);
      expect(await store.work.slots(ACME, OWNER)).toEqual([intended]);
      expect(await store.work.saveSlot(claim, posted)).toBe(true);
      await store.work.finish(claim, 1);
      expect(await store.work.saveSlot(claim, intended)).toBe(false);
      expect(await store.work.slots(ACME, OWNER)).toEqual([posted]);
    });

    it('with an open intent is resolved by the event of its message; another message is a late duplicate', async () => {
      await add();
      await store.work.saveSlot(await claimOne(), intended);
      const resolve = (ts: string, tenant = ACME) =>
        store.work.resolveIntent(tenant, OWNER, 'N1', 'DREP', ts);
      expect(await resolve('1700000000.000100', GLOBEX)).toBe(false);
      expect(await resolve('1700000000.000100')).toBe(true);
      expect(await store.work.slots(ACME, OWNER)).toEqual([posted]);
      expect(await resolve('1700000000.000100')).toBe(true);
      expect(await resolve('1700000009.000100')).toBe(false);
    });

    it('that may stand twice is looked at again; one that people deleted is gone for good', async () => {
      await add();
      const claim = await claimOne();
      await store.work.saveSlot(claim, posted);
      await store.work.finish(claim, 1);
      await store.work.suspectDuplicate(ACME, OWNER, 'N1', NOON);
      expect(await store.work.slots(ACME, OWNER)).toEqual([{ ...posted, intentAt: NOON }]);
      expect(await dueIds()).toEqual(['notice N1']);

      await store.work.markGone(GLOBEX, 'DREP', '1700000000.000100');
      await store.work.markGone(ACME, 'DREP', '1700000000.000100');
      expect(await store.work.slots(ACME, OWNER)).toMatchObject([{ state: 'gone' }]);
    });
  });
}
