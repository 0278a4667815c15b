/** Schemas of the parts that deals and their events share in JSON. */
import * as z from 'zod';
import { TRY_MOVES } from '../../deal/model/cadence';
import {
  type Came,
  type ClaimLedger,
  type DecisionTerms,
  type Details,
  type Escalated,
  LEVERS,
  type Ledger,
  NEWS,
  type NextTime,
  type NobodyLeft,
  type Outcome,
  PLEDGE_KEPT,
  type Pledge,
  type Raised,
  type RescueLedger,
  SENDINGS,
  type Tenant,
  type Uncosted,
  URGENCIES,
  type YesTerms,
} from '../../deal/model/deal';
import type { Money } from '../../deal/model/money';
import type { AnswerValue } from '../../playbook/answer';
import { FACT_KINDS, type Fact } from '../../playbook/schema';

/** ms UTC */
export const time = z.int();
export const count = z.int().min(0);
export const user = z.string();

export const tenant = z.strictObject({
  enterpriseId: z.string(),
  teamId: z.string(),
}) satisfies z.ZodType<Tenant>;

export const money = z.strictObject({ minor: z.int(), currency: z.string() }) satisfies z.ZodType<Money>;

export const business = z.enum(['new', 'customer']);
export const source = z.enum(['prospect', 'rep']);
export const fact = z.enum(Object.keys(FACT_KINDS) as [Fact, ...Fact[]]);
export const playbookReference = z.strictObject({ id: z.string(), hash: z.string() });

export const answer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('said') }),
  z.strictObject({ kind: z.literal('told') }),
  z.strictObject({ kind: z.literal('text'), text: z.string() }),
  z.strictObject({ kind: z.literal('reasons'), text: z.string(), reasons: z.array(z.string()) }),
  z.strictObject({
    kind: z.literal('choice'),
    choice: z.string(),
    text: z.string().exactOptional(),
    reasons: z.array(z.string()).exactOptional(),
  }),
  z.strictObject({ kind: z.literal('date'), date: z.string() }),
  z.strictObject({ kind: z.literal('datetime'), at: time }),
  z.strictObject({ kind: z.literal('unknown') }),
]) satisfies z.ZodType<AnswerValue>;

export const details = z.strictObject({
  amount: money.nullable(),
  competitor: z.string().nullable(),
  prospect: z.string().nullable(),
  notes: z.string().nullable(),
  recommendation: z.string().nullable(),
  yesCosts: money.nullable().default(null),
  ourOffer: z.string().nullable().default(null),
  reasons: z.array(z.string()).nullable().default(null),
}) satisfies z.ZodType<Details>;

const claimCounts = {
  lost: count,
  asked: count,
  matched: count,
  wonBack: count,
  matchedLost: count.default(0),
  cost: z.array(money).default([]),
};

/** Stored with asks of earlier releases. */
const claimLedger = z.strictObject({
  ...claimCounts,
  sameKind: z
    .strictObject({ ...claimCounts, kinds: z.array(z.string()) })
    .nullable()
    .default(null),
}) satisfies z.ZodType<ClaimLedger>;

const figures = {
  lost: count,
  pulse: count,
  asked: count,
  inTime: count,
  tried: count,
  matched: count,
  countered: count,
  given: count,
  wonWhole: count,
  wonPart: count,
  stayedLost: count,
  won: z.array(money),
  givenUp: z.array(z.strictObject({ kinds: z.array(z.string()), cost: money })),
};

const rescueLedger = z.strictObject({
  rescues: z.strictObject(figures),
  sameKind: z.strictObject({ ...figures, kinds: z.array(z.string()) }).nullable(),
  lessons: z
    .strictObject({
      reasons: z.array(
        z.strictObject({
          reason: z.string(),
          given: count,
          inReturn: count,
          back: count,
          stayedLost: count,
        }),
      ),
      pledges: z.strictObject({ held: count, partly: count, broken: count, unknown: count }),
    })
    .exactOptional(),
}) satisfies z.ZodType<RescueLedger>;

export const ledger = z.union([rescueLedger, claimLedger]) satisfies z.ZodType<Ledger>;

const terms = {
  match: {
    kind: z.literal('match'),
    terms: z.string(),
    cost: z.string().nullable(),
    value: money.nullable().default(null),
    inReturn: z.string().nullable(),
    expiresAt: time.nullable(),
  },
  counter: {
    kind: z.literal('counter'),
    terms: z.string(),
    levers: z.array(z.union([z.enum(LEVERS), z.string()])),
    value: money.nullable(),
    inReturn: z.string().nullable().default(null),
    expiresAt: time.nullable(),
  },
  decline: { kind: z.literal('decline'), reason: z.string() },
};

export const decisionTerms = z.discriminatedUnion('kind', [
  z.strictObject(terms.match),
  z.strictObject(terms.counter),
  z.strictObject(terms.decline),
]) satisfies z.ZodType<DecisionTerms>;

/** A decision that gives something. */
export const yesTerms = z.discriminatedUnion('kind', [
  z.strictObject(terms.match),
  z.strictObject(terms.counter),
]) satisfies z.ZodType<YesTerms>;

export const urgency = z.enum(URGENCIES);

export const sending = z.enum(SENDINGS);
export const newsFact = z.enum(NEWS);
export const came = z.discriminatedUnion('how', [
  z.strictObject({ how: z.literal('named'), by: user }),
  z.strictObject({ how: z.literal('left'), userId: user }),
  z.strictObject({ how: z.literal('taken') }),
]) satisfies z.ZodType<Came>;

/** Parts of an ask that a later release added; older states lack them. */
export const addressingParts = {
  waitsUntil: time.nullable().default(null),
  urgent: urgency.nullable().default(null),
};

export const escalated = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person'), userId: user }),
  z.strictObject({ kind: z.literal('channel'), channel: z.string() }),
]) satisfies z.ZodType<Escalated>;

export const nobodyLeft = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('own_deal'), userId: user }),
  z.strictObject({ kind: z.literal('nobody_named') }),
]) satisfies z.ZodType<NobodyLeft>;

export const approvalLimit = z.strictObject({ amount: money.nullable(), percent: z.number().nullable() });

export const nextTime = z.strictObject({
  mayCall: z.enum(['yes', 'no']).nullable(),
  callOn: z.string().nullable(),
  contractEnd: z.string().nullable(),
  contractMonths: count.nullable(),
}) satisfies z.ZodType<NextTime>;

export const uncosted = z.strictObject({ approver: user.nullable() }) satisfies z.ZodType<Uncosted>;
export const raised = z.strictObject({ from: money, to: money }) satisfies z.ZodType<Raised>;

const made = {
  id: count,
  by: user,
  at: time,
  proposedBy: user.nullable().default(null),
  remark: count.nullable().default(null),
  uncosted: uncosted.nullable().default(null),
  worthRaised: raised.nullable().default(null),
};

/** Terms, with who set them and when. */
export const decision = z.discriminatedUnion('kind', [
  z.strictObject({ ...terms.match, ...made }),
  z.strictObject({ ...terms.counter, ...made }),
  z.strictObject({ ...terms.decline, ...made }),
]);

export const nudgeKind = z.enum([
  'half_time',
  'deadline',
  'holding',
  'name_manager',
  'fill_in',
  'call_back',
  'expiry',
  'outcome',
  'from_rep',
]);

const cameBack = {
  part: z.enum(['whole', 'part']),
  amount: money.nullable(),
  took: z.string().nullable().default(null),
};
const verbalYes = z.strictObject({ kind: z.literal('verbal_yes'), ...cameBack, signsOn: z.string() });
export const verbalYesAt = verbalYes.extend({ at: time });

export const outcome = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('won_back'), ...cameBack }),
  verbalYes,
  z.strictObject({ kind: z.literal('lost'), reason: z.string().nullable() }),
  z.strictObject({ kind: z.literal('no_answer') }),
]) satisfies z.ZodType<Outcome>;

export const reEngagementWhy = z.enum(['agreed', 'contract_end', 'look_again']);

export const pledgeKept = z.enum(PLEDGE_KEPT);
export const pledge = z.strictObject({
  reminder: count.nullable(),
  answer: z.strictObject({ kept: pledgeKept, source, by: user, at: time }).nullable(),
}) satisfies z.ZodType<Pledge>;

export const tryMoves = z.array(z.enum(TRY_MOVES));
export const plannedTries = z.array(z.strictObject({ at: time, moves: tryMoves }));

export const closedBecause = z.enum([
  'verdict',
  'outcome',
  'abandoned',
  'three_tries',
  'silence',
  'called_back',
]);
