import type { Tier } from '../coverage/support';
import { type Clock, forgetOldest } from '../ids';

interface Bucket {
  tokens: number;
  updatedAt: number;
}

interface Rule {
  /** How many at once. */
  readonly burst: number;
  readonly perMs: number;
}

const perMinute = (calls: number): Rule => ({ burst: calls, perMs: calls / 60_000 });

/** Slack publishes the rate, not the burst: a minute's worth for methods, three messages for a channel. */
const RULES: Readonly<Record<Tier, Rule>> = {
  t2: perMinute(20),
  t3: perMinute(50),
  t4: perMinute(100),
  often: perMinute(600),
  post: { burst: 3, perMs: 1 / 1000 },
};

/** More than a workspace has channels; the oldest of more begins anew. */
const BUCKETS = 10_000;

/** Token buckets: per method, for posts per channel and, if there is a cap, for the workspace. */
export class RateLimits {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly clock: Clock,
    /** Of the whole workspace; undefined: as many as its channels take. */
    private readonly postsPerSecond?: number,
  ) {}

  /** Counts a call. @returns 0 if it may go on, else after how many seconds to try again. */
  take(tier: Tier, key: string): number {
    const retryAfter = this.takeFrom(key, RULES[tier]);
    if (retryAfter > 0 || tier !== 'post' || this.postsPerSecond === undefined) return retryAfter;
    return this.takeFrom('workspace', { burst: this.postsPerSecond, perMs: this.postsPerSecond / 1000 });
  }

  clear(): void {
    this.buckets.clear();
  }

  private takeFrom(key: string, rule: Rule): number {
    const now = this.clock();
    const bucket = this.buckets.get(key) ?? { tokens: rule.burst, updatedAt: now };
    this.buckets.set(key, bucket);
    forgetOldest(this.buckets, BUCKETS);
    bucket.tokens = Math.min(rule.burst, bucket.tokens + Math.max(0, now - bucket.updatedAt) * rule.perMs);
    bucket.updatedAt = now;
    if (bucket.tokens >= 1) {
      bucket.tokens -= 1;
      return 0;
    }
    return Math.max(1, Math.ceil((1 - bucket.tokens) / rule.perMs / 1000));
  }
}
