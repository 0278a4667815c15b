import type { KnownBlock } from '@slack/types';
import { mayChangeDecision } from '../../deal/decide/rescue';
import type { Approval, Ask, Deal, Notification, UserId } from '../../deal/model/deal';
import { ACTIONS } from '../ids';
import {
  account,
  approvalButtons,
  type ButtonOptions,
  businessAndAmount,
  buttons,
  currentDecision,
  decidedParts,
  decisionButtons,
  decisionPieces,
  detailsButton,
  line,
  type Part,
  requestOf,
  rich,
  showAllButton,
  weekdayAndDate,
} from '../text';
import { askFacts } from './askFacts';
import { whyNow } from './phrases';
import { dm, type RenderContext, type Slot, slot, THREAD } from './slot';

/** One station of an ask: whom it went to, and how they hear of it. */
interface Station extends Notification {
  /** Sequence number of the event that addressed it to them. */
  readonly id: number;
  readonly to: UserId;
  readonly answerBy: number;
  /** After whom it says: this is yours to decide. */
  readonly why: readonly Part[];
  /** The proposal that came to them; null: the ask itself. */
  readonly settles: Approval | null;
}

/**
 * The question put to the manager: everything needed to decide in ten seconds, in the thread and as a direct message;
 * and once more for each to whom it went on. Keyed by the event that addressed it, so that handing it to somebody else
 * alerts them. Until their working day begins nobody is mentioned, and the direct message waits.
 */
export function askSlots(deal: Deal, ask: Ask, context: RenderContext): Slot[] {
  return [
    ...stationsOf(ask).flatMap((station) => stationSlots(deal, ask, station, context)),
    ...channelSlots(deal, ask),
  ];
}

function stationsOf(ask: Ask): Station[] {
  const first: Station[] =
    ask.manager === null
      ? []
      : [
          {
            ...ask,
            id: ask.addressedBy,
            to: ask.manager,
            answerBy: ask.deadline,
            why: standsFor(ask),
            settles: null,
          },
        ];
  const later = ask.escalations.flatMap((it): Station[] => {
    if (it.to.kind !== 'person') return [];
    const settles = ask.approval !== null && it.id > ask.approval.id ? ask.approval : null;
    const why: Part[] =
      settles === null
        ? [' Nobody has decided yet, so the ask came on to you.']
        : [' Nobody has approved what is proposed yet, so it came on to you.'];
    return [{ ...it, to: it.to.userId, why, settles }];
  });
  return [...first, ...later];
}

/** "for @maya, who is out until Monday, 30 Nov 2026" */
function standsFor({ standsFor: absent }: Ask): Part[] {
  if (absent === null) return [];
  const until = absent.until === null ? '' : ` until ${weekdayAndDate(absent.until)}`;
  return [' For ', { user: absent.manager }, `, who is out${until}.`];
}

function stationSlots(deal: Deal, ask: Ask, station: Station, context: RenderContext): Slot[] {
  const { to, answerBy, waitsUntil, settles } = station;
  const id = `${station.id}:${to}`;
  const overtaken = ask.status !== 'pending' || ask.id !== deal.ask?.id;
  const waits = waitsUntil !== null && !overtaken;
  const toThem: Part[] = waits
    ? ['Whoever decides hears of it ', { date: waitsUntil }, ', when their working day begins. Asked by ']
    : [{ user: to }, ', this is yours to decide. Asked by '];
  const who: Part[] = [...toThem, { user: deal.rep }, '.', ...(waits ? [] : station.why)];
  const short = context.privacy === 'short';
  const first: Part[] = short
    ? ['They would reconsider; answer by ', { date: answerBy }, '.']
    : firstLine(deal, answerBy);
  const inThread = slot({
    key: `ask:${id}`,
    place: THREAD,
    fallback: [...first, ' ', ...who],
    notifies: true,
    overtaken,
    blocks: short
      ? [rich(line(...first), line(...who)), ...endOfAsk(deal, ask, detailsButton(deal), settles)]
      : askBlocks(deal, ask, context, { answerBy, who, settles }),
  });
  if (waits) return [inThread];
  const asked: Part[] = ['Asked by ', { user: deal.rep }, '. A reply in words counts too.'];
  return [
    inThread,
    slot({
      key: `ask-dm:${id}`,
      place: dm(to),
      fallback: firstLine(deal, answerBy),
      notifies: true,
      overtaken,
      blocks: askBlocks(deal, ask, context, {
        answerBy,
        who: [...asked, ...station.why],
        also: whyNow(deal, station),
        settles,
        to,
      }),
    }),
  ];
}

/** Nobody is left in the line but a channel: no name, word or amount there, and whoever takes it gets it all. */
function channelSlots(deal: Deal, ask: Ask): Slot[] {
  return ask.escalations.flatMap(({ id, to, answerBy }) => {
    if (to.kind !== 'channel') return [];
    const pending = ask.status === 'pending' && ask.id === deal.ask?.id;
    const taken = pending && ask.manager !== null && ask.addressedBy > id;
    const first: Part[] = [
      'A decision waits for somebody: a prospect of ',
      { user: deal.rep },
      ' would reconsider, and nobody has answered yet. Answer by ',
      { date: answerBy },
      '.',
    ];
    const then: Part[] = taken
      ? ['It is with ', { user: ask.manager }, ' now.']
      : pending
        ? ['Whoever takes it gets the facts by direct message, and decides.']
        : ['Settled meanwhile.'];
    return [
      slot({
        key: `ask-channel:${id}:${to.channel}`,
        place: { in: 'channel', channel: to.channel },
        fallback: first,
        notifies: true,
        overtaken: !pending || taken,
        blocks: [
          rich(line(...first), line(...then)),
          ...(pending && !taken
            ? [
                buttons({
                  action: ACTIONS.takeOver,
                  label: "I'll take it",
                  ref: { deal: deal.id, ask: ask.id },
                  style: 'primary',
                }),
              ]
            : []),
        ],
      }),
    ];
  });
}

/** "{account} ({new|customer}, {amount}) will reconsider if we {request}; answer by {time}." */
export function firstLine(deal: Deal, answerBy: number): Part[] {
  return [
    account(deal),
    ` (${businessAndAmount(deal)}) will reconsider if we `,
    { bold: requestOf(deal) },
    '; answer by ',
    { date: answerBy, strong: true },
    '.',
  ];
}

/**
 * The facts, and what can be done. `also`: a line of its own after the first ones. `settles`: the proposal they are
 * asked about, with its terms. `to`: whose direct message it is; absent: the thread.
 */
export function askBlocks(
  deal: Deal,
  ask: Ask,
  context: RenderContext,
  {
    answerBy,
    who,
    also = [],
    settles = null,
    to = null,
  }: {
    readonly answerBy: number;
    readonly who: readonly Part[];
    readonly also?: readonly Part[];
    readonly settles?: Approval | null;
    readonly to?: UserId | null;
  },
): KnownBlock[] {
  const facts = askFacts(deal, ask, context);
  return [
    rich(line(...firstLine(deal, answerBy)), line(...who), ...(also.length === 0 ? [] : [line(...also)])),
    ...facts.groups.filter((pieces) => pieces.length > 0).map((pieces) => rich(...pieces)),
    ...(settles === null ? [] : [rich(...decisionPieces(settles.terms).pieces)]),
    ...endOfAsk(deal, ask, facts.cut ? showAllButton(deal) : null, settles, to),
  ];
}

/** Buttons while it is pending; then who, what and when. */
function endOfAsk(
  deal: Deal,
  ask: Ask,
  more: ButtonOptions | null,
  settles: Approval | null = null,
  to: UserId | null = null,
): KnownBlock[] {
  const rest = more === null ? [] : [more];
  if (ask.id === deal.ask?.id && ask.status === 'pending') {
    const { approval } = ask;
    const onItsWay: KnownBlock[] =
      approval === null
        ? []
        : [rich(line('On its way: proposed by ', { user: approval.by }, ', waits for approval.'))];
    const choices = settles === null ? decisionButtons(deal, ask) : approvalButtons(deal, ask, settles);
    return [...onItsWay, buttons(...choices, ...rest)];
  }
  const decision = currentDecision(ask);
  const end: Part[] =
    decision !== null
      ? ['Decided: ', ...decidedParts(decision), '.']
      : deal.ask !== null && ask.id !== deal.ask.id
        ? ['A newer ask has taken the place of this one.']
        : deal.signedReportedAt !== null
          ? ['They have signed with the other company. There is nothing to decide any more.']
          : ['Withdrawn. There is nothing to decide any more.'];
  const isTheirs = decision !== null && decision.by === to && ask.id === deal.ask?.id;
  const row = isTheirs && mayChangeDecision(deal) ? [changeDecisionButton(deal), ...rest] : rest;
  return [rich(line(...end)), ...(row.length === 0 ? [] : [buttons(...row)])];
}

/** For its maker alone: the deal's details, where another decision can be given. */
function changeDecisionButton(deal: Deal): ButtonOptions {
  return { action: ACTIONS.details, label: 'Change decision', ref: { deal: deal.id } };
}
