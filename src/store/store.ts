/**
 * The interface of the store, in seven parts; the folder of the same name holds the types and the code of each. Other
 * rooms import these types from here.
 */
import type { DealId, Tenant } from '../deal/model/deal';
import type { BucketStore } from './buckets/bucketStore';
import type { DealsStore } from './deals/dealsStore';
import type { DraftStore } from './deals/drafts';
import type { InsightsStore } from './insights/insightsStore';
import type { PracticeStore } from './practices/practices';
import type { WorkStore } from './work/workStore';
import type { WorkspaceStore } from './workspace/workspaceStore';

export type * from './buckets/bucketStore';
export type * from './deals/dealsStore';
export type * from './deals/drafts';
export type * from './insights/insightsStore';
export type * from './practices/practices';
export type * from './work/workStore';
export type * from './workspace/workspaceStore';
export { BLOCKS_REFUSED_MS } from './workspace/workspaceStore';

/** A change that another instance made. */
export type Change =
  /** The deal became dirty: there may be work. */
  | { readonly what: 'deal'; readonly tenant: Tenant; readonly dealId: DealId }
  /** Settings, people, channels or the installation changed: cached values of this workspace may be stale. */
  | { readonly what: 'workspace'; readonly tenant: Tenant }
  /** The connection was interrupted; any change may have been missed. */
  | { readonly what: 'anything' };

export interface Store {
  readonly deals: DealsStore;
  readonly drafts: DraftStore;
  readonly practices: PracticeStore;
  readonly work: WorkStore;
  readonly workspace: WorkspaceStore;
  readonly buckets: BucketStore;
  readonly insights: InsightsStore;
  /** `many`: other instances may work on the same database, each with its own store. */
  readonly instances: 'one' | 'many';
  /**
   * Calls `onChange` for changes by other instances, mostly within milliseconds. It is no queue: a change may arrive
   * twice, or never if its instance dies right after the commit. A caller that must not miss one also looks every few
   * seconds. With one instance it is never called.
   *
   * @returns unsubscribes
   */
  changes(onChange: (change: Change) => void): () => void;
  /**
   * Takes what was erased, or deleted in Slack, out of the log beside an SQLite file, where it stands until then. While
   * somebody reads the file, a backup for one, it does nothing. PostgreSQL does it by itself.
   */
  forgetErased(): Promise<void>;
  /** @throws when the database does not answer */
  ping(): Promise<void>;
  close(): Promise<void>;
}
