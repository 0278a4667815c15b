/** Deals and asks with nothing in them yet. All that tests make by hand begin here, so that a new field is added once. */
import type { Ask, Deal } from '../src/deal/deal';

type Begun = Pick<
  Deal,
  'id' | 'tenant' | 'startedAt' | 'rep' | 'account' | 'business' | 'playbook' | 'firstStep'
>;

/** A deal on its first screen, as its first event leaves it. */
export function newDeal(begun: Begun): Deal {
  return {
    ...begun,
    revision: 1,
    manager: null,
    stage: 'coaching',
    stageSince: begun.startedAt,
    position: { stepId: begun.firstStep, visit: 1 },
    trail: [],
    draft: null,
    shelf: {},
    visits: 1,
    lastActiveAt: begun.startedAt,
    resumeOffer: null,
    verdict: null,
    verdictAt: null,
    details: {
      amount: null,
      competitor: null,
      prospect: null,
      notes: null,
      recommendation: null,
      yesCosts: null,
      ourOffer: null,
    },
    filledIn: false,
    tries: 0,
    nextTryAt: null,
    tryReminder: null,
    ask: null,
    pastAsks: [],
    nudges: [],
    lastReminded: {},
    quietSince: begun.startedAt,
    remarks: [],
    outcome: null,
    outcomeAt: null,
    remindAt: null,
    signedReportedAt: null,
    reEngagement: null,
    nextTime: null,
    handover: null,
    heldFor: null,
    closedAt: null,
    closedBecause: null,
  };
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
    escalations: [],
    approval: null,
    approvers: [],
    status: 'pending',
    questions: [],
    decisions: [],
    ledger: null,
  };
}
