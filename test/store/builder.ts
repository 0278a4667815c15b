/** Deals and events for tests of the store, which uses few of their fields. */
import type { Ask, Deal, Decision, DecisionTerms, Tenant } from '../../src/deal/model/deal';
import type { DealEvent, DealEventBody } from '../../src/deal/model/events';
import type { Commit, KnownPerson, SlotOwner, StoredSlot } from '../../src/store/store';
import { newAsk, newDeal } from '../deals';

export const NOON = Date.UTC(2026, 2, 2, 12);
export const ACME: Tenant = { enterpriseId: '', teamId: 'TACME' };
export const GLOBEX: Tenant = { enterpriseId: 'EGLOBEX', teamId: 'TGLOBEX' };

/** A member, as Slack describes them. */
export const aPerson = (userId: string, change: Partial<KnownPerson> = {}): KnownPerson => ({
  userId,
  realName: userId,
  tz: 'UTC',
  isAdmin: false,
  isBot: false,
  isStranger: false,
  isGuest: false,
  deleted: false,
  fetchedAt: NOON,
  ...change,
});

/** A deal on its first screen, after its first event. */
export function aDeal(change: Partial<Deal> = {}): Deal {
  const deal = newDeal({
    id: 'D1',
    tenant: ACME,
    startedAt: NOON,
    rep: 'UREP',
    account: 'Northwind',
    business: 'new',
    playbook: { id: 'heartbeat', hash: 'h1' },
    firstStep: 'thanks',
  });
  return { ...deal, ...change };
}

/** The deal one event later. */
export function next(deal: Deal, change: Partial<Deal> = {}): Deal {
  return { ...deal, ...change, revision: deal.revision + 1 };
}

export function anAsk(change: Partial<Ask> = {}): Ask {
  return { ...newAsk({ id: 1, at: NOON, manager: 'UMANAGER', deadline: NOON + 3_600_000 }), ...change };
}

export const MATCH = {
  kind: 'match',
  terms: 'Same price',
  cost: null,
  value: null,
  inReturn: 'Two years',
  expiresAt: null,
} satisfies DecisionTerms;
export const DECLINE: DecisionTerms = { kind: 'decline', reason: 'Below our cost' };

export function aDecision(terms: DecisionTerms, id: number): Decision {
  return {
    ...terms,
    id,
    by: 'UMANAGER',
    at: NOON,
    proposedBy: null,
    remark: null,
    uncosted: null,
    worthRaised: null,
  };
}

/** An ask with this decision. */
export function decidedAsk(terms: DecisionTerms): Ask {
  return anAsk({ status: 'decided', decisions: [aDecision(terms, 1)] });
}

export function withCompetitor(competitor: string): Pick<Deal, 'details'> {
  return { details: { ...aDeal().details, competitor } };
}

export function started(deal: Deal): DealEventBody {
  return {
    type: 'started',
    id: deal.id,
    tenant: deal.tenant,
    rep: deal.rep,
    manager: deal.manager,
    account: deal.account,
    business: deal.business,
    playbook: deal.playbook,
    firstStep: deal.firstStep,
  };
}

export function event(seq: number, body: DealEventBody, at = NOON): DealEvent {
  return { ...body, seq, at, by: 'UREP' };
}

/** A commit of the deal's latest revision, by one event. */
export function commitOf(deal: Deal, change: Partial<Commit> & { readonly at?: number } = {}): Commit {
  const { at, ...rest } = change;
  const body: DealEventBody = deal.revision === 1 ? started(deal) : { type: 'resumed' };
  return {
    deal,
    events: [event(deal.revision, body, at)],
    expectedRevision: deal.revision - 1,
    wakeAt: null,
    ...rest,
  };
}

export const dealOf = (id: string): SlotOwner => ({ kind: 'deal', id });

/** A slot that is posted. */
export function aSlot(change: Partial<StoredSlot> = {}): StoredSlot {
  return {
    key: 'summary',
    channel: 'C1',
    ts: '1.1',
    hash: 'h',
    state: 'posted',
    intentAt: null,
    lookups: 0,
    shows: null,
    ...change,
  };
}
