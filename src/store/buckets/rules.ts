/**
 * How a token bucket fills and gives out turns (GCRA: it keeps only the time at which it would be full again). Pure;
 * the same rules hold for buckets in memory and for those in the database.
 */
import type { BucketTerms } from './bucketStore';

export interface BucketState {
  /** When it is full again if nobody comes, ms. */
  readonly fullAt: number;
  /** Since it was slowed down, one call in this time, ms; with when that was. */
  readonly slowed: { readonly intervalMs: number; readonly at: number } | null;
}

/** A turn not taken for this long, ms, is forgotten. */
export const TURN_KEPT_MS = 60_000;

const SECOND = 1_000;
const SLOWED_EVERY_MS = SECOND;
const SLOWEST_PER_SECOND = 1;
const RECOVERS_EVERY_MS = 30 * SECOND;

export const newBucket: BucketState = { fullAt: 0, slowed: null };

/** The next free turn, and the bucket after it. */
export function nextTurn(
  state: BucketState,
  terms: BucketTerms,
  now: number,
): { readonly at: number; readonly state: BucketState } {
  const intervalMs = intervalAt(state, terms, now);
  const fullAt = Math.max(state.fullAt, now);
  return {
    at: Math.max(now, fullAt - (terms.burst - 1) * intervalMs),
    state: { ...state, fullAt: fullAt + intervalMs },
  };
}

/** Closed for `ms`, and afterwards without a burst. */
export function paused(state: BucketState, terms: BucketTerms, ms: number, now: number): BucketState {
  const emptyNow = now + (terms.burst - 1) * intervalAt(state, terms, now);
  return { ...state, fullAt: Math.max(state.fullAt, emptyNow) + Math.ceil(ms) };
}

/** A turn given before a pause of `ms`. */
export const movedTurn = (at: number, ms: number, now: number): number => Math.max(at, now) + Math.ceil(ms);

/** At half the rate, and how long it is to be paused for that; null: it was slowed down just now. */
export function slowedDown(
  state: BucketState,
  terms: BucketTerms,
  now: number,
): { readonly state: BucketState; readonly pauseMs: number } | null {
  const intervalMs = intervalAt(state, terms, now);
  // A burst of refusals is one complaint.
  if (
    intervalMs > Math.ceil(terms.intervalMs) &&
    state.slowed !== null &&
    now - state.slowed.at < SLOWED_EVERY_MS
  ) {
    return null;
  }
  const slower = Math.max(terms.intervalMs, Math.min(SECOND / SLOWEST_PER_SECOND, intervalMs * 2));
  return { state: { ...state, slowed: { intervalMs: slower, at: now } }, pauseMs: slower };
}

function intervalAt({ slowed }: BucketState, terms: BucketTerms, now: number): number {
  if (slowed === null) return Math.ceil(terms.intervalMs);
  const recovered = Math.max(0, Math.floor((now - slowed.at) / RECOVERS_EVERY_MS));
  // Whole milliseconds, as the database keeps them; never faster than promised.
  return Math.ceil(Math.max(terms.intervalMs, SECOND / (SECOND / slowed.intervalMs + recovered)));
}
