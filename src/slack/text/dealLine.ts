/** One deal in a list: its account, its state and its deadline. */
import type { RichTextBlock } from '@slack/types';
import { stationOf } from '../../deal/asking/stations';
import type { Ask, Deal, UserId, VerbalYes } from '../../deal/model/deal';
import { account, businessAndAmount } from './facts';
import { STAGE_LABELS, VERDICT_LABELS } from './labels';
import { type Part, weekdayAndDate } from './parts';
import { line, rich } from './rich';

/** Account, then the state in one line. */
export function dealLine(deal: Deal, { withRep = false } = {}): RichTextBlock {
  return rich(
    line(account(deal), `  ·  ${businessAndAmount(deal)}`),
    line(...stateParts(deal), ...(withRep ? [' Rep: ', { user: deal.rep }, '.'] : [])),
  );
}

/** "Waiting for @maya, due Tomorrow at 3:30 PM." */
export function stateParts(deal: Deal): Part[] {
  switch (deal.stage) {
    case 'coaching':
      if (deal.position !== null) return ['Call not finished. Everything so far is kept.'];
      return deal.nextTryAt === null
        ? ['Not reached yet.']
        : ['Not reached yet. Try again ', { date: deal.nextTryAt }, '.'];
    case 'awaiting_decision':
      if (deal.ask === null) return [`${STAGE_LABELS.awaiting_decision}.`];
      if (deal.ask.approval !== null) {
        const { by, approver, answerBy } = deal.ask.approval;
        return [{ user: by }, ' proposed, ', { user: approver }, ' approves, due ', { date: answerBy }, '.'];
      }
      if (deal.ask.manager === null)
        return ['Nobody is named yet to decide, due ', { date: deal.ask.deadline }, '.'];
      return decidesParts(deal.ask, deal.ask.manager);
    case 'winning_back':
    case 'calling_back': {
      if (deal.outcome?.kind === 'verbal_yes') return verbalParts(deal.outcome, deal);
      const what = STAGE_LABELS[deal.stage];
      return deal.remindAt === null ? [`${what}.`] : [`${what}. Reminder `, { date: deal.remindAt }, '.'];
    }
    case 'closed':
      return [`Closed. ${closing(deal)}`];
    case 'withdrawn':
      return [`${STAGE_LABELS.withdrawn}.`];
  }
}

/** "They said yes and sign on Friday, 4 Dec 2026. I'll remind you Friday at 9:00 AM." */
export function verbalParts({ signsOn }: VerbalYes, { remindAt }: Pick<Deal, 'remindAt'>): Part[] {
  const when = `They said yes and sign on ${weekdayAndDate(signsOn)}.`;
  return remindAt === null ? [when] : [when, " I'll remind you ", { date: remindAt }, '.'];
}

/** "Waiting for @sam in place of @maya, due Tomorrow at 3:30 PM." */
function decidesParts(ask: Ask, manager: UserId): Part[] {
  const step = stationOf(ask);
  const absent = ask.standsFor;
  return [
    'Waiting for ',
    { user: step.to ?? manager },
    ...(absent === null || step.kind !== 'asked' ? [] : [' in place of ', { user: absent.manager }]),
    ', due ',
    { date: step.answerBy },
    '.',
  ];
}

/** The end of a closed deal, as a sentence. */
export function closing(deal: Deal): string {
  if (deal.outcome?.kind === 'won_back')
    return deal.outcome.part === 'whole' ? 'Won back.' : 'Part of it won back.';
  if (deal.outcome?.kind === 'lost') return 'Lost.';
  if (deal.signedReportedAt !== null) return 'They signed with the other company.';
  if (deal.closedBecause === 'silence' && deal.ask?.status === 'withdrawn') return 'No decision came.';
  if (deal.closedBecause === 'silence' || deal.outcome?.kind === 'no_answer') return 'No answer.';
  // Reps may make calls that they never report.
  if (deal.closedBecause === 'three_tries')
    return deal.tries < 3 ? 'Nobody reached.' : 'Three tries, nobody reached.';
  if (deal.closedBecause === 'abandoned') return 'The call was not finished.';
  return deal.verdict === null ? '' : `${VERDICT_LABELS[deal.verdict]}.`;
}
