/**
 * Estimates a share from a few cases with a Beta distribution; before any case every share is as likely. Own code, since
 * with whole counts its distribution is a sum of binomial terms.
 */

/** Below this many cases only counts are given. */
export const ENOUGH_CASES = 3;

/** Probability that the share lies between low and high. */
const CERTAINTY = 0.9;
/** From here on a bell curve is as good, and costs no sum. */
const MANY = 1_000;
const STEPS = 40;

export interface Share {
  readonly low: number;
  readonly high: number;
  /** `rarely`: below half, `mostly`: above half, each with a certainty of nine in ten. */
  readonly verdict: 'rarely' | 'mostly' | 'open';
}

/**
 * @param hits of `cases`, both whole
 * @returns null below {@link ENOUGH_CASES}
 */
export function shareOf(hits: number, cases: number): Share | null {
  if (cases < ENOUGH_CASES) return null;
  const belowHalf = below(0.5, hits, cases);
  return {
    low: quantile((1 - CERTAINTY) / 2, hits, cases),
    high: quantile((1 + CERTAINTY) / 2, hits, cases),
    verdict: belowHalf >= CERTAINTY ? 'rarely' : 1 - belowHalf >= CERTAINTY ? 'mostly' : 'open',
  };
}

function quantile(probability: number, hits: number, cases: number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < STEPS; step += 1) {
    const middle = (low + high) / 2;
    if (below(middle, hits, cases) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Probability that the share is below `x`: that `cases + 1` throws, each heads with probability `x`, show over `hits` heads. */
function below(x: number, hits: number, cases: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const throws = cases + 1;
  if (throws > MANY) return bellBelow(x, hits, cases);
  let term = throws * Math.log1p(-x);
  let less = 0;
  for (let heads = 0; heads <= hits; heads += 1) {
    less += Math.exp(term);
    term += Math.log(((throws - heads) / (heads + 1)) * (x / (1 - x)));
  }
  return Math.max(0, 1 - less);
}

function bellBelow(x: number, hits: number, cases: number): number {
  const mean = (hits + 1) / (cases + 2);
  const deviation = Math.sqrt((mean * (1 - mean)) / (cases + 3));
  return 1 / (1 + Math.exp(-1.702 * ((x - mean) / deviation)));
}
