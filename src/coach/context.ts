/** The things every use case works with. `lostdeal.ts` builds them once; tests inject the clock and the ids. */
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
  /** Called after each commit, so that Slack soon shows the change. */
  readonly changed: (tenant: Tenant, dealId: DealId) => void;
}

/** A person who acts, as Slack's payload describes them. */
export interface Who {
  readonly tenant: Tenant;
  readonly userId: string;
  /** Workspace the person belongs to. */
  readonly teamId: string;
  /** Identifies what Slack sends us once; the same delivery twice has one effect. */
  readonly delivery?: string;
}

/** The same person with a delivery key of its own: each further commit within one delivery needs one. */
export const partOf = (who: Who, part: string): Who =>
  who.delivery === undefined ? who : { ...who, delivery: `${who.delivery}:${part}` };
