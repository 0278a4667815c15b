/**
 * What the store offers to `coach` and `reconciler`, in four parts; each is promised and kept in the folder of its
 * name. Other rooms import these types from here.
 */
import type { DealId, Tenant } from '../deal/model/deal';
import type { BucketStore } from './buckets/bucketStore';
import type { DealsStore } from './deals/dealsStore';
import type { WorkStore } from './work/workStore';
import type { WorkspaceStore } from './workspace/workspaceStore';

export type * from './buckets/bucketStore';
export type * from './deals/dealsStore';
export type * from './work/workStore';
export type * from './workspace/workspaceStore';

/** What another instance did. */
export type Change =
  /** It became dirty: there may be work. */
  | { readonly what: 'deal'; readonly tenant: Tenant; readonly dealId: DealId }
  /** Settings, people, channels or the installation: what is remembered of this workspace may be old. */
  | { readonly what: 'workspace'; readonly tenant: Tenant }
  /** The connection was interrupted; nobody knows what was missed. */
  | { readonly what: 'anything' };

export interface Store {
  readonly deals: DealsStore;
  readonly work: WorkStore;
  readonly workspace: WorkspaceStore;
  readonly buckets: BucketStore;
  /** `many`: others may work on the same database, each with a store of its own. */
  readonly instances: 'one' | 'many';
  /**
   * Calls `onChange` for what other instances changed, mostly within milliseconds. Not a queue: a change may be told
   * twice, or not at all when its instance dies between its commit and telling, so whoever must not miss one also
   * looks every few seconds. With one instance it is never called.
   *
   * @returns ends it
   */
  changes(onChange: (change: Change) => void): () => void;
  /** Throws when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
