import type { Tier } from '../coverage/support';
import { type Clock, forgetOldest } from '../ids';

interface Bucket {
  tokens: number;
  updatedAt: number;
}

interface Rule {
  /** Calls that an unused bucket lets through at once. */
  readonly burst: number;
  readonly perMs: number;
}

const perMinute = (calls: number): Rule => ({ burst: calls, perMs: calls / 60_000 });

/** Slack publishes the rates, not the bursts. Methods get the calls of a minute, channels three messages. */
const RULES: Readonly<Record<Tier, Rule>> = {
  t2: perMinute(20),
  t3: perMinute(50),
  t4: perMinute(100),
  often: perMinute(600),
  post: { burst: 3, perMs: 1 / 1000 },
};

/** @see https://docs.slack.dev/apis/web-api/rate-limits "App types and rate limits" */
const RATION: Rule = { burst: 1, perMs: 1 / 60_000 };
const RATIONED: ReadonlySet<string> = new Set(['conversations.history', 'conversations.replies']);

export interface RateLimitOptions {
  /** The published tiers. */
  readonly tiers: boolean;
  /** History and replies once a minute each. */
  readonly rationedHistory: boolean;
  /** Cap for the whole workspace. Undefined: no cap besides those of the channels. */
  readonly postsPerSecond?: number;
}

/** More than a workspace has channels. Beyond it, the oldest bucket is dropped and starts full again. */
const MAX_BUCKETS = 10_000;

/** Token buckets: one a method, one a channel for posts and, if there is a cap, one for the posts of the workspace. */
export class RateLimits {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly clock: Clock,
    private readonly options: RateLimitOptions,
  ) {}

  /** Counts a call. @returns 0 if the call may proceed, else the seconds to wait */
  take(method: string, tier: Tier, channel: string): number {
    const { tiers, rationedHistory, postsPerSecond } = this.options;
    if (rationedHistory && RATIONED.has(method)) return this.takeFrom(method, RATION);
    if (!tiers) return 0;
    const retryAfter = this.takeFrom(tier === 'post' ? `${method} ${channel}` : method, RULES[tier]);
    if (retryAfter > 0 || tier !== 'post' || postsPerSecond === undefined) return retryAfter;
    return this.takeFrom('workspace', { burst: postsPerSecond, perMs: postsPerSecond / 1000 });
  }

  clear(): void {
    this.buckets.clear();
  }

  private takeFrom(key: string, rule: Rule): number {
    const now = this.clock();
    const bucket = this.buckets.get(key) ?? { tokens: rule.burst, updatedAt: now };
    this.buckets.set(key, bucket);
    forgetOldest(this.buckets, MAX_BUCKETS);
    bucket.tokens = Math.min(rule.burst, bucket.tokens + Math.max(0, now - bucket.updatedAt) * rule.perMs);
    bucket.updatedAt = now;
    if (bucket.tokens >= 1) {
      bucket.tokens -= 1;
      return 0;
    }
    return Math.max(1, Math.ceil((1 - bucket.tokens) / rule.perMs / 1000));
  }
}
