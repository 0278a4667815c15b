import type { KnownBlock } from '@slack/types';
import { mayChangeDecision } from '../../deal/decide/rescue';
import type {
  Approval,
  Ask,
  Deal,
  Decision,
  Escalation,
  NobodyLeft,
  Notification,
  UserId,
} from '../../deal/model/deal';
import { lacksFacts } from '../../deal/model/facts';
import { decisionInForce, holdsMeanwhile } from '../../deal/model/inForce';
import { ACTIONS } from '../ids';
import {
  account,
  approvalButtons,
  type ButtonOptions,
  businessAndAmount,
  buttons,
  cut,
  decidedParts,
  decisionButtons,
  decisionPieces,
  detailsButton,
  hasWish,
  line,
  type Part,
  type RichPiece,
  rich,
  showAllButton,
  weekdayAndDate,
  wholeWish,
  wishParts,
} from '../text';
import { askFacts } from './askFacts';
import { ADDRESSED, type Addressed, IN_THREAD, type Message, messageKind, TO_ADDRESSEE } from './kind';
import { NO_LONGER, NOTHING_LOST, nothingToDecide } from './lastWords';
import { asksOf, isPending, whyNow, whyThen } from './phrases';
import type { RenderContext } from './slot';

/** One station of an ask: whom it went to, and how they hear of it. */
interface Station extends Notification {
  /** Sequence number of the event that addressed it to them. */
  readonly id: number;
  readonly to: UserId;
  readonly answerBy: number;
  /** Who put it to them, and why it came to them, in a message to them. */
  readonly why: readonly Part[];
  /** The same for everybody who reads the thread. */
  readonly whyTold: readonly Part[];
  /** The proposal that came to them; null: the ask itself. */
  readonly settles: Approval | null;
  readonly kind: 'first' | 'later';
}

/**
 * The question put to the manager: everything needed to decide in ten seconds, in the thread and as a direct message;
 * and once more for each to whom it went on. Keyed by the event that addressed it. The thread mentions nobody: whoever
 * decides is alerted by the direct message.
 */
export const askInThread = messageKind({
  kind: 'ask',
  key: ADDRESSED,
  place: IN_THREAD,
  notifies: true,
  phases: ['thread'],
  messages: (deal, context) =>
    asksOf(deal).flatMap((ask) =>
      stationsOf(deal, ask).map((station) => inThread(deal, ask, station, context)),
    ),
  lastWords: (deal, { to }) => [{ user: to }, ' was asked. ', ...handedOver(deal)],
});

/** Waits until their working day begins. */
export const askDm = messageKind({
  kind: 'ask-dm',
  key: ADDRESSED,
  place: TO_ADDRESSEE,
  notifies: true,
  phases: ['thread'],
  messages: (deal, context) =>
    asksOf(deal).flatMap((ask) =>
      stationsOf(deal, ask)
        .filter((station) => notifiedAt(deal, ask, station) === null)
        .map((station) => direct(deal, ask, station, context)),
    ),
  lastWords: (deal) => [account(deal), ': ', ...handedOver(deal)],
});

/** Nobody is left in the line but a channel: no name, word or amount there, and whoever takes it gets it all. */
export const askChannel = messageKind({
  kind: 'ask-channel',
  key: ADDRESSED,
  place: (_deal, { to }) => ({ in: 'channel', channel: to }),
  notifies: true,
  phases: ['thread'],
  messages: (deal) => asksOf(deal).flatMap((ask) => inChannels(deal, ask)),
  lastWords: () => [NO_LONGER],
});

/** Where an ask is that went to somebody else. */
function handedOver(deal: Deal): Part[] {
  if (deal.verdict === null || deal.stage === 'withdrawn') return [nothingToDecide(deal)];
  const manager: UserId | null = deal.ask?.manager ?? deal.manager;
  return manager === null ? ['It is with nobody now.'] : ['It is with ', { user: manager }, ' now.'];
}

function stationsOf(deal: Deal, ask: Ask): Station[] {
  const first: Station[] =
    // The rep still adds the facts: nobody reads of it yet.
    ask.manager === null || ask.heldUntil !== null
      ? []
      : [
          {
            ...ask,
            id: ask.addressedBy,
            to: ask.manager,
            answerBy: ask.deadline,
            why: whyItCame(deal, ask, YOU),
            whyTold: whyItCame(deal, ask, them(ask.manager)),
            settles: null,
            kind: 'first',
          },
        ];
  const later = ask.escalations.flatMap((it): Station[] => {
    if (it.to.kind !== 'person') return [];
    const settles = ask.approval !== null && it.id > ask.approval.id ? ask.approval : null;
    const { userId } = it.to;
    const why = (who: Addressee): Part[] => [...askedBy(deal), ...whyItWentOn(ask, it, settles, who)];
    return [{ ...it, to: userId, why: why(YOU), whyTold: why(them(userId)), settles, kind: 'later' }];
  });
  return [...first, ...later];
}

/** Whoever decides, as the sentence names them. */
interface Addressee {
  readonly it: Part;
  readonly subject: Part;
  /** "it's your turn" */
  readonly turn: readonly Part[];
  /** Everybody else has just read their name. */
  readonly isNamedAbove: boolean;
}

const YOU: Addressee = {
  it: 'you',
  subject: 'You',
  turn: ["it's your turn"],
  isNamedAbove: false,
};
const them = (user: UserId): Addressee => ({
  it: { user },
  subject: { user },
  turn: ["it's ", { user }, '’s turn'],
  isNamedAbove: true,
});

const askedBy = ({ rep }: Deal): Part[] => ['Asked by ', { user: rep }, '.'];

/** Who asks, and why it is with somebody to whom it was not put at first. */
function whyItCame(deal: Deal, ask: Ask, who: Addressee): Part[] {
  const { came, escalations } = ask;
  const asked = [...askedBy(deal), ...standsFor(ask)];
  switch (came?.how) {
    case 'named': {
      const named: Part[] = [{ user: came.by }, who.isNamedAbove ? ' named them.' : ' named you to decide.'];
      if (came.by !== deal.rep) return [...asked, ' ', ...named];
      // The rep asks whom they name.
      return who.isNamedAbove ? asked : [...named, ...standsFor(ask)];
    }
    case 'left':
      return [...asked, ' ', { user: came.userId }, ' has left, so it came to ', who.it, '.'];
    case 'taken': {
      const channel = escalations.flatMap(({ to }) => (to.kind === 'channel' ? [to.channel] : [])).at(-1);
      return channel === undefined ? asked : [...asked, ' ', who.subject, ' took it in ', { channel }, '.'];
    }
    case undefined:
      return asked;
  }
}

/** Why an ask came to somebody after others. */
function whyItWentOn(
  { came }: Ask,
  { why, left }: Escalation,
  settles: Approval | null,
  who: Addressee,
): Part[] {
  if (left !== undefined) {
    return [' ', { user: left }, ' had it and has left, so it came to ', who.it, '.'];
  }
  if (why === null) {
    return settles === null
      ? [' Nobody has decided yet, so ', ...who.turn, '.']
      : [' Nobody has approved it yet, so ', ...who.turn, '.'];
  }
  switch (why.kind) {
    case 'own_deal':
      return [' It was ', { user: why.userId }, '’s own deal, so it came to ', who.it, '.'];
    case 'nobody_named':
      return came?.how === 'left'
        ? [' ', { user: came.userId }, ' has left and nobody else is named, so it came to ', who.it, '.']
        : [' Nobody was named to decide, so it came to ', who.it, '.'];
    default:
      return why satisfies never;
  }
}

/** "for @maya, who is out until Monday, 30 Nov 2026" */
function standsFor({ standsFor: absent }: Ask): Part[] {
  if (absent === null) return [];
  const until = absent.until === null ? '' : ` until ${weekdayAndDate(absent.until)}`;
  return [' For ', { user: absent.manager }, `, who is out${until}.`];
}

/** When their working day begins and they are notified; null: they have been notified. */
const notifiedAt = (deal: Deal, ask: Ask, { waitsUntil }: Station): number | null =>
  isPending(deal, ask) ? waitsUntil : null;

function inThread(deal: Deal, ask: Ask, station: Station, context: RenderContext): Message<Addressed> {
  const { id, to, answerBy, settles } = station;
  const later = notifiedAt(deal, ask, station);
  const who: Part[] =
    later === null
      ? [{ user: to }, ' decides. ', ...station.whyTold]
      : [
          "We'll ask whoever decides ",
          { date: later },
          ', when their working day begins. ',
          ...askedBy(deal),
        ];
  const short = context.privacy === 'short';
  const first: Part[] = short
    ? ["They're open to it. Please decide by ", { date: answerBy, style: 'by' }, '.']
    : [...firstLine(deal), ' ', ...byWhen(answerBy)];
  return {
    key: { id, to },
    fallback: [...(short ? [] : changedParts(ask)), ...first, ' ', ...who],
    overtaken: !isPending(deal, ask),
    blocks: short
      ? [
          rich(line(...first), line(...who), ...stillWriting(deal, ask)),
          ...endOfAsk(deal, ask, context, { more: detailsButton(deal), settles }),
        ]
      : askBlocks(deal, ask, context, { station, who }),
  };
}

function direct(deal: Deal, ask: Ask, station: Station, context: RenderContext): Message<Addressed> {
  const { id, to, answerBy } = station;
  return {
    key: { id, to },
    fallback: [...changedParts(ask), ...firstLine(deal), ' ', ...byWhen(answerBy)],
    overtaken: !isPending(deal, ask),
    blocks: askBlocks(deal, ask, context, {
      station,
      who: [...station.why, ' Tap, or just reply.'],
      also: whyNow(deal, station),
      to,
    }),
  };
}

function inChannels(deal: Deal, ask: Ask): Message<Addressed>[] {
  return ask.escalations.flatMap(({ id, to, answerBy, why, left }) => {
    if (to.kind !== 'channel') return [];
    const pending = isPending(deal, ask);
    const taken = pending && ask.manager !== null && ask.addressedBy > id;
    const first: Part[] = [
      'Somebody has to decide. A prospect of ',
      { user: deal.rep },
      ` is open to it, and ${left === undefined ? whyInChannel(why) : 'the person who had it has left'}. Please decide by `,
      { date: answerBy, style: 'by' },
      '.',
    ];
    const then: Part[] = taken
      ? ['It is with ', { user: ask.manager }, ' now.']
      : pending
        ? ['Take it, and you get the facts by direct message.']
        : ['Settled.'];
    return [
      {
        key: { id, to: to.channel },
        fallback: first,
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
      },
    ];
  });
}

/** Without a name, since everybody in the channel reads it. */
function whyInChannel(why: NobodyLeft | null): string {
  switch (why?.kind) {
    case 'own_deal':
      return 'it was the deal of the person who would decide';
    case 'nobody_named':
      return 'nobody was named to decide';
    case undefined:
      return 'nobody has answered yet';
  }
}

/** "{account} ({new|customer}, {amount}) would have chosen us with “…”.": what they said, not what we hope. */
const firstLine = (deal: Deal): Part[] => [
  account(deal),
  ` (${businessAndAmount(deal)}) `,
  ...wishParts(deal),
  '.',
];

const byWhen = (answerBy: number): Part[] => [
  'Please decide by ',
  { date: answerBy, style: 'by', strong: true },
  '.',
];

interface AskWords {
  readonly station: Station;
  readonly who: readonly Part[];
  /** A line of its own after the first ones. */
  readonly also?: readonly Part[];
  /** The person whose direct message it is; absent: the thread. */
  readonly to?: UserId;
}

/** The facts that decide come first, then the others, and the buttons. */
function askBlocks(
  deal: Deal,
  ask: Ask,
  context: RenderContext,
  { station, who, also = [], to }: AskWords,
): KnownBlock[] {
  const { answerBy, settles } = station;
  const facts = askFacts(deal, ask, context, wholeWish(deal));
  const writes = stillWriting(deal, ask);
  const isUnwritten = writes.length === 0 && ask.sending !== null && isPending(deal, ask) && !hasWish(deal);
  const unwritten: Part[] = isUnwritten ? [' ', { user: deal.rep }, " hasn't written it down yet."] : [];
  return [
    rich(
      ...whatChanged(deal, ask),
      line(...firstLine(deal), ...unwritten),
      line(...byWhen(answerBy), ...whyThen(deal, ask, answerBy, station.kind === 'first')),
      ...facts.first,
      line(...who),
      ...writes,
      ...(also.length === 0 ? [] : [line(...also)]),
      ...(to === undefined || !ask.isFirst || station.kind === 'later' ? [] : [line(FIRST_ASK)]),
    ),
    ...facts.groups.filter((pieces) => pieces.length > 0).map((pieces) => rich(...pieces)),
    ...(settles === null ? [] : [rich(...decisionPieces(settles.terms, context.reasons).pieces)]),
    ...endOfAsk(deal, ask, context, { more: facts.cut ? showAllButton(deal) : null, settles, to }),
  ];
}

const FIRST_ASK: Part = {
  italic:
    "This is your first ask. It's a deal we just lost, and your yes could win it back. If you're out, pick a stand-in with /lostdeal out.",
};

/** The longest words about what has changed in front of the first line. */
const CHANGED_MAX = 300;

/** "What's changed: “They want 45 days” " */
const changedParts = ({ changed }: Ask): Part[] =>
  changed === null ? [] : [{ bold: "What's changed: " }, `“${cut(changed, CHANGED_MAX)}” `];

/** A new ask begins with what has changed, and says what holds until it is answered. */
function whatChanged(deal: Deal, ask: Ask): RichPiece[] {
  if (ask.changed === null) return [];
  const holds = isPending(deal, ask) && holdsMeanwhile(deal) ? decisionInForce(deal) : null;
  return [
    line(...changedParts(ask)),
    ...(holds === null ? [] : [line({ user: holds.by }, "’s yes holds until there's a new answer.")]),
  ];
}

/** An ask went out before the facts did. */
function stillWriting(deal: Deal, ask: Ask): RichPiece[] {
  if (ask.sending === null || !isPending(deal, ask)) return [];
  const writes = lacksFacts(deal) || (ask.sending === 'at_once' && !deal.filledIn);
  return writes ? [line({ user: deal.rep }, ' is still adding the facts.')] : [];
}

/** Buttons while it is pending; then who, what and when. */
function endOfAsk(
  deal: Deal,
  ask: Ask,
  { repName }: RenderContext,
  {
    more,
    settles = null,
    to,
  }: {
    readonly more: ButtonOptions | null;
    readonly settles?: Approval | null;
    readonly to?: UserId | undefined;
  },
): KnownBlock[] {
  const rest = more === null ? [] : [more];
  if (isPending(deal, ask)) {
    const { approval } = ask;
    const onItsWay: KnownBlock[] =
      approval === null
        ? []
        : [rich(line({ user: approval.by }, ' has proposed an answer. It still needs an OK.'))];
    const choices =
      settles === null ? decisionButtons(deal, ask, repName) : approvalButtons(deal, ask, settles);
    return [...onItsWay, buttons(...choices, ...rest)];
  }
  const decision = ask.decisions.at(-1) ?? null;
  const end: Part[] =
    decision !== null
      ? decidedParts(decision)
      : deal.ask !== null && ask.id !== deal.ask.id
        ? ["There's a newer ask."]
        : deal.removed !== null
          ? [NOTHING_LOST]
          : deal.signedReportedAt !== null
            ? ["They've signed with the other company. There's nothing left to decide."]
            : ["There's nothing left to decide."];
  const isTheirs = decision !== null && decision.by === to && ask.id === deal.ask?.id;
  const row = isTheirs && mayChangeDecision(deal) ? [changeDecisionButton(deal, decision), ...rest] : rest;
  return [rich(line(...end)), ...(row.length === 0 ? [] : [buttons(...row)])];
}

/** For its maker alone: the deal's details, where another decision can be given. */
function changeDecisionButton(deal: Deal, { kind }: Decision): ButtonOptions {
  const label = kind === 'decline' ? 'Reconsider' : 'Change decision';
  return { action: ACTIONS.details, label, ref: { deal: deal.id } };
}
