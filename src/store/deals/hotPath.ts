/**
 * What a click waits for. Each database has its own way of doing it, as that is worth it here; everything else is
 * written once.
 */
import type { DealId, Tenant, UserId } from '../../deal/model/deal';
import type { Commit, CommitResult } from './dealsStore';

export interface HotPath {
  /** A deal, without its state where it is still of the revision that is known; null when there is none. */
  dealUnless(tenant: Tenant, id: DealId, known: number): Promise<DealRow | null>;
  lastManagerOfRep(tenant: Tenant, rep: UserId): Promise<UserId | null>;
  /**
   * The one write of a deal: its events, its new state and the delivery that caused them, together or not at all.
   *
   * @throws {StoreError} `store_unreadable` when the deal or an event could not be read back; nothing is written
   */
  commit(asked: Commit): Promise<CommitResult>;
}

export interface DealRow {
  readonly id: string;
  readonly team_id: string;
  readonly state_format: number;
  /** Null: it is of the revision that is known already. */
  readonly state: string | null;
}
