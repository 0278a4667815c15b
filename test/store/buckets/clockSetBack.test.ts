/** A clock that is set back must not block channels with recent messages. */
import { ACME } from '../builder';
import { openSqliteForTest } from '../harness';

const HOUR = 3_600_000;

it('the next message goes at its time although the clock was set back', async () => {
  const { store, dispose } = await openSqliteForTest();
  const channel = { key: 'channel C1', intervalMs: 1_000, burst: 1 };
  const now = Date.now();
  const clock = jest.spyOn(Date, 'now').mockReturnValue(now);
  try {
    await store.buckets.book(ACME, 'first', [channel]);
    clock.mockReturnValue(now - HOUR);
    expect(await store.buckets.book(ACME, 'second', [channel])).toBeLessThanOrEqual(1_000);
  } finally {
    clock.mockRestore();
    await dispose();
  }
});
