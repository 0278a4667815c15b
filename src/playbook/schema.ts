/**
 * A playbook as data: what a file in `playbooks/` may say. Types are inferred from these schemas.
 * What a schema cannot see (every path ends, every screen fits) is proven by the checker.
 *
 * Lines are plain text with three marks, resolved by `line.ts`:
 *   {account}            a merge field that is always known (`fields.ts` says which is known where)
 *   [, {prospect}]       a part that is left out when a field in it is not known
 *   {won|kept}           the word for new business | the word for our customer
 */
import { z } from 'zod';

/** How a call can end, and everything the app has to know about such an ending. */
export const VERDICT_TRAITS = {
  /** They would reconsider, have not signed, and agreed that we check. */
  pulse: traits('ask', { isRescue: true }),
  /** They would reconsider, and the rep needs nobody for it. */
  keep_talking: traits('win_back', { isRescue: true }),
  signed: traits('close', { asksNextTime: true, hasContract: true }),
  /** It would not have changed their choice. */
  no_pulse: traits('close', { asksNextTime: true }),
  declined_to_say: traits('close', { asksNextTime: true }),
  /** They would reconsider, and do not want us to check. */
  no_check: traits('close', { asksNextTime: true }),
  /** Nobody won: they look again later. */
  postponed: traits('close', { asksNextTime: true, looksAgain: true }),
  not_over: traits('withdraw', { isLoss: false }),
  unreached: traits('try_again', { isReached: false }),
} as const;
export type Verdict = keyof typeof VERDICT_TRAITS;
export const VERDICTS = Object.keys(VERDICT_TRAITS) as [Verdict, ...Verdict[]];

export interface VerdictTraits {
  /** What follows at once: the manager is asked, the rep wins it back alone, … */
  readonly leadsTo: 'ask' | 'win_back' | 'close' | 'withdraw' | 'try_again';
  /** The prospect may come back, so a signature rules this verdict out. */
  readonly isRescue: boolean;
  /** Somebody answered; otherwise the call counts as a try. */
  readonly isReached: boolean;
  /** It counts in figures. */
  readonly isLoss: boolean;
  /** The prospect decides again one day, and may like a call before. */
  readonly asksNextTime: boolean;
  /** The competitor's contract has an end to ask for. */
  readonly hasContract: boolean;
  /** The prospect named a day on which they look again. */
  readonly looksAgain: boolean;
}

/** The traits of an ordinary ending, but for these. */
function traits(leadsTo: VerdictTraits['leadsTo'], different: Partial<VerdictTraits>): VerdictTraits {
  return {
    leadsTo,
    isRescue: false,
    isReached: true,
    isLoss: true,
    asksNextTime: false,
    hasContract: false,
    looksAgain: false,
    ...different,
  };
}

/** Null before a verdict is reached. */
export const traitsOf = (verdict: Verdict | null): VerdictTraits | null =>
  verdict === null ? null : VERDICT_TRAITS[verdict];

/** What kind of answer each fact about a deal is. A step records at most one fact. */
export const FACT_KINDS = {
  /** What attracted them most in the other offer. */
  attraction: 'text',
  /** The whole picture: what else, what it changes for them; with reasons from the taxonomy. */
  picture: 'reasons',
  /** What they hoped we would have brought. */
  hoped_for: 'text',
  /** Had we offered that, would we have kept/won their business: yes, no, unclear. */
  would_have_kept: 'choice',
  /** What else would still stand in the way. */
  obstacle: 'text',
  /** What would have changed it, when that would not. */
  would_have_changed: 'text',
  /** no, verbal, signed, wont_say. */
  signed: 'choice',
  /** May we check with our manager: yes, no. */
  may_check: 'choice',
  signing_date: 'date',
  /** When the rep told them to expect a call back. */
  promise: 'datetime',
  contract_end: 'date',
  /** May we call before their next decision: yes, no. */
  may_call_again: 'choice',
  /** Nobody won: when they look again. */
  look_again: 'date',
  /** Can the rep do it: can, need_manager, cannot. */
  capability: 'choice',
  /** Keep talking or keep the file closed: yes, no. */
  keep_talking: 'choice',
  /** Unreached: when to try again. */
  next_attempt: 'datetime',
} as const;
export type Fact = keyof typeof FACT_KINDS;
const factNames = Object.keys(FACT_KINDS) as [Fact, ...Fact[]];

/** Choices a fact understands. Where a fact is a choice, a step's choices must be some of these. */
export const FACT_CHOICES: Partial<Record<Fact, readonly string[]>> = {
  would_have_kept: ['yes', 'no', 'unclear'],
  signed: ['no', 'verbal', 'signed', 'wont_say'],
  may_check: ['yes', 'no'],
  may_call_again: ['yes', 'no'],
  capability: ['can', 'need_manager', 'cannot'],
  keep_talking: ['yes', 'no'],
};

const id = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'use small letters, digits and _ (at most 40)');
const line = z.string().trim().min(1);
const target = z.union([z.strictObject({ step: id }), z.strictObject({ verdict: z.enum(VERDICTS) })]);
export type Target = z.infer<typeof target>;

const choice = z.strictObject({
  id,
  /** Button text: at most 75 characters on Slack; we ask for 30. */
  label: line,
  next: target,
  style: z.enum(['primary', 'danger']).optional(),
  /** Whose answer a way out is; by default as the step's record says, else the prospect's. */
  source: z.enum(['prospect', 'rep']).optional(),
});
export type Choice = z.infer<typeof choice>;

const record = z.strictObject({
  fact: z.enum(factNames),
  /** Label of the input. */
  label: line,
  placeholder: line.optional(),
  /** Whose words these are. */
  source: z.enum(['prospect', 'rep']),
});

export const stepSchema = z.strictObject({
  id,
  /** Short name of the screen, used in Whole script and in the transcript. */
  title: line,
  /** Lines to read aloud, one breath each. */
  say: z.array(line).min(1),
  /** Further questions to dig with; shown as a list. */
  prompts: z.array(line).optional(),
  why: line,
  listen_for: z.array(line).optional(),
  avoid: line.optional(),
  record: record.optional(),
  /** One-tap answers. With a choice fact they are its values; else they are ways out of the screen. */
  choices: z.array(choice).optional(),
  /** Where *Next* leads; not allowed when a choice fact is recorded. */
  next: target.optional(),
  /** Label of *Next* when another word is better: "Picture is whole". */
  next_label: line.optional(),
  /** A declared loop: this button keeps the answer and shows the same screen once more. */
  again_label: line.optional(),
});
export type Step = z.infer<typeof stepSchema>;

export const endingSchema = z.strictObject({
  /** Shown to the rep once the verdict is reached. */
  title: line,
  say: z.array(line),
  why: line,
});
export type Ending = z.infer<typeof endingSchema>;

/**
 * Words for moments after the call, in the rep's DM: left or sent when nobody answered; the promise is due and the
 * manager has not answered; back to the prospect with the decision; they are ours again; the reminder long after.
 */
export const WORDS = [
  'voicemail',
  'mail',
  'holding',
  'match',
  'counter',
  'decline',
  'welcome_back',
  're_engage',
] as const;
export type WordsKey = (typeof WORDS)[number];

export const linesSchema = z.array(line).min(1);

export const playbookSchema = z.strictObject({
  id,
  title: line,
  summary: line,
  start: id,
  steps: z.array(stepSchema).min(1),
  endings: z.partialRecord(z.enum(VERDICTS), endingSchema),
  words: z.record(z.enum(WORDS), linesSchema),
});
export type PlaybookSource = z.infer<typeof playbookSchema>;

/** A checked playbook. `hash` names this version; a deal keeps the version it started with. */
export interface Playbook extends PlaybookSource {
  readonly hash: string;
}

export const taxonomySchema = z.strictObject({
  reasons: z.array(z.strictObject({ id, label: line })).min(1),
});
export type Reason = z.infer<typeof taxonomySchema>['reasons'][number];

/** Facts a line may name. */
export const MERGE_FIELDS = [
  'account',
  'prospect',
  'competitor',
  'rep',
  'manager',
  'call_back',
  'request',
  'terms',
  'expiry',
  'reason',
] as const;
export type MergeField = (typeof MERGE_FIELDS)[number];
