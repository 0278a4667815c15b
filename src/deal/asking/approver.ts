/**
 * The approver of a proposal above somebody's limit, and the approver's stand-in: the same stand-ins as for managers, but
 * never the maker of the proposal, since a second person has to see it.
 */

import type { Actor, DecideContext, ScheduleSettings, StandIn } from '../model/commands';
import type { Approval, Deal, UserId } from '../model/deal';
import type { DealEventBody } from '../model/events';
import { factsOf } from '../model/facts';
import { nextAnswerBy, notifyTimingOf } from './deadlines';
import { mayBeAsked, stationOf } from './stations';

/** The approver whom the limit names, even when a stand-in has the proposal. */
export const namedApprover = ({ approver, standsFor }: Approval): UserId => standsFor?.manager ?? approver;

/** Whether this person has the proposal, is named to approve it, or stands in for the named approver. */
export function mayStandForApprover({ ask }: Pick<Deal, 'ask'>, { userId, standsInFor }: Actor): boolean {
  const approval = ask?.approval ?? null;
  if (approval === null) return false;
  const named = namedApprover(approval);
  return userId === approval.approver || userId === named || standsInFor.includes(named);
}

/** The stand-in who gets a proposal at once, since the approver is out or has left; null: the approver gets it. */
export function inPlaceOfApprover(
  deal: Deal,
  standIn: StandIn | null,
  proposers: readonly (UserId | undefined)[],
  settings: ScheduleSettings,
): StandIn | null {
  if (standIn?.away !== true || proposers.includes(standIn.userId)) return null;
  return mayBeAsked(deal, standIn.userId, settings) ? standIn : null;
}

/** The stand-in to whom a waiting proposal passes, since the approver is out; null: it stays where it is. */
export function approvalPassesTo(deal: Deal, settings: ScheduleSettings): StandIn | null {
  const { ask } = deal;
  if (ask?.approval == null || ask.approval.standsFor !== null) return null;
  // It has gone on to somebody else.
  if (stationOf(ask).kind !== 'approval') return null;
  return inPlaceOfApprover(deal, settings.approverStandIn, [ask.approval.by], settings);
}

/** Passes a proposal to the approver's stand-in, with a new deadline. Empty: it stays where it is. */
export function passApproval(
  deal: Deal,
  { settings, now }: DecideContext,
  { hasLeft = false } = {},
): readonly DealEventBody[] {
  const standIn = approvalPassesTo(deal, settings);
  if (standIn === null) return [];
  const facts = factsOf(deal);
  const { userId, until, work } = standIn;
  return [
    {
      type: 'approval_passed',
      standIn: { userId, until },
      ...(hasLeft ? { left: true as const } : {}),
      answerBy: nextAnswerBy(facts, work, settings.responseMinutes, now),
      ...notifyTimingOf(facts, now, work),
    },
  ];
}
