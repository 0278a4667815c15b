import type { Ask, Deal } from '../../deal/model/deal';
import { approvalSlots } from './approval';
import { askSlots } from './ask';
import { decisionSlots } from './decisions';
import { handoverSlot } from './handover';
import { nudgeSlots } from './nudges';
import { closedSlot, outcomeSlots } from './outcome';
import { questionSlots } from './questions';
import { recordOffer } from './recordOffer';
import { reEngagementSlot } from './reEngagement';
import { resumeOffer } from './resumeOffer';
import { signedSlots } from './signed';
import type { RenderContext, Slot } from './slot';
import { summary } from './summary';
import { transcript } from './transcript';
import { trySlots } from './tries';
import { whoDecides } from './whoDecides';

/**
 * Every message a deal wants to stand in Slack, in the order of the thread. A pure function of the deal: no clock,
 * no I/O; the same deal gives the same slots. Before there is a verdict there is no thread, only the resume offer and
 * what a rep is told who took the deal over.
 */
export function renderThread(deal: Deal, context: RenderContext): Slot[] {
  if (deal.verdict === null) return compact([handoverSlot(deal), resumeOffer(deal)]);
  // Not a loss: whatever stands says so, and nothing new is posted in the thread.
  if (deal.stage === 'withdrawn') return [summary(deal, context)];
  return compact([
    summary(deal, context),
    transcript(deal, context),
    ...deal.pastAsks.flatMap((ask) => aboutAsk(deal, ask, context)),
    ...(deal.ask === null ? [] : aboutAsk(deal, deal.ask, context)),
    handoverSlot(deal),
    ...nudgeSlots(deal, context),
    ...deal.remarks.map((remark) => recordOffer(deal, remark)),
    ...trySlots(deal, context),
    ...signedSlots(deal, context),
    ...outcomeSlots(deal, context),
    closedSlot(deal, context),
    reEngagementSlot(deal, context),
  ]);
}

function aboutAsk(deal: Deal, ask: Ask, context: RenderContext): (Slot | null)[] {
  return [
    whoDecides(deal, ask),
    ...askSlots(deal, ask, context),
    ...approvalSlots(deal, ask, context),
    ...ask.questions.flatMap((question) => questionSlots(deal, ask, question, context)),
    ...ask.decisions.flatMap((decision) => decisionSlots(deal, decision, context)),
  ];
}

function compact(slots: readonly (Slot | null)[]): Slot[] {
  return slots.filter((slot) => slot !== null);
}
