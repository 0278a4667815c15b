/**
 * The store's interface for the reconciler: claims of deals, and their slots in Slack. Times are ms UTC from the
 * caller's clock, except leases, which the database's own clock stamps.
 */
import type { Deal, DealId, Stage, Tenant, UserId } from '../../deal/model/deal';

/** How much a thread may say: everything in a private channel, no names, words, terms or amounts in a public one. */
export type Privacy = 'full' | 'short';

/** The owner of slots that the reconciler brings to Slack: a deal, or a notice, which is a message of no deal. */
export interface SlotOwner {
  readonly kind: 'deal' | 'notice';
  readonly id: string;
}

/** A message to one person that belongs to no deal. It has one slot, whose key is its id. */
export interface Notice {
  readonly tenant: Tenant;
  /** One id is one notification. */
  readonly id: string;
  /** Names the message; the renderer has its words. */
  readonly kind: string;
  /** The subject, such as a channel. */
  readonly about: string;
  readonly to: UserId;
  /** The deal that caused it; null: none did. */
  readonly followsFrom: DealId | null;
  readonly revision: number;
}

export interface StoredSlot {
  readonly key: string;
  /** Null until the channel is known. */
  readonly channel: string | null;
  readonly ts: string | null;
  /** Hash of the content that Slack shows; null until posted. */
  readonly hash: string | null;
  /**
   * `intended`: a call to post was or is about to be made, and its result is unknown. `posted`: Slack shows it. `gone`:
   * people or a retention policy deleted it; it is not posted again. `dropped`: overtaken before it was posted.
   * `refused`: a direct message that Slack does not deliver to this person.
   */
  readonly state: 'intended' | 'posted' | 'gone' | 'dropped' | 'refused';
  /**
   * `intended`: time at which the intent was stored, ms UTC. `posted`: start of the time in which a duplicate may have
   * been posted; null: none is suspected.
   */
  readonly intentAt: number | null;
  /** Number of look-ups of an unresolved intent. */
  readonly lookups: number;
  /** Which revision of the deal it shows, and how much of it; null: not noted, as by releases before this field. */
  readonly shows: { readonly revision: number; readonly privacy: Privacy } | null;
}

export interface Claim {
  readonly tenant: Tenant;
  readonly owner: SlotOwner;
  /** The revision that Slack shows. */
  readonly renderedRevision: number;
  readonly wakeAt: number | null;
  /** Identifies this claim in guarded writes. */
  readonly lease: string;
  /** Earlier claims that failed or whose process died, since the deal was last finished or released in order. */
  readonly attempts: number;
  /** True if the last owner never released the deal: it died, or lost the database. */
  readonly orphaned: boolean;
}

/** How a claim releases a deal that has to be tried again. */
export interface GivenBack {
  /** Nothing failed, so the count of attempts starts again. */
  readonly inOrder?: boolean;
  /** The revision that was tried. Without it, a commit that came during the claim waits too. */
  readonly tried?: number;
  /** Marks the deal dirty, so that it is claimed again although nothing has changed since it was rendered. */
  readonly dirty?: boolean;
}

/** Work over many deals, because something changed that they follow from. */
export interface Sweep {
  readonly tenant: Tenant;
  /**
   * `wakes`: when a deal is next due follows from settings and people. `threads`: what a thread says follows from who
   * reads its channel. `admins`: all admins hear of a change of the admins. `playbooks`: admins hear of a version that
   * waits, and what stands of earlier ones is brought up to date.
   */
  readonly kind: 'wakes' | 'threads' | 'admins' | 'playbooks';
  /**
   * `wakes`: the person whose deals it concerns; empty: everybody's. `threads`: the channel. `admins`: the change.
   * `playbooks`: the id of the playbook.
   */
  readonly about: string;
  /** How often it was asked for. */
  readonly asks: number;
  /** Time of the last change, by the database's clock. */
  readonly askedAt: number;
}

export interface ParkedDeal {
  readonly tenant: Tenant;
  readonly dealId: DealId;
  readonly rep: UserId;
  readonly account: string;
  /** Time at which the deal was first parked since Slack last showed it, ms UTC. */
  readonly since: number;
  readonly error: string;
  /** Claims since Slack last showed the deal. */
  readonly attempts: number;
}

/** Leaves out stages without deals. */
export type DealsByStage = Readonly<Partial<Record<Stage, number>>>;

export interface WorkFigures {
  /** Deals that Slack does not show as they are, including those that wait for a retry. */
  readonly dirty: number;
  /** Start of the longest wait among them, ms UTC; null: none waits. */
  readonly dirtySince: number | null;
  readonly parked: number;
  readonly byStage: DealsByStage;
}

/**
 * A write that takes a claim changes nothing once another claim holds the deal. A lease that has expired still counts
 * until then, so that the store learns what was done in Slack meanwhile.
 */
export interface WorkStore {
  /**
   * Claims up to `limit` deals that are dirty or due at `now` and not leased, for `leaseMs`: dirty ones first, and of
   * those the longest waiting first. With `scheduled`, only deals whose moment has come: a retry, a turn at the rate
   * limits, a wake.
   */
  claim(instance: string, now: number, limit: number, leaseMs: number, which?: 'scheduled'): Promise<Claim[]>;
  /** Prolongs a claim: its lease ends `leaseMs` from now. @returns false if the lease was lost */
  prolong(claim: Claim, leaseMs: number): Promise<boolean>;
  /**
   * Releases the deal or notice, which is clean only if its revision is still the rendered one.
   *
   * @returns false if the lease was lost
   */
  finish(claim: Claim, renderedRevision: number): Promise<boolean>;
  /**
   * Erases the deal with all its events, replies and slots, for good, if it is as the claim has shown it: neither a commit
   * nor a touch came since.
   *
   * @returns false if it was not erased
   */
  erase(claim: Claim, revision: number): Promise<boolean>;
  /**
   * Releases the deal for a retry at `at` or later. A commit or touch ends the wait, also one that came during this
   * claim.
   *
   * @returns false if the lease was lost
   */
  retryAt(claim: Claim, at: number, error: string, how?: GivenBack): Promise<boolean>;
  /**
   * Parks a deal whose attempts failed: releases it and lists it in `parkedDeals` until a claim of it is finished. It
   * is tried again at `at` (null: never by itself), and at once after a new commit or touch. `error` is a code, safe
   * to show.
   *
   * @returns false if the lease was lost
   */
  park(claim: Claim, at: number | null, error: string, how?: GivenBack): Promise<boolean>;
  /** Parked deals of a workspace, the longest parked first. */
  parkedDeals(tenant: Tenant, limit: number): Promise<ParkedDeal[]>;
  /**
   * Figures of all workspaces, for metrics. Counts every deal without blocking others: call it once a minute, not at
   * each scrape.
   */
  figures(): Promise<WorkFigures>;
  /** Marks a deal dirty without a commit, for example after somebody deleted its message. */
  touch(tenant: Tenant, id: DealId): Promise<void>;
  /**
   * Marks the deals of a workspace dirty that wait for a retry at `until` or earlier, because its cause may be gone.
   * Parked deals go on waiting. With a channel, only deals that have, or are to have, a message in it.
   *
   * @returns ids of these deals
   */
  retryNow(tenant: Tenant, until: number, channel?: string): Promise<DealId[]>;
  /**
   * Earliest moment at which something can be claimed, 0 for dirty deals; null: nothing is planned. With the caller's
   * `now`, a leased deal counts from the end of its lease; without it, leased deals do not count.
   */
  nextDue(now?: number): Promise<number | null>;
  slots(tenant: Tenant, owner: SlotOwner): Promise<StoredSlot[]>;
  /** Inserts or replaces a slot. @returns false if the lease was lost */
  saveSlot(claim: Claim, slot: StoredSlot): Promise<boolean>;
  /** The deal and slot of a Slack message, for replies and deletions; null: the message is not ours. */
  findByMessage(tenant: Tenant, channel: string, ts: string): Promise<{ dealId: DealId; key: string } | null>;
  /** Marks a message that somebody deleted in Slack; its deal becomes dirty. */
  markGone(tenant: Tenant, channel: string, ts: string): Promise<void>;
  /**
   * Marks a posted slot that may have a duplicate among the messages since `from`, ms UTC. Its owner becomes dirty and
   * looks for it.
   */
  suspectDuplicate(tenant: Tenant, owner: SlotOwner, key: string, from: number): Promise<void>;
  /**
   * Resolves an intent by our own `message` event, whose metadata names deal and slot.
   *
   * @returns false if another message is the slot's, or the slot is unknown: this message is a late duplicate
   */
  resolveIntent(tenant: Tenant, owner: SlotOwner, key: string, channel: string, ts: string): Promise<boolean>;
  /**
   * Stores a notice as dirty, so that the reconciler posts it.
   *
   * @param at ms UTC
   * @param quietMs how long a notice keeps out others of the same kind and subject to the same person
   * @returns false if the id is taken or such a notice keeps this one out
   */
  addNotice(notice: Omit<Notice, 'revision'>, at: number, quietMs: number): Promise<boolean>;
  notice(tenant: Tenant, id: string): Promise<Notice | null>;
  /**
   * Notes that what the notices of a kind say may have changed, so that they are rendered again.
   *
   * @param at ms UTC
   */
  reviseNotices(tenant: Tenant, kind: string, at: number): Promise<void>;
  /** The id with the last day, of the notices whose ids begin so and go on with a day, `YYYY-MM-DD`; null: there is none. */
  lastNotice(tenant: Tenant, prefix: string): Promise<string | null>;
  /** Sweeps of all workspaces that can begin: every command decided before the change is committed by then. */
  sweeps(): Promise<Sweep[]>;
  /** Ends a sweep, unless it was asked for again since. */
  finishSweep(sweep: Sweep): Promise<void>;
  /**
   * A page of the deals with a wake, in the order of their ids: everybody's, or those in which a person has a part.
   * Leaves out deals whose record cannot be read.
   *
   * @returns `next`: the `after` of the next page; null: this is the last one
   */
  scheduled(
    tenant: Tenant,
    page: { readonly about: string; readonly after: DealId | null; readonly limit: number },
  ): Promise<{
    readonly deals: readonly { readonly deal: Deal; readonly wakeAt: number | null }[];
    readonly next: DealId | null;
  }>;
  /**
   * A page of messages in a channel that say everything, or may, latest first: their deals become dirty, and what stands
   * in Slack counts as unknown, so that it is edited. Deals of later pages become dirty with those.
   *
   * @param before the `next` of the page before; null: the first page
   * @returns `next`: null: this is the last page
   */
  rewriteThreads(
    tenant: Tenant,
    channel: string,
    page: { readonly before: string | null; readonly limit: number },
  ): Promise<{ readonly deals: readonly DealId[]; readonly next: string | null }>;
  /** How many of these deals Slack does not show as they are, and that do not wait for a person. */
  stillDirty(tenant: Tenant, ids: readonly DealId[]): Promise<number>;
  /** Moves the wakes of deals that are still at these revisions, by one statement. Nothing becomes dirty. */
  moveWakes(
    tenant: Tenant,
    moves: readonly { readonly id: DealId; readonly revision: number; readonly wakeAt: number | null }[],
  ): Promise<void>;
}
