/** Rate limits of the only instance. They begin anew with each start, as Slack's have recovered by then. */
import type { BucketStore, BucketTerms } from './bucketStore';
import { type BucketState, movedTurn, newBucket, nextTurn, paused, slowedDown, TURN_KEPT_MS } from './rules';

interface Kept {
  state: BucketState;
  /** By holder, in the order they were given. */
  readonly turns: Map<string, number>;
}

/** Buckets kept before idle ones are thrown away. */
const MANY = 5_000;

/** @param now ms from any start */
export function createBucketsInMemory(now: () => number): BucketStore {
  const kept = new Map<string, Kept>();

  function bucketOf({ enterpriseId, teamId }: Parameters<BucketStore['book']>[0], key: string): Kept {
    const name = `${enterpriseId}/${teamId} ${key}`;
    const known = kept.get(name);
    if (known !== undefined) return known;
    if (kept.size >= MANY) throwIdleAway();
    const made: Kept = { state: newBucket, turns: new Map() };
    kept.set(name, made);
    return made;
  }

  function throwIdleAway(): void {
    for (const [name, bucket] of kept) {
      forgetTurns(bucket);
      if (bucket.state.fullAt <= now() && bucket.turns.size === 0) kept.delete(name);
    }
  }

  function forgetTurns({ turns }: Kept): void {
    for (const [holder, at] of turns) if (at <= now() - TURN_KEPT_MS) turns.delete(holder);
  }

  function turnOf(bucket: Kept, terms: BucketTerms, holder: string): number {
    const given = bucket.turns.get(holder);
    if (given !== undefined && given > now() - TURN_KEPT_MS) return given;
    const { at, state } = nextTurn(bucket.state, terms, now());
    bucket.state = state;
    bucket.turns.set(holder, at);
    return at;
  }

  function pause(bucket: Kept, terms: BucketTerms, ms: number): void {
    for (const [holder, at] of bucket.turns) bucket.turns.set(holder, movedTurn(at, ms, now()));
    bucket.state = paused(bucket.state, terms, ms, now());
  }

  return {
    async book(tenant, holder, buckets) {
      const needed = buckets.map((terms) => ({ terms, bucket: bucketOf(tenant, terms.key) }));
      const at = Math.max(now(), ...needed.map(({ terms, bucket }) => turnOf(bucket, terms, holder)));
      if (at > now()) return at - now();
      for (const { bucket } of needed) bucket.turns.delete(holder);
      return 0;
    },
    async pause(tenant, terms, ms) {
      if (ms > 0) pause(bucketOf(tenant, terms.key), terms, ms);
    },
    async slowDown(tenant, terms) {
      const bucket = bucketOf(tenant, terms.key);
      const slowed = slowedDown(bucket.state, terms, now());
      if (slowed === null) return;
      bucket.state = slowed.state;
      pause(bucket, terms, slowed.pauseMs);
    },
  };
}
