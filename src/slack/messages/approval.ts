import type { Approval, Ask, Deal } from '../../deal/model/deal';
import { formatMoney } from '../../deal/model/money';
import {
  account,
  approvalButtons,
  buttons,
  cut,
  DECISION_LABELS,
  decisionPieces,
  detailsButton,
  line,
  type Part,
  rich,
  weekdayAndDate,
} from '../text';
import { askFacts } from './askFacts';
import { whyNow } from './phrases';
import { dm, type RenderContext, type Slot, slot, THREAD } from './slot';

/** Longest excerpt of the terms in the first line. */
const TERMS = 300;

/** A yes above its maker's limit: for the approver, with the terms as proposed; the rep hears that it is on its way. */
export function approvalSlots(deal: Deal, ask: Ask, context: RenderContext): Slot[] {
  const { approval } = ask;
  if (approval === null || ask.id !== deal.ask?.id) return [];
  return [
    inThread(deal, ask, approval, context),
    ...(approval.waitsUntil === null ? toApprovers(deal, ask, approval, context) : []),
    toRep(deal, approval),
  ];
}

/** "@maya would counter with “…”; above their limit of $5,000, so @sam approves." Nobody is alerted before their day. */
function proposal(approval: Approval, short: boolean): Part[] {
  const { by, terms, limit, approver, waitsUntil } = approval;
  const kind = DECISION_LABELS[terms.kind].toLowerCase();
  const limits = [
    ...(limit.amount === null ? [] : [formatMoney(limit.amount)]),
    ...(limit.percent === null ? [] : [`${limit.percent}% of the deal`]),
  ].join(' or ');
  const what = short ? '' : ` with “${cut(terms.terms, TERMS)}”`;
  const above = short ? '; above their limit, so ' : `; above their limit of ${limits}, so `;
  const who: Part[] =
    waitsUntil === null
      ? [{ user: approver }, ' approves', ...inPlaceOf(approval), '.']
      : ['somebody else approves, who hears of it ', { date: waitsUntil }, '.'];
  return [{ user: by }, ` would ${kind}${what}${above}`, ...who];
}

/** " for @dana, who is out until Monday, 30 Nov 2026" */
function inPlaceOf({ standsFor }: Approval): Part[] {
  if (standsFor === null) return [];
  const until = standsFor.until === null ? '' : ` until ${weekdayAndDate(standsFor.until)}`;
  return [' for ', { user: standsFor.manager }, `, who is out${until}`];
}

export const approvalRow = (deal: Deal, ask: Ask, approval: Approval) =>
  buttons(...approvalButtons(deal, ask, approval));

function inThread(deal: Deal, ask: Ask, approval: Approval, { privacy }: RenderContext): Slot {
  const short = privacy === 'short';
  const first = proposal(approval, short);
  return slot({
    key: `approval:${approval.id}:${approval.approver}`,
    place: THREAD,
    fallback: first,
    notifies: true,
    blocks: short
      ? [rich(line(...first)), buttons(detailsButton(deal))]
      : [
          rich(line(...first)),
          rich(...decisionPieces(approval.terms).pieces),
          approvalRow(deal, ask, approval),
        ],
  });
}

/** The approver, and whoever the ask went on to since. */
function toApprovers(deal: Deal, ask: Ask, approval: Approval, context: RenderContext): Slot[] {
  const first: Part[] = [account(deal), ': ', ...proposal(approval, false)];
  const facts = askFacts(deal, ask, context);
  const also = whyNow(deal, approval);
  return [
    slot({
      key: `approval-dm:${approval.id}:${approval.approver}`,
      place: dm(approval.approver),
      fallback: first,
      notifies: true,
      blocks: [
        rich(
          line(...first),
          line('Answer by ', { date: approval.answerBy, strong: true }, '.'),
          ...(also.length === 0 ? [] : [line(...also)]),
        ),
        rich(...decisionPieces(approval.terms).pieces),
        ...facts.groups.filter((pieces) => pieces.length > 0).map((pieces) => rich(...pieces)),
        approvalRow(deal, ask, approval),
      ],
    }),
  ];
}

function toRep(deal: Deal, { id, by, approver, waitsUntil }: Approval): Slot {
  const first: Part[] = ['A decision about ', account(deal), ' is on its way.'];
  const then: Part[] =
    waitsUntil === null
      ? [{ user: by }, ' has proposed something, and ', { user: approver }, ' has to approve it.']
      : [{ user: by }, ' has proposed something that somebody else has to approve.'];
  return slot({
    key: `approval-rep:${id}:${deal.rep}`,
    place: dm(deal.rep),
    fallback: first,
    notifies: true,
    blocks: [
      rich(
        line(...first),
        line(...then, ' Please make no promises yet; you will hear as soon as it is decided.'),
      ),
    ],
  });
}
