/** Events of the outcome, of closing, reopening and the next time. */
import type { Deal } from '../model/deal';
import type { EventOf } from '../model/events';
import { active, wentBack } from './evolveCoaching';
import { remind } from './remind';
import { stageAfter } from './stages';

export type EndingEvent = EventOf<
  | 'signed_reported'
  | 'reminder_set'
  | 'outcome_reported'
  | 're_engagement_set'
  | 're_engagement_dropped'
  | 're_engaged'
  | 'next_time_noted'
  | 'pledge_reported'
  | 'closed'
  | 'reason_confirmed'
  | 'withdrawn'
  | 'reopened'
>;

export function evolveEnding(deal: Deal, event: EndingEvent): Deal {
  switch (event.type) {
    case 'signed_reported':
      // They signed with the other company, so their yes is none.
      return {
        ...deal,
        ...(deal.outcome?.kind === 'verbal_yes' ? { outcome: null, outcomeAt: null, remindAt: null } : {}),
        signedReportedAt: event.at,
      };
    case 'reminder_set':
      return { ...deal, remindAt: event.dueAt };
    case 'outcome_reported':
      return {
        ...withoutApproval(deal),
        outcome: event.outcome,
        outcomeAt: event.at,
        verbalYes: event.outcome.kind === 'verbal_yes' ? { ...event.outcome, at: event.at } : deal.verbalYes,
        outcomeTold: event.told === true,
        remindAt: null,
      };
    case 're_engagement_set':
      return { ...deal, reEngagement: { at: event.dueAt, why: event.why, remindedBy: null } };
    case 're_engagement_dropped':
      return { ...deal, reEngagement: null };
    case 'next_time_noted':
      return { ...deal, nextTime: event.nextTime };
    case 're_engaged':
      return {
        ...remind(deal, deal.rep, event.at),
        reEngagement: deal.reEngagement && { ...deal.reEngagement, remindedBy: event.seq },
        pledge: event.asksPledge ? { answer: null, ...deal.pledge, reminder: event.seq } : deal.pledge,
      };
    case 'pledge_reported': {
      const { kept, source, by, at } = event;
      const answer = kept === null || by === null ? null : { kept, source, by, at };
      return { ...deal, pledge: { reminder: deal.pledge?.reminder ?? null, answer } };
    }
    case 'closed':
      return {
        ...withoutApproval(deal),
        closedAt: event.at,
        closedBecause: event.because,
        asksReason: event.asksReason === true,
        remindAt: null,
        nextTryAt: null,
        resumeOffer: null,
      };
    case 'reason_confirmed':
      return {
        ...deal,
        confirmedReason: { reasons: event.reasons, by: event.by ?? '', at: event.at },
      };
    case 'withdrawn':
      return removed(deal, event);
    case 'reopened':
      return reopened(deal, event);
    default:
      return event satisfies never;
  }
}

/** Drops a proposal that waits for approval: it comes too late. */
function withoutApproval(deal: Deal): Deal {
  return deal.ask === null ? deal : { ...deal, ask: { ...deal.ask, approval: null } };
}

function removed(deal: Deal, { because, by }: EventOf<'withdrawn'>): Deal {
  const { stage: from } = deal;
  if (because === undefined || from === 'withdrawn') return deal;
  return { ...withoutApproval(deal), removed: { from, by, isErased: because === 'unanswered' } };
}

/** Also of deals that an earlier release told of. */
function winTold({ outcome, outcomeTold, winTold: before }: Deal): Deal['winTold'] {
  if (!outcomeTold || outcome?.kind !== 'won_back') return before;
  const { part, amount } = outcome;
  return { part, amount };
}

/** Brings a removed deal back as it was. Reopens any other where it was: at its decision, or on its last screen. */
function reopened(closed: Deal, event: EventOf<'reopened'>): Deal {
  // Abandoned calls are closed by the time since the rep last acted.
  if (closed.removed !== null) return { ...closed, removed: null, lastActiveAt: event.at };
  const deal: Deal = {
    ...closed,
    closedAt: null,
    closedBecause: null,
    asksReason: false,
    outcome: null,
    outcomeAt: null,
    outcomeTold: false,
    winTold: winTold(closed),
    remindAt: null,
    reEngagement: null,
    signedReportedAt: null,
  };
  if (stageAfter(closed, event) !== 'coaching') return deal;
  const coaching: Deal = {
    ...active(deal, event.at),
    verdict: null,
    verdictAt: null,
    tryReminder: null,
  };
  return coaching.position === null ? wentBack(coaching) : coaching;
}
