/**
 * Says before each Slack call when it may be made. A post has two buckets, its channel's and the workspace's cap on
 * posts; any other call has that of its method in the workspace. The store keeps the buckets, so that all instances
 * share them; each instance notices an outage by itself.
 *
 * Rates: docs.slack.dev "Rate limits": one message a second and channel with short bursts, an unpublished cap for
 * posts of a workspace, and tiers per method and workspace (tier 3: 50 a minute, tier 4: 100). How large a burst
 * may be is not published, so ours are small. An app that is distributed commercially outside the Marketplace reads
 * history and replies once a minute each. No setting says so, since Slack's own answer does.
 */
import { LRUCache } from 'lru-cache';
import type { Tenant } from '../../deal/model/deal';
import type { BucketStore, BucketTerms } from '../../store/store';

export interface LimitSettings {
  readonly channelBurst: number;
  /** How many calls of one method may come at once after a quiet minute. */
  readonly methodBurst: number;
  /** Posts a second in a workspace, unless Slack answers 429. */
  readonly postsPerSecond: number;
  /** False in measurements only. */
  readonly enabled: boolean;
}

const DEFAULTS: LimitSettings = { channelBurst: 2, methodBurst: 20, postsPerSecond: 20, enabled: true };

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

export const METHODS_PER_MINUTE = {
  /** Null: limited by channel and workspace instead. */
  'chat.postMessage': null,
  'chat.update': 50,
  'chat.delete': 50,
  'conversations.history': 50,
  'conversations.replies': 50,
  'conversations.open': 50,
  'conversations.info': 50,
  'conversations.join': 50,
  'conversations.invite': 50,
  'files.getUploadURLExternal': 100,
  'files.completeUploadExternal': 100,
} as const;
export type Method = keyof typeof METHODS_PER_MINUTE;

/** The methods that Slack rations for apps that are distributed commercially outside the Marketplace. */
const READS: ReadonlySet<Method> = new Set(['conversations.history', 'conversations.replies']);
/** How long after a 429 each read leaves the same pause behind it, ms. */
const PACE_KEPT_MS = 10 * MINUTE;
const MOST_PACES = 5_000;

export interface Call {
  readonly tenant: Tenant;
  readonly method: Method;
  readonly channel: string;
}

const OUTAGE_PAUSE_MS = SECOND;
/** An instance notices within this time that Slack is back. */
export const OUTAGE_PAUSE_MAX_MS = 30 * SECOND;

export interface Limits {
  /**
   * @returns when this call may be made, ms UTC; if not after now, it is counted and may go. `holder` keeps its turn.
   */
  book(call: Call, holder: string): Promise<number>;
  /** Slack answered 429. Answers to calls that ran at the same time pause their bucket once. */
  rateLimited(call: Call, retryAfterMs: number): Promise<void>;
  /** The call worked. After a recent 429, the next read of its kind waits as long as Slack said then. */
  worked(call: Call): Promise<void>;
  /** Slack did not answer, or answered with an outage: the workspace pauses, longer each time. */
  unreachable(tenant: Tenant): void;
  reached(tenant: Tenant): void;
  /** True if the last call to Slack failed by an outage. */
  isOut(tenant: Tenant): boolean;
}

export function createLimits(
  clock: { now(): number },
  buckets: BucketStore,
  given: Partial<LimitSettings> = {},
): Limits {
  const settings = { ...DEFAULTS, ...given };
  /** `next`: the time that the next caller gets during the pause. */
  const outages = new Map<string, { until: number; times: number; next: number }>();

  /** By bucket: what Slack's last 429 of a read said, and until when that counts. */
  const paces = new LRUCache<string, { readonly ms: number; readonly until: number }>({ max: MOST_PACES });
  /** By bucket: until when it is paused, ms UTC. */
  const pauses = new LRUCache<string, number>({ max: MOST_PACES });

  const channelBucket = ({ channel }: Call): BucketTerms => ({
    key: `channel ${channel}`,
    intervalMs: SECOND,
    burst: settings.channelBurst,
  });
  const postCap: BucketTerms = {
    key: 'posts',
    intervalMs: SECOND / settings.postsPerSecond,
    burst: Math.max(1, Math.floor(settings.postsPerSecond)),
  };

  function bucketsFor(call: Call): BucketTerms[] {
    const perMinute = METHODS_PER_MINUTE[call.method];
    return perMinute === null
      ? [channelBucket(call), postCap]
      : [{ key: call.method, intervalMs: MINUTE / perMinute, burst: settings.methodBurst }];
  }

  const bucketName = ({ tenant }: Call, { key }: BucketTerms): string => `${nameOf(tenant)} ${key}`;

  /** Adds only what a pause of `ms` lacks, so that eight answers of 60 s do not add up to eight minutes. */
  async function pause(call: Call, terms: BucketTerms, ms: number): Promise<void> {
    const now = clock.now();
    const name = bucketName(call, terms);
    const missing = now + ms - Math.max(now, pauses.get(name) ?? 0);
    pauses.set(name, Math.max(now + ms, pauses.get(name) ?? 0));
    await buckets.pause(call.tenant, terms, missing);
  }

  /**
   * Spaces callers at the pace of posts. If all retried at the same moment while Slack is out, other workspaces would
   * have to wait for them.
   */
  function comeBack(outage: { readonly until: number; next: number }): number {
    const at = Math.max(outage.until, outage.next);
    outage.next = at + postCap.intervalMs;
    return at;
  }

  return {
    async book(call, holder) {
      const outage = outages.get(nameOf(call.tenant));
      if (outage && outage.until > clock.now()) return comeBack(outage);
      if (!settings.enabled) return clock.now();
      const waitMs = await buckets.book(call.tenant, holder, bucketsFor(call));
      return clock.now() + waitMs;
    },
    async rateLimited(call, retryAfterMs) {
      const [first] = bucketsFor(call);
      if (first !== undefined) {
        if (READS.has(call.method)) {
          paces.set(bucketName(call, first), { ms: retryAfterMs, until: clock.now() + PACE_KEPT_MS });
        }
        await pause(call, first, retryAfterMs);
      }
      if (METHODS_PER_MINUTE[call.method] === null) await buckets.slowDown(call.tenant, postCap);
    },
    async worked(call) {
      if (!READS.has(call.method)) return;
      const [first] = bucketsFor(call);
      const pace = first === undefined ? undefined : paces.get(bucketName(call, first));
      if (first === undefined || pace === undefined || pace.until <= clock.now()) return;
      await pause(call, first, pace.ms);
    },
    unreachable(tenant) {
      const now = clock.now();
      const outage = outages.get(nameOf(tenant)) ?? { until: 0, times: 0, next: 0 };
      // Calls that ran at the same time fail together and count once.
      if (outage.until > now) return;
      const pause = Math.min(OUTAGE_PAUSE_MAX_MS, OUTAGE_PAUSE_MS * 2 ** outage.times);
      outages.set(nameOf(tenant), { until: now + pause, times: outage.times + 1, next: now + pause });
    },
    reached(tenant) {
      outages.delete(nameOf(tenant));
    },
    isOut: (tenant) => outages.has(nameOf(tenant)),
  };
}

const nameOf = ({ enterpriseId, teamId }: Tenant): string => `${enterpriseId}/${teamId}`;
