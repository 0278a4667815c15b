/**
 * Names that come back from Slack: callback ids, action ids, block ids, `private_metadata` and button values.
 * Everything a listener needs to know about a screen or a button is in here, and is parsed with a schema.
 */
import * as z from 'zod';
import { clip, nameKey } from '../deal/model/typed';
import type { PracticeAnswer } from '../playbook/practice/answers';

/** `callback_id` of each modal (and of App Home). */
export const VIEWS = {
  intake: 'intake',
  step: 'step',
  script: 'script',
  theySay: 'they_say',
  offers: 'offers',
  /** What can be practiced now, a screen of a practice call, and its end. */
  practice: 'practice',
  practiceStep: 'practice_step',
  practiceEnd: 'practice_end',
  /** All playbooks with their versions, and one version before it is used. */
  playbooks: 'playbooks',
  previewPlaybook: 'preview_playbook',
  fillIn: 'fill_in',
  after: 'after',
  match: 'match',
  counter: 'counter',
  decline: 'decline',
  askRep: 'ask_rep',
  answerQuestion: 'answer_question',
  wonBack: 'won_back',
  lost: 'lost',
  remind: 'remind',
  assignManager: 'assign_manager',
  recordDecision: 'record_decision',
  nextTime: 'next_time',
  confirmReason: 'confirm_reason',
  askAgain: 'ask_again',
  mail: 'mail',
  help: 'help',
  list: 'list',
  notice: 'notice',
  details: 'details',
  fullText: 'full_text',
  home: 'home',
  upcoming: 'upcoming',
  changeDate: 'change_date',
  assignRep: 'assign_rep',
  out: 'out',
  passAsks: 'pass_asks',
  quietHours: 'quiet_hours',
  settings: 'settings',
  settingsList: 'settings_list',
  settingsForm: 'settings_form',
  settingsHistory: 'settings_history',
  competitor: 'competitor',
  figureDeals: 'figure_deals',
  figures: 'figures',
  callEnds: 'call_ends',
} as const;
export type ViewId = (typeof VIEWS)[keyof typeof VIEWS];

/** `action_id` of each button. Choice buttons are `choose:<choice>`. */
export const ACTIONS = {
  /** Every input element of a modal; its block id tells which. */
  input: 'input',

  // On a coaching screen.
  again: 'again',
  /** *Already told me*, on screens of an earlier release. */
  alreadyTold: 'already_told',
  dontKnow: 'dont_know',
  /** The hour suggested in the line to say, and another one. */
  suggested: 'suggested',
  suggestedOther: 'suggested_other',
  /** Shows the picker for any other day or hour. */
  otherTime: 'other_time',
  back: 'back',
  theySay: 'they_say',
  wholeScript: 'whole_script',
  backToCall: 'back_to_call',
  whatCanIOffer: 'what_can_i_offer',
  offerNow: 'offer_now',
  /** Back to the step, to ask the manager in place of an offer. */
  askAnyway: 'ask_anyway',

  // A practice call. The buttons of its answers are `practice_choose:<choice>` and `practice_day:<day>`, and these:
  practice: 'practice',
  practiceStart: 'practice_start',
  practiceResume: 'practice_resume',
  practiceSaid: 'practice_said',
  practiceNext: 'practice_next',
  practiceAgain: 'practice_again',
  practiceUnknown: 'practice_unknown',
  practiceHour: 'practice_hour',
  practiceOtherHour: 'practice_other_hour',
  practiceTryAgain: 'practice_try_again',
  practiceGoOn: 'practice_go_on',
  practiceBack: 'practice_back',
  practiceTheySay: 'practice_they_say',
  practiceScript: 'practice_script',

  // Versions of playbooks, for admins.
  playbooks: 'playbooks',
  previewPlaybook: 'preview_playbook',
  previewStart: 'preview_start',
  usePlaybook: 'use_playbook',
  keepPlaybook: 'keep_playbook',

  // On the ask and its DM copy.
  match: 'match',
  counter: 'counter',
  decline: 'decline',
  askRep: 'ask_rep',
  answerQuestion: 'answer_question',
  recordOffer: 'record_offer',
  recordMatch: 'record_match',
  recordCounter: 'record_counter',
  recordDecline: 'record_decline',
  recordQuestion: 'record_question',
  recordAnswer: 'record_answer',
  /** *Which one?*: the deal that a direct message is about. */
  whichOne: 'which_one',
  approve: 'approve',
  changeProposal: 'change_proposal',
  takeOver: 'take_over',
  assignManager: 'assign_manager',
  nudge: 'nudge',

  // The rep, afterwards.
  wonBack: 'won_back',
  lost: 'lost',
  noAnswer: 'no_answer',
  theySigned: 'they_signed',
  nextTime: 'next_time',
  confirmReason: 'confirm_reason',
  remindMe: 'remind_me',
  fillIn: 'fill_in',
  askNow: 'ask_now',
  more: 'more',
  /** *Don't show this*, beneath what went well on a call, and back again. */
  noAdvice: 'no_advice',
  adviceAgain: 'advice_again',
  mail: 'mail',
  tryNow: 'try_now',
  /** They called or wrote, and reached nobody. */
  tried: 'tried',
  startAgain: 'start_again',
  askAgain: 'ask_again',
  theySayBack: 'they_say_back',
  pledgeHeld: 'pledge_held',
  pledgePartly: 'pledge_partly',
  pledgeBroken: 'pledge_broken',
  pledgeUnknown: 'pledge_unknown',
  pledgeChange: 'pledge_change',
  reopen: 'reopen',
  /** *Not a lost deal*. */
  notLost: 'not_lost',

  // Finding the way.
  start: 'start',
  resume: 'resume',
  afterCall: 'after_call',
  open: 'open',
  details: 'details',
  showAll: 'show_all',
  page: 'page',
  listPage: 'list_page',
  upcoming: 'upcoming',
  upcomingPage: 'upcoming_page',
  changeDate: 'change_date',
  dropReminder: 'drop_reminder',
  showAgain: 'show_again',

  // Who a deal belongs to, and who is there.
  assignRep: 'assign_rep',
  out: 'out',
  backAgain: 'back_again',
  quietHours: 'quiet_hours',

  // The team's choices.
  settings: 'settings',
  settingsList: 'settings_list',
  settingsForm: 'settings_form',
  settingsRemove: 'settings_remove',
  settingsHistory: 'settings_history',
  /** What is left to set up, on Home. */
  setupInvited: 'setup_invited',
  setupHide: 'setup_hide',

  // Figures.
  figures: 'figures',
  figuresPeriod: 'figures_period',
  figuresTeam: 'figures_team',
  figureReport: 'figure_report',
  /** Of the figures on a screen, and of a report. */
  figureExport: 'figure_export',
  reportExport: 'report_export',
  callEnds: 'call_ends',
  /** A person's own digest: how often, on Home; *Stop this*, on the digest; and back again. */
  digestEvery: 'digest_every',
  digestStop: 'digest_stop',
  digestAgain: 'digest_again',
  figureDeals: 'figure_deals',
  competitorOffers: 'competitor_offers',
  /** The menu of figures; the block around it holds what they are over. */
  figureDealsOf: 'figure_deals_of',
} as const;
export type ActionId = (typeof ACTIONS)[keyof typeof ACTIONS];

/** Slack wants each action id once in a block, so the buttons of *Which one?* are numbered. */
export const whichOneAction = (index: number): string => `${ACTIONS.whichOne}:${index}`;

/** Matches them, for the listener. */
export const WHICH_ONE = new RegExp(`^${ACTIONS.whichOne}(?::\\d+)?$`, 'u');

const CHOOSE_PREFIX = 'choose:';

/** Matches the action ids of all choice buttons, for the listener. */
export const CHOOSE = /^choose:[a-z][a-z0-9_]*$/u;

/** Action id of a one-tap answer. */
export function chooseAction(choice: string): string {
  return `${CHOOSE_PREFIX}${choice}`;
}

/** The choice behind an action id, or null. */
export function choiceOf(actionId: string): string | null {
  return CHOOSE.test(actionId) ? actionId.slice(CHOOSE_PREFIX.length) : null;
}

/** Matches the buttons of a practice call that name a choice or a day, for the listener. */
export const PRACTICE_ANSWER = /^practice_(choose|day):([a-z][a-z0-9_]*)$/u;

/** Action id of an answer in a practice call. Hours stand beside each other, so the second has an id of its own. */
export function practiceAction(answer: PracticeAnswer, other = false): string {
  if ('choice' in answer) return `practice_choose:${answer.choice}`;
  if ('day' in answer) return `practice_day:${answer.day}`;
  if ('hour' in answer) return other ? ACTIONS.practiceOtherHour : ACTIONS.practiceHour;
  if ('unknown' in answer) return ACTIONS.practiceUnknown;
  return 'again' in answer ? ACTIONS.practiceAgain : ACTIONS.practiceNext;
}

/** The answer behind an action id; null: none. */
export function practiceAnswerOf(actionId: string): PracticeAnswer | null {
  const [, kind, id] = PRACTICE_ANSWER.exec(actionId) ?? [];
  if (id !== undefined) return kind === 'day' ? { day: id } : { choice: id };
  switch (actionId) {
    case ACTIONS.practiceHour:
    case ACTIONS.practiceOtherHour:
      return { hour: true };
    case ACTIONS.practiceUnknown:
      return { unknown: true };
    case ACTIONS.practiceAgain:
      return { again: true };
    case ACTIONS.practiceNext:
      return { next: true };
    default:
      return null;
  }
}

/** Inputs of a coaching screen; `choice` only on the screen of `/lostdeal after`. */
export const STEP_FIELDS = ['text', 'reasons', 'date', 'moment', 'choice'] as const;
export type StepField = (typeof STEP_FIELDS)[number];

/**
 * Block id of an input on a coaching screen. It names the showing: Slack keeps old text and ignores initial values
 * where block ids match, so each showing needs its own.
 */
export function blockId(stepId: string, visit: number, field: StepField): string {
  return `step:${stepId}:${visit}:${field}`;
}

export interface StepBlock {
  readonly stepId: string;
  readonly visit: number;
  readonly field: StepField;
}

const STEP_BLOCK = /^step:([a-z][a-z0-9_]*):(\d+):([a-z]+)$/u;

/** What `blockId` was made of, or null. */
export function parseBlockId(id: string): StepBlock | null {
  const [, stepId, visit, name] = STEP_BLOCK.exec(id) ?? [];
  const field = STEP_FIELDS.find((known) => known === name);
  if (stepId === undefined || field === undefined) return null;
  return { stepId, visit: Number(visit), field };
}

/** Block id of an input on any other screen. */
export function fieldId(name: string): string {
  return `field:${name}`;
}

const DEALS_OF = 'deals_of:';

/** Block id of the menu of figures. It holds what they are over, as Slack takes only short values of options. */
export const dealsOfBlock = (over: Ref): string => `${DEALS_OF}${encodeRef(over)}`;

/** What `dealsOfBlock` was made of; null: it is another block. */
export const overOf = (block: string): Ref | null =>
  block.startsWith(DEALS_OF) ? decodeRef(block.slice(DEALS_OF.length)) : null;

/** Block of the error line that `withError` puts on top. */
export const ERROR_BLOCK = 'error';

const id = z.string().min(1).max(255);
const seq = z.number().int().nonnegative();

/** What a view or button refers to. */
const COMPANY_MAX = 80;
/** The company's name as `company` of a reference. */
export const companyRef = (account: string): string => clip(nameKey(account), COMPANY_MAX);

const refSchema = z.object({
  deal: id.optional(),
  /** Of a coaching screen. */
  visit: seq.optional(),
  step: id.optional(),
  /** The hour that a button promises, ms UTC. */
  at: seq.optional(),
  ask: seq.optional(),
  question: seq.optional(),
  remark: seq.optional(),
  approval: seq.optional(),
  /** Sequence number of the event that a message is about. */
  event: seq.optional(),
  /** Of a list or a long text, from 0. */
  page: seq.optional(),
  /** A screen of the settings. */
  section: id.optional(),
  /** An entry of a list in the settings. */
  item: id.optional(),
  /** What the intake leads to, or a form that shows all its fields. */
  mode: z.enum(['live', 'after', 'more']).optional(),
  /** Of the intake: the key of the company whose open deals it shows. */
  company: z.string().max(COMPANY_MAX).optional(),
  /** How a finished call ended, on the form that is shown for it. */
  ending: id.optional(),
  /** Of a deal that begins when its form is saved. */
  account: id.optional(),
  business: z.enum(['new', 'customer']).optional(),
  playbook: id.optional(),
  /** The hash of a version of the playbook. */
  version: id.optional(),
  /** A practice call. */
  practice: id.optional(),
  /** One figure of a report. */
  figure: id.optional(),
});
export type Ref = z.infer<typeof refSchema>;
type RefKey = keyof Ref;

/** Keys as Slack holds them; it allows 3,000 characters in a view's metadata and 2,000 in a button's value. */
const SHORT_KEYS = {
  deal: 'd',
  visit: 'v',
  step: 's',
  at: 't',
  ask: 'a',
  question: 'q',
  remark: 'r',
  approval: 'n',
  event: 'x',
  page: 'p',
  section: 'k',
  item: 'i',
  mode: 'm',
  company: 'c',
  ending: 'e',
  account: 'o',
  business: 'b',
  playbook: 'y',
  version: 'h',
  practice: 'z',
  figure: 'f',
} as const satisfies Record<RefKey, string>;
const shortSchema = z.record(z.string(), z.unknown());
const KEYS = Object.keys(SHORT_KEYS) as RefKey[];

/** For `private_metadata` and button values. Keys always have the same order, so equal references are equal texts. */
export function encodeRef(ref: Ref): string {
  return JSON.stringify(Object.fromEntries(KEYS.map((key) => [SHORT_KEYS[key], ref[key]])));
}

/** Null when the text is not one of ours. */
export function decodeRef(text: string | null | undefined): Ref | null {
  if (text === null || text === undefined || text === '') return null;
  try {
    const short = shortSchema.safeParse(JSON.parse(text));
    if (!short.success) return null;
    const given = KEYS.filter((key) => SHORT_KEYS[key] in short.data);
    const parsed = refSchema.safeParse(
      Object.fromEntries(given.map((key) => [key, short.data[SHORT_KEYS[key]]])),
    );
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
