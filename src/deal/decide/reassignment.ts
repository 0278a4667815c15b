/** Changes of the people of a deal and of the person its ask is with. */
import { passApproval } from '../asking/approver';
import {
  addressAsk,
  deadlineFor,
  nextAnswerBy,
  notifyTimingOf,
  SHORTEST_DEADLINE,
} from '../asking/deadlines';
import { askedNow, mayBeAsked, nextInLine, nobodyLeft, onlyNameable, workOf } from '../asking/stations';
import type { CommandOf, DecideContext } from '../model/commands';
import type { Approval, Deal, Escalated, UserId } from '../model/deal';
import type { DealEventBody } from '../model/events';
import { factsOf } from '../model/facts';
import { accept, alreadyDone, type Decided, refuse, stale } from '../model/refusals';

export function assignManager(
  deal: Deal,
  { manager }: CommandOf<'assign_manager'>,
  context: DecideContext,
): Decided {
  if (!mayBeAsked(deal, manager, context.settings)) return refuse('own_manager');
  if (manager === deal.manager) return alreadyDone;
  return whyNotNamed(deal, manager, context) ?? accept(assignment(deal, manager, context));
}

/** The refusal when the actor may not name this person; null: they may. */
export function whyNotNamed(deal: Deal, manager: UserId, { actor, settings }: DecideContext): Decided | null {
  const only = onlyNameable(deal, actor, settings);
  return only === null || only === manager ? null : refuse({ code: 'team_manager', manager: only });
}

/** A pending ask keeps its deadline, unless it has passed, leaves too little time, or ran while nobody was named. */
export function assignment(
  deal: Deal,
  manager: UserId,
  { settings, now }: DecideContext,
  left: UserId | null = null,
): DealEventBody {
  const { ask } = deal;
  const gone = left === null ? {} : { left };
  if (ask?.status !== 'pending') return { type: 'manager_assigned', manager, ...gone };
  const given = ask.manager === null || ask.deadline <= now ? null : ask.deadline;
  const { deadline, notified, first } = addressAsk(deal, settings, now, given);
  const moves = deadline !== ask.deadline;
  return {
    type: 'manager_assigned',
    manager,
    saysWhy: true,
    ...gone,
    ...notified,
    ...first,
    ...(moves ? { deadline } : {}),
  };
}

export function assignRep(
  deal: Deal,
  { rep }: CommandOf<'assign_rep'>,
  { settings }: DecideContext,
): Decided {
  if (rep === deal.rep && deal.heldFor === null) return alreadyDone;
  if (rep === deal.manager && !settings.ownManagerAllowed) return refuse('manager_as_rep');
  return accept({ type: 'rep_assigned', rep });
}

/** A person passes an ask to a stand-in; the clock does the same while the manager is out. */
export function passByHand(deal: Deal, context: DecideContext): Decided {
  if (deal.ask?.approval != null) return passApprovalByHand(deal, deal.ask.approval, context);
  if (deal.ask?.status !== 'pending') return refuse('nothing_to_decide');
  const { standIn } = context.settings;
  if (standIn === null || !standIn.away) return refuse('no_stand_in');
  if (!mayBeAsked(deal, standIn.userId, context.settings)) return refuse('own_manager');
  if (askedNow(deal) === standIn.userId) return alreadyDone;
  return accept(...passToStandIn(deal, context));
}

function passApprovalByHand(deal: Deal, approval: Approval, context: DecideContext): Decided {
  if (approval.standsFor !== null) return alreadyDone;
  const passed = passApproval(deal, context);
  return passed.length === 0 ? refuse('no_approver_stand_in') : accept(...passed);
}

/** Passes the ask to the manager's stand-in. The deadline stays when it leaves them enough time. */
export function passToStandIn(deal: Deal, { settings, now }: DecideContext): readonly DealEventBody[] {
  const { standIn } = settings;
  if (standIn === null || deal.ask === null) return [];
  const { deadline, notified } = addressAsk(deal, settings, now, deal.ask.deadline);
  const moves = deadline !== deal.ask.deadline;
  return [
    {
      type: 'ask_passed',
      to: standIn.userId,
      why: 'stand_in',
      ...notified,
      standIn: { userId: standIn.userId, until: standIn.until },
      ...(moves ? { deadline } : {}),
    },
  ];
}

/** Somebody takes an ask in the channel to which it went on. They are at work, so they need no notification. */
export function takeOver(
  deal: Deal,
  { ask: asked, channel }: CommandOf<'take_over'>,
  { actor, settings, now }: DecideContext,
): Decided {
  const { ask } = deal;
  const came = ask?.escalations.some(({ to }) => to.kind === 'channel' && to.channel === channel);
  // One refusal for all three cases, so that nobody elsewhere learns about the ask.
  if (actor === null || actor.isGuest === true || ask === null || !came) return refuse('other_channel');
  if (ask.id !== asked) return stale;
  if (ask.status !== 'pending') return refuse('nothing_to_decide');
  if (!mayBeAsked(deal, actor.userId, settings)) return refuse('own_manager');
  if (ask.manager === actor.userId) return alreadyDone;
  const here = { ...settings.asked, quiet: null };
  const deadline = deadlineFor(factsOf(deal), here, settings, now, ask.deadline);
  return accept({ type: 'ask_passed', to: actor.userId, why: 'taken', deadline, saysWhy: true });
}

/** The time zone of the person asked is known: sets their deadline and notification anew. */
export function moveDeadline(deal: Deal, { settings, now }: DecideContext): readonly DealEventBody[] {
  if (deal.ask === null) return [];
  const facts = factsOf(deal);
  // Counts from when they were asked.
  const deadline = deadlineFor(facts, settings.asked, settings, deal.ask.addressedAt, null);
  return [
    {
      type: 'deadline_moved',
      deadline: Math.max(deadline, now + SHORTEST_DEADLINE),
      ...notifyTimingOf(facts, now, settings.asked, deal.ask.heldUntil),
    },
  ];
}

/** Somebody left the workspace: their part of the deal goes to somebody else. */
export function personLeft(
  deal: Deal,
  { userId, to }: CommandOf<'person_left'>,
  context: DecideContext,
): Decided {
  if (userId === deal.rep) {
    const holder = to ?? deal.manager;
    if (holder === null || holder === userId) return refuse('no_successor');
    return accept({ type: 'rep_left', to: holder });
  }
  if (userId !== deal.manager) return askGoesOn(deal, userId, to, context);
  return to === null || !mayBeAsked(deal, to, context.settings)
    ? accept({ type: 'manager_left', saysWhy: true })
    : accept(assignment(deal, to, context, userId));
}

/** An ask whose person left goes on at once; to the manager when nobody else is left. */
function askGoesOn(deal: Deal, gone: UserId, to: UserId | null, context: DecideContext): Decided {
  if (deal.ask === null || askedNow(deal) !== gone) return alreadyDone;
  const passed = passApproval(deal, context, { hasLeft: true });
  if (passed.length > 0) return accept(...passed);
  const next = nextInLine(deal, deal.ask, context.settings);
  const isOther = next !== null && (next.kind === 'channel' || next.userId !== gone);
  if (isOther) return accept(escalation(deal, next, context, gone));
  const person = [to, deal.manager].find(
    (it) =>
      it !== null && it !== gone && it !== deal.ask?.approval?.by && mayBeAsked(deal, it, context.settings),
  );
  return person == null
    ? alreadyDone
    : accept(escalation(deal, { kind: 'person', userId: person }, context, gone));
}

/**
 * Notifies a channel at once, a person in their working hours unless the prospect acts first.
 * @param left the person who had it and has left; null: they have not
 */
export function escalation(
  deal: Deal,
  to: Escalated,
  { settings, now }: DecideContext,
  left: UserId | null = null,
): DealEventBody {
  const facts = factsOf(deal);
  const work = workOf(to, settings);
  const why = deal.ask === null ? null : nobodyLeft(deal, deal.ask, settings);
  return {
    type: 'escalated',
    to,
    ...(why === null ? {} : { why }),
    ...(left === null ? {} : { left }),
    answerBy: nextAnswerBy(facts, work ?? settings.manager, settings.responseMinutes, now),
    ...(work === null ? {} : notifyTimingOf(facts, now, work)),
  };
}
