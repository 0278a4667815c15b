/**
 * Whoever approves what is above somebody's limit, and who stands in for them: the same stand-ins as for managers, but
 * never the one whose proposal it is, as a second person has to see it.
 */

import type { Actor, DecideContext, ScheduleSettings, StandIn } from '../model/commands';
import type { Approval, Deal, UserId } from '../model/deal';
import type { DealEventBody } from '../model/events';
import { factsOf } from '../model/facts';
import { nextAnswerBy, notifyTimingOf } from './deadlines';
import { mayBeAsked, stationOf } from './stations';

/** Whom the limit names, whoever the proposal went to instead. */
export const namedApprover = ({ approver, standsFor }: Approval): UserId => standsFor?.manager ?? approver;

/** They were asked to approve, are named for it, or stand in for whoever is. */
export function mayStandForApprover({ ask }: Pick<Deal, 'ask'>, { userId, standsInFor }: Actor): boolean {
  const approval = ask?.approval ?? null;
  if (approval === null) return false;
  const named = namedApprover(approval);
  return userId === approval.approver || userId === named || standsInFor.includes(named);
}

/** Who is asked at once, as the approver is out or has left; null: the approver. */
export function inPlaceOfApprover(
  deal: Deal,
  standIn: StandIn | null,
  proposers: readonly (UserId | undefined)[],
  settings: ScheduleSettings,
): StandIn | null {
  if (standIn?.away !== true || proposers.includes(standIn.userId)) return null;
  return mayBeAsked(deal, standIn.userId, settings) ? standIn : null;
}

/** Who gets a proposal that is with the approver, as they are out meanwhile; null: it stays where it is. */
export function approvalPassesTo(deal: Deal, settings: ScheduleSettings): StandIn | null {
  const { ask } = deal;
  if (ask?.approval == null || ask.approval.standsFor !== null) return null;
  // It went on from them since.
  if (stationOf(ask).kind !== 'approval') return null;
  return inPlaceOfApprover(deal, settings.approverStandIn, [ask.approval.by], settings);
}

/** Their time begins anew. */
export function passApproval(deal: Deal, { settings, now }: DecideContext): readonly DealEventBody[] {
  const standIn = approvalPassesTo(deal, settings);
  if (standIn === null) return [];
  const facts = factsOf(deal);
  const { userId, until, work } = standIn;
  return [
    {
      type: 'approval_passed',
      standIn: { userId, until },
      answerBy: nextAnswerBy(facts, work, settings.responseMinutes, now),
      ...notifyTimingOf(facts, now, work),
    },
  ];
}
