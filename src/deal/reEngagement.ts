/** When to come back to somebody who went elsewhere. */
import type { ScheduleSettings } from './commands';
import type { Deal, ReEngagement } from './deal';
import { factsOf, known } from './facts';
import { DAY, nextWorkingMoment, nextWorkingMorning, onDate } from './workingTime';

/** Taken for a contract whose end was not said, when they agreed to be called before the next decision. */
const USUAL_CONTRACT = 365 * DAY;

export interface ReEngagementDue {
  readonly dueAt: number;
  readonly why: ReEngagement['why'];
}

/**
 * In the rep's working hours: the day they look again; else the settings' lead before their contract ends (half of
 * what is left when less is left); else, when they agreed to a call without a date, before a usual contract's end.
 * Null when they do not want to be called, or nothing is known.
 */
export function reEngagementOf(deal: Deal, settings: ScheduleSettings, now: number): ReEngagementDue | null {
  const facts = factsOf(deal);
  const { rep, reEngageBeforeMs } = settings;
  const mayCall = known(facts.may_call_again);
  if (mayCall === 'no') return null;

  const lookAgain = dateOf(known(facts.look_again), settings);
  if (deal.verdict === 'postponed' && lookAgain !== null) {
    const isAhead = lookAgain > now;
    return {
      dueAt: isAhead ? nextWorkingMoment(lookAgain, rep) : nextWorkingMorning(now, rep),
      why: 'look_again',
    };
  }
  const end = dateOf(known(facts.contract_end), settings);
  if (end !== null && end > now) {
    const lead = end - reEngageBeforeMs;
    const dueAt = lead > now ? lead : now + Math.floor((end - now) / 2);
    return { dueAt: nextWorkingMoment(dueAt, rep), why: 'contract_end' };
  }
  if (mayCall !== 'yes' || end !== null) return null;
  const lead = Math.max(USUAL_CONTRACT - reEngageBeforeMs, USUAL_CONTRACT / 2);
  return { dueAt: nextWorkingMoment(now + lead, rep), why: 'agreed' };
}

function dateOf(date: string | null, { rep }: ScheduleSettings): number | null {
  return date === null ? null : onDate(date, rep.startMinute, rep);
}
