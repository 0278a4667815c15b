/** Phrases and rows that several messages share. */
import { owesOutcome } from '../../deal/decide/outcome';
import type { Ask, Deal, Decision, Notification } from '../../deal/model/deal';
import { factsOf, known } from '../../deal/model/facts';
import { decisionInForce, holdsMeanwhile } from '../../deal/model/inForce';
import type { Playbook, WordsKey } from '../../playbook/schema';
import { wordsOf } from '../../playbook/words';
import { ACTIONS } from '../ids';
import {
  type ButtonOptions,
  line,
  outcomeButtons,
  type Part,
  quote,
  type RichPiece,
  remindMeButton,
  spoken,
  weekdayAndDate,
} from '../text';

/** Every ask of a deal, oldest first. */
export const asksOf = ({ pastAsks, ask }: Deal): readonly Ask[] =>
  ask === null ? pastAsks : [...pastAsks, ask];

/** True for the ask that waits for a decision now. */
export const isPending = (deal: Deal, ask: Ask): boolean =>
  ask.status === 'pending' && ask.id === deal.ask?.id;

/** The rep's report, on their own messages; empty while it is still to come, and once it does not hold. */
export function reportedParts(deal: Deal): Part[] {
  if (deal.removed !== null) return [];
  if (deal.outcome?.kind === 'won_back') return ['Reported: won back.'];
  return deal.outcome?.kind === 'lost' ? ['Reported: lost.'] : [];
}

/** *Change outcome*: takes what was reported back with one tap, to be reported anew. */
export function changeOutcomeButton(deal: Deal): ButtonOptions {
  return { action: ACTIONS.reopen, label: 'Change outcome', ref: { deal: deal.id } };
}

/** Words of the playbook as quotes, ready to be read out. */
export function words(deal: Deal, playbook: Playbook, key: WordsKey): RichPiece[] {
  return wordsOf(playbook, key).map((template) => quote(...spoken(template, deal, { of: playbook })));
}

/** The words to go back with after the decision that counts; none once the prospect has signed. */
export function wordsToGoBack(deal: Deal, playbook: Playbook): RichPiece[] {
  const decision = decisionInForce(deal);
  if (decision === null || deal.signedReportedAt !== null || deal.outcome?.kind === 'verbal_yes') return [];
  const say = words(deal, playbook, decision.kind);
  // They did not wait for an answer, so the greeting that thanks them for it stays out.
  const said = deal.ask?.preApproved == null || say.length < 2 ? say : say.slice(1);
  return [line({ bold: 'Words to go back with' }), ...said];
}

/** The rep has something to go back with: also an earlier yes while a new ask waits. */
export const goesBack = (deal: Deal): boolean =>
  owesOutcome(deal) || (holdsMeanwhile(deal) && deal.stage === 'awaiting_decision');

/** The outcomes to report. While an ask waits, that nobody was reached changes nothing. */
export const backButtons = (deal: Deal): ButtonOptions[] =>
  owesOutcome(deal)
    ? [...outcomeButtons(deal), remindMeButton(deal)]
    : outcomeButtons(deal).filter(({ action }) => action !== ACTIONS.noAnswer);

/** Whether the words to go back with say everything that the prospect gets to hear of this decision. */
export function sayAllOf(decision: Decision, playbook: Playbook): boolean {
  const template = wordsOf(playbook, decision.kind).join(' ');
  if (decision.kind === 'decline') return template.includes('{reason}');
  return (
    template.includes('{terms}') &&
    (decision.inReturn === null || template.includes('{in_return}')) &&
    (decision.expiresAt === null || template.includes('{expiry}'))
  );
}

/** Why somebody is told outside of their working hours; empty when they are not. */
export function whyNow(deal: Deal, { urgent }: Notification): Part[] {
  if (urgent === null) return [];
  const facts = factsOf(deal);
  const promise = known(facts.promise);
  const signing = known(facts.signing_date);
  const why: Part[] =
    urgent === 'promise' && promise !== null
      ? ['they expect our call by ', { date: promise, style: 'by' }]
      : [`they sign ${signing === null ? 'soon' : `on ${weekdayAndDate(signing)}`}`];
  return [{ italic: 'Outside your working hours, because ' }, ...why, '.'];
}

/**
 * Why an answer is due at that time, as far as it is known: what the rep promised, when they sign, or else the team's usual
 * time to answer.
 */
export function whyThen(deal: Deal, ask: Ask, answerBy: number, isFirstStation: boolean): Part[] {
  const facts = factsOf(deal);
  const promise = known(facts.promise);
  const signing = known(facts.signing_date);
  const promised: Part[] =
    promise === null ? [] : [' ', { user: deal.rep }, ' promised to call back ', { date: promise }, '.'];
  const signs = signing === null ? [] : [` They plan to sign on ${weekdayAndDate(signing)}.`];
  const isSigning = signing !== null && Math.abs(Date.parse(`${signing}T12:00:00Z`) - answerBy) <= DAY;
  const isPromise = promise !== null && Math.abs(promise - answerBy) <= HALF_AN_HOUR;
  if (isPromise || isSigning) return isPromise ? [...promised, ...signs] : [...signs, ...promised];
  if (!isFirstStation || ask.usualMinutes === null) return [...promised, ...signs];
  const usual = `your usual ${durationWords(ask.usualMinutes)}`;
  return promise === null && signing === null
    ? [` No call-back agreed, so you have ${usual}.`]
    : [` You have ${usual}.`, ...promised, ...signs];
}

const HALF_AN_HOUR = 30 * 60_000;
const DAY = 24 * 60 * 60_000;
const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** "four hours", "90 minutes" */
function durationWords(minutes: number): string {
  const hours = minutes / 60;
  if (!Number.isInteger(hours)) return `${minutes} minutes`;
  return `${NUMBERS[hours] ?? hours} ${hours === 1 ? 'hour' : 'hours'}`;
}

/** True for the decision that counts now. */
export function isCurrent(deal: Deal, decision: Decision): boolean {
  return decisionInForce(deal)?.id === decision.id;
}
