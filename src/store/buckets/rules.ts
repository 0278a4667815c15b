/**
 * Rules of a token bucket: how it fills and gives out turns (GCRA: its only state is the time at which it is full
 * again). Pure functions, for buckets in memory and for those in the database.
 */
import type { BucketTerms } from './bucketStore';

export interface BucketState {
  /** Time at which it is full again if nobody calls, ms. */
  readonly fullAt: number;
  /** Minimum ms between two calls since Slack slowed it down, and the time of that; null: at full rate. */
  readonly slowed: { readonly intervalMs: number; readonly at: number } | null;
}

/** A turn that nobody takes for this long, ms, expires. */
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

/** The bucket after a pause of `ms`, without a burst. */
export function paused(state: BucketState, terms: BucketTerms, ms: number, now: number): BucketState {
  const emptyNow = now + (terms.burst - 1) * intervalAt(state, terms, now);
  return { ...state, fullAt: Math.max(state.fullAt, emptyNow) + Math.ceil(ms) };
}

/** New time of a turn that was given before a pause of `ms`. */
export const movedTurn = (at: number, ms: number, now: number): number => Math.max(at, now) + Math.ceil(ms);

/**
 * The bucket at half its rate, and the pause that goes with it, ms; null: it was slowed down less than a second ago.
 */
export function slowedDown(
  state: BucketState,
  terms: BucketTerms,
  now: number,
): { readonly state: BucketState; readonly pauseMs: number } | null {
  const intervalMs = intervalAt(state, terms, now);
  // Several refusals of one burst count as one.
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
  // Whole ms, because the database stores integers; rounded up, so that it is never faster than allowed.
  return Math.ceil(Math.max(terms.intervalMs, SECOND / (SECOND / slowed.intervalMs + recovered)));
}
