import fc from 'fast-check';
import { shareOf } from '../../src/insights/share';

describe('what a few cases say', () => {
  it('is nothing below three', () => {
    expect(shareOf(2, 2)).toBeNull();
    expect(shareOf(0, 0)).toBeNull();
  });

  // Quantiles of Beta(hits + 1, cases - hits + 1), from a table of the distribution.
  it.each([
    [3, 4, 0.3426, 0.9236, 'open'],
    [1, 6, 0.0534, 0.5207, 'rarely'],
    [5, 5, 0.607, 0.9915, 'mostly'],
    [0, 3, 0.0127, 0.5271, 'rarely'],
    [50, 100, 0.4189, 0.5811, 'open'],
  ] as const)('of %d in %d is between %d and %d: %s', (hits, cases, low, high, verdict) => {
    const share = shareOf(hits, cases);
    expect(share?.low).toBeCloseTo(low, 3);
    expect(share?.high).toBeCloseTo(high, 3);
    expect(share?.verdict).toBe(verdict);
  });

  it('holds the share that was seen, and is the narrower the more cases there are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 5_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (cases, part) => {
          const hits = Math.round(cases * part);
          const share = shareOf(hits, cases);
          const more = shareOf(hits * 10, cases * 10);
          if (share === null || more === null) throw new Error('enough cases');
          expect(share.low).toBeGreaterThanOrEqual(0);
          expect(share.high).toBeLessThanOrEqual(1);
          // The middle leans to a half while cases are few.
          const middle = (hits + 1) / (cases + 2);
          expect(share.low).toBeLessThanOrEqual(middle);
          expect(share.high).toBeGreaterThanOrEqual(middle);
          expect(more.high - more.low).toBeLessThan(share.high - share.low);
        },
      ),
    );
  });
});
