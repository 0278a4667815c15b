/** Going back from the ending of a call to its last question, for a rep who tapped the wrong answer. */
import type { Ask, ClosedBecause, Deal } from '../model/deal';
import { accept, type Decided, refuse, stale } from '../model/refusals';
import { withdrawAsk } from './outcome';

/** Reasons for closing that follow from the verdict alone; null: not closed. */
const BY_VERDICT: readonly (ClosedBecause | null)[] = [null, 'verdict', 'three_tries'];

/** The answer that led to the verdict; null: none did, or something has come of the verdict. */
export function lastAnswerOf(deal: Deal): { readonly visit: number } | null {
  const { ask, outcome, reEngagement, verdict } = deal;
  const nothingCameOfIt =
    verdict !== null &&
    BY_VERDICT.includes(deal.closedBecause) &&
    outcome === null &&
    deal.signedReportedAt === null &&
    (reEngagement?.remindedBy ?? null) === null &&
    (ask === null || waitsUntouched(ask)) &&
    deal.pastAsks.every(({ decisions }) => decisions.length === 0);
  return nothingCameOfIt ? (deal.trail.at(-1) ?? null) : null;
}

/** Nobody has asked, proposed or decided anything, and the ask has not gone on. */
function waitsUntouched({ status, questions, approval, escalations }: Ask): boolean {
  return status === 'pending' && questions.length === 0 && approval === null && escalations.length === 0;
}

/** Takes the verdict back, and the ask that went out with it. */
export function undoVerdict(deal: Deal, { visit }: { readonly visit: number }): Decided {
  if (deal.verdict === null || deal.trail.at(-1)?.visit !== visit) return stale;
  if (lastAnswerOf(deal) === null) return refuse('verdict_stands');
  return accept(...withdrawAsk(deal, 'reopened'), { type: 'went_back', fromVisit: visit });
}
