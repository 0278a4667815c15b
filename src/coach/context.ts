/** What every use case works with. Built once in `main.ts`; tests inject the clock and the ids. */
import type { DealId, Tenant } from '../deal/model/deal';
import type { PlaybookLibrary } from '../playbook/checking/loader';
import type { Store } from '../store/store';

export interface Clock {
  /** ms UTC */
  now(): number;
}

export interface Ids {
  /** A new deal id: unguessable, safe in URLs and Slack metadata. */
  deal(): DealId;
}

export interface Coach {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly playbooks: PlaybookLibrary;
  /** Told after each commit, so that Slack is brought up to date soon. */
  readonly changed: (tenant: Tenant, dealId: DealId) => void;
}

/** A person acting, as the surface they acted on told us. */
export interface Who {
  readonly tenant: Tenant;
  readonly userId: string;
  /** Workspace the person belongs to. */
  readonly teamId: string;
  /** Identifies the delivery; the same one twice has one effect. */
  readonly requestOf?: string;
}
