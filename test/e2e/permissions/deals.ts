/** Deals at each stage, with words in them that only their people may see. */
import type { Answered, Ask, Deal, Tenant } from '../../../src/deal/model/deal';
import { aDeal, aDecision, anAsk, MATCH } from '../../store/builder';
import { idOf } from './people';

export const ESCALATION_CHANNEL = 'C0ESCALATED';
export const QUESTION = 2;
export const REMARK = 3;
export const APPROVAL = 4;
export const TRIED = 5;

const HOUR = 3_600_000;

export const STAGES = [
  'coaching',
  'unreached',
  'noted',
  'held',
  'asked',
  'waiting',
  'questioned',
  'proposed',
  'won',
  'closed',
  'pledged',
] as const;
export type StageName = (typeof STAGES)[number];

export interface Making {
  readonly id: string;
  readonly tenant: Tenant;
  readonly now: number;
  readonly playbook: { readonly id: string; readonly hash: string };
  readonly firstStep: string;
  /** The screen of an unfinished call. */
  readonly step: string;
}

const said = (stepId: string, at: number): Answered => ({
  stepId,
  visit: 1,
  answer: { kind: 'said' },
  fact: null,
  source: 'prospect',
  at,
});

/** A word that stands only in this deal. */
export const secretOf = (dealId: string): string => `Secret${dealId}`;

export function dealAt(stage: StageName, { id, tenant, now, playbook, firstStep, step }: Making): Deal {
  const base = aDeal({
    id,
    tenant,
    playbook,
    firstStep,
    rep: idOf('rep'),
    formerReps: [idOf('formerRep')],
    manager: idOf('manager'),
    account: secretOf(id),
    startedAt: now,
    stageSince: now,
    lastActiveAt: now,
    quietSince: now,
    position: null,
    verdict: 'pulse',
    verdictAt: now,
    details: {
      amount: { minor: 4_800_000, currency: 'USD' },
      competitor: secretOf(id),
      prospect: secretOf(id),
      notes: secretOf(id),
      recommendation: secretOf(id),
      yesCosts: null,
      ourOffer: secretOf(id),
      reasons: null,
    },
  });
  const ask = (change: Partial<Ask> = {}) =>
    anAsk({
      at: now,
      manager: idOf('manager'),
      addressedAt: now,
      deadline: now + 4 * HOUR,
      escalations: [
        { id: 5, to: { kind: 'person', userId: idOf('escalatedTo') }, why: null, ...told(now) },
        { id: 6, to: { kind: 'channel', channel: ESCALATION_CHANNEL }, why: null, ...told(now) },
      ],
      ...change,
    });
  const remark = {
    id: REMARK,
    by: idOf('manager'),
    at: now,
    channel: 'C1',
    ts: '1.1',
    offersDecision: true,
    answers: null,
    editedAt: null,
    editedTs: null,
    deleted: false,
  };
  switch (stage) {
    case 'coaching':
      return { ...base, verdict: null, verdictAt: null, position: { stepId: step, visit: 1 } };
    case 'unreached':
      return {
        ...base,
        stage: 'coaching',
        verdict: 'unreached',
        tries: 1,
        nextTryAt: now + HOUR,
        cadence: {
          since: now,
          plan: [{ at: now + HOUR, moves: ['call'] }],
          reminded: [{ id: TRIED, at: now, moves: ['voicemail'], report: null }],
        },
      };
    case 'noted':
      return { ...base, stage: 'winning_back', verdict: 'keep_talking', trail: [said(step, now)] };
    case 'held':
      return { ...base, stage: 'awaiting_decision', ask: ask({ sending: 'held', heldUntil: now + HOUR }) };
    case 'asked':
      return { ...base, stage: 'awaiting_decision', ask: ask(), remarks: [remark] };
    case 'waiting':
      return { ...base, stage: 'awaiting_decision', ask: ask({ escalations: [] }) };
    case 'questioned': {
      const question = { id: QUESTION, by: idOf('manager'), text: secretOf(id), at: now, answer: null };
      return { ...base, stage: 'awaiting_decision', ask: ask({ questions: [question] }) };
    }
    case 'proposed': {
      const approval = {
        id: APPROVAL,
        by: idOf('manager'),
        terms: MATCH,
        approver: idOf('approver'),
        standsFor: null,
        limit: { amount: { minor: 100, currency: 'USD' }, percent: null },
        insteadOf: null,
        waitsUntil: null,
        urgent: null,
        at: now,
        answerBy: now + HOUR,
      };
      return { ...base, stage: 'awaiting_decision', ask: ask({ approval }) };
    }
    case 'won': {
      const decision = { ...aDecision(MATCH, 7), by: idOf('manager'), at: now };
      return { ...base, stage: 'winning_back', ask: ask({ status: 'decided', decisions: [decision] }) };
    }
    case 'closed':
      return {
        ...base,
        stage: 'closed',
        verdict: 'signed',
        ask: null,
        outcome: { kind: 'lost', reason: secretOf(id) },
        outcomeAt: now,
        closedAt: now,
        closedBecause: 'outcome',
        asksReason: true,
        reEngagement: { at: now + 1_000 * HOUR, why: 'agreed', remindedBy: null },
        trail: [
          { ...said('attraction', now), answer: { kind: 'text', text: secretOf(id) }, fact: 'attraction' },
        ],
      };
    case 'pledged': {
      const answer = { kept: 'broken', source: 'prospect', by: idOf('rep'), at: now } as const;
      const closed = dealAt('closed', { id, tenant, now, playbook, firstStep, step });
      return { ...closed, pledge: { reminder: null, answer } };
    }
  }
}

const told = (now: number) => ({ waitsUntil: null, urgent: null, at: now, answerBy: now + HOUR });
