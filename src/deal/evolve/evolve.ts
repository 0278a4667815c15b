/** The state of a deal follows from its events. Pure, and total over the events that `decide` makes. */
import type { Deal } from '../model/deal';
import type { DealEvent, DealEventBody } from '../model/events';
import { evolveAddressing } from './evolveAddressing';
import { evolveAsk } from './evolveAsk';
import { begin, evolveCoaching } from './evolveCoaching';
import { evolveEnding } from './evolveEnding';
import { stageAfter } from './stages';

/** @throws Error when a deal starts twice, or an event comes before it starts */
export function evolve(deal: Deal | null, event: DealEvent): Deal {
  if (event.type === 'started') {
    if (deal !== null) throw new Error(`deal ${deal.id} started twice`);
    return begin(event);
  }
  if (deal === null) throw new Error(`${event.type} (${event.seq}) before the deal started`);
  const stage = stageAfter(deal, event);
  const next = change(deal, event);
  return {
    ...next,
    revision: event.seq,
    stage,
    stageSince: stage === deal.stage ? deal.stageSince : event.at,
    quietSince: event.by === null ? next.quietSince : event.at,
  };
}

function change(deal: Deal, event: Exclude<DealEvent, { type: 'started' }>): Deal {
  switch (event.type) {
    case 'drafted':
    case 'answered':
    case 'times_suggested':
    case 'went_back':
    case 'resumed':
    case 'resume_offered':
    case 'verdict_reached':
    case 'recorded_after':
    case 'try_scheduled':
    case 'try_reminded':
    case 'try_reported':
    case 'try_started':
    case 'details_filled':
    case 'written_down':
      return evolveCoaching(deal, event);
    case 'manager_assigned':
    case 'rep_assigned':
    case 'rep_left':
    case 'manager_left':
    case 'ask_passed':
    case 'ask_sent':
    case 'ask_delivered':
    case 'deadline_moved':
    case 'escalated':
    case 'approval_requested':
    case 'approval_passed':
      return evolveAddressing(deal, event);
    case 'asked':
    case 'ask_resumed':
    case 'news_told':
    case 'nudged':
    case 'question_asked':
    case 'question_answered':
    case 'decided':
    case 'pre_approved':
    case 'ask_withdrawn':
    case 'remarked':
    case 'remark_edited':
    case 'remark_deleted':
      return evolveAsk(deal, event);
    case 'signed_reported':
    case 'reminder_set':
    case 'outcome_reported':
    case 're_engagement_set':
    case 're_engagement_dropped':
    case 're_engaged':
    case 'next_time_noted':
    case 'pledge_reported':
    case 'closed':
    case 'reason_confirmed':
    case 'withdrawn':
    case 'reopened':
      return evolveEnding(deal, event);
    default:
      return event satisfies never;
  }
}

/** The state after these events; null: there are none. */
export function replay(events: Iterable<DealEvent>): Deal | null {
  let deal: Deal | null = null;
  for (const event of events) deal = evolve(deal, event);
  return deal;
}

export interface Applied {
  readonly deal: Deal;
  /** The bodies, numbered on from the deal's revision. */
  readonly events: readonly DealEvent[];
}

/** @throws Error when there is neither a deal nor a `started` event */
export function apply(
  deal: Deal | null,
  bodies: readonly DealEventBody[],
  { at, by }: { readonly at: number; readonly by: string | null },
): Applied {
  const revision = deal?.revision ?? 0;
  const events = bodies.map((body, index): DealEvent => ({ ...body, seq: revision + index + 1, at, by }));
  const after = events.reduce<Deal | null>(evolve, deal);
  if (after === null) throw new Error('nothing to apply and no deal');
  return { deal: after, events };
}

/**
 * Whether a deal has or had a message in Slack. A deal on its first call has no thread, only the resume offer once the rep
 * has left, and the note to a new rep; so most events of a call change no message.
 */
export const hasMessages = (
  deal: Pick<Deal, 'stage' | 'verdict' | 'resumeOffer' | 'tries' | 'handover'>,
): boolean =>
  deal.stage !== 'coaching' ||
  deal.verdict !== null ||
  deal.resumeOffer !== null ||
  deal.handover !== null ||
  deal.tries > 0;
