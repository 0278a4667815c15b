/**
 * The sentence that a person reads for each refusal. The other layers give a code and facts; every sentence is here.
 */
import type { Refusal } from '../../coach/refusals';
import type { TooMany } from '../../coach/settings/settingsBounds';
import type { UserId } from '../../deal/model/deal';
import type { AmountProblem } from '../../deal/model/money';
import type { Part } from './parts';
import { dayWords, onDayWords } from './readOut';

/** Refusals that name a person or a time, which need more than plain words. */
const WITH_PARTS = ['already_decided', 'nudge_waits'] as const;
type WithParts = (typeof WITH_PARTS)[number];
export type PlainRefusal = Exclude<Refusal, { readonly code: WithParts }>;

export const isPlainRefusal = (refusal: Refusal): refusal is PlainRefusal =>
  !WITH_PARTS.some((code) => code === refusal.code);

type Sentences<Of extends { readonly code: string }> = {
  readonly [Code in Of['code']]: string | ((facts: Extract<Of, { readonly code: Code }>) => string);
};

const AMOUNT_WANTED = 'Type an amount, such as 48,000.';

const LOOKED_UP_LATER = "I couldn't look this person up. Try again in a moment.";

/** Said where somebody acts whose role Slack has to confirm first. */
export const UNCONFIRMED = 'Checking who you are. Try again.';

const REFUSALS: Sentences<PlainRefusal> = {
  stale: 'The deal moved on since you opened this.',
  rep_went_back: 'The rep has already gone back to the prospect.',
  already_done: "That's already done.",
  persons_only: 'Only a person can do this.',
  persons_start: 'Only a person can start a deal.',
  members_only: 'Only people of this workspace can do this.',
  members_start: 'Only people of this workspace can start a deal.',
  clock_only: 'Only the clock does this.',
  rep_only: 'Only the rep of this deal or an admin can do this.',
  own_call_only: 'Only the rep on the call can offer this.',
  decider_only: "Only this deal's manager, a stand-in or an admin can decide, and never its rep.",
  party_only: 'Only the people of this deal can do this.',
  admin_only: 'Only an admin can do this.',
  author_only: 'Only the person who wrote this can change it.',
  approver_only: 'This waits for somebody else to approve.',
  confirmer_only: "Only a manager of this deal's team or an admin can confirm the reason, and never its rep.",
  other_channel: "This ask didn't come to this channel.",
  has_signed: "They've signed with somebody else. That ends the rescue.",
  conversation_ended: 'This conversation has ended.',
  conversation_open: 'Finish the conversation first.',
  not_reached: "You haven't reached them yet. Try again first.",
  recorded_already: 'This conversation is already recorded.',
  verdict_stands: 'Something has happened since this call, so its ending stays.',
  nothing_to_decide: "There's nothing to decide now.",
  nothing_to_ask: "There's nothing to ask the manager now.",
  nobody_to_nudge: "This ask is with nobody else now, so there's nobody to nudge. You can say who decides.",
  nothing_to_remind: "There's nothing to remind you of now.",
  not_decided: "The manager hasn't decided yet.",
  outcome_stands: 'This deal is closed. Open it again to change how it ended.',
  won_back: 'This deal was won back.',
  closed: 'This deal is closed.',
  closed_long_ago: ({ days }) => `This deal was closed more than ${days} days ago.`,
  not_closed: 'This deal is open.',
  nothing_pledged: "Nobody wrote down what they promised, so there's nothing to record.",
  withdrawn: "This deal isn't lost, so there's nothing to follow up. If it's lost after all, bring it back.",
  deal_exists: 'This deal already exists.',
  deal_unknown: "There's no such deal.",
  remark_unknown: "This message isn't saved with the deal.",
  remarks_full:
    "This deal is full of replies, so yours isn't saved with it. It's still here in Slack. To decide, use the buttons of the ask.",
  questions_full: 'This deal has no room for more questions. Ask in the thread.',
  asks_full: "You've asked about this deal as often as you can. Start a new one to ask again.",
  decisions_full: "You can't change this decision again. Write the rest in the thread.",
  deal_full: 'This deal is full. Shorten this, or write it in the thread.',
  first_screen: 'This is the first screen.',
  not_pre_approved: "You can't offer this on your own here. Ask your manager.",
  worth_missing: 'Say what the deal is worth, such as 48,000. This offer has a limit.',
  given_out: "We've offered this as often as we can this quarter. Ask your manager.",
  account_missing: 'Give the company a name.',
  question_missing: 'Type your question.',
  answer_missing: 'Type your answer.',
  change_missing: 'Say what has changed, so they can decide anew.',
  reason_missing: 'Give a reason the rep can repeat.',
  loss_reason_missing: 'Pick at least one reason.',
  terms_missing: 'Type the terms.',
  words_missing: "There's nothing to save.",
  cost_missing: 'You have a limit, so say what it costs us. Type 0 if it costs nothing.',
  amount_unusable: AMOUNT_WANTED,
  term_unusable: 'Type the term in months, such as 24.',
  after_signing: ({ date, today }) => `They sign ${onDayWords(date, today)}. Call before that?`,
  on_holiday: ({ date, today }) => `${dayWords(date, today)} is a holiday for you. Pick another day.`,
  reminder_unusable: 'Pick a time within the next year.',
  expiry_passed: 'The offer has to expire in the future.',
  proposal_expired: "That offer has expired. Change how long it's good for.",
  part_too_large: 'A part has to be worth less than the whole deal.',
  own_manager: 'Nobody decides about a deal that was ever theirs. Name somebody else.',
  team_manager: ({ name }) =>
    name === '' ? teamManagerDecides('Your manager', 'they') : teamManagerDecides(name, name),
  manager_as_rep: "A deal's manager can't be its rep too. Name another manager first.",
  approver_is_rep:
    'This is above your limit, and its approver is or was the rep. An admin can name another approver.',
  approver_proposed:
    'This is above your limit, and its approver proposed it. An admin can name another approver.',
  no_stand_in: 'The manager has no stand-in now.',
  no_approver_stand_in: 'The approver has no other stand-in now.',
  no_successor: "There's nobody to hand this deal to. Name a manager first.",
  not_found: "This deal is gone, or it isn't one of yours.",
  time_passed: 'That time has passed. Pick a later one.',
  day_passed: 'That day has passed. Pick a later one.',
  person_is_app: ({ decides }) =>
    decides ? "An app can't decide. Name a person." : "An app can't do this. Pick a person.",
  person_left: ({ name, decides }) =>
    `${name === '' ? 'This person' : name} has left this workspace. ${decides ? 'Name' : 'Pick'} somebody else.`,
  person_is_stranger: ({ name, decides }) =>
    decides
      ? `${name} belongs to another workspace and can't decide. Name somebody of ours.`
      : `${name} belongs to another workspace. Pick somebody of ours.`,
  person_is_guest: ({ name, decides }) =>
    decides
      ? `${name} is a guest here and can't decide. Name a member.`
      : `${name} is a guest here. Pick a member, or ask an admin to allow guests as reps.`,
  person_unknown: LOOKED_UP_LATER,
};

const teamManagerDecides = (who: string, only: string): string =>
  `${who} decides for your team. Only ${only} or an admin can name somebody else.`;

/** The reason for the refusal, as the person reads it. */
export const refusalText = (refusal: PlainRefusal): string => sentence(REFUSALS, refusal);

const ENTRIES: Readonly<Record<TooMany['what'], string>> = {
  teams: 'teams',
  reps: 'reps in all teams',
  reasons: 'loss reasons in use',
  allReasons: 'loss reasons, retired ones included',
  holidays: 'holidays',
  limits: 'limits',
  gives: 'pre-approved offers',
  standIns: 'stand-ins',
  rates: 'exchange rates',
  admins: 'admins',
  quietHours: 'quiet hours',
  digestPeople: 'people who get the digest',
  digestOwn: 'people who chose their digest',
};

/** The refusal when the settings are full of these entries. */
export const tooManyText = ({ what, most }: TooMany): string =>
  `There is room for ${most.toLocaleString('en-US')} ${ENTRIES[what]}. Remove one first.`;

export function alreadyDecided(by: UserId): Part[] {
  return ["It's already decided. ", { user: by }, ' was faster. The thread says how.'];
}

/** Whom the rep cannot nudge yet, why, and from when on. */
export function nudgeWaits({ to, why, until }: Extract<Refusal, { readonly code: 'nudge_waits' }>): Part[] {
  switch (why) {
    case 'nudged':
      return [
        { user: to },
        ' had a reminder within the hour. You can nudge them again ',
        { date: until },
        '.',
      ];
    case 'not_asked_yet':
      return [{ user: to }, ' gets your ask ', { date: until }, '. You can nudge them after that.'];
    case 'not_at_work':
      return [{ user: to }, ' is back at work ', { date: until }, '. You can nudge them then.'];
  }
}

const AMOUNT_PROBLEMS: Sentences<AmountProblem> = {
  not_an_amount: AMOUNT_WANTED,
  too_long: "That's too long for an amount. Type it like 48,000.",
  unreadable: ({ typed }) => `I can't read “${typed}” as an amount. Type it like 48,000 or 48k.`,
  below_zero: 'An amount is never below zero.',
  not_above_zero: 'An amount is more than zero.',
  too_large: "That's more than I can count. Is there a zero too many?",
  unknown_suffix: ({ typed }) => `I don't know “${typed}”. Use k for thousands or m for millions.`,
  too_many_decimals: ({ currency, allowed }) =>
    allowed === 0 ? `${currency} has no decimals.` : `${currency} has at most ${allowed} decimals.`,
  two_currencies: ({ currencies }) => `That names two currencies: ${currencies.join(' and ')}.`,
  unclear_separators: ({ typed }) =>
    `I can't tell thousands from decimals in “${typed}”. Type it like 48,000.50.`,
  unclear_thousands: ({ typed }) => `Is “${typed}” with thousands or with decimals? Write it out.`,
};

/** The error for an amount that somebody typed. */
export const amountProblem = (problem: AmountProblem): string => sentence(AMOUNT_PROBLEMS, problem);

function sentence<Of extends { readonly code: string }>(sentences: Sentences<Of>, of: Of): string {
  const found: string | ((facts: never) => string) = sentences[of.code as Of['code']];
  return typeof found === 'string' ? found : found(of as never);
}
