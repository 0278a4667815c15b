/**
 * A playbook as data: what a file in `playbooks/` may say. Types are inferred from these schemas. The checker proves what
 * a schema cannot see: every path ends, every screen fits.
 *
 * Lines are plain text with three marks, which `line.ts` resolves:
 *   {account}            a merge field (`fields.ts` lists which are known where)
 *   [, {prospect}]       a part that is left out when one of its fields is not known
 *   {won|kept}           the word for new business | the word for a customer
 */
import { z } from 'zod';

/** The endings of a call, and all that the app has to know about each. */
export const VERDICT_TRAITS = {
  /** They would reconsider, have not signed, and let us check with the manager. */
  pulse: traits('ask', { isRescue: true, wouldReconsider: true }),
  /** They would reconsider, and the rep can do it alone. */
  keep_talking: traits('win_back', { isRescue: true, wouldReconsider: true }),
  signed: traits('close', { asksNextTime: true, hasContract: true }),
  /** Our offer would not have changed their choice. */
  no_pulse: traits('close', { asksNextTime: true }),
  declined_to_say: traits('close', { asksNextTime: true }),
  /** They would reconsider, but do not let us check. */
  no_check: traits('close', { asksNextTime: true, wouldReconsider: true }),
  /** Nobody won; they look again later. */
  postponed: traits('close', { asksNextTime: true, looksAgain: true }),
  not_over: traits('withdraw', { isLoss: false }),
  unreached: traits('try_again', { isReached: false }),
} as const;
export type Verdict = keyof typeof VERDICT_TRAITS;
export const VERDICTS = Object.keys(VERDICT_TRAITS) as [Verdict, ...Verdict[]];

export interface VerdictTraits {
  /** What follows at once: asking the manager, winning it back alone, closing, … */
  readonly leadsTo: 'ask' | 'win_back' | 'close' | 'withdraw' | 'try_again';
  /** The prospect may come back to us, so a signature rules this verdict out. */
  readonly isRescue: boolean;
  /** They would have chosen or kept us, had we offered the same. */
  readonly wouldReconsider: boolean;
  /** Somebody answered; if not, the call counts as a try. */
  readonly isReached: boolean;
  /** The deal counts in figures. */
  readonly isLoss: boolean;
  /** The prospect decides again one day, and may want a call before. */
  readonly asksNextTime: boolean;
  /** The prospect has a contract with the competitor, so its end is asked for. */
  readonly hasContract: boolean;
  /** The prospect named a day on which they look again. */
  readonly looksAgain: boolean;
}

/** The traits of an ordinary ending, except for `different`. */
function traits(leadsTo: VerdictTraits['leadsTo'], different: Partial<VerdictTraits>): VerdictTraits {
  return {
    leadsTo,
    isRescue: false,
    wouldReconsider: false,
    isReached: true,
    isLoss: true,
    asksNextTime: false,
    hasContract: false,
    looksAgain: false,
    ...different,
  };
}

/** Null: no verdict yet. */
export const traitsOf = (verdict: Verdict | null): VerdictTraits | null =>
  verdict === null ? null : VERDICT_TRAITS[verdict];

/** The kind of answer of each fact. A step records at most one fact. */
export const FACT_KINDS = {
  /** What attracted them most to the other offer. */
  attraction: 'text',
  /** What else made a difference, and what it changes for them; with reasons from the taxonomy. */
  picture: 'reasons',
  /** What they hoped we would bring. */
  hoped_for: 'text',
  /** Whether that offer from us would have won or kept their business: yes, no, unclear. */
  would_have_kept: 'choice',
  /** What else is in the way. */
  obstacle: 'text',
  /** What would have changed their choice, when that offer would not. */
  would_have_changed: 'text',
  /** Whether they have signed: no, verbal, signed, wont_say. */
  signed: 'choice',
  /** Whether we may check with our manager: yes, no. */
  may_check: 'choice',
  signing_date: 'date',
  /** When the rep promised to call back. */
  promise: 'datetime',
  contract_end: 'date',
  /** Whether we may call before their next decision: yes, no. */
  may_call_again: 'choice',
  /** When they look again, if nobody won. */
  look_again: 'date',
  /** Whether the rep can do it: can, need_manager, cannot. */
  capability: 'choice',
  /** Whether to keep talking: yes, no. */
  keep_talking: 'choice',
  /** When to try again, if nobody was reached. */
  next_attempt: 'datetime',
  /** Who else would have to be on board, if nobody won. */
  who_else: 'text',
  /** When the rep promised to send what the prospect hoped for. */
  send_by: 'datetime',
} as const;
export type Fact = keyof typeof FACT_KINDS;
const factNames = Object.keys(FACT_KINDS) as [Fact, ...Fact[]];

/** The choices of a fact. A step that records the fact may offer only these. */
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

/** What the prospect may say instead of an answer, and the reply that leads back to the question. */
const replySchema = z.strictObject({ hear: line, reply: line });
export type Reply = z.infer<typeof replySchema>;
export const repliesSchema = z.array(replySchema).min(1);

/** A day as people name it, instead of a date. `dayMeant` gives its date. */
const oneTap = z.strictObject({
  id,
  label: line,
  means: z
    .string()
    .regex(
      /^(?:[1-9][0-9]? (?:months?|years?)|next (?:month|quarter|year))$/,
      'write it like “2 years”, “18 months” or “next quarter”',
    ),
});

const choice = z.strictObject({
  id,
  /** Button text: Slack allows 75 characters, the checker 30. */
  label: line,
  next: target,
  style: z.enum(['primary', 'danger']).optional(),
  /** Whose answer it is. Default: the source of the step's record, else the prospect. */
  source: z.enum(['prospect', 'rep']).optional(),
});
export type Choice = z.infer<typeof choice>;

const record = z.strictObject({
  fact: z.enum(factNames),
  /** The label of the input. */
  label: line,
  placeholder: line.optional(),
  /** Whose words these are. */
  source: z.enum(['prospect', 'rep']),
});

export const stepSchema = z.strictObject({
  id,
  /** Short name of the screen, shown in *Whole script* and in the transcript. */
  title: line,
  /** Lines to read aloud, each in one breath. */
  say: z.array(line).min(1),
  /** Further questions, shown as a list. */
  prompts: z.array(line).optional(),
  why: line,
  /** Completes *Listen for: …*. Without it the first of `listen_for` is the cue. */
  cue: line.optional(),
  /** Completes *Don't …*. */
  dont: line.optional(),
  /** Further hints, for *Whole script*. */
  listen_for: z.array(line).optional(),
  /** The sentence of a playbook without `dont`. */
  avoid: line.optional(),
  they_say: repliesSchema.optional(),
  record: record.optional(),
  /** One-tap answers: the values of a choice fact, else ways out of the screen. */
  choices: z.array(choice).optional(),
  /** Days that one tap answers a date fact with. */
  one_tap: z.array(oneTap).min(1).optional(),
  /** Where *Next* leads; not allowed with a choice fact. */
  next: target.optional(),
  /** Another label for *Next*: "Picture is whole". */
  next_label: line.optional(),
  /** Another label for *Don't know*, where a date or an hour is asked for: "No date yet". */
  unknown_label: line.optional(),
  /** A declared loop: the label of a button that keeps the answer and shows the screen again. */
  again_label: line.optional(),
});
export type Step = z.infer<typeof stepSchema>;

export const endingSchema = z.strictObject({
  /** Shown to the rep with the verdict. */
  title: line,
  say: z.array(line),
  why: line,
});
export type Ending = z.infer<typeof endingSchema>;

/**
 * Words for moments after the call, in direct messages to the rep: to leave or send when nobody answered, and to say at the
 * next tries; at the promised hour without an answer; with the decision; when they are ours again; long after.
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
  /** The second call, which leaves no message. */
  'next_try',
  'last_voicemail',
  /** Before `match`, when the rep may say yes without asking. */
  'offer_now',
  /** `re_engage` for prospects who agreed to the call. */
  're_engage_agreed',
] as const;
export type WordsKey = (typeof WORDS)[number];

export const linesSchema = z.array(line).min(1);

/** Mails that the rep sends, without greeting and signature. */
export const MAILS = ['thank_you', 'offer', 'decline', 're_engage', 'keep_talking', 'last'] as const;
export type MailKey = (typeof MAILS)[number];

export const mailSchema = z.strictObject({ subject: line, text: linesSchema });
export type Mail = z.infer<typeof mailSchema>;

export const playbookSchema = z.strictObject({
  id,
  title: line,
  summary: line,
  start: id,
  steps: z.array(stepSchema).min(1),
  endings: z.partialRecord(z.enum(VERDICTS), endingSchema),
  /** Absent: the built-in words (`words.ts`), and so for each moment, mail and reply that is not here. */
  words: z.partialRecord(z.enum(WORDS), linesSchema).optional(),
  mails: z.partialRecord(z.enum(MAILS), mailSchema).optional(),
  /** Replies after the call, by the words that they follow. */
  they_say: z.partialRecord(z.enum(WORDS), repliesSchema).optional(),
});
export type PlaybookSource = z.infer<typeof playbookSchema>;

/** A playbook without faults. `hash` names this version; a deal keeps the version with which it started. */
export interface Playbook extends PlaybookSource {
  readonly hash: string;
}

export const taxonomySchema = z.strictObject({
  reasons: z.array(z.strictObject({ id, label: line })).min(1),
});
export type Reason = z.infer<typeof taxonomySchema>['reasons'][number];

/** Built-in reasons that no offer of ours changes. A team's own reasons are all ours to change. */
const NOT_OURS_TO_CHANGE: ReadonlySet<string> = new Set([
  'trust',
  'incumbent',
  'decided_above',
  'no_decision',
  'budget_cut',
  'champion_left',
  'built_in_house',
  'went_silent',
  'own_miss',
]);

/** Whether we could move on it. */
export const canMoveOn = ({ id }: Pick<Reason, 'id'>): boolean => !NOT_OURS_TO_CHANGE.has(id);

/** The fields that a line may name. */
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
  'in_return',
  'hoped_for',
  'look_again',
  'send_by',
  /** As people say it: "by noon on Monday". */
  'by_call_back',
  'by_send_by',
  /** The hour that the app suggests on the screen where the rep promises one. */
  'by_suggested',
  /** "around March 15" */
  'around_look_again',
] as const;
export type MergeField = (typeof MERGE_FIELDS)[number];
