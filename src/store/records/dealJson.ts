/**
 * A deal as stored. The compiler holds this schema to the domain's type. A change that old records do not satisfy
 * needs a new format number, and a migration that rewrites them.
 */
import * as z from 'zod';
import { type Deal, STAGES } from '../../deal/model/deal';
import { VERDICTS } from '../../playbook/schema';
import { readJson, unreadable, writeJson } from './json';
import {
  addressingParts,
  answer,
  approvalLimit,
  business,
  came,
  closedBecause,
  count,
  decision,
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
  pledge,
  reEngagementWhy,
  sending,
  source,
  tenant,
  time,
  tryMoves,
  user,
  verbalYesAt,
  yesTerms,
} from './partsJson';

/** Stored beside each state. */
export const STATE_FORMAT = 1;

export const position = { stepId: z.string(), visit: count };

export const answered = z.strictObject({ ...position, answer, fact: fact.nullable(), source, at: time });

export const suggestedTimes = z.strictObject({
  visit: count,
  at: time,
  others: z.array(time),
  madeAt: time,
});

const ask = z.strictObject({
  id: count,
  at: time,
  manager: user.nullable(),
  addressedBy: count,
  addressedAt: time,
  deadline: time,
  ...addressingParts,
  standsFor: z.strictObject({ manager: user, until: z.string().nullable() }).nullable().default(null),
  provisional: z.boolean().default(false),
  endsWithAdmins: z.boolean().default(false),
  changed: z.string().nullable().default(null),
  sending: sending.nullable().default(null),
  heldUntil: time.nullable().default(null),
  news: z
    .strictObject({ id: count, to: user, facts: z.array(newsFact) })
    .nullable()
    .default(null),
  usualMinutes: count.nullable().default(null),
  isFirst: z.boolean().default(false),
  came: came.nullable().default(null),
  worth: z.strictObject({ first: money.nullable(), earlier: money.nullable() }).nullable().default(null),
  escalations: z
    .array(
      z.strictObject({
        ...addressingParts,
        id: count,
        to: escalated,
        at: time,
        answerBy: time,
        why: nobodyLeft.nullable().default(null),
        left: user.exactOptional(),
      }),
    )
    .default([]),
  approval: z
    .strictObject({
      ...addressingParts,
      id: count,
      by: user,
      terms: yesTerms,
      approver: user,
      standsFor: z.strictObject({ manager: user, until: z.string().nullable() }).nullable().default(null),
      hasLeft: z.literal(true).exactOptional(),
      limit: approvalLimit,
      insteadOf: user.nullable().default(null),
      at: time,
      answerBy: time,
    })
    .nullable()
    .default(null),
  approvers: z.array(user).default([]),
  status: z.enum(['pending', 'decided', 'withdrawn']),
  questions: z.array(
    z.strictObject({
      id: count,
      by: user,
      text: z.string(),
      at: time,
      answer: z.strictObject({ by: user, text: z.string(), at: time }).nullable(),
    }),
  ),
  decisions: z.array(decision),
  ledger: ledger.nullable(),
  preApproved: z
    .strictObject({ give: z.string(), reason: z.string(), countsWorth: z.boolean().default(false) })
    .nullable()
    .default(null),
});

export const dealSchema = z.strictObject({
  id: z.string(),
  tenant,
  revision: count,
  startedAt: time,
  rep: user,
  zone: z.string().nullable().default(null),
  manager: user.nullable(),
  account: z.string(),
  business,
  playbook: playbookReference,
  stage: z.enum(STAGES),
  stageSince: time,
  firstStep: z.string(),
  position: z.strictObject(position).nullable(),
  trail: z.array(answered),
  draft: z.strictObject({ ...position, answer }).nullable(),
  suggestedTimes: suggestedTimes.nullable().default(null),
  shelf: z.record(z.string(), answer),
  visits: count,
  lastActiveAt: time,
  resumeOffer: count.nullable(),
  verdict: z.enum(VERDICTS).nullable(),
  verdictAt: time.nullable(),
  details,
  filledIn: z.boolean(),
  wantsNotes: z.boolean().default(false),
  tries: count,
  nextTryAt: time.nullable(),
  tryReminder: count.nullable(),
  cadence: z
    .strictObject({
      since: time,
      plan: plannedTries,
      reminded: z.array(
        z.strictObject({
          id: count,
          at: time,
          moves: tryMoves,
          report: z.enum(['done', 'moved']).nullable(),
        }),
      ),
    })
    .nullable()
    .default(null),
  ask: ask.nullable(),
  pastAsks: z.array(ask),
  takenBack: z.array(answered).nullable().default(null),
  untold: z.array(newsFact).default([]),
  nudges: z.array(
    z.strictObject({
      id: count,
      kind: nudgeKind,
      to: user,
      by: user.nullable().default(null),
      at: time,
      timeLeftMs: z.int().nullable(),
    }),
  ),
  lastReminded: z.record(user, time),
  quietSince: time,
  remarks: z.array(
    z.strictObject({
      id: count,
      by: user,
      at: time,
      channel: z.string(),
      ts: z.string(),
      offersDecision: z.boolean(),
      answers: count.nullable().default(null),
      editedAt: time.nullable().default(null),
      editedTs: z.string().nullable().default(null),
      deleted: z.boolean(),
    }),
  ),
  remarkCount: count.default(0),
  outcome: outcome.nullable(),
  outcomeAt: time.nullable(),
  verbalYes: verbalYesAt.nullable().default(null),
  outcomeTold: z.boolean().default(false),
  winTold: z
    .strictObject({ part: z.enum(['whole', 'part']), amount: money.nullable() })
    .nullable()
    .default(null),
  remindAt: time.nullable(),
  signedReportedAt: time.nullable(),
  reEngagement: z.strictObject({ at: time, why: reEngagementWhy, remindedBy: count.nullable() }).nullable(),
  pledge: pledge.nullable().default(null),
  nextTime: nextTime.nullable().default(null),
  handover: z.strictObject({ id: count, from: user, by: user.nullable(), at: time }).nullable().default(null),
  heldFor: user.nullable().default(null),
  formerReps: z.array(user).default([]),
  closedAt: time.nullable(),
  closedBecause: closedBecause.nullable(),
  asksReason: z.boolean().default(false),
  confirmedReason: z
    .strictObject({ reasons: z.array(z.string()), by: user, at: time })
    .nullable()
    .default(null),
  removed: z
    .strictObject({
      from: z.enum(STAGES).exclude(['withdrawn']),
      by: user.nullable(),
      isErased: z.boolean(),
    })
    .nullable()
    .default(null),
}) satisfies z.ZodType<Deal>;

/** @throws {StoreError} `store_unreadable` */
export function writeDeal(deal: Deal): string {
  return writeJson<Deal>(deal, dealSchema, nameOf(deal.id, deal.tenant.teamId));
}

/** @throws {StoreError} `store_unreadable`, which names the deal */
export function readDeal(row: {
  readonly id: string;
  readonly team_id: string;
  readonly state_format: number;
  readonly state: string;
}): Deal {
  const what = nameOf(row.id, row.team_id);
  if (row.state_format !== STATE_FORMAT) {
    throw unreadable(what, `its format is ${row.state_format}, not ${STATE_FORMAT}`);
  }
  return readJson<Deal>(row.state, dealSchema, what);
}

const nameOf = (id: string, teamId: string): string => `deal ${id} (workspace ${teamId})`;
