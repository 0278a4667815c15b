/** An event of a deal as stored. The compiler holds this schema to the domain's type. */
import * as z from 'zod';
import type { DealEvent } from '../../deal/model/events';
import { VERDICTS } from '../../playbook/schema';
import { readJson, writeJson } from './json';
import {
  answer,
  approvalLimit,
  business,
  closedBecause,
  count,
  decisionTerms,
  details,
  escalated,
  fact,
  ledger,
  money,
  newsFact,
  nextTime,
  nobodyLeft,
  nudgeKind,
  outcome,
  plannedTries,
  playbookReference,
  pledgeKept,
  raised,
  reEngagementWhy,
  sending,
  source,
  tenant,
  time,
  tryMoves,
  uncosted,
  urgency,
  user,
  yesTerms,
} from './partsJson';

const verdict = z.enum(VERDICTS);
const target = z.union([z.strictObject({ step: z.string() }), z.strictObject({ verdict })]);
const showing = { stepId: z.string(), visit: count };
const recorded = { answer, fact: fact.nullable(), source };

const timing = { waitsUntil: time.exactOptional(), urgent: urgency.exactOptional() };
const told = { saysWhy: z.literal(true).exactOptional() };
const stoodInBy = z.strictObject({ userId: user, until: z.string().nullable() });
const addressed = {
  ...timing,
  provisional: z.literal(true).exactOptional(),
  standIn: stoodInBy.exactOptional(),
};

/** Fields of every event. */
const head = { seq: z.int().min(1), at: time, by: user.nullable() };

export const eventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    ...head,
    type: z.literal('started'),
    id: z.string(),
    tenant,
    rep: user,
    manager: user.nullable(),
    account: z.string(),
    business,
    playbook: playbookReference,
    firstStep: z.string(),
    zone: z.string().exactOptional(),
  }),
  z.strictObject({ ...head, type: z.literal('drafted'), ...showing, answer }),
  z.strictObject({ ...head, type: z.literal('answered'), ...showing, ...recorded, next: target }),
  z.strictObject({
    ...head,
    type: z.literal('times_suggested'),
    visit: count,
    dueAt: time,
    others: z.array(time),
    zone: z.string(),
  }),
  z.strictObject({ ...head, type: z.literal('went_back'), fromVisit: count }),
  z.strictObject({ ...head, type: z.literal('resumed') }),
  z.strictObject({ ...head, type: z.literal('resume_offered') }),
  z.strictObject({
    ...head,
    type: z.literal('verdict_reached'),
    verdict,
    wantsNotes: z.literal(true).exactOptional(),
  }),
  z.strictObject({
    ...head,
    type: z.literal('recorded_after'),
    verdict,
    answers: z.array(z.strictObject({ stepId: z.string(), ...recorded })),
  }),
  z.strictObject({
    ...head,
    type: z.literal('details_filled'),
    details: z.strictObject({
      amount: details.shape.amount.exactOptional(),
      competitor: details.shape.competitor.exactOptional(),
      prospect: details.shape.prospect.exactOptional(),
      notes: details.shape.notes.exactOptional(),
      recommendation: details.shape.recommendation.exactOptional(),
      yesCosts: money.nullable().exactOptional(),
      ourOffer: z.string().nullable().exactOptional(),
      reasons: z.array(z.string()).nullable().exactOptional(),
    }),
    ledger: ledger.exactOptional(),
  }),
  z.strictObject({
    ...head,
    type: z.literal('written_down'),
    answers: z.array(z.strictObject({ ...showing, text: z.string() })),
  }),
  z.strictObject({
    ...head,
    type: z.literal('try_scheduled'),
    tries: count,
    dueAt: time,
    plan: plannedTries.exactOptional(),
  }),
  z.strictObject({ ...head, type: z.literal('try_reminded'), moves: tryMoves.exactOptional() }),
  z.strictObject({ ...head, type: z.literal('try_reported'), reminder: count }),
  z.strictObject({ ...head, type: z.literal('try_started'), firstStep: z.string() }),
  z.strictObject({
    ...head,
    type: z.literal('manager_assigned'),
    ...addressed,
    manager: user,
    deadline: time.exactOptional(),
    left: user.exactOptional(),
    isFirst: z.literal(true).exactOptional(),
    ...told,
  }),
  z.strictObject({ ...head, type: z.literal('rep_assigned'), rep: user }),
  z.strictObject({ ...head, type: z.literal('rep_left'), to: user }),
  z.strictObject({ ...head, type: z.literal('manager_left'), ...told }),
  z.strictObject({
    ...head,
    type: z.literal('asked'),
    manager: user.nullable(),
    deadline: time,
    ledger: ledger.nullable(),
    endsWithAdmins: z.literal(true).exactOptional(),
    changed: z.string().exactOptional(),
    worth: money.nullable().exactOptional(),
    sending: sending.exactOptional(),
    heldUntil: time.exactOptional(),
    usualMinutes: count.exactOptional(),
    isFirst: z.literal(true).exactOptional(),
    ...addressed,
  }),
  z.strictObject({ ...head, type: z.literal('ask_sent'), addressing: count, ...timing }),
  z.strictObject({ ...head, type: z.literal('ask_resumed') }),
  z.strictObject({ ...head, type: z.literal('news_told'), to: user, facts: z.array(newsFact) }),
  z.strictObject({
    ...head,
    type: z.literal('ask_passed'),
    to: user,
    why: z.enum(['stand_in', 'taken']),
    ...told,
    deadline: time.exactOptional(),
    ...addressed,
  }),
  z.strictObject({
    ...head,
    type: z.literal('ask_delivered'),
    addressing: count,
    urgent: urgency.exactOptional(),
  }),
  z.strictObject({ ...head, type: z.literal('deadline_moved'), deadline: time, ...timing }),
  z.strictObject({
    ...head,
    type: z.literal('escalated'),
    to: escalated,
    answerBy: time,
    why: nobodyLeft.exactOptional(),
    left: user.exactOptional(),
    ...timing,
  }),
  z.strictObject({
    ...head,
    type: z.literal('approval_requested'),
    terms: yesTerms,
    approver: user,
    limit: approvalLimit,
    insteadOf: user.exactOptional(),
    answerBy: time,
    ...timing,
    standIn: stoodInBy.exactOptional(),
  }),
  z.strictObject({
    ...head,
    type: z.literal('approval_passed'),
    standIn: stoodInBy,
    left: z.literal(true).exactOptional(),
    answerBy: time,
    ...timing,
  }),
  z.strictObject({
    ...head,
    type: z.literal('nudged'),
    kind: nudgeKind,
    to: user,
    timeLeftMs: z.int().nullable(),
  }),
  z.strictObject({ ...head, type: z.literal('question_asked'), text: z.string() }),
  z.strictObject({ ...head, type: z.literal('question_answered'), question: count, text: z.string() }),
  z.strictObject({
    ...head,
    type: z.literal('decided'),
    decision: decisionTerms,
    proposedBy: user.exactOptional(),
    remark: count.exactOptional(),
    uncosted: uncosted.exactOptional(),
    worthRaised: raised.exactOptional(),
  }),
  z.strictObject({
    ...head,
    type: z.literal('ask_withdrawn'),
    why: z.enum(['signed', 'reopened', 'rep', 'silence']),
  }),
  z.strictObject({
    ...head,
    type: z.literal('remarked'),
    channel: z.string(),
    ts: z.string(),
    offersDecision: z.boolean(),
    offersAnswer: count.exactOptional(),
    editedTs: z.string().exactOptional(),
  }),
  z.strictObject({
    ...head,
    type: z.literal('remark_edited'),
    remark: count,
    editedTs: z.string().exactOptional(),
    unchanged: z.literal(true).exactOptional(),
  }),
  z.strictObject({ ...head, type: z.literal('remark_deleted'), remark: count }),
  z.strictObject({
    ...head,
    type: z.literal('pre_approved'),
    give: z.string(),
    approvedBy: user,
    reason: z.string(),
    decision: yesTerms,
    uncosted: uncosted.exactOptional(),
    countsWorth: z.literal(true).exactOptional(),
  }),
  z.strictObject({ ...head, type: z.literal('signed_reported') }),
  z.strictObject({ ...head, type: z.literal('reminder_set'), dueAt: time }),
  z.strictObject({
    ...head,
    type: z.literal('outcome_reported'),
    outcome,
    told: z.literal(true).exactOptional(),
  }),
  z.strictObject({ ...head, type: z.literal('re_engagement_set'), dueAt: time, why: reEngagementWhy }),
  z.strictObject({ ...head, type: z.literal('re_engagement_dropped') }),
  z.strictObject({ ...head, type: z.literal('re_engaged'), asksPledge: z.literal(true).exactOptional() }),
  z.strictObject({
    ...head,
    type: z.literal('pledge_reported'),
    kept: pledgeKept.nullable(),
    source: z.literal('prospect'),
  }),
  z.strictObject({ ...head, type: z.literal('next_time_noted'), nextTime }),
  z.strictObject({
    ...head,
    type: z.literal('closed'),
    because: closedBecause,
    asksReason: z.literal(true).exactOptional(),
  }),
  z.strictObject({ ...head, type: z.literal('reason_confirmed'), reasons: z.array(z.string()) }),
  z.strictObject({
    ...head,
    type: z.literal('withdrawn'),
    because: z.enum(['removed', 'unanswered']).exactOptional(),
  }),
  z.strictObject({ ...head, type: z.literal('reopened') }),
]) satisfies z.ZodType<DealEvent>;

/** @throws {StoreError} `store_unreadable` */
export function writeEvent(event: DealEvent, dealId: string): string {
  return writeJson<DealEvent>(event, eventSchema, nameOf(event.seq, dealId));
}

/** @throws {StoreError} `store_unreadable`, which names the event and the deal */
export function readEvent(row: {
  readonly deal_id: string;
  readonly seq: number;
  readonly body: string;
}): DealEvent {
  return readJson<DealEvent>(row.body, eventSchema, nameOf(row.seq, row.deal_id));
}

const nameOf = (seq: number, dealId: string): string => `event ${seq} of deal ${dealId}`;
