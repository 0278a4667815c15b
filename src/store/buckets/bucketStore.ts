/** The store's interface for Slack's rate limits. */
import type { Tenant } from '../../deal/model/deal';

/** A token bucket of one workspace; the key names a channel, a method, or all posts. */
export interface BucketTerms {
  readonly key: string;
  /** Minimum time between two calls, ms. */
  readonly intervalMs: number;
  /** Calls that may come at once after a pause. */
  readonly burst: number;
}

/**
 * Rate limits that all instances share, by one clock: the database's on PostgreSQL, the caller's on SQLite, where they
 * are in memory. Buckets give out turns instead of refusals: a caller that comes too early learns how long to wait, and
 * keeps that turn, whichever instance asks again for it.
 */
export interface BucketStore {
  /**
   * ms until `holder` may make a call that counts in all these buckets; 0: now, and the call is counted. Asking again
   * returns the rest of the wait. A turn that nobody takes within a minute expires.
   */
  book(tenant: Tenant, holder: string, buckets: readonly BucketTerms[]): Promise<number>;
  /** For `Retry-After`: allows no call for `ms`, and then one at a time. Delays turns that were given before. */
  pause(tenant: Tenant, bucket: BucketTerms, ms: number): Promise<void>;
  /**
   * Halves the bucket's rate and takes its burst; at most once a second, and not below one call a second. The rate
   * recovers by one call a second in each half minute.
   */
  slowDown(tenant: Tenant, bucket: BucketTerms): Promise<void>;
}
