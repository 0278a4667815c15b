/** Events of asking and deciding, and replies in the thread. `evolveAddressing.ts`: whom the ask is with. */

import type { Ask, Deal, Remark } from '../model/deal';
import type { EventOf } from '../model/events';
import { worthAtAsk } from '../model/worth';
import { notificationOf } from './evolveAddressing';
import { remind } from './remind';

export type AskEvent = EventOf<
  | 'asked'
  | 'ask_resumed'
  | 'news_told'
  | 'nudged'
  | 'question_asked'
  | 'question_answered'
  | 'decided'
  | 'pre_approved'
  | 'ask_withdrawn'
  | 'remarked'
  | 'remark_edited'
  | 'remark_deleted'
>;

export function evolveAsk(deal: Deal, event: AskEvent): Deal {
  switch (event.type) {
    case 'asked':
      return asked(deal, event);
    case 'ask_resumed':
      return resumed(deal);
    case 'news_told':
      return withAsk({ ...deal, untold: [] }, (ask) => ({
        ...ask,
        news: { id: event.seq, to: event.to, facts: event.facts },
      }));
    case 'nudged':
      return nudged(deal, event);
    case 'question_asked': {
      const question = { id: event.seq, by: event.by ?? '', text: event.text, at: event.at, answer: null };
      return withAsk(deal, (ask) => ({ ...ask, questions: [...ask.questions, question] }));
    }
    case 'question_answered': {
      const answer = { by: event.by ?? '', text: event.text, at: event.at };
      return withAsk(deal, (ask) => ({
        ...ask,
        questions: ask.questions.map((it) => (it.id === event.question ? { ...it, answer } : it)),
      }));
    }
    case 'decided':
      return decided(deal, event);
    case 'pre_approved':
      return preApproved(deal, event);
    case 'ask_withdrawn':
      return withAsk(deal, (ask) => ({ ...ask, status: 'withdrawn', approval: null }));
    case 'remarked':
      return {
        ...deal,
        remarks:
          event.offersDecision || event.offersAnswer !== undefined
            ? [...deal.remarks, remarkOf(event)]
            : deal.remarks,
        remarkCount: deal.remarkCount + 1,
        // Somebody said something after all, so it is kept.
        removed: deal.removed && { ...deal.removed, isErased: false },
      };
    case 'remark_edited':
      return withRemark(deal, event.remark, (it) => edited(it, event));
    case 'remark_deleted':
      return withRemark(deal, event.remark, (it) => ({ ...it, deleted: true }));
    default:
      return event satisfies never;
  }
}

function withAsk(deal: Deal, change: (ask: Ask) => Ask): Deal {
  return deal.ask === null ? deal : { ...deal, ask: change(deal.ask) };
}

function withRemark(deal: Deal, id: number, change: (remark: Remark) => Remark): Deal {
  return { ...deal, remarks: deal.remarks.map((it) => (it.id === id ? change(it) : it)) };
}

function remarkOf(event: EventOf<'remarked'>): Remark {
  const { seq, by, at, channel, ts, offersDecision, offersAnswer, editedTs } = event;
  const said = { id: seq, by: by ?? '', at, channel, ts, offersDecision, answers: offersAnswer ?? null };
  return { ...said, editedAt: null, editedTs: editedTs ?? null, deleted: false };
}

/** Unchanged text keeps `editedAt`, so that a recorded decision is not marked outdated. */
function edited(remark: Remark, { unchanged, at, editedTs }: EventOf<'remark_edited'>): Remark {
  const editedAt = unchanged === true ? remark.editedAt : at;
  return { ...remark, editedAt, editedTs: editedTs ?? remark.editedTs };
}

function decided(deal: Deal, event: EventOf<'decided'>): Deal {
  const { decision, seq, by, at, proposedBy, remark, uncosted, worthRaised } = event;
  const made = {
    id: seq,
    by: by ?? '',
    at,
    proposedBy: proposedBy ?? null,
    remark: remark ?? null,
    uncosted: uncosted ?? null,
    worthRaised: worthRaised ?? null,
  };
  return withAsk(deal, (ask) => ({
    ...ask,
    status: 'decided',
    approval: null,
    decisions: [...ask.decisions, { ...decision, ...made }],
  }));
}

function asked(deal: Deal, event: EventOf<'asked'>): Deal {
  const { seq, at, manager, deadline, ledger, standIn } = event;
  return {
    ...deal,
    ask: {
      id: seq,
      at,
      manager: standIn?.userId ?? manager,
      standsFor: standIn === undefined || manager === null ? null : { manager, until: standIn.until },
      addressedBy: seq,
      addressedAt: at,
      ...notificationOf(event),
      deadline,
      provisional: event.provisional ?? false,
      endsWithAdmins: event.endsWithAdmins ?? false,
      changed: event.changed ?? null,
      sending: event.sending ?? null,
      heldUntil: event.heldUntil ?? null,
      news: null,
      usualMinutes: event.usualMinutes ?? null,
      isFirst: event.isFirst ?? false,
      came: null,
      worth:
        event.worth === undefined ? null : worthAtAsk(deal.ask ?? deal.pastAsks.at(-1) ?? null, event.worth),
      escalations: [],
      approval: null,
      approvers: [],
      status: 'pending',
      questions: [],
      decisions: [],
      ledger,
      preApproved: null,
    },
    pastAsks: deal.ask === null ? deal.pastAsks : [...deal.pastAsks, deal.ask],
    takenBack: null,
    untold: [],
    outcome: null,
    outcomeAt: null,
    remindAt: null,
  };
}

/** The last ask waits again, with its keys: its messages are edited, and nobody is notified anew. */
function resumed(deal: Deal): Deal {
  // Of a removed deal.
  if (deal.ask !== null) return { ...deal, ask: { ...deal.ask, status: 'pending' } };
  const ask = deal.pastAsks.at(-1);
  if (ask === undefined) return deal;
  return {
    ...deal,
    ask: { ...ask, status: 'pending' },
    pastAsks: deal.pastAsks.slice(0, -1),
    takenBack: null,
  };
}

/** Nobody was asked, so nothing waits: it is decided when it is made. */
function preApproved(deal: Deal, event: EventOf<'pre_approved'>): Deal {
  const { seq, at, give, reason, approvedBy, decision } = event;
  const made = {
    id: seq,
    by: approvedBy,
    at,
    proposedBy: null,
    remark: null,
    uncosted: event.uncosted ?? null,
    worthRaised: null,
  };
  return {
    ...deal,
    ask: {
      id: seq,
      at,
      manager: null,
      standsFor: null,
      addressedBy: seq,
      addressedAt: at,
      waitsUntil: null,
      urgent: null,
      deadline: at,
      provisional: false,
      endsWithAdmins: false,
      changed: null,
      sending: null,
      heldUntil: null,
      news: null,
      usualMinutes: null,
      isFirst: false,
      came: null,
      worth: worthAtAsk(deal.ask ?? deal.pastAsks.at(-1) ?? null, deal.details.amount),
      escalations: [],
      approval: null,
      approvers: [],
      status: 'decided',
      questions: [],
      decisions: [{ ...decision, ...made }],
      ledger: null,
      preApproved: { give, reason, countsWorth: event.countsWorth ?? false },
    },
    pastAsks: deal.ask === null ? deal.pastAsks : [...deal.pastAsks, deal.ask],
    takenBack: null,
  };
}

function nudged(deal: Deal, event: EventOf<'nudged'>): Deal {
  const { seq, kind, to, by, at, timeLeftMs } = event;
  const made = { id: seq, kind, to, by, at, timeLeftMs };
  const next = remind({ ...deal, nudges: [...deal.nudges, made] }, to, at);
  const wasAskedFor = to === deal.rep && deal.remindAt !== null && deal.remindAt <= at;
  // Silence counts from the reminder that the rep asked for.
  return wasAskedFor ? { ...next, remindAt: null, quietSince: at } : next;
}
