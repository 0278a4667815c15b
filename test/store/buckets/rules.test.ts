import {
  type BucketState,
  movedTurn,
  newBucket,
  nextTurn,
  paused,
  slowedDown,
} from '../../../src/store/buckets/rules';
import type { BucketTerms } from '../../../src/store/store';

const terms: BucketTerms = { key: 'posts', intervalMs: 50, burst: 4 };
const NOW = 1_000_000;

function turns(state: BucketState, count: number, now: number, of = terms): number[] {
  let current = state;
  return Array.from({ length: count }, () => {
    const { at, state: after } = nextTurn(current, of, now);
    current = after;
    return at - now;
  });
}

describe('a bucket', () => {
  it('that is full allows its burst, then one call at a time', () => {
    expect(turns(newBucket, 7, NOW)).toEqual([0, 0, 0, 0, 50, 100, 150]);
  });

  it('fills with time, and never beyond its burst', () => {
    const empty = { ...newBucket, fullAt: NOW + 200 };
    expect(turns(empty, 2, NOW)).toEqual([50, 100]);
    expect(turns(empty, 3, NOW + 100)).toEqual([0, 0, 50]);
    expect(turns(empty, 5, NOW + 9_000)).toEqual([0, 0, 0, 0, 50]);
  });

  it('that is paused gives no turn before the end of the pause, and no burst after it', () => {
    expect(turns(paused(newBucket, terms, 3_000, NOW), 3, NOW)).toEqual([3_000, 3_050, 3_100]);
    expect(movedTurn(NOW + 50, 3_000, NOW)).toBe(NOW + 3_050);
    // The pause also delays a turn that has come and was not taken.
    expect(movedTurn(NOW - 50, 3_000, NOW)).toBe(NOW + 3_000);
  });

  it('is halved at most once a second, and not below one call a second', () => {
    const complain = (state: BucketState, now: number) => slowedDown(state, terms, now);
    const first = complain(newBucket, NOW);
    expect(first?.pauseMs).toBe(100);
    expect(first && complain(first.state, NOW + 999)).toBeNull();
    let state = first?.state ?? newBucket;
    const rates = [1, 2, 3, 4, 5].map((second) => {
      const slowed = complain(state, NOW + second * 1_000);
      state = slowed?.state ?? state;
      return slowed?.pauseMs;
    });
    expect(rates).toEqual([200, 400, 800, 1_000, 1_000]);
  });

  it('recovers by one call a second in each half minute, up to its rate', () => {
    const slowed: BucketState = { fullAt: 0, slowed: { intervalMs: 1_000, at: NOW } };
    const one = { ...terms, burst: 1 };
    const second = (now: number) => turns(slowed, 2, now, one)[1];
    expect(second(NOW + 29_999)).toBe(1_000);
    expect(second(NOW + 30_000)).toBe(500);
    expect(second(NOW + 90_000)).toBe(250);
    expect(second(NOW + 24 * 30_000)).toBe(50);
  });

  it('whose terms are slower than one call a second does not become faster by a refusal', () => {
    const update = { key: 'chat.update', intervalMs: 1_200, burst: 1 };
    expect(slowedDown(newBucket, update, NOW)?.pauseMs).toBe(1_200);
  });
});
