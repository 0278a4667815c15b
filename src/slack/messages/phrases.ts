/** Phrases and rows that several messages share. */
import type { Ask, Deal, Decision, Notification } from '../../deal/model/deal';
import { factsOf, known } from '../../deal/model/facts';
import type { Playbook, WordsKey } from '../../playbook/schema';
import { wordsOf } from '../../playbook/words';
import { ACTIONS } from '../ids';
import {
  type ButtonOptions,
  currentDecision,
  line,
  type Part,
  quote,
  type RichPiece,
  spoken,
  weekdayAndDate,
} from '../text';

/** Every ask of a deal, oldest first. */
export const asksOf = ({ pastAsks, ask }: Deal): readonly Ask[] =>
  ask === null ? pastAsks : [...pastAsks, ask];

/** True for the ask that waits for a decision now. */
export const isPending = (deal: Deal, ask: Ask): boolean =>
  ask.status === 'pending' && ask.id === deal.ask?.id;

/** What the rep reported, on their own messages; empty while it is still to come, and once it does not hold. */
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
  return wordsOf(playbook, key).map((template) => quote(...spoken(template, deal)));
}

/** The words to go back with after the decision that counts; none once the prospect has signed. */
export function wordsToGoBack(deal: Deal, playbook: Playbook): RichPiece[] {
  const decision = currentDecision(deal.ask);
  if (decision === null || deal.signedReportedAt !== null || deal.outcome?.kind === 'verbal_yes') return [];
  return [line({ bold: 'Words to go back with' }), ...words(deal, playbook, decision.kind)];
}

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
      ? ['they expect our call by ', { date: promise }]
      : [`they sign ${signing === null ? 'soon' : `on ${weekdayAndDate(signing)}`}`];
  return [{ italic: 'Outside your working hours, because ' }, ...why, '.'];
}

/** True for the decision that counts now. */
export function isCurrent(deal: Deal, decision: Decision): boolean {
  return currentDecision(deal.ask)?.id === decision.id;
}
