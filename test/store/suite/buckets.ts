import type { BucketTerms } from '../../../src/store/store';
import { ACME, GLOBEX } from '../builder';
import type { StoreUnderTest } from '../harness';

const HOUR = 3_600_000;
/** An interval so long that no bucket fills during a test. */
const channel: BucketTerms = { key: 'C1', intervalMs: HOUR, burst: 2 };
const posts: BucketTerms = { key: 'posts', intervalMs: HOUR, burst: 3 };

/** Part of a wait that a slow machine may have spent already. */
const SPENT_MS = 60_000;

export function bucketsSuite(store: StoreUnderTest): void {
  describe('a rate limit', () => {
    const book = (holder: string, ...buckets: BucketTerms[]) => store.buckets.book(ACME, holder, buckets);

    function expectAbout(waitMs: number, wanted: number): void {
      expect(waitMs).toBeLessThanOrEqual(wanted);
      expect(waitMs).toBeGreaterThan(wanted - SPENT_MS);
    }

    it('allows a burst, and gives later calls a turn each', async () => {
      expect(await book('a', channel)).toBe(0);
      expect(await book('b', channel)).toBe(0);
      expectAbout(await book('c', channel), HOUR);
      expectAbout(await book('d', channel), 2 * HOUR);
      // Asking again returns the same turn.
      expectAbout(await book('c', channel), HOUR);
      expectAbout(await book('e', channel), 3 * HOUR);
    });

    it('counts a call as soon as it may be made; the same holder then asks for another call', async () => {
      expect(await book('a', channel)).toBe(0);
      expect(await book('a', channel)).toBe(0);
      expectAbout(await book('a', channel), HOUR);
    });

    it('belongs to one workspace and one bucket', async () => {
      await book('a', channel);
      await book('b', channel);
      expect(await store.buckets.book(GLOBEX, 'c', [channel])).toBe(0);
      expect(await book('d', { ...channel, key: 'C2' })).toBe(0);
    });

    it('allows a call when all its buckets do', async () => {
      for (const holder of ['a', 'b', 'c']) expect(await book(holder, posts)).toBe(0);
      expectAbout(await book('d', channel, posts), HOUR);
      // Its turn in the channel is reserved too, so that the channel is free at its time.
      expect(await book('e', channel)).toBe(0);
      expectAbout(await book('f', channel), HOUR);
    });

    it('gives each turn once to eight callers at the same moment', async () => {
      const waits = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          book(`holder ${index}`, { ...posts, burst: 4 }, { ...channel, burst: 4 }),
        ),
      );
      expect(waits.filter((wait) => wait === 0)).toHaveLength(4);
      const turns = waits.filter((wait) => wait > 0).map((wait) => Math.ceil(wait / HOUR));
      expect(turns.sort((a, b) => a - b)).toEqual(Array.from({ length: 4 }, (_, index) => index + 1));
    });

    it('that Slack paused is paused for everybody, also for holders of a turn', async () => {
      await book('a', channel);
      await book('b', channel);
      expectAbout(await book('c', channel), HOUR);
      await store.buckets.pause(ACME, channel, 5 * HOUR);
      expectAbout(await book('c', channel), 6 * HOUR);
      expectAbout(await book('d', channel), 7 * HOUR);
      expect(await book('e', posts)).toBe(0);
    });

    it('without a call so far can be paused as well', async () => {
      await store.buckets.pause(ACME, channel, 5 * HOUR);
      expectAbout(await book('a', channel), 5 * HOUR);
      expectAbout(await book('b', channel), 6 * HOUR);
    });

    it('that Slack refused runs at half its rate, and a burst of refusals counts once', async () => {
      const quick: BucketTerms = { key: 'posts', intervalMs: 400, burst: 1 };
      await Promise.all([
        store.buckets.slowDown(ACME, quick),
        store.buckets.slowDown(ACME, quick),
        store.buckets.slowDown(ACME, quick),
      ]);
      const first = await book('a', quick);
      expect(first).toBeLessThanOrEqual(800);
      const turns = await Promise.all(['b', 'c', 'd', 'e', 'f'].map((holder) => book(holder, quick)));
      const last = Math.max(...turns);
      // Five turns at 800 ms and not at 400; time passes between the calls.
      expect(last).toBeGreaterThan(5 * 400 + 800);
      expect(last).toBeLessThanOrEqual(6 * 800);
    });
  });
}
