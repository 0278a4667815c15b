import type { KnownBlock } from '@slack/types';
import { owesOutcome } from '../../deal/decide/outcome';
import type { Deal, Decision } from '../../deal/model/deal';
import {
  account,
  type ButtonOptions,
  buttons,
  DECISION_LABELS,
  decisionPieces,
  detailsButton,
  line,
  outcomeButtons,
  type Part,
  type RichPiece,
  remindMeButton,
  rich,
  showAllButton,
} from '../text';
import { changeOutcomeButton, isCurrent, reportedParts, wordsToGoBack } from './phrases';
import { dm, type RenderContext, type Slot, slot, THREAD } from './slot';

/** The answer to the ask: in the thread, and to the rep with the words to go back with. */
export function decisionSlots(deal: Deal, decision: Decision, { privacy, playbook }: RenderContext): Slot[] {
  const current = isCurrent(deal, decision);
  const label = DECISION_LABELS[decision.kind];
  const facts = decisionPieces(decision);
  const rest: ButtonOptions[] = facts.cut ? [showAllButton(deal)] : [];
  const changed = deal.ask?.decisions.some(({ id }) => id === decision.id) === true;
  const replaced: RichPiece[] = current
    ? []
    : [
        line({
          bold: changed ? 'Replaced by a later decision.' : 'A newer ask has taken the place of this one.',
        }),
      ];
  const short = privacy === 'short';
  const { proposedBy } = decision;
  const approved: Part[] = proposedBy === null ? [] : ['; it was proposed by ', { user: proposedBy }];
  const inThread: Part[] = [{ user: decision.by }, ' decided: ', { bold: label }, ...approved];
  const stands = standing(deal);
  const toRep: Part[] = [{ user: decision.by }, ' decided about ', account(deal), ': ', { bold: label }];
  return [
    slot({
      key: `decision:${decision.id}`,
      place: THREAD,
      fallback: inThread,
      notifies: true,
      overtaken: !current,
      blocks: short
        ? [rich(line(...inThread), ...replaced), buttons(detailsButton(deal))]
        : [rich(line(...inThread), ...replaced), rich(...facts.pieces), ...row(rest)],
    }),
    slot({
      key: `decision-dm:${decision.id}:${deal.rep}`,
      place: dm(deal.rep),
      fallback: toRep,
      notifies: true,
      overtaken: !current,
      blocks: [
        rich(line(...toRep), ...replaced),
        rich(...facts.pieces),
        ...grouped(current && owesOutcome(deal) ? wordsToGoBack(deal, playbook) : []),
        ...grouped(current && stands.length > 0 ? [line(...stands)] : []),
        ...(current && owesOutcome(deal)
          ? [buttons(...outcomeButtons(deal), remindMeButton(deal), ...rest)]
          : row(current && reportedParts(deal).length > 0 ? [changeOutcomeButton(deal), ...rest] : rest)),
      ],
    }),
    ...toProposer(deal, decision),
  ];
}

/** Whoever proposed it hears what became of it. */
function toProposer(deal: Deal, decision: Decision): Slot[] {
  const { proposedBy } = decision;
  if (proposedBy === null || proposedBy === deal.rep) return [];
  const first: Part[] = [
    { user: decision.by },
    ' decided about ',
    account(deal),
    ', which you had proposed: ',
    { bold: DECISION_LABELS[decision.kind] },
  ];
  return [
    slot({
      key: `decision-proposed:${decision.id}:${proposedBy}`,
      place: dm(proposedBy),
      fallback: first,
      notifies: true,
      overtaken: !isCurrent(deal, decision),
      blocks: [rich(line(...first)), rich(...decisionPieces(decision).pieces)],
    }),
  ];
}

/** A block of its own, so that it stands apart; nothing when there is nothing to say. */
function grouped(pieces: readonly RichPiece[]): KnownBlock[] {
  return pieces.length === 0 ? [] : [rich(...pieces)];
}

function row(all: readonly ButtonOptions[]): KnownBlock[] {
  return all.length === 0 ? [] : [buttons(...all)];
}

function standing(deal: Deal): Part[] {
  const reported = reportedParts(deal);
  if (reported.length > 0) return reported;
  if (deal.signedReportedAt !== null) {
    return deal.stage === 'closed'
      ? ['They have signed with the other company.']
      : ['They have signed with the other company. A thank-you call is still owed; make no offer.'];
  }
  if (!owesOutcome(deal)) return [];
  return deal.remindAt === null
    ? ['Call them, then say here how it went.']
    : ['No answer yet. You will be reminded ', { date: deal.remindAt }, '.'];
}
