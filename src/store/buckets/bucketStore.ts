/** What the store offers for keeping to Slack's rate limits. */
import type { Tenant } from '../../deal/model/deal';

/** A token bucket of one workspace, named by its key: a channel, a method, all posts. */
export interface BucketTerms {
  readonly key: string;
  /** One call in this time, ms, */
  readonly intervalMs: number;
  /** and so many at once after a pause. */
  readonly burst: number;
}

/**
 * Rate limits that all instances share, by one clock: that of the database where there are many, the caller's where
 * there is one and they are kept in memory. Buckets give out appointments instead of refusals: who comes too early
 * is told how long to wait, and that turn stays theirs, whichever instance asks again for them.
 */
export interface BucketStore {
  /**
   * How long until `holder` may make a call that counts in all these buckets, ms; 0: now, and it is counted. Asked
   * again, it answers with the rest. A turn that is not taken within a minute is forgotten.
   */
  book(tenant: Tenant, holder: string, buckets: readonly BucketTerms[]): Promise<number>;
  /** `Retry-After`: nobody goes for so long, and then one by one. Turns already given move along. */
  pause(tenant: Tenant, bucket: BucketTerms, ms: number): Promise<void>;
  /**
   * Halves the bucket's rate, not below one call a second and not more often than each second, and takes its burst.
   * The rate comes back by one call a second in each half minute.
   */
  slowDown(tenant: Tenant, bucket: BucketTerms): Promise<void>;
}
