/** When to come back to a prospect who went elsewhere. */

import { DateTime, IANAZone } from 'luxon';
import { traitsOf } from '../../playbook/schema';
import type { ScheduleSettings } from '../model/commands';
import type { Deal, ReEngagement } from '../model/deal';
import { factsOf, known } from '../model/facts';
import { DAY, nextWorkingMoment, nextWorkingMorning, onDate } from '../model/workingTime';

/** The assumed length of a contract when they agreed to a call and its end is not known. */
const USUAL_CONTRACT = 365 * DAY;

export interface ReEngagementDue {
  readonly dueAt: number;
  readonly why: ReEngagement['why'];
}

/**
 * When to remind the rep, in their working hours. In this order: the day agreed for a call, the day on which they look
 * again, the lead of the settings before their contract ends (half of the time left when that is shorter), or, after a
 * call agreed without a date, the lead before the end of a usual contract. Null: they want no call, or nothing is known.
 * Notes made after the call count before answers on it.
 */
export function reEngagementOf(deal: Deal, settings: ScheduleSettings, now: number): ReEngagementDue | null {
  const facts = factsOf(deal);
  const { rep, reEngageBeforeMs } = settings;
  const mayCall = deal.nextTime?.mayCall ?? known(facts.may_call_again);
  if (mayCall === 'no') return null;

  const agreed = dateOf(deal.nextTime?.callOn ?? null, settings);
  if (agreed !== null && agreed > now) return { dueAt: nextWorkingMoment(agreed, rep), why: 'agreed' };
  const lookAgain = dateOf(known(facts.look_again), settings);
  if (traitsOf(deal.verdict)?.looksAgain && lookAgain !== null) {
    const isAhead = lookAgain > now;
    return {
      dueAt: isAhead ? nextWorkingMoment(lookAgain, rep) : nextWorkingMorning(now, rep),
      why: 'look_again',
    };
  }
  const end = dateOf(contractEndOf(deal, settings, now), settings);
  if (end !== null && end > now) {
    const lead = end - reEngageBeforeMs;
    const dueAt = lead > now ? lead : now + Math.floor((end - now) / 2);
    return { dueAt: nextWorkingMoment(dueAt, rep), why: 'contract_end' };
  }
  if (mayCall !== 'yes' || end !== null) return null;
  const lead = Math.max(USUAL_CONTRACT - reEngageBeforeMs, USUAL_CONTRACT / 2);
  return { dueAt: nextWorkingMoment(now + lead, rep), why: 'agreed' };
}

/**
 * When the competitor's contract ends, `YYYY-MM-DD`: the date noted after the call; else the noted term, counted from the
 * day on which they planned to sign or else on which we learned of the signature; without a term, the date said on the
 * call. Null: not known.
 */
export function contractEndOf(deal: Deal, { rep }: ScheduleSettings, now: number): string | null {
  const facts = factsOf(deal);
  const { contractEnd = null, contractMonths = null } = deal.nextTime ?? {};
  if (contractEnd !== null) return contractEnd;
  if (contractMonths === null) return known(facts.contract_end);
  const zone = IANAZone.isValidZone(rep.tz) ? rep.tz : 'UTC';
  const heard = DateTime.fromMillis(deal.signedReportedAt ?? deal.verdictAt ?? now, { zone });
  const planned = DateTime.fromISO(known(facts.signing_date) ?? '', { zone });
  return (planned.isValid ? planned : heard).plus({ months: contractMonths }).toISODate();
}

function dateOf(date: string | null, { rep }: ScheduleSettings): number | null {
  return date === null ? null : onDate(date, rep.startMinute, rep);
}
