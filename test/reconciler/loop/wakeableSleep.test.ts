import { WakeableSleep } from '../../../src/reconciler/loop/wakeableSleep';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Starts a pause of a minute. @returns a function that says whether it goes on */
function startPause(sleep: WakeableSleep): () => boolean {
  let isPaused = true;
  void sleep.for(60_000).then(() => {
    isPaused = false;
  });
  return () => isPaused;
}

const advance = (ms: number) => jest.advanceTimersByTimeAsync(ms);

describe('a pause', () => {
  test('ends at once with a wake, also with one that came before the pause', async () => {
    const sleep = new WakeableSleep(25, 120);
    const first = startPause(sleep);
    sleep.wake();
    await advance(0);
    expect(first()).toBe(false);

    sleep.clear();
    sleep.wake();
    const second = startPause(sleep);
    await advance(0);
    expect(second()).toBe(false);
  });

  test('goes on for a moment after a change, because others may follow', async () => {
    const sleep = new WakeableSleep(25, 120);
    const isPaused = startPause(sleep);
    sleep.soon();
    await advance(20);
    expect(isPaused()).toBe(true);
    sleep.soon();
    await advance(20);
    expect(isPaused()).toBe(true);
    await advance(10);
    expect(isPaused()).toBe(false);
  });

  test('ends after its longest time, however many changes follow', async () => {
    const sleep = new WakeableSleep(25, 120);
    const isPaused = startPause(sleep);
    let waited = 0;
    for (; isPaused() && waited < 1_000; waited += 10) {
      sleep.soon();
      await advance(10);
    }
    expect(waited).toBeLessThanOrEqual(130);
  });

  test('does not end with a change that a look has seen since', async () => {
    const sleep = new WakeableSleep(25, 120);
    sleep.soon();
    sleep.wake();
    sleep.clear();
    const isPaused = startPause(sleep);
    await advance(1_000);
    expect(isPaused()).toBe(true);
    sleep.wake();
    await advance(0);
  });
});
