/**
 * Asked before each Slack call: may it go now, and if not, when? Three buckets for a post – its channel, the method
 * in this workspace, and the workspace as a whole – and the method's alone for anything else.
 *
 * Rates: docs.slack.dev "Rate limits": one message a second and channel with short bursts, an unpublished cap for
 * posts of a workspace, and tiers per method and workspace (tier 3: 50 a minute, tier 4: 100). How large a burst
 * may be is not published, so ours are small.
 */
import { Bucket } from './bucket';

export interface LimitSettings {
  readonly channelBurst: number;
  /** Calls of one method at once, after a quiet minute. */
  readonly methodBurst: number;
  /** Posts a second and workspace, while Slack never complains. */
  readonly postsPerSecond: number;
  /** False for measurements only. */
  readonly enabled: boolean;
}

const DEFAULTS: LimitSettings = { channelBurst: 2, methodBurst: 20, postsPerSecond: 20, enabled: true };

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

export const METHODS_PER_MINUTE = {
  /** Special: the channel and the workspace limit it. */
  'chat.postMessage': null,
  'chat.update': 50,
  'chat.delete': 50,
  'conversations.history': 50,
  'conversations.replies': 50,
  'conversations.open': 50,
  'conversations.info': 50,
  'conversations.join': 50,
  'conversations.invite': 50,
} as const;
export type Method = keyof typeof METHODS_PER_MINUTE;

export interface Call {
  /** Names the workspace. */
  readonly tenant: string;
  readonly method: Method;
  readonly channel: string;
}

/** The workspace's cap is not lowered more often than this, nor below one a second; it recovers by one a half minute. */
const LOWER_EVERY_MS = SECOND;
const LOWEST_POSTS_PER_SECOND = 1;
const RECOVER_EVERY_MS = 30 * SECOND;

const OUTAGE_PAUSE_MS = SECOND;
const OUTAGE_PAUSE_MAX_MS = 30 * SECOND;

/** Buckets kept before idle ones are thrown away. */
const MANY_BUCKETS = 5_000;

export interface Limits {
  /** When this call may be made; not later than now: at once, and it is counted. `holder` keeps its turn. */
  book(call: Call, holder: string): number;
  /** Slack answered 429. */
  rateLimited(call: Call, retryAfterMs: number): void;
  /** Slack could not be reached, or did not answer as Slack does: the workspace pauses, longer each time. */
  unreachable(tenant: string): void;
  reached(tenant: string): void;
}

interface PostCap {
  readonly bucket: Bucket;
  perSecond: number;
  changedAt: number;
}

export function createLimits(clock: { now(): number }, given: Partial<LimitSettings> = {}): Limits {
  const settings = { ...DEFAULTS, ...given };
  const buckets = new Map<string, Bucket>();
  const caps = new Map<string, PostCap>();
  const outages = new Map<string, { until: number; times: number }>();

  function bucket(key: string, intervalMs: number, burst: number, now: number): Bucket {
    const known = buckets.get(key);
    if (known) return known;
    if (buckets.size >= MANY_BUCKETS) {
      for (const [name, old] of buckets) if (old.isIdle(now)) buckets.delete(name);
    }
    const made = new Bucket(intervalMs, burst);
    buckets.set(key, made);
    return made;
  }

  function capOf(tenant: string, now: number): PostCap {
    const known = caps.get(tenant);
    if (known) {
      const steps = Math.floor((now - known.changedAt) / RECOVER_EVERY_MS);
      if (steps > 0 && known.perSecond < settings.postsPerSecond) {
        setRate(known, Math.min(settings.postsPerSecond, known.perSecond + steps), now);
      }
      return known;
    }
    const burst = Math.max(1, Math.floor(settings.postsPerSecond));
    const made: PostCap = {
      bucket: new Bucket(SECOND / settings.postsPerSecond, burst),
      perSecond: settings.postsPerSecond,
      changedAt: now,
    };
    caps.set(tenant, made);
    return made;
  }

  function setRate(cap: PostCap, perSecond: number, now: number): void {
    cap.perSecond = perSecond;
    cap.changedAt = now;
    cap.bucket.setInterval(SECOND / perSecond);
  }

  const channelBucket = (call: Call, now: number) =>
    bucket(`${call.tenant} ${call.channel}`, SECOND, settings.channelBurst, now);

  function bucketsFor(call: Call, now: number): Bucket[] {
    const perMinute = METHODS_PER_MINUTE[call.method];
    return perMinute === null
      ? [channelBucket(call, now), capOf(call.tenant, now).bucket]
      : [bucket(`${call.tenant} ${call.method}`, MINUTE / perMinute, settings.methodBurst, now)];
  }

  return {
    book(call, holder) {
      const now = clock.now();
      const outage = outages.get(call.tenant);
      if (outage && outage.until > now) return outage.until;
      if (!settings.enabled) return now;
      const needed = bucketsFor(call, now);
      const at = Math.max(...needed.map((each) => each.book(holder, now)));
      if (at <= now) for (const each of needed) each.redeem(holder);
      return at;
    },
    rateLimited(call, retryAfterMs) {
      const now = clock.now();
      if (METHODS_PER_MINUTE[call.method] !== null) {
        for (const each of bucketsFor(call, now)) each.closeUntil(now + retryAfterMs, now);
        return;
      }
      channelBucket(call, now).closeUntil(now + retryAfterMs, now);
      const cap = capOf(call.tenant, now);
      // A burst of refusals is one complaint.
      if (cap.perSecond === settings.postsPerSecond || now - cap.changedAt >= LOWER_EVERY_MS) {
        setRate(cap, Math.max(LOWEST_POSTS_PER_SECOND, cap.perSecond / 2), now);
        // Without the burst that had been saved up.
        cap.bucket.closeUntil(now + SECOND / cap.perSecond, now);
      }
    },
    unreachable(tenant) {
      const now = clock.now();
      const outage = outages.get(tenant) ?? { until: 0, times: 0 };
      // Calls that were under way together fail together; they are one failure.
      if (outage.until > now) return;
      const pause = Math.min(OUTAGE_PAUSE_MAX_MS, OUTAGE_PAUSE_MS * 2 ** outage.times);
      outages.set(tenant, { until: now + pause, times: outage.times + 1 });
    },
    reached(tenant) {
      outages.delete(tenant);
    },
  };
}
