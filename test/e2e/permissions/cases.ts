/**
 * Each button and screen with its effect and the people who may use it. A new one without a line here fails the test.
 */
import { ACTIONS, chooseAction, practiceAction, type Ref, VIEWS, type ViewId } from '../../../src/slack/ids';
import type { ViewValues } from '../../../src/slack/views/values';
import { APPROVAL, ESCALATION_CHANNEL, QUESTION, REMARK, type StageName, TRIED } from './deals';
import { CONFIRM, DECIDE, HERE, idOf, NOBODY, type Person, SEE, SET, WORK } from './people';

export type Effect =
  /** The deal has one event more. */
  | 'commits'
  /** The settings have one entry more in their history. */
  | 'saves'
  /** This screen is shown. */
  | { readonly shows: ViewId };

export interface Case {
  /** Null: it is about no deal. */
  readonly stage: StageName | null;
  readonly ref?: Ref;
  /** The screen a button stands on; absent: a message. */
  readonly on?: ViewId;
  readonly channel?: string;
  /** The screen of the call; absent: the first one. */
  readonly step?: string;
  readonly values?: (person: Person, index: number) => ViewValues;
  readonly may: readonly Person[];
  /** It opens for anybody, even from outside; its content is only for people who may. */
  readonly blank?: true;
  /** Whether people whose role Slack has to confirm first see it; absent: as everybody else. */
  readonly unconfirmed?: boolean;
  /** The person wrote {@link WROTE} to the app, and nobody knows yet which deal it is for. */
  readonly wrote?: true;
  /** The rep has a practice call with this id, on its first screen. */
  readonly practice?: true;
  readonly effect: Effect;
}

export const WROTE = { channel: 'D1', ts: '1700000000.000100' } as const;

const shows = (view: ViewId): Effect => ({ shows: view });
const typed = (fields: Readonly<Record<string, object>>) => (): ViewValues =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [`field:${name}`, { input: value }]));
const text = (value: string) => ({ type: 'plain_text_input', value });
const user = (person: Person) => ({ type: 'users_select', selected_user: idOf(person) });
const option = (value: string) => ({ type: 'radio_buttons', selected_option: { value } });
const tomorrow = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
const inADay = Math.floor(Date.now() / 1000) + 86_400;

const onCall = (may = WORK): Case => ({
  stage: 'coaching',
  ref: { visit: 1 },
  on: VIEWS.step,
  may,
  effect: 'commits',
});
const onAsk = (view: ViewId, ref: Ref = { ask: 1 }): Case => ({
  stage: 'asked',
  ref,
  may: DECIDE,
  effect: shows(view),
});
const remarked = (view: ViewId): Case => onAsk(view, { ask: 1, remark: REMARK });
const rep = (stage: StageName, effect: Effect): Case => ({ stage, may: WORK, effect });
const seen = (view: ViewId): Case => ({ stage: 'asked', may: SEE, effect: shows(view) });
const own = (effect: Effect): Case => ({ stage: null, may: HERE, effect });
const blank = (view: ViewId): Case => ({ ...own(shows(view)), blank: true });
/** Nobody but the rep has anything to do with their practice call. */
const practice = (effect = shows(VIEWS.practiceStep)): Case => ({
  stage: null,
  practice: true,
  ref: { visit: 1, playbook: 'heartbeat' },
  on: VIEWS.practiceStep,
  may: ['rep'],
  effect,
});
/** Whoever may start a call may practice one. */
const practiced = (effect: Effect): Case => ({
  ...own(effect),
  may: [...HERE, 'unknown'],
});
/** Members read figures of the deals that they may see; an admin whose role is old has to be confirmed first. */
const figures: Case = { ...own(shows(VIEWS.figures)), may: HERE.filter((it) => it !== 'oldAdmin') };
const set = (effect: Effect, ref: Ref = {}): Case => ({ stage: null, ref, may: SET, effect });

/** Of a version that does not wait, so that nobody's choice changes what the next person finds. */
const VERSION: Ref = { playbook: 'heartbeat', version: '0123456789abcdef' };

/** `input` stands for every input of every screen: the app only looks up the choice. */
type Tapped = Exclude<(typeof ACTIONS)[keyof typeof ACTIONS], 'input'>;

export const CLICKS: Readonly<Record<Tapped | `${'' | 'practice_'}choose:${string}`, Case>> = {
  [ACTIONS.again]: { ...onCall(), may: NOBODY },
  [ACTIONS.alreadyTold]: onCall(),
  [ACTIONS.dontKnow]: onCall(),
  [ACTIONS.back]: { ...onCall(), may: NOBODY },
  [ACTIONS.suggested]: { ...onCall(), ref: { visit: 1, at: inADay * 1000 } },
  [ACTIONS.suggestedOther]: { ...onCall(), ref: { visit: 1, at: inADay * 1000 } },
  // Whoever has the screen keeps it, with the reason on top.
  [ACTIONS.otherTime]: { ...onCall(), effect: shows(VIEWS.step), unconfirmed: true },
  [ACTIONS.theySay]: { ...onCall(SEE_CALL()), effect: shows(VIEWS.theySay) },
  [ACTIONS.wholeScript]: { ...onCall(SEE_CALL()), effect: shows(VIEWS.script) },
  [ACTIONS.backToCall]: { ...onCall(), stage: 'noted', on: VIEWS.fillIn },
  // Nobody but the rep is on the call.
  [ACTIONS.whatCanIOffer]: { ...onCall(['rep']), step: 'may_check', effect: shows(VIEWS.offers) },
  [ACTIONS.offerNow]: {
    ...onCall(['rep']),
    ref: { visit: 1, item: 'G1' },
    on: VIEWS.offers,
    step: 'may_check',
  },
  [ACTIONS.askAnyway]: {
    ...onCall(['rep']),
    on: VIEWS.offers,
    step: 'may_check',
    effect: shows(VIEWS.step),
  },
  [chooseAction('yes')]: { ...onCall(), step: 'would_have_kept' },

  [ACTIONS.noAdvice]: { ...rep('asked', shows(VIEWS.fillIn)), on: VIEWS.fillIn, ref: {}, unconfirmed: true },
  [ACTIONS.adviceAgain]: practiced(shows(VIEWS.practice)),
  [ACTIONS.practice]: practiced(shows(VIEWS.practice)),
  [ACTIONS.practiceStart]: {
    ...practiced(shows(VIEWS.practiceStep)),
    ref: { practice: 'new', playbook: 'heartbeat' },
  },
  [ACTIONS.practiceResume]: practice(),
  [ACTIONS.practiceSaid]: practice(),
  [ACTIONS.practiceNext]: practice(),
  [ACTIONS.practiceAgain]: practice(),
  [ACTIONS.practiceUnknown]: practice(),
  [ACTIONS.practiceHour]: practice(),
  [ACTIONS.practiceOtherHour]: practice(),
  [ACTIONS.practiceTryAgain]: practice(),
  [ACTIONS.practiceGoOn]: practice(),
  [ACTIONS.practiceBack]: practice(),
  [practiceAction({ choice: 'nobody_won' })]: practice(),
  [ACTIONS.practiceTheySay]: practice(shows(VIEWS.theySay)),
  [ACTIONS.practiceScript]: practice(shows(VIEWS.script)),

  [ACTIONS.playbooks]: set(shows(VIEWS.playbooks)),
  [ACTIONS.previewPlaybook]: set(shows(VIEWS.previewPlaybook), VERSION),
  [ACTIONS.previewStart]: set(shows(VIEWS.practiceStep), { ...VERSION, practice: 'preview' }),
  [ACTIONS.usePlaybook]: set(shows(VIEWS.previewPlaybook), VERSION),
  [ACTIONS.keepPlaybook]: set(shows(VIEWS.previewPlaybook), VERSION),

  [ACTIONS.match]: onAsk(VIEWS.match),
  [ACTIONS.counter]: onAsk(VIEWS.counter),
  [ACTIONS.decline]: onAsk(VIEWS.decline),
  [ACTIONS.askRep]: onAsk(VIEWS.askRep),
  [ACTIONS.recordOffer]: remarked(VIEWS.recordDecision),
  [ACTIONS.recordMatch]: remarked(VIEWS.match),
  [ACTIONS.recordCounter]: remarked(VIEWS.counter),
  [ACTIONS.recordDecline]: remarked(VIEWS.decline),
  [ACTIONS.recordQuestion]: remarked(VIEWS.askRep),
  [ACTIONS.recordAnswer]: {
    stage: 'questioned',
    ref: { question: QUESTION, remark: REMARK },
    may: ['rep'],
    effect: shows(VIEWS.answerQuestion),
  },
  // Everybody wrote these words; only people who see the deal find it.
  [ACTIONS.whichOne]: {
    stage: 'asked',
    ref: { item: WROTE.ts },
    channel: WROTE.channel,
    may: SEE,
    wrote: true,
    effect: 'commits',
  },
  [ACTIONS.approve]: {
    stage: 'proposed',
    ref: { ask: 1, approval: APPROVAL },
    // People who may decide and do not have the proposer's limit.
    may: ['approver', 'approverStandIn', 'escalatedTo', 'admin', 'namedAdmin'],
    effect: 'commits',
  },
  [ACTIONS.changeProposal]: {
    stage: 'proposed',
    ref: { ask: 1, approval: APPROVAL },
    // The proposal is with its maker and the approver; a stand-in of the maker waits too.
    may: ['approver', 'approverStandIn', ...DECIDE.filter((it) => it !== 'standIn')],
    effect: shows(VIEWS.match),
  },
  [ACTIONS.takeOver]: {
    stage: 'asked',
    ref: { ask: 1 },
    channel: ESCALATION_CHANNEL,
    // The ask came to the channel, so anybody there may take it; never anybody who was the rep.
    // Slack confirms an old admin first, so what they may as a member comes after the ack.
    may: HERE.filter((it) => !['rep', 'formerRep', 'manager', 'oldAdmin'].includes(it)),
    unconfirmed: false,
    effect: 'commits',
  },
  [ACTIONS.answerQuestion]: {
    stage: 'questioned',
    ref: { question: QUESTION },
    may: ['rep'],
    effect: shows(VIEWS.answerQuestion),
  },
  [ACTIONS.assignManager]: seen(VIEWS.assignManager),
  [ACTIONS.nudge]: rep('waiting', 'commits'),

  [ACTIONS.wonBack]: rep('won', shows(VIEWS.wonBack)),
  [ACTIONS.lost]: rep('won', shows(VIEWS.lost)),
  [ACTIONS.noAnswer]: rep('won', 'commits'),
  [ACTIONS.theySigned]: rep('won', 'commits'),
  [ACTIONS.nextTime]: rep('closed', shows(VIEWS.nextTime)),
  [ACTIONS.confirmReason]: { stage: 'closed', may: CONFIRM, effect: shows(VIEWS.confirmReason) },
  [ACTIONS.remindMe]: rep('won', shows(VIEWS.remind)),
  [ACTIONS.fillIn]: rep('asked', shows(VIEWS.fillIn)),
  [ACTIONS.askNow]: { ...rep('held', 'commits'), on: VIEWS.fillIn },
  [ACTIONS.more]: { ...rep('asked', shows(VIEWS.fillIn)), on: VIEWS.fillIn, unconfirmed: true },
  [ACTIONS.afterCall]: rep('coaching', shows(VIEWS.after)),
  [ACTIONS.mail]: rep('won', shows(VIEWS.mail)),
  [ACTIONS.tryNow]: rep('unreached', 'commits'),
  [ACTIONS.tried]: { ...rep('unreached', 'commits'), ref: { event: TRIED } },
  [ACTIONS.startAgain]: {
    stage: 'closed',
    may: SEE.filter((it) => it !== 'escalatedTo'),
    effect: shows(VIEWS.intake),
    blank: true,
    unconfirmed: false,
  },
  [ACTIONS.askAgain]: rep('won', shows(VIEWS.askAgain)),
  [ACTIONS.theySayBack]: rep('won', shows(VIEWS.theySay)),
  [ACTIONS.pledgeHeld]: rep('closed', 'commits'),
  [ACTIONS.pledgePartly]: rep('closed', 'commits'),
  [ACTIONS.pledgeBroken]: rep('closed', 'commits'),
  [ACTIONS.pledgeUnknown]: rep('closed', 'commits'),
  [ACTIONS.pledgeChange]: rep('pledged', 'commits'),
  [ACTIONS.reopen]: rep('closed', 'commits'),
  [ACTIONS.notLost]: rep('asked', 'commits'),

  [ACTIONS.start]: blank(VIEWS.intake),
  [ACTIONS.resume]: rep('coaching', 'commits'),
  [ACTIONS.open]: seen(VIEWS.details),
  [ACTIONS.details]: seen(VIEWS.details),
  [ACTIONS.showAll]: { ...seen(VIEWS.fullText), ref: { page: 0 } },
  // Their own screen stays, with an error on top.
  [ACTIONS.page]: { ...seen(VIEWS.fullText), ref: { page: 0 }, on: VIEWS.fullText, unconfirmed: true },
  [ACTIONS.listPage]: { ...blank(VIEWS.list), on: VIEWS.list },
  [ACTIONS.upcoming]: blank(VIEWS.upcoming),
  [ACTIONS.upcomingPage]: { ...blank(VIEWS.upcoming), on: VIEWS.upcoming },
  [ACTIONS.changeDate]: rep('closed', shows(VIEWS.changeDate)),
  [ACTIONS.dropReminder]: { ...rep('closed', 'commits'), on: VIEWS.upcoming },
  [ACTIONS.assignRep]: seen(VIEWS.assignRep),

  [ACTIONS.quietHours]: blank(VIEWS.quietHours),
  [ACTIONS.out]: blank(VIEWS.out),
  [ACTIONS.showAgain]: { ...rep('asked', shows(VIEWS.notice)), may: SET, blank: true },
  [ACTIONS.settings]: set(shows(VIEWS.settings)),
  [ACTIONS.settingsList]: set(shows(VIEWS.settingsList), { section: 'teams' }),
  [ACTIONS.settingsForm]: set(shows(VIEWS.settingsForm), { section: 'calendar' }),
  [ACTIONS.setupInvited]: set('saves'),
  [ACTIONS.setupHide]: set('saves'),
  [ACTIONS.settingsHistory]: set(shows(VIEWS.settingsHistory), { page: 0, section: 'gives' }),
  [ACTIONS.settingsRemove]: { ...set('saves', { section: 'limits' }), on: VIEWS.settingsList },
  [ACTIONS.figureDeals]: { ...figures, effect: shows(VIEWS.figureDeals) },
  [ACTIONS.figureDealsOf]: { ...figures, effect: shows(VIEWS.figureDeals) },
  [ACTIONS.callEnds]: { ...figures, effect: shows(VIEWS.callEnds) },
  [ACTIONS.figures]: figures,
  [ACTIONS.figuresPeriod]: figures,
  [ACTIONS.figuresTeam]: figures,
  [ACTIONS.competitorOffers]: {
    ...figures,
    ref: { account: 'Globex', page: 1 },
    effect: shows(VIEWS.competitor),
  },
  // In this order each of the two changes something.
  [ACTIONS.digestStop]: { ...figures, effect: 'saves' },
  [ACTIONS.digestAgain]: blank(VIEWS.notice),
  [ACTIONS.digestEvery]: { ...figures, effect: 'saves' },
  [ACTIONS.figureReport]: blank(VIEWS.notice),
  [ACTIONS.figureExport]: blank(VIEWS.notice),
  [ACTIONS.reportExport]: blank(VIEWS.notice),
  // It comes last because it changes the stand-ins: only the manager and the approver have one.
  [ACTIONS.backAgain]: { ...own('saves'), may: ['manager', 'approver'] },
};

/** People who see a deal that has no ask yet. */
function SEE_CALL(): readonly Person[] {
  return SEE.filter((it) => it !== 'escalatedTo');
}

/** A deal that exists already: only its rep, who submitted it twice, gets its screen. */
export const INTAKE_OF_A_DEAL: Case = {
  ...onCall(['rep']),
  ref: { mode: 'live' },
  values: (person) => typed({ account: text(`Old ${person}`), business: option('new') })(),
  effect: shows(VIEWS.step),
};

/** What reps may give alone: the only settings that managers of teams see and change, for their own teams. */
const offers = (effect: Effect, section: string): Case => ({
  ...set(effect, { section }),
  may: [...SET, 'teamManager', 'otherManager'],
});

/** The same buttons and screens as of the other settings, which name the list of managers. */
export const OFFERS: Readonly<Record<string, Case>> = {
  [`tap ${ACTIONS.settingsList} of offers`]: offers(shows(VIEWS.settingsList), 'gives'),
  [`tap ${ACTIONS.settingsForm} of offers`]: offers(shows(VIEWS.settingsForm), 'give'),
  [`submit ${VIEWS.settingsForm} of offers`]: {
    ...offers('saves', 'give'),
    values: (person, index) =>
      typed({
        give_terms: text(`Offer ${index} of ${person}`),
        give_reason: option('price'),
        give_team: option(person === 'otherManager' ? 'south' : 'north'),
      })(),
  },
};

/** Null: nothing can be submitted on it. */
export const SUBMISSIONS: Readonly<Record<ViewId, Case | null>> = {
  [VIEWS.step]: onCall(),
  [VIEWS.offers]: {
    ...onCall(['rep']),
    step: 'may_check',
    values: typed({ offer_worth: text('5,000') }),
    effect: shows(VIEWS.offers),
  },
  [VIEWS.practice]: null,
  [VIEWS.playbooks]: null,
  [VIEWS.previewPlaybook]: null,
  [VIEWS.practiceStep]: practice(),
  [VIEWS.practiceEnd]: {
    ...practiced(shows(VIEWS.practiceStep)),
    ref: { practice: 'another', playbook: 'heartbeat' },
  },
  [VIEWS.fillIn]: { ...rep('asked', 'commits'), values: typed({ notes: text('More') }) },
  [VIEWS.after]: {
    ...rep('coaching', 'commits'),
    values: typed({ verdict: option('no_pulse') }),
  },
  [VIEWS.match]: { ...onAsk(VIEWS.match), effect: 'commits', values: typed({ terms: text('Ninety days') }) },
  [VIEWS.counter]: { ...onAsk(VIEWS.match), effect: 'commits', values: typed({ terms: text('Sixty') }) },
  [VIEWS.decline]: { ...onAsk(VIEWS.match), effect: 'commits', values: typed({ reason: text('Too low') }) },
  [VIEWS.recordDecision]: {
    ...onAsk(VIEWS.match, { ask: 1, remark: REMARK }),
    effect: 'commits',
    values: typed({ kind: option('match'), words: text('Ninety days') }),
  },
  [VIEWS.askRep]: { ...onAsk(VIEWS.match), effect: 'commits', values: typed({ question: text('Why?') }) },
  [VIEWS.answerQuestion]: {
    ...rep('questioned', 'commits'),
    ref: { question: QUESTION },
    values: typed({ answer: text('So') }),
  },
  [VIEWS.assignManager]: {
    ...seen(VIEWS.details),
    // The manager of the rep's team decides, so the rep names nobody else.
    may: SEE.filter((it) => it !== 'rep'),
    effect: 'commits',
    values: typed({ manager: user('otherManager') }),
  },
  [VIEWS.assignRep]: { ...seen(VIEWS.details), effect: 'commits', values: typed({ rep: user('otherRep') }) },
  [VIEWS.wonBack]: { ...rep('won', 'commits'), values: typed({ part: option('whole'), took: text('Time') }) },
  [VIEWS.askAgain]: { ...rep('won', 'commits'), values: typed({ changed: text('45 days') }) },
  [VIEWS.lost]: { ...rep('won', 'commits'), values: typed({ reason: text('Price') }) },
  [VIEWS.remind]: {
    ...rep('won', 'commits'),
    values: typed({ at: { type: 'datetimepicker', selected_date_time: inADay } }),
  },
  [VIEWS.nextTime]: {
    ...rep('closed', 'commits'),
    values: typed({ may_call: option('yes'), call_on: { type: 'datepicker', selected_date: tomorrow } }),
  },
  [VIEWS.confirmReason]: {
    stage: 'closed',
    may: CONFIRM,
    effect: 'commits',
    values: (_person, index) =>
      typed({
        confirmed_reasons: {
          type: 'multi_static_select',
          selected_options: [{ value: index % 2 === 0 ? 'price' : 'features' }],
        },
      })(),
  },
  [VIEWS.changeDate]: {
    ...rep('closed', 'commits'),
    values: typed({ call_day: { type: 'datepicker', selected_date: tomorrow } }),
  },
  [VIEWS.intake]: {
    ...own(shows(VIEWS.step)),
    // A call does not wait for Slack to describe its rep.
    may: [...HERE, 'unknown'],
    ref: { mode: 'live' },
    values: (person) => typed({ account: text(`New ${person}`), business: option('new') })(),
  },
  [VIEWS.quietHours]: {
    ...own('saves'),
    values: typed({
      quiet_from: { type: 'timepicker', selected_time: '19:00' },
      quiet_until: { type: 'timepicker', selected_time: '07:00' },
    }),
  },
  [VIEWS.settingsForm]: {
    ...set('saves', { section: 'following' }),
    values: (_person, index) =>
      typed({
        currency: text('USD'),
        silence_days: text(String(20 + index)),
        lead_days: text('90'),
        retention_months: { type: 'plain_text_input', value: null },
      })(),
  },
  // These come after all the others, because they change the stand-ins and the people whom asks wait for.
  [VIEWS.out]: {
    ...own('saves'),
    values: typed({
      out_stand_in: user('otherRep'),
      out_from: { type: 'datepicker', selected_date: tomorrow },
      out_until: { type: 'datepicker', selected_date: null },
    }),
    may: HERE.filter((it) => it !== 'otherRep'),
  },
  [VIEWS.passAsks]: { ...own({ shows: VIEWS.notice }), may: NOBODY },
  [VIEWS.mail]: null,
  [VIEWS.script]: null,
  [VIEWS.theySay]: null,
  [VIEWS.help]: null,
  [VIEWS.list]: null,
  [VIEWS.notice]: null,
  [VIEWS.details]: null,
  [VIEWS.fullText]: null,
  [VIEWS.home]: null,
  [VIEWS.upcoming]: null,
  [VIEWS.competitor]: null,
  [VIEWS.figureDeals]: null,
  [VIEWS.callEnds]: null,
  [VIEWS.figures]: null,
  [VIEWS.settings]: null,
  [VIEWS.settingsList]: null,
  [VIEWS.settingsHistory]: null,
};
