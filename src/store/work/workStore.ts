/**
 * What the store offers about the reconciler's work: who has which deal, and what stands of it in Slack. Times are ms
 * UTC from the caller's clock, except leases, which the database's own clock stamps.
 */
import type { DealId, Stage, Tenant, UserId } from '../../deal/model/deal';

/** How much a thread may say: everything in a private channel, no names, words, terms or amounts in a public one. */
export type Privacy = 'full' | 'short';

export interface StoredSlot {
  readonly dealId: DealId;
  readonly key: string;
  /** Null until the conversation is known. */
  readonly channel: string | null;
  readonly ts: string | null;
  /** Hash of what stands in Slack; null until posted. */
  readonly hash: string | null;
  /**
   * `intended`: a call to post was (or is about to be) made and its result is not known.
   * `posted`: stands in Slack. `gone`: deleted by people or a retention policy; not posted again. `dropped`: never posted, overtaken.
   */
  readonly state: 'intended' | 'posted' | 'gone' | 'dropped';
  /** Of an unresolved intent: when it was stored, ms UTC. Of a slot that is posted: since when a duplicate of it may stand. */
  readonly intentAt: number | null;
  /** Look-ups made for an unresolved intent. */
  readonly lookups: number;
  /** Which revision of the deal it shows, and how much of it; null: not noted, as by releases before this field. */
  readonly shows: { readonly revision: number; readonly privacy: Privacy } | null;
}

export interface Claim {
  readonly tenant: Tenant;
  readonly dealId: DealId;
  /** Revision last made visible in Slack. */
  readonly renderedRevision: number;
  readonly wakeAt: number | null;
  /** Names this claim in guarded writes. */
  readonly lease: string;
  /** Earlier claims since it was last finished or given back in order: they failed, or their process died. 0 the first time. */
  readonly attempts: number;
  /** Whoever had it last never gave it back: it died, or lost the database. */
  readonly orphaned: boolean;
}

/** How a deal is given back that has to be tried again. */
export interface GivenBack {
  /** Nothing failed, so its tries are forgotten. */
  readonly inOrder?: boolean;
  /** The revision that was tried; without it, a commit that came during the claim waits too. */
  readonly tried?: number;
  /** Marks it dirty: nothing changed since it was last rendered, and all the same it is to be taken up again. */
  readonly dirty?: boolean;
}

export interface ParkedDeal {
  readonly tenant: Tenant;
  readonly dealId: DealId;
  readonly rep: UserId;
  readonly account: string;
  /** When it was first set aside since it was last shown, ms UTC. */
  readonly since: number;
  readonly error: string;
  /** Claims since it was last shown. */
  readonly attempts: number;
}

/** Stages without deals are left out. */
export type DealsByStage = Readonly<Partial<Record<Stage, number>>>;

export interface WorkFigures {
  /** Deals that Slack does not show as they are, those that wait for a retry among them. */
  readonly dirty: number;
  /** Since when the oldest of them waits, ms UTC; null: none does. */
  readonly dirtySince: number | null;
  readonly parked: number;
  readonly byStage: DealsByStage;
}

/**
 * Writes that take a claim are guarded by its lease. A lease that ran out still counts until somebody else claims
 * the deal: what was done in Slack meanwhile is better recorded than not.
 */
export interface WorkStore {
  /**
   * Claims up to `limit` deals that are dirty or due at `now` and not leased, for `leaseMs`: dirty ones first, the
   * longest waiting of them first. With `scheduled`, only those that wait for a moment that has come: a retry, a turn
   * at the rate limits, a wake.
   */
  claim(owner: string, now: number, limit: number, leaseMs: number, which?: 'scheduled'): Promise<Claim[]>;
  /** Releases; the deal is clean only if its revision is still the one rendered. `false`: the lease was lost. */
  finish(claim: Claim, renderedRevision: number): Promise<boolean>;
  /** Releases with a retry not before `at`; a new commit or touch of the deal ends the wait, also one that came during this claim. */
  retryAt(claim: Claim, at: number, error: string, how?: GivenBack): Promise<boolean>;
  /**
   * Releases a deal that could not be shown after its tries, and says so to whoever asks for `parkedDeals`. It is
   * tried again at `at` (null: not by itself), and at once after a new commit or touch; it counts as set aside until
   * a claim of it is finished. `error` is a code, safe to show. `false`: the lease was lost.
   */
  park(claim: Claim, at: number | null, error: string, how?: GivenBack): Promise<boolean>;
  /** Of a workspace, the longest set aside first. */
  parkedDeals(tenant: Tenant, limit: number): Promise<ParkedDeal[]>;
  /** For metrics, of all workspaces. It counts every deal by its stage, in nobody's way: ask once a minute, not at each scrape. */
  figures(): Promise<WorkFigures>;
  /** Marks a deal dirty from outside (a message was deleted, say). */
  touch(tenant: Tenant, id: DealId): Promise<void>;
  /**
   * Marks all deals of a workspace dirty that wait for a retry not after `until`: what they wait for may be there.
   * Those that were set aside go on waiting. With a channel, only those of which a message is or was to be in it.
   * @returns which
   */
  retryNow(tenant: Tenant, until: number, channel?: string): Promise<DealId[]>;
  /**
   * Earliest moment something can be claimed, 0 for dirty deals; null: nothing planned. With the caller's `now`, a
   * leased deal counts from the moment its lease runs out; without, leased deals are left out.
   */
  nextDue(now?: number): Promise<number | null>;
  slots(tenant: Tenant, id: DealId): Promise<StoredSlot[]>;
  /** Inserts or replaces; `false` when the lease was lost. */
  saveSlot(claim: Claim, slot: StoredSlot): Promise<boolean>;
  /** The deal and slot a Slack message belongs to, for replies and deletions. */
  findByMessage(tenant: Tenant, channel: string, ts: string): Promise<{ dealId: DealId; key: string } | null>;
  /** A message of ours was deleted in Slack; its deal becomes dirty. */
  markGone(tenant: Tenant, channel: string, ts: string): Promise<void>;
  /** A slot that stands may stand twice, in messages since `from`, ms UTC: its deal becomes dirty and looks for the other one. */
  suspectDuplicate(tenant: Tenant, dealId: DealId, key: string, from: number): Promise<void>;
  /**
   * Resolves an intent by our own `message` event (metadata names deal and slot). `false`: the slot stands in
   * another message, or is not known; this one is a late duplicate.
   */
  resolveIntent(tenant: Tenant, dealId: DealId, key: string, channel: string, ts: string): Promise<boolean>;
}
