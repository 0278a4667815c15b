import type { AnyBlock, ModalView } from '@slack/types';
import { mayConfirmReason, mayDecide, maySee, mayWork } from '../../deal/decide/permissions';
import { mayChangeDecision } from '../../deal/decide/rescue';
import type { Actor } from '../../deal/model/commands';
import type { Deal, UserId } from '../../deal/model/deal';
import { pledgeOf } from '../../deal/model/facts';
import { decisionInForce } from '../../deal/model/inForce';
import type { Playbook, Reason } from '../../playbook/schema';
import { ACTIONS, VIEWS } from '../ids';
import {
  account,
  assignManagerButton,
  type ButtonOptions,
  buttons,
  confirmedParts,
  confirmReasonButton,
  cut,
  dealLine,
  decideButtons,
  decidedParts,
  decisionButtons,
  decisionPieces,
  detailEntries,
  type Entry,
  entryPieces,
  fillInButton,
  line,
  notLostButton,
  nudgeButton,
  outcomeButtons,
  paragraph,
  pledgeButtons,
  pledgeParts,
  quote,
  remindMeButton,
  resumeButtons,
  rich,
  showAllButton,
  theySignedButton,
  transcript,
  VERDICT_LABELS,
} from '../text';
import { quiet } from './blocks';
import { modal } from './modal';

/** Longest excerpt of one answer; *Show all* has the rest. */
const EXCERPT = 500;

export interface Looking {
  readonly viewer: Actor;
  /** Full names of the rep and of the person whom the ask waits for. */
  readonly names: ReadonlyMap<UserId, string>;
}

/** One deal with everything we know, and the viewer's buttons. Only for people who may see the deal. */
export function details(
  deal: Deal,
  playbook: Playbook,
  reasons: readonly Reason[],
  looking: Looking,
): ModalView {
  const { viewer } = looking;
  const decision = decisionInForce(deal);
  const entries = [...detailEntries(deal), ...transcript(deal, { playbook, reasons })];
  return modal({
    id: VIEWS.details,
    title: 'The deal',
    ref: { deal: deal.id },
    blocks: [
      dealLine(deal),
      ...actionsFor(deal, looking),
      rich(
        line(
          'Rep: ',
          { user: deal.rep },
          ...(deal.manager === null ? [] : ['  ·  Manager: ', { user: deal.manager }]),
        ),
        ...(deal.verdict === null ? [] : [line(VERDICT_LABELS[deal.verdict])]),
        ...(deal.reEngagement === null
          ? []
          : [line('Come back ', { date: deal.reEngagement.at, style: 'day' })]),
      ),
      ...(decision === null
        ? []
        : [rich(line(...decidedParts(decision)), ...decisionPieces(decision, reasons).pieces)]),
      ...changeRow(deal, viewer),
      ...pledgeRow(deal, viewer),
      ...reasonRow(deal, viewer, reasons),
      ...(maySee(deal, viewer)
        ? [buttons({ action: ACTIONS.assignRep, label: 'Hand on to another rep', ref: { deal: deal.id } })]
        : []),
      ...(entries.length === 0 ? [quiet('No notes of the call yet.')] : []),
      ...(entries.length === 0 ? [] : [rich(...entryPieces(entries.map(excerpt)))]),
      buttons(showAllButton(deal)),
    ],
  });
}

/** For the maker of the decision. */
function changeRow(deal: Deal, { userId }: Actor): AnyBlock[] {
  const { ask } = deal;
  if (ask === null || !mayChangeDecision(deal) || ask.decisions.at(-1)?.by !== userId) return [];
  const row = decisionButtons(deal, ask, null).filter(({ action }) => action !== ACTIONS.askRep);
  return [
    quiet('You can change the decision until the rep has called the prospect:'),
    buttons(...row.map(({ style: _, ...one }) => one)),
  ];
}

/** For the rep and admins: what the prospect says, long after, about what the winner promised. */
function pledgeRow(deal: Deal, viewer: Actor): AnyBlock[] {
  const pledge = deal.stage === 'closed' && deal.outcome?.kind !== 'won_back' ? pledgeOf(deal) : null;
  if (pledge === null || !mayWork(deal, viewer)) return [];
  return [rich(line(...pledgeParts(deal)), quote(cut(pledge, EXCERPT))), buttons(...pledgeButtons(deal))];
}

/** The reason that a manager confirmed, and the button for people who may. */
function reasonRow(deal: Deal, viewer: Actor, reasons: readonly Reason[]): AnyBlock[] {
  const confirmed = confirmedParts(deal, reasons);
  const row = mayConfirmReason(deal, viewer) ? confirmReasonButton(deal) : [];
  return [
    ...(confirmed.length === 0 ? [] : [paragraph(confirmed)]),
    ...(row.length === 0 ? [] : [buttons(...row)]),
  ];
}

function excerpt(entry: Entry): Entry {
  const parts = entry.parts.map((part) => (typeof part === 'string' ? cut(part, EXCERPT) : part));
  return { ...entry, parts };
}

/** The buttons that fit the deal's stage and the viewer. Each tap checks again whether the person may use it. */
function actionsFor(deal: Deal, { viewer, names }: Looking): AnyBlock[] {
  const isPending = deal.stage === 'awaiting_decision';
  const decides =
    isPending && mayDecide(deal, viewer)
      ? decideButtons(deal, viewer.userId, names.get(deal.rep) ?? null)
      : [];
  const isRep = viewer.userId === deal.rep;
  const others = isPending && maySee(deal, viewer) ? [assignManagerButton(deal)] : [];
  const work = mayWork(deal, viewer) ? workButtons(deal) : others;
  const rows = [decides, [...(isPending && isRep ? nudgeButton(deal, names) : []), ...work]];
  return rows.filter((row) => row.length > 0).map((row) => buttons(...row));
}

/** For the rep and admins. */
function workButtons(deal: Deal): ButtonOptions[] {
  const ref = { deal: deal.id };
  switch (deal.stage) {
    case 'coaching':
      return deal.position === null
        ? [
            { action: ACTIONS.tryNow, label: 'Try now', ref, style: 'primary' },
            fillInButton(deal),
            notLostButton(deal),
          ]
        : resumeButtons(deal);
    case 'awaiting_decision':
      return [fillInButton(deal), assignManagerButton(deal), theySignedButton(deal), notLostButton(deal)];
    case 'winning_back':
      return [
        ...outcomeButtons(deal),
        remindMeButton(deal),
        { action: ACTIONS.askAgain, label: 'Ask again', ref },
        theySignedButton(deal),
        fillInButton(deal),
        notLostButton(deal),
      ];
    case 'calling_back':
      return [
        ...outcomeButtons(deal),
        remindMeButton(deal),
        ...(deal.signedReportedAt === null ? [theySignedButton(deal)] : []),
        fillInButton(deal),
        notLostButton(deal),
      ];
    case 'closed':
      return [
        fillInButton(deal),
        ...(deal.outcome?.kind === 'won_back'
          ? []
          : [{ action: ACTIONS.nextTime, label: 'The next time', ref }, notLostButton(deal)]),
        { action: ACTIONS.reopen, label: 'Reopen', ref },
      ];
    case 'withdrawn':
      return [bringBackButton(deal)];
  }
}

const bringBackButton = (deal: Deal): ButtonOptions => ({
  action: ACTIONS.reopen,
  label: 'Bring it back',
  ref: { deal: deal.id },
});

/** After *Remove it*: the deal is off the list, and the way back. A call without an answer leaves nothing to keep. */
export function removedNotice(deal: Deal): ModalView {
  const { account: name, business, removed } = deal;
  const isErased = removed?.isErased === true;
  return modal({
    id: VIEWS.notice,
    title: 'Removed',
    blocks: [
      paragraph(
        isErased
          ? [account(deal), " is off your list. Nothing was written down, so there's nothing to keep."]
          : [account(deal), " is off your list. It won't count anywhere."],
      ),
      buttons(
        isErased
          ? { action: ACTIONS.startAgain, label: 'Start again', ref: { account: name, business } }
          : bringBackButton(deal),
      ),
    ],
  });
}
