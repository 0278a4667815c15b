/** Deals and asks with nothing in them yet. All that tests make by hand begin here, so that a new field is added once. */

import { apply } from '../src/deal/evolve/evolve';
import type { Ask, Deal } from '../src/deal/model/deal';

type Begun = Pick<
  Deal,
  'id' | 'tenant' | 'startedAt' | 'rep' | 'account' | 'business' | 'playbook' | 'firstStep'
>;

/** A deal on its first screen, as its first event leaves it. */
export function newDeal({ startedAt, ...begun }: Begun): Deal {
  return apply(null, [{ type: 'started', manager: null, ...begun }], { at: startedAt, by: begun.rep }).deal;
}

/** An ask that was just put to its manager. */
export function newAsk(put: Pick<Ask, 'id' | 'at' | 'manager' | 'deadline'>): Ask {
  return {
    ...put,
    addressedBy: put.id,
    addressedAt: put.at,
    waitsUntil: null,
    urgent: null,
    standsFor: null,
    provisional: false,
    endsWithAdmins: true,
    sending: 'complete',
    heldUntil: null,
    news: null,
    usualMinutes: 240,
    isFirst: false,
    came: null,
    changed: null,
    worth: { first: null, earlier: null },
    escalations: [],
    approval: null,
    approvers: [],
    status: 'pending',
    questions: [],
    decisions: [],
    ledger: null,
    preApproved: null,
  };
}
