/** Phrases and rows that several messages share. */
import type { ActionsBlock } from '@slack/types';
import { mayBeRecordedAfter } from '../../deal/decide/coaching';
import type { Approval, Ask, Deal, Decision, DecisionTerms, Notification } from '../../deal/model/deal';
import { factsOf, known } from '../../deal/model/facts';
import type { Playbook, WordsKey } from '../../playbook/schema';
import { ACTIONS } from '../ids';
import {
  type ButtonOptions,
  buttons,
  currentDecision,
  cut,
  decisionFacts,
  type Entry,
  line,
  type Part,
  quote,
  type RichPiece,
  spoken,
  weekdayAndDate,
} from '../text';

/** Longest excerpt of what somebody wrote in one message; *Show all* has the rest. */
export const EXCERPT = 700;

/** An account's name in bold, short enough for any line. */
export function account(deal: Deal): Part {
  return { bold: cut(deal.account, 400) };
}

/** *Details*, for those who may see. */
export function detailsButton(deal: Deal): ButtonOptions {
  return { action: ACTIONS.details, label: 'Details', ref: { d: deal.id } };
}

/** *Show all*: the rest, one click away. */
export function showAllButton(deal: Deal): ButtonOptions {
  return { action: ACTIONS.showAll, label: 'Show all', ref: { d: deal.id, p: 0 } };
}

/** *Resume*; and *After the call*, one screen for whoever has hung up before anything was answered. */
export function resumeButtons(deal: Deal): ButtonOptions[] {
  const ref = { d: deal.id };
  return [
    { action: ACTIONS.resume, label: 'Resume', ref, style: 'primary' },
    ...(mayBeRecordedAfter(deal) ? [{ action: ACTIONS.afterCall, label: 'After the call', ref }] : []),
  ];
}

/** *Change who decides*, or *Say who decides* while nobody is named. */
export function assignManagerButton(deal: Deal): ButtonOptions {
  const label = deal.ask?.manager == null ? 'Say who decides' : 'Change who decides';
  return { action: ACTIONS.assignManager, label, ref: { d: deal.id } };
}

/** *Match*, *Counter*, *Decline*, *Ask the rep*. */
export function decisionButtons(deal: Deal, ask: Ask): ButtonOptions[] {
  const ref = { d: deal.id, a: ask.id };
  return [
    { action: ACTIONS.match, label: 'Match', ref, style: 'primary' },
    { action: ACTIONS.counter, label: 'Counter', ref },
    { action: ACTIONS.decline, label: 'Decline', ref },
    { action: ACTIONS.askRep, label: 'Ask the rep', ref },
  ];
}

/** *Approve*, *Change*, *Decline*. */
export function approvalButtons(deal: Deal, ask: Ask, approval: Approval): ButtonOptions[] {
  const ref = { d: deal.id, a: ask.id, n: approval.id };
  return [
    { action: ACTIONS.approve, label: 'Approve', ref, style: 'primary' },
    { action: ACTIONS.changeProposal, label: 'Change', ref },
    { action: ACTIONS.decline, label: 'Decline', ref },
  ];
}

/** How it went, for the rep: *Called – won back*, *Called – lost*, *No answer yet*. */
export function outcomeRow(deal: Deal, ...more: readonly ButtonOptions[]): ActionsBlock {
  const ref = { d: deal.id };
  return buttons(
    { action: ACTIONS.wonBack, label: 'Called – won back', ref, style: 'primary' },
    { action: ACTIONS.lost, label: 'Called – lost', ref },
    { action: ACTIONS.noAnswer, label: 'No answer yet', ref },
    ...more,
  );
}

/** True once it is known how it ended; "no answer yet" is no end. */
export function isSettled(deal: Deal): boolean {
  return (
    (deal.outcome !== null && deal.outcome.kind !== 'no_answer') ||
    deal.stage === 'closed' ||
    deal.stage === 'withdrawn'
  );
}

/** True while the rep still has to report how it went. */
export function owesOutcome(deal: Deal): boolean {
  return !isSettled(deal) && (deal.stage === 'winning_back' || deal.stage === 'calling_back');
}

/** What the rep reported, on their own messages; empty while it is still to come. */
export function reportedParts(deal: Deal): Part[] {
  if (deal.outcome?.kind === 'won_back') return ['Reported: won back.'];
  return deal.outcome?.kind === 'lost' ? ['Reported: lost.'] : [];
}

/** *Change outcome*: takes what was reported back with one tap, to be reported anew. */
export function changeOutcomeButton(deal: Deal): ButtonOptions {
  return { action: ACTIONS.reopen, label: 'Change outcome', ref: { d: deal.id } };
}

/** A decision can be changed by its maker until the rep has gone back to the prospect. */
export function mayChangeDecision(deal: Deal): boolean {
  const { ask, outcome, signedReportedAt } = deal;
  return ask?.status === 'decided' && owesOutcome(deal) && outcome === null && signedReportedAt === null;
}

/** Words of the playbook as quotes, ready to be read out. */
export function words(deal: Deal, playbook: Playbook, key: WordsKey): RichPiece[] {
  return playbook.words[key].map((template) => quote(...spoken(template, deal)));
}

/** The words to go back with after the decision that counts; none once the prospect has signed. */
export function wordsToGoBack(deal: Deal, playbook: Playbook): RichPiece[] {
  const decision = currentDecision(deal.ask);
  if (decision === null || deal.signedReportedAt !== null) return [];
  return [line({ bold: 'Words to go back with' }), ...words(deal, playbook, decision.kind)];
}

/** What was recorded on one screen: a tap beside its title, words as a quote, and whose words they are. */
export function entryPieces(entry: Entry, parts: readonly Part[] = entry.parts): RichPiece[] {
  const note = entry.note === null ? [] : [{ italic: `  ${entry.note}` }];
  const title = cut(entry.title, 150);
  return entry.brief
    ? [line({ bold: title.endsWith('?') ? title : `${title}:` }, ' ', ...parts, ...note)]
    : [line({ bold: title }, ...note), quote(...parts)];
}

/** The facts of a decision: a label and its words each, and whether some were cut. */
export function decisionPieces(decision: DecisionTerms): {
  readonly pieces: RichPiece[];
  readonly cut: boolean;
} {
  let shortened = false;
  const pieces = decisionFacts(decision).flatMap(({ label, parts }): RichPiece[] => {
    const shown = parts.map((part) => (typeof part === 'string' ? cut(part, EXCERPT) : part));
    shortened ||= shown.some((part, index) => part !== parts[index]);
    const isWords = label === 'We match' || label === 'We offer' || label === 'Words to repeat';
    return isWords ? [line({ bold: label }), quote(...shown)] : [line(`${label}: `, ...shown)];
  });
  return { pieces, cut: shortened };
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
