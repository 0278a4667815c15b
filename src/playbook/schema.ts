/**
 * A playbook as data: what a file in `playbooks/` may say. Types are inferred from these schemas. The checker proves what
 * a schema cannot see: every path ends, every screen fits.
 *
 * Lines are plain text with three marks, which `line.ts` resolves:
 *   {account}            a merge field (`fields.ts` lists which are known where)
 *   [, {prospect}]       a part that is left out when one of its fields is not known
 *   {won|kept}           the word for new business | the word for a customer
 */
import * as z from 'zod';
import { languageSchema, phrasesSchema } from './speech';

/** The endings of a call, and all that the app has to know about each. */
export const VERDICT_TRAITS = {
  /** They would reconsider, have not signed, and let us check with the manager. */
  pulse: traits('ask', { isRescue: true, wouldReconsider: true }),
  /** They would reconsider, and the rep can do it alone. */
  keep_talking: traits('win_back', { isRescue: true, wouldReconsider: true }),
  signed: traits('close', { asksNextTime: true, hasContract: true }),
  /** Our offer would not have changed their choice. */
  no_pulse: traits('close', { asksNextTime: true }),
  /** They kept their reason to themselves. */
  declined_to_say: traits('close', { asksNextTime: true, isDodge: true }),
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
  /** The last line that was said got no answer. */
  readonly isDodge: boolean;
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
    isDodge: false,
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

/**
 * The descriptions are what an editor shows on a key (`playbooks/playbook.schema.json`); a pattern says there what to write.
 * Texts that more than one key has are described where they stand.
 */
const pattern = (regex: RegExp, remedy: string) =>
  z.string().regex(regex, remedy).meta({ patternErrorMessage: remedy });
const id = pattern(/^[a-z][a-z0-9_]{0,39}$/, 'use small letters, digits and _ (at most 40)');
const line = z.string().trim().min(1);
const target = z.union([
  z.strictObject({ step: id.describe('The id of a step.') }),
  z.strictObject({ verdict: z.enum(VERDICTS).describe('How the conversation ended.') }),
]);
export type Target = z.infer<typeof target>;

/** What the prospect may say instead of an answer, and the reply that leads back to the question. */
const replySchema = z.strictObject({
  hear: line.describe('What they may say instead of an answer.'),
  reply: line.describe('What the rep says then, which leads back to the question.'),
});
export type Reply = z.infer<typeof replySchema>;
export const repliesSchema = z.array(replySchema).min(1);

/** A day as people name it, instead of a date. `dayMeant` gives its date. */
const oneTap = z.strictObject({
  id: id.describe('Its name in the file.'),
  label: line.describe('The words on the button, at best 24 characters.'),
  means: pattern(
    /^(?:[1-9][0-9]? (?:months?|years?)|next (?:month|quarter|year))$/,
    'write it like “2 years”, “18 months” or “next quarter”',
  ).describe('The day: “2 years”, “18 months”, “next month”, “next quarter” or “next year”.'),
});

const source = z.enum(['prospect', 'rep']);

const choice = z.strictObject({
  id: id.describe('Its name in the file. With a fact that is a choice, one of the values of the fact.'),
  // Slack allows 75 characters, the checker 30.
  label: line.describe("The words on the button, at best the prospect's own (“Not yet”), 24 characters."),
  next: target.describe('Where it leads: { step: <id> } or { verdict: <name> }.'),
  style: z.enum(['primary', 'danger']).optional().describe('Read and ignored: all answers look the same.'),
  source: source
    .optional()
    .describe('Whose answer it is. Without it: the source of the record, else the prospect.'),
});
export type Choice = z.infer<typeof choice>;

const record = z.strictObject({
  fact: z
    .enum(factNames)
    .describe('What the answer is about. Each fact has a kind: a text, a choice, a day, …'),
  label: line.describe('The label of the input.'),
  placeholder: line.optional().describe('A hint inside the empty input.'),
  source: source.describe('Whose words these are.'),
});

export const stepSchema = z.strictObject({
  id: id.describe('Its name in the file. Keep it once it was used.'),
  title: line.describe('Short name of the screen, at best 24 characters.'),
  say: z
    .array(line)
    .min(1)
    .describe(
      'Lines to read aloud, one breath each, at most 45 words together. Marks: {account}, [, {prospect}], {won|kept}.',
    ),
  prompts: z.array(line).optional().describe('Further questions to dig with. The rep picks one.'),
  why: line.describe('One line for training: how this helps.'),
  cue: line
    .optional()
    .describe(
      'The end of “Listen for: …”, at best eight words. Without it, the first of listen_for is the cue.',
    ),
  dont: line.optional().describe("The end of “Don't …”, at best eight words."),
  listen_for: z.array(line).optional().describe('Further hints, for Whole script.'),
  avoid: line.optional().describe('One thing not to do, as a sentence, where there is no dont.'),
  they_say: repliesSchema.optional().describe('What they may say instead of an answer, each with a reply.'),
  record: record.optional().describe('What is kept of the answer. A step records one fact, or none.'),
  choices: z
    .array(choice)
    .optional()
    .describe('One-tap answers: the values of a fact that is a choice, else ways out of the screen.'),
  one_tap: z.array(oneTap).min(1).optional().describe('Days that one tap answers a date with.'),
  next: target
    .optional()
    .describe('Where Next leads: { step: <id> } or { verdict: <name> }. None where the fact is a choice.'),
  next_label: line.optional().describe('Another word for Next: “Said it”.'),
  unknown_label: line
    .optional()
    .describe("Another word for Don't know, where a day or an hour is asked for: “No date yet”."),
  again_label: line
    .optional()
    .describe('A button that keeps the answer and shows the screen once more: “Ask once more”.'),
});
export type Step = z.infer<typeof stepSchema>;

export const endingSchema = z.strictObject({
  title: line.describe('What the rep sees when the call has ended so.'),
  say: z.array(line).describe('The last lines to read aloud. May be empty: [].'),
  why: line.describe('One line for the rep: why this is a good end.'),
});
export type Ending = z.infer<typeof endingSchema>;

/** Words for moments after the call, in direct messages to the rep, with the moment of each. */
export const WORDS_WHEN = {
  voicemail: 'left on the machine',
  mail: 'sent by mail when nobody answered',
  holding: 'said when the promised hour comes before the answer',
  match: 'said with a yes to what they asked for',
  counter: 'said with a counter-offer',
  decline: 'said with a no',
  welcome_back: 'said when they are ours again',
  re_engage: 'said long after, when it is time to ask again',
  next_try: 'said at the second call, which leaves no message',
  last_voicemail: 'left on the machine at the last call',
  offer_now: 'said before match, when the rep may say yes without asking',
  re_engage_agreed: 're_engage for those who agreed to the call',
  pledge_held: 'said in re_engage behind the greeting: whether the winner kept their word',
} as const;
export type WordsKey = keyof typeof WORDS_WHEN;
export const WORDS = Object.keys(WORDS_WHEN) as [WordsKey, ...WordsKey[]];

export const linesSchema = z.array(line).min(1);

/** Mails that the rep sends, without greeting and signature, with the moment of each. */
export const MAILS_WHEN = {
  thank_you: 'when nobody answered',
  offer: 'with a yes or a counter-offer',
  decline: 'with a no',
  re_engage: 'long after, when it is time to ask again',
  keep_talking: 'with what the rep promised to send alone',
  last: 'after the last try',
} as const;
export type MailKey = keyof typeof MAILS_WHEN;
export const MAILS = Object.keys(MAILS_WHEN) as [MailKey, ...MailKey[]];

export const mailSchema = z.strictObject({
  subject: line.describe('At most 75 characters.'),
  text: linesSchema.describe('Paragraphs, without greeting and signature.'),
});
export type Mail = z.infer<typeof mailSchema>;

/** The words by which checks recognize money and an apology, in any language. */
const feedbackWordsSchema = z.strictObject({
  price: linesSchema.optional().describe('The prospect names money: “price”, “cheaper”, “discount”.'),
  apology: linesSchema.optional().describe('The rep takes the blame: “sorry”, “on me”.'),
});

export const playbookSchema = z.strictObject({
  id: id.describe('Its name for good. One with the id of a built-in playbook replaces it.'),
  title: line.describe('Shown where a rep chooses a playbook, at most 24 characters.'),
  summary: line.describe('Shown beneath the title, at most 75 characters.'),
  language: languageSchema.optional(),
  phrases: phrasesSchema
    .optional()
    .describe("In another language: the app's own words inside lines that are read out."),
  feedback_words: feedbackWordsSchema
    .optional()
    .describe(
      'What the feedback on a call looks for in the words that were said. Part of a word counts. A check without words is silent, except in English.',
    ),
  start: id.describe('The id of the first step.'),
  steps: z.array(stepSchema).min(1).describe('The screens of the call, in the order of Whole script.'),
  endings: z
    .partialRecord(z.enum(VERDICTS), endingSchema)
    .describe('By verdict: how the call ends. Every verdict that a step leads to needs one.'),
  // `words.ts` has the built-in ones, for each moment, mail and reply that is not here.
  words: z
    .partialRecord(z.enum(WORDS), linesSchema)
    .optional()
    .describe('Lines for moments after the call. The built-in words serve where there are none.'),
  mails: z
    .partialRecord(z.enum(MAILS), mailSchema)
    .optional()
    .describe('Mails that the rep sends. The built-in ones serve where there are none.'),
  they_say: z
    .partialRecord(z.enum(WORDS), repliesSchema)
    .optional()
    .describe('By moment after the call: what they may say then, each with a reply.'),
});
export type PlaybookSource = z.infer<typeof playbookSchema>;

/** What prospects say in a practice call: by step, then by the answer that the words mean. */
const practiceLines = z.record(z.string(), z.record(z.string(), linesSchema));

const characterSchema = z.strictObject({
  id: id.describe('Its name for good: a rep who has met this prospect meets others first.'),
  name: line.describe('At most 40 characters.'),
  company: line.describe('At most 40 characters.'),
  about: line.describe('Who they are, and what has happened so far. At most 150 characters.'),
  business: z.enum(['new', 'customer']).describe('A prospect we did not win, or a customer we are losing.'),
  competitor: line.optional().describe('Who wins it. None where nobody else is in it.'),
  answers: z
    .record(z.string(), line)
    .optional()
    .describe('By step: the answer that they give, where the words of the step serve.'),
  lines: practiceLines
    .optional()
    .describe('By step, then by answer: words of their own. They say which answer they give there too.'),
});
export type Character = z.infer<typeof characterSchema>;

/** A file beside a playbook: whom a rep practices with. */
export const practiceSchema = z.strictObject({
  playbook: id.describe('The id of the playbook.'),
  steps: practiceLines
    .optional()
    .describe('By step, then by answer: what anybody may say. A step has lines for each of its answers.'),
  prospects: z.array(characterSchema).min(1).optional().describe('Whom the rep meets.'),
});
export type Practice = z.infer<typeof practiceSchema>;

/** A playbook without faults. `hash` names this version; a deal keeps the version with which it started. */
export interface Playbook extends PlaybookSource {
  readonly hash: string;
  /** No part of the version, and never stored with it. */
  readonly practice?: Practice;
}

export const taxonomySchema = z.strictObject({
  reasons: z
    .array(
      z.strictObject({
        id: id.describe('Its name for good: old deals name it.'),
        label: line.describe('Shown on screens. Up to 20 characters fit charts.'),
      }),
    )
    .min(1)
    .describe('Why deals are lost, in the order of the screen. At most 100.'),
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
  /** What the prospect chose the winner for. */
  'pledged',
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
