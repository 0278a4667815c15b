/** What the store offers about deals. Times are ms UTC from the caller's clock. */
import type { Deal, DealId, Ledger, Tenant, UserId } from '../../deal/model/deal';
import type { DealEvent } from '../../deal/model/events';

/** Kept with a commit so that a delivery that comes twice has one effect. Forgotten after a day. */
export type DeliveryKey = string;

export interface Commit {
  readonly deal: Deal;
  readonly events: readonly DealEvent[];
  /** Revision the events were decided on; 0 for a new deal. */
  readonly expectedRevision: number;
  /** When the deal is next due, ms UTC; null: not by itself. */
  readonly wakeAt: number | null;
  /** Neither before nor after this commit has the deal any message: one that was clean stays clean. */
  readonly changesNoMessage?: boolean;
  readonly deliveryKey?: DeliveryKey;
}

export type CommitResult = 'committed' | 'conflict' | 'duplicate';

/** Everybody's deals, or those of these reps and of this manager. */
export type Whose = 'all' | { readonly reps: readonly UserId[]; readonly manager: UserId | null };

/** What erasing one asks of a deal; its state is not needed, so one that cannot be read is erased in time like others. */
export interface OldDeal {
  readonly id: DealId;
  readonly revision: number;
  readonly wonBack: boolean;
}

/** Deals whose record cannot be read are left out of lists. */
export interface DealListsStore {
  /** Open deals of which this person is the manager, newest activity first. */
  openOfManager(tenant: Tenant, manager: UserId, limit: number): Promise<Deal[]>;
  /** All open deals of a workspace, newest activity first. */
  openOfAll(tenant: Tenant, limit: number): Promise<Deal[]>;
  /** Closed deals that are due once more, for their re-engagement; soonest first. */
  ahead(
    tenant: Tenant,
    whose: Whose,
    page: { readonly limit: number; readonly offset: number },
  ): Promise<Deal[]>;
  /** Closed or withdrawn deals whose last event happened before this moment, oldest first. */
  closedBefore(tenant: Tenant, before: number, limit: number): Promise<OldDeal[]>;
  /** Forgets a deal with all its events and slots, for good; `false`: it has changed since. */
  erase(tenant: Tenant, id: DealId, revision: number): Promise<boolean>;
}

export interface DealsStore extends DealListsStore {
  load(tenant: Tenant, id: DealId): Promise<Deal | null>;
  /** Events in order. */
  events(tenant: Tenant, id: DealId): Promise<DealEvent[]>;
  /**
   * Appends events and the new state in one transaction; the deal becomes dirty, unless it changes no message.
   * Without events only the wake is moved, and the deal stays clean. `conflict` keeps nothing, the delivery key
   * neither: decide again, commit again.
   */
  commit(commit: Commit): Promise<CommitResult>;
  /** Open deals of a rep (all stages but closed and withdrawn), newest activity first. */
  openOfRep(tenant: Tenant, rep: UserId, limit: number): Promise<Deal[]>;
  /** Deals whose pending ask waits for one of these managers, earliest deadline first. */
  waitingFor(tenant: Tenant, managers: readonly UserId[], limit: number): Promise<Deal[]>;
  /** Closed or withdrawn deals of a rep, newest first. */
  recentlyClosedOfRep(tenant: Tenant, rep: UserId, limit: number): Promise<Deal[]>;
  /** The manager of this rep's newest deal that had one, to prefill. */
  lastManagerOfRep(tenant: Tenant, rep: UserId): Promise<UserId | null>;
  /**
   * Counts of earlier deals lost to the same competitor (compared case-insensitively, trimmed), and of those among
   * them whose offer was of one of these kinds.
   */
  ledger(tenant: Tenant, competitor: string, except: DealId, kinds: readonly string[]): Promise<Ledger>;
}
