/** Events that say whom a deal and its ask are with, and whom Lostdeal has notified. */
import type { Approval, Ask, Came, Deal, Notification } from '../model/deal';
import type { Addressed, EventOf, NotifyTiming } from '../model/events';

export type AddressingEvent = EventOf<
  | 'manager_assigned'
  | 'rep_assigned'
  | 'rep_left'
  | 'manager_left'
  | 'ask_passed'
  | 'ask_sent'
  | 'ask_delivered'
  | 'deadline_moved'
  | 'escalated'
  | 'approval_requested'
  | 'approval_passed'
>;

export function evolveAddressing(deal: Deal, event: AddressingEvent): Deal {
  switch (event.type) {
    case 'manager_assigned':
      return managerAssigned(deal, event);
    case 'rep_assigned':
      return { ...handedOver(deal, event), rep: event.rep, zone: null, heldFor: null };
    case 'rep_left':
      return {
        ...handedOver(deal, { ...event, by: null }),
        rep: event.to,
        zone: null,
        heldFor: deal.heldFor ?? deal.rep,
      };
    case 'manager_left':
      return whilePending({ ...deal, manager: null }, (ask) => ({
        ...ask,
        ...readdressed(event),
        manager: null,
        standsFor: null,
        came:
          event.saysWhy === undefined || deal.manager === null ? null : { how: 'left', userId: deal.manager },
      }));
    case 'ask_passed':
      return whilePending(deal, (ask) => ({
        ...ask,
        ...readdressed(event),
        manager: event.to,
        came: event.saysWhy === true ? { how: 'taken' } : null,
        standsFor:
          event.why === 'stand_in' && deal.manager !== null
            ? { manager: deal.manager, until: event.standIn?.until ?? null }
            : null,
        deadline: event.deadline ?? ask.deadline,
      }));
    case 'ask_sent':
      return whilePending(deal, (ask) => ({
        ...ask,
        ...notificationOf(event),
        // Half time counts from the notification.
        ...(event.waitsUntil === undefined ? { addressedAt: event.at } : {}),
        heldUntil: null,
      }));
    case 'ask_delivered':
      return withNotification(deal, event);
    case 'deadline_moved':
      return whilePending(deal, (ask) => ({
        ...ask,
        ...(ask.waitsUntil === null ? {} : notificationOf(event)),
        deadline: event.deadline,
        provisional: false,
      }));
    case 'escalated': {
      const { seq: id, to, at, answerBy, why, left } = event;
      return whilePending(deal, (ask) => ({
        ...ask,
        heldUntil: null,
        escalations: [
          ...ask.escalations,
          {
            id,
            to,
            at,
            answerBy,
            why: why ?? null,
            ...(left === undefined ? {} : { left }),
            ...notificationOf(event),
          },
        ],
      }));
    }
    case 'approval_requested':
      return approvalRequested(deal, event);
    case 'approval_passed':
      return approvalPassed(deal, event);
    default:
      return event satisfies never;
  }
}

/** The notification that an event describes: at once unless it names a later moment. */
export function notificationOf({ waitsUntil, urgent }: NotifyTiming): Notification {
  return { waitsUntil: waitsUntil ?? null, urgent: urgent ?? null };
}

function whilePending(deal: Deal, change: (ask: Ask) => Ask): Deal {
  return deal.ask?.status === 'pending' ? { ...deal, ask: change(deal.ask) } : deal;
}

/** The ask is addressed anew, with a notification of its own. */
function readdressed(event: Pick<AddressingEvent, 'seq' | 'at'> & Addressed) {
  const provisional = event.provisional ?? false;
  const addressed = { addressedBy: event.seq, addressedAt: event.at, provisional, isFirst: false };
  return { ...addressed, ...notificationOf(event) };
}

function managerAssigned(deal: Deal, event: EventOf<'manager_assigned'>): Deal {
  const { manager, deadline, standIn, left, by } = event;
  const isNamed = event.saysWhy === true && by !== null && by !== manager;
  const named: Came | null = isNamed ? { how: 'named', by } : null;
  return whilePending({ ...deal, manager }, (ask) => ({
    ...ask,
    ...readdressed(event),
    manager: standIn?.userId ?? manager,
    standsFor: standIn === undefined ? null : { manager, until: standIn.until },
    isFirst: event.isFirst ?? false,
    came: left === undefined ? named : { how: 'left', userId: left },
    deadline: deadline ?? ask.deadline,
  }));
}

function approvalRequested(deal: Deal, event: EventOf<'approval_requested'>): Deal {
  const { seq: id, by, terms, approver: named, limit, insteadOf, at, answerBy, standIn } = event;
  const approver = standIn?.userId ?? named;
  const standsFor = standIn === undefined ? null : { manager: named, until: standIn.until };
  const asked = { approver, standsFor, at, answerBy, ...notificationOf(event) };
  return withApproval(deal, { id, by: by ?? '', terms, limit, insteadOf: insteadOf ?? null, ...asked });
}

/** The id stays, so that the approver's buttons still work. */
function approvalPassed(deal: Deal, event: EventOf<'approval_passed'>): Deal {
  const approval = deal.ask?.approval ?? null;
  if (approval === null) return deal;
  const { standIn, at, answerBy } = event;
  const standsFor = { manager: approval.standsFor?.manager ?? approval.approver, until: standIn.until };
  const gone = event.left === undefined ? {} : { hasLeft: event.left };
  const asked = { approver: standIn.userId, standsFor, ...gone, at, answerBy, ...notificationOf(event) };
  return withApproval(deal, { ...approval, ...asked });
}

function withApproval(deal: Deal, approval: Approval): Deal {
  if (deal.ask === null) return deal;
  const approvers = [...new Set([...deal.ask.approvers, approval.approver])];
  return { ...deal, ask: { ...deal.ask, approval, approvers, heldUntil: null } };
}

function handedOver(deal: Deal, { seq, by, at }: Pick<AddressingEvent, 'seq' | 'by' | 'at'>): Deal {
  const from = deal.heldFor ?? deal.rep;
  const formerReps = [...new Set([...deal.formerReps, from])];
  return { ...deal, formerReps, handover: { id: seq, from, by, at } };
}

function withNotification(deal: Deal, { addressing, urgent, at }: EventOf<'ask_delivered'>): Deal {
  if (deal.ask === null) return deal;
  const notified = notificationOf(urgent === undefined ? {} : { urgent });
  const { ask } = deal;
  // Half time counts from the notification.
  const ofIt = <T extends { readonly id: number }>(it: T): T =>
    it.id === addressing ? { ...it, ...notified, at } : it;
  return {
    ...deal,
    ask: {
      ...ask,
      ...(ask.addressedBy === addressing ? { ...notified, addressedAt: at } : {}),
      escalations: ask.escalations.map(ofIt),
      approval: ask.approval === null ? null : ofIt(ask.approval),
    },
  };
}
