import { WakeableSleep } from '../../../src/reconciler/loop/wakeableSleep';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Somebody falls asleep; what is returned says whether they still are. */
function asleepOn(sleep: WakeableSleep): () => boolean {
  let asleep = true;
  void sleep.for(60_000).then(() => {
    asleep = false;
  });
  return () => asleep;
}

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

describe('a pause', () => {
  test('is ended at once by a wake, and the next one by a wake that came before it', async () => {
    const sleep = new WakeableSleep(25, 120);
    const first = asleepOn(sleep);
    sleep.wake();
    await pass(0);
    expect(first()).toBe(false);

    sleep.clear();
    sleep.wake();
    const second = asleepOn(sleep);
    await pass(0);
    expect(second()).toBe(false);
  });

  test('goes on for a moment after a change, as others may follow', async () => {
    const sleep = new WakeableSleep(25, 120);
    const asleep = asleepOn(sleep);
    sleep.soon();
    await pass(20);
    expect(asleep()).toBe(true);
    sleep.soon();
    await pass(20);
    expect(asleep()).toBe(true);
    await pass(10);
    expect(asleep()).toBe(false);
  });

  test('does not go on for ever, however many follow', async () => {
    const sleep = new WakeableSleep(25, 120);
    const asleep = asleepOn(sleep);
    let waited = 0;
    for (; asleep() && waited < 1_000; waited += 10) {
      sleep.soon();
      await pass(10);
    }
    expect(waited).toBeLessThanOrEqual(130);
  });

  test('is not ended by what a look has seen since', async () => {
    const sleep = new WakeableSleep(25, 120);
    sleep.soon();
    sleep.wake();
    sleep.clear();
    const asleep = asleepOn(sleep);
    await pass(1_000);
    expect(asleep()).toBe(true);
    sleep.wake();
    await pass(0);
  });
});
