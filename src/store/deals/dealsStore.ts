/** The store's interface for deals. Times are ms UTC from the caller's clock. */
import type { Deal, DealId, Tenant, UserId } from '../../deal/model/deal';
import type { DealEvent } from '../../deal/model/events';
import type { Money } from '../../deal/model/money';
import type { KeptRemark } from '../../deal/model/remark';
import type { RescueCase } from '../../deal/model/rescueCase';

/** Stored with a commit so that a delivery that comes twice has one effect; deleted after a day. */
export type DeliveryKey = string;

export interface Commit {
  readonly deal: Deal;
  readonly events: readonly DealEvent[];
  /** Revision that the events were decided on; 0 for a new deal. */
  readonly expectedRevision: number;
  /** When the deal is next due, ms UTC; null: never by itself. */
  readonly wakeAt: number | null;
  /** The deal has no message before and none after this commit, so a clean deal stays clean. */
  readonly changesNoMessage?: boolean;
  readonly deliveryKey?: DeliveryKey;
  /** Counts one more use of something pre-approved; the commit fails when there would be more than `most`. Null: no limit. */
  readonly gives?: { readonly id: string; readonly quarter: string; readonly most: number | null };
  /** The row of the reply that the events are about. */
  readonly remark?: KeptRemark;
  /**
   * The form of a person whose draft these events hold. The commit deletes that draft. `ofNoDeal`: it names no deal, and
   * without it there is nothing to commit (`duplicate`).
   */
  readonly endsDraft?: EndedDraft & { readonly userId: UserId };
}

export interface EndedDraft {
  readonly form: string;
  readonly ofNoDeal?: true;
}

/** `given_out`: what was pre-approved has been given as often as it may be, and nothing was written. */
export type CommitResult = 'committed' | 'conflict' | 'duplicate' | 'given_out';

/** Deals that count alike. The amounts are their sums, in one currency each. */
export interface CaseGroup extends Omit<RescueCase, 'won' | 'cost'> {
  /** Ids of the loss reasons; empty: not known. */
  readonly kinds: readonly string[];
  readonly deals: number;
  readonly won: Money | null;
  readonly cost: Money | null;
}

/** Everybody's deals, or those of these reps and those of this manager. */
export type Whose = 'all' | { readonly reps: readonly UserId[]; readonly manager: UserId | null };

/** What erasing needs of a deal. It leaves out the state, so that an unreadable deal is erased in time like others. */
export interface OldDeal {
  readonly id: DealId;
  readonly revision: number;
  readonly wonBack: boolean;
}

/** Lists leave out deals whose record cannot be read. */
export interface DealListsStore {
  /** Open deals of a manager, newest activity first. */
  openOfManager(tenant: Tenant, manager: UserId, limit: number): Promise<Deal[]>;
  /** All open deals of a workspace, newest activity first. */
  openOfAll(tenant: Tenant, limit: number): Promise<Deal[]>;
  /** Closed deals whose re-engagement is still to come, soonest first. */
  ahead(
    tenant: Tenant,
    whose: Whose,
    page: { readonly limit: number; readonly offset: number },
  ): Promise<Deal[]>;
  /** Closed or withdrawn deals whose last event happened before this moment, oldest first. */
  closedBefore(tenant: Tenant, before: number, limit: number): Promise<OldDeal[]>;
  /** Deletes a deal with all its events, replies and slots, for good. @returns false if it has changed since */
  erase(tenant: Tenant, id: DealId, revision: number): Promise<boolean>;
}

export interface DealsStore extends DealListsStore {
  load(tenant: Tenant, id: DealId): Promise<Deal | null>;
  /** Events in order. */
  events(tenant: Tenant, id: DealId): Promise<DealEvent[]>;
  /** The reply of this message; null: not known. */
  remark(tenant: Tenant, id: DealId, channel: string, ts: string): Promise<KeptRemark | null>;
  /** The deal that keeps the reply of this message; null: none does. */
  dealOfRemark(tenant: Tenant, channel: string, ts: string): Promise<DealId | null>;
  /** Replies of a deal, oldest first, the deleted ones too; or those with these ids. */
  remarks(tenant: Tenant, id: DealId, ids?: readonly number[]): Promise<KeptRemark[]>;
  /**
   * Stores the events and the new state in one transaction; the deal becomes dirty, unless the commit changes no
   * message. Without events it only moves the wake, and the deal stays clean. `conflict` keeps nothing, not even the
   * delivery key: decide again, commit again.
   *
   * @throws {StoreError} `store_unreadable` if the deal or an event could not be read back; nothing is stored
   */
  commit(commit: Commit): Promise<CommitResult>;
  /** Open deals of a rep (all stages but closed and withdrawn), newest activity first. */
  openOfRep(tenant: Tenant, rep: UserId, limit: number): Promise<Deal[]>;
  /** Whether this person is the rep of a deal, open or closed. */
  hasDeal(tenant: Tenant, rep: UserId): Promise<boolean>;
  /** Some open deals with a company, however its name is spelled, newest activity first. */
  openWith(tenant: Tenant, account: string, limit: number): Promise<Deal[]>;
  /** Deals whose pending ask one of these managers is to answer, earliest deadline first. */
  waitingFor(tenant: Tenant, managers: readonly UserId[], limit: number): Promise<Deal[]>;
  /** Closed or withdrawn deals of a rep, newest first. */
  recentlyClosedOfRep(tenant: Tenant, rep: UserId, limit: number): Promise<Deal[]>;
  /** Whether another deal of this manager has had an ask. */
  wasAsked(tenant: Tenant, manager: UserId, except: DealId): Promise<boolean>;
  /** The manager of the rep's newest deal that has one, to prefill forms. */
  lastManagerOfRep(tenant: Tenant, rep: UserId): Promise<UserId | null>;
  /** How often each thing pre-approved was given in this quarter, by its id; absent: never. */
  givesUsed(tenant: Tenant, quarter: string): Promise<ReadonlyMap<string, number>>;
  /** Earlier deals lost to the same competitor, however its name is spelled; those that count alike together. */
  casesAgainst(tenant: Tenant, competitor: string, except: DealId): Promise<CaseGroup[]>;
}
