/** Rate limits of the only instance, in memory. A start resets them, because Slack's have recovered by then. */
import type { Tenant } from '../../deal/model/deal';
import { tenantKey } from '../records/tenancy';
import type { BucketStore, BucketTerms } from './bucketStore';
import { type BucketState, movedTurn, newBucket, nextTurn, paused, slowedDown, TURN_KEPT_MS } from './rules';

interface Bucket {
  state: BucketState;
  /** By holder, in the order in which they were given. */
  readonly turns: Map<string, number>;
}

/** Number of buckets above which idle ones are deleted. */
const MAX_BUCKETS = 5_000;

/** @param now ms from any start */
export function createBucketsInMemory(now: () => number): BucketStore {
  const buckets = new Map<string, Bucket>();

  function bucketOf(tenant: Tenant, key: string): Bucket {
    const name = `${tenantKey(tenant)} ${key}`;
    const known = buckets.get(name);
    if (known !== undefined) return known;
    if (buckets.size >= MAX_BUCKETS) deleteIdle();
    const made: Bucket = { state: newBucket, turns: new Map() };
    buckets.set(name, made);
    return made;
  }

  function deleteIdle(): void {
    for (const [name, bucket] of buckets) {
      deleteExpired(bucket);
      if (bucket.state.fullAt <= now() && bucket.turns.size === 0) buckets.delete(name);
    }
  }

  function deleteExpired({ turns }: Bucket): void {
    for (const [holder, at] of turns) if (at <= now() - TURN_KEPT_MS) turns.delete(holder);
  }

  function turnOf(bucket: Bucket, terms: BucketTerms, holder: string): number {
    const given = bucket.turns.get(holder);
    if (given !== undefined && given > now() - TURN_KEPT_MS) return given;
    const { at, state } = nextTurn(bucket.state, terms, now());
    bucket.state = state;
    bucket.turns.set(holder, at);
    return at;
  }

  function pause(bucket: Bucket, terms: BucketTerms, ms: number): void {
    for (const [holder, at] of bucket.turns) bucket.turns.set(holder, movedTurn(at, ms, now()));
    bucket.state = paused(bucket.state, terms, ms, now());
  }

  return {
    async book(tenant, holder, terms) {
      const needed = terms.map((one) => ({ terms: one, bucket: bucketOf(tenant, one.key) }));
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
