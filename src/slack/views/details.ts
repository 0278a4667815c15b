import type { AnyBlock, ModalView } from '@slack/types';
import type { Deal } from '../../deal/model/deal';
import type { Playbook, Reason } from '../../playbook/schema';
import { ACTIONS, VIEWS } from '../ids';
import {
  assignManagerButton,
  decisionButtons,
  decisionPieces,
  entryPieces,
  mayChangeDecision,
  resumeButtons,
} from '../messages/phrases';
import {
  type ButtonOptions,
  button,
  buttons,
  currentDecision,
  cut,
  decidedParts,
  detailEntries,
  type Entry,
  line,
  rich,
  signingParts,
  transcript,
  VERDICT_LABELS,
} from '../text';
import { dealLine } from './dealLine';
import { modal } from './modal';
import { quiet } from './small';
import { theySigned } from './theySigned';

/** Longest excerpt of one answer; *Show all* has the rest. */
const EXCERPT = 500;
const MOST_ENTRIES = 40;

/** One deal with everything that is known, and what its rep can do now. For those who may see it. */
export function details(deal: Deal, playbook: Playbook, reasons: readonly Reason[]): ModalView {
  const decision = currentDecision(deal.ask);
  const signing = signingParts(deal);
  const entries = [...detailEntries(deal), ...transcript(deal, { playbook, reasons })];
  return modal({
    id: VIEWS.details,
    title: 'The deal',
    ref: { d: deal.id },
    blocks: [
      dealLine(deal),
      ...actionsFor(deal),
      rich(
        line(
          'Rep: ',
          { user: deal.rep },
          ...(deal.manager === null ? [] : ['  ·  Manager: ', { user: deal.manager }]),
        ),
        ...(deal.verdict === null ? [] : [line(VERDICT_LABELS[deal.verdict])]),
        line(...signing),
        ...(deal.reEngagement === null
          ? []
          : [line('Come back ', { date: deal.reEngagement.at, style: 'day' })]),
      ),
      ...(decision === null
        ? []
        : [rich(line(...decidedParts(decision)), ...decisionPieces(decision).pieces)]),
      ...changeRow(deal),
      buttons({ action: ACTIONS.assignRep, label: 'Hand on to another rep', ref: { d: deal.id } }),
      ...(entries.length === 0 ? [quiet('No notes of the call yet.')] : []),
      ...entries.slice(0, MOST_ENTRIES).map(entryBlock),
      buttons({ action: ACTIONS.showAll, label: 'Show all', ref: { d: deal.id, p: 0 } }),
    ],
  });
}

function changeRow(deal: Deal): AnyBlock[] {
  const { ask } = deal;
  if (ask === null || !mayChangeDecision(deal)) return [];
  const [match, counter, decline] = decisionButtons(deal, ask);
  const row = [match, counter, decline].filter((one) => one !== undefined);
  return [
    quiet('The decision can be changed until the rep has gone back to the prospect:'),
    buttons(...row.map(({ style: _, ...one }) => one)),
  ];
}

function entryBlock(entry: Entry): AnyBlock {
  return rich(...entryPieces(entry, excerpt(entry.parts)));
}

function excerpt(parts: Entry['parts']): Entry['parts'] {
  return parts.map((part) => (typeof part === 'string' ? cut(part, EXCERPT) : part));
}

/** What can be done with a deal at its stage. Who may do it is decided when it is tapped. */
function actionsFor(deal: Deal): AnyBlock[] {
  const ref = { d: deal.id };
  const fill: ButtonOptions = { action: ACTIONS.fillIn, label: "Fill in while it's fresh", ref };
  const reminds: ButtonOptions = { action: ACTIONS.remindMe, label: 'Remind me', ref };
  const outcomes: ButtonOptions[] = [
    { action: ACTIONS.wonBack, label: 'Called – won back', ref, style: 'primary' },
    { action: ACTIONS.lost, label: 'Called – lost', ref },
    { action: ACTIONS.noAnswer, label: 'No answer yet', ref },
  ];
  const all: ButtonOptions[] = (() => {
    switch (deal.stage) {
      case 'coaching':
        return deal.position === null
          ? [{ action: ACTIONS.tryNow, label: 'Try now', ref, style: 'primary' }, fill]
          : resumeButtons(deal);
      case 'awaiting_decision':
        return [fill, assignManagerButton(deal), theySigned(deal)];
      case 'winning_back':
        return [
          ...outcomes,
          reminds,
          { action: ACTIONS.askAgain, label: 'Ask again', ref },
          theySigned(deal),
          fill,
        ];
      case 'calling_back':
        return [...outcomes, reminds, ...(deal.signedReportedAt === null ? [theySigned(deal)] : []), fill];
      case 'closed':
        return [
          fill,
          ...(deal.outcome?.kind === 'won_back'
            ? []
            : [{ action: ACTIONS.nextTime, label: 'The next time', ref }]),
          { action: ACTIONS.reopen, label: 'Reopen', ref },
        ];
      case 'withdrawn':
        return [];
    }
  })();
  return all.length === 0 ? [] : [{ type: 'actions', elements: all.map(button) }];
}
