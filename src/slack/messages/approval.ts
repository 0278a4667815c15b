import type { Approval, Ask, Deal } from '../../deal/model/deal';
import { decisionInForce } from '../../deal/model/inForce';
import { formatMoney } from '../../deal/model/money';
import { worthRaised } from '../../deal/model/worth';
import {
  account,
  approvalButtons,
  buttons,
  cut,
  decidedParts,
  decisionPieces,
  decisionWord,
  detailsButton,
  line,
  type Part,
  raisedLine,
  rich,
  weekdayAndDate,
} from '../text';
import { askFacts } from './askFacts';
import { ADDRESSED, type Addressed, IN_THREAD, type Message, messageKind, TO_ADDRESSEE } from './kind';
import { whyNow, whyThen } from './phrases';
import type { RenderContext } from './slot';

/** Longest excerpt of the terms in the first line. */
const TERMS = 300;

/** A yes above its maker's limit, with the terms as proposed. */
export const approvalInThread = messageKind({
  kind: 'approval',
  key: ADDRESSED,
  place: IN_THREAD,
  notifies: true,
  phases: ['thread'],
  messages: (deal, context) => proposed(deal, (ask, approval) => inThread(deal, ask, approval, context)),
  lastWords: (deal, { id }) => ['A proposal that waited for approval. ', ...settledBy(deal, id)],
});

/** For the approver, and whoever the ask went on to since. */
export const approvalDm = messageKind({
  kind: 'approval-dm',
  key: ADDRESSED,
  place: TO_ADDRESSEE,
  notifies: true,
  phases: ['thread'],
  messages: (deal, context) =>
    proposed(deal, (ask, approval) =>
      approval.waitsUntil === null ? toApprover(deal, ask, approval, context) : null,
    ),
  lastWords: (deal, { id }) => [account(deal), ': ', ...settledBy(deal, id)],
});

/** The rep hears that it is on its way. */
export const approvalRep = messageKind({
  kind: 'approval-rep',
  key: ADDRESSED,
  place: TO_ADDRESSEE,
  notifies: true,
  phases: ['thread'],
  messages: (deal) => proposed(deal, (_ask, approval) => toRep(deal, approval)),
  lastWords: (deal, { id }) => [account(deal), ': ', ...settledBy(deal, id)],
});

/** The message about what waits for approval now, if anything does. */
function proposed(
  { ask }: Deal,
  message: (ask: Ask, approval: Approval) => Message<Addressed> | null,
): readonly Message<Addressed>[] {
  const one = ask?.approval == null ? null : message(ask, ask.approval);
  return one === null ? [] : [one];
}

/** @param proposal sequence number of its event */
function settledBy(deal: Deal, proposal: number): Part[] {
  const approval = deal.ask?.approval ?? null;
  if (approval?.id === proposal) return ['It is with ', { user: approval.approver }, ' now.'];
  const decision = decisionInForce(deal);
  return deal.ask?.status === 'decided' && decision !== null
    ? decidedParts(decision)
    : ['No longer waiting.'];
}

/** "@maya wants to counter with “…”. That's over their limit of $5,000, so @sam has to approve it." Nobody is alerted before their day. */
function proposal(approval: Approval, { short, toThem }: { short: boolean; toThem: boolean }): Part[] {
  const { by, terms, limit, approver, waitsUntil } = approval;
  const kind = decisionWord(terms.kind);
  const limits = [
    ...(limit.amount === null ? [] : [formatMoney(limit.amount)]),
    ...(limit.percent === null ? [] : [`${limit.percent}% of the deal`]),
  ].join(' or ');
  const what = short ? '' : ` with “${cut(terms.terms, TERMS)}”`;
  const above = `. That's over their limit${short ? '' : ` of ${limits}`}, so `;
  const who: Part[] =
    waitsUntil === null
      ? [
          ...(toThem ? ['it needs your OK'] : [{ user: approver }, ' has to approve it']),
          ...inPlaceOf(approval),
          '.',
        ]
      : ['somebody else has to approve it. They get it ', { date: waitsUntil }, '.'];
  return [{ user: by }, ` wants to ${kind}${what}${above}`, ...who];
}

/** " for @dana, who is out until Monday, 30 Nov 2026", or " instead of @dana, who can't" */
function inPlaceOf({ standsFor, insteadOf, hasLeft }: Approval): Part[] {
  if (insteadOf !== null) return [' instead of ', { user: insteadOf }, ', who can’t'];
  if (standsFor === null) return [];
  if (hasLeft === true) return [' for ', { user: standsFor.manager }, ', who has left'];
  const until = standsFor.until === null ? '' : ` until ${weekdayAndDate(standsFor.until)}`;
  return [' for ', { user: standsFor.manager }, `, who is out${until}`];
}

export const approvalRow = (deal: Deal, ask: Ask, approval: Approval) =>
  buttons(...approvalButtons(deal, ask, approval));

function inThread(
  deal: Deal,
  ask: Ask,
  approval: Approval,
  { privacy, reasons }: RenderContext,
): Message<Addressed> {
  const short = privacy === 'short';
  const first = proposal(approval, { short, toThem: false });
  const raised = worthRaised(deal);
  return {
    key: { id: approval.id, to: approval.approver },
    fallback: first,
    blocks: short
      ? [rich(line(...first)), buttons(detailsButton(deal))]
      : [
          rich(line(...first)),
          rich(
            ...decisionPieces(approval.terms, reasons).pieces,
            ...(raised === null ? [] : [line(raisedLine(raised))]),
          ),
          approvalRow(deal, ask, approval),
        ],
  };
}

function toApprover(deal: Deal, ask: Ask, approval: Approval, context: RenderContext): Message<Addressed> {
  const first: Part[] = [account(deal), ': ', ...proposal(approval, { short: false, toThem: true })];
  const facts = askFacts(deal, ask, context);
  const also = whyNow(deal, approval);
  return {
    key: { id: approval.id, to: approval.approver },
    fallback: first,
    blocks: [
      rich(
        line(...first),
        line(
          'Answer by ',
          { date: approval.answerBy, style: 'by', strong: true },
          '.',
          ...whyThen(deal, ask, approval.answerBy, false),
        ),
        ...facts.first,
        ...(also.length === 0 ? [] : [line(...also)]),
      ),
      rich(...decisionPieces(approval.terms, context.reasons).pieces),
      ...facts.groups.filter((pieces) => pieces.length > 0).map((pieces) => rich(...pieces)),
      approvalRow(deal, ask, approval),
    ],
  };
}

function toRep(deal: Deal, { id, by, approver, waitsUntil }: Approval): Message<Addressed> {
  const first: Part[] = ['A decision about ', account(deal), ' is on its way.'];
  const then: Part[] =
    waitsUntil === null
      ? [{ user: by }, ' has proposed something, and ', { user: approver }, ' has to approve it.']
      : [{ user: by }, ' has proposed something that somebody else has to approve.'];
  return {
    key: { id, to: deal.rep },
    fallback: first,
    blocks: [
      rich(
        line(...first),
        line(...then, " Don't promise anything yet. You'll hear as soon as it's decided."),
      ),
    ],
  };
}
