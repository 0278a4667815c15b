import type { KnownBlock } from '@slack/types';
import { owesOutcome } from '../../deal/decide/outcome';
import type { Deal, Decision } from '../../deal/model/deal';
import { decisionInForce } from '../../deal/model/inForce';
import { worthRaised } from '../../deal/model/worth';
import type { Reason } from '../../playbook/schema';
import {
  account,
  type ButtonOptions,
  buttons,
  callBackAt,
  decisionPieces,
  decisionWord,
  detailsButton,
  isCutInLine,
  line,
  mailButtons,
  type Part,
  type RichPiece,
  raisedLine,
  rich,
  showAllButton,
  theySayButton,
  verbalParts,
} from '../text';
import {
  ADDRESSED,
  type Addressed,
  IN_THREAD,
  type Message,
  messageKind,
  NUMBERED,
  type Numbered,
  TO_ADDRESSEE,
} from './kind';
import { isWithRep } from './lastWords';
import {
  asksOf,
  backButtons,
  changeOutcomeButton,
  goesBack,
  isCurrent,
  reportedParts,
  sayAllOf,
  wordsToGoBack,
} from './phrases';
import type { RenderContext } from './slot';

/** The answer to the ask. */
export const decisionInThread = messageKind({
  kind: 'decision',
  key: NUMBERED,
  place: IN_THREAD,
  notifies: true,
  phases: ['thread'],
  messages: (deal, context) => decisionsOf(deal).map((decision) => inThread(deal, decision, context)),
  lastWords: {
    neverLeaves: 'Once something is decided, the verdict is not taken back, and the thread stays.',
  },
});

/** To the rep, with the words to go back with. */
export const decisionDm = messageKind({
  kind: 'decision-dm',
  key: ADDRESSED,
  place: TO_ADDRESSEE,
  notifies: true,
  phases: ['thread'],
  messages: (deal, context) => decisionsOf(deal).map((decision) => toRep(deal, decision, context)),
  lastWords: isWithRep,
});

/** Whoever proposed it hears what became of it, unless they are the rep now, who hears of every decision. */
export const decisionProposed = messageKind({
  kind: 'decision-proposed',
  key: ADDRESSED,
  place: TO_ADDRESSEE,
  notifies: true,
  phases: ['thread'],
  messages: (deal, { reasons }) =>
    decisionsOf(deal).flatMap((decision) =>
      decision.proposedBy === null || decision.proposedBy === deal.rep
        ? []
        : [toProposer(deal, decision, decision.proposedBy, reasons)],
    ),
  lastWords: (deal) => {
    const decision = decisionInForce(deal);
    return decision === null
      ? isWithRep(deal)
      : [{ user: decision.by }, ' decided: ', decisionWord(decision.kind), '.'];
  },
});

const decisionsOf = (deal: Deal): readonly Decision[] => asksOf(deal).flatMap(({ decisions }) => decisions);

/** The rep gave it on the call, and nobody was asked. */
const isPreApproved = (deal: Deal, { id }: Decision): boolean =>
  asksOf(deal).some((ask) => ask.preApproved !== null && ask.decisions.some((it) => it.id === id));

function inThread(deal: Deal, decision: Decision, { privacy, reasons }: RenderContext): Message<Numbered> {
  const facts = decisionPieces(decision, reasons);
  const { proposedBy } = decision;
  const approved: Part[] = proposedBy === null ? [] : [', as ', { user: proposedBy }, ' proposed'];
  const first: Part[] = isPreApproved(deal, decision)
    ? [{ user: deal.rep }, ' said yes on the call. ', { user: decision.by }, ' had pre-approved it.']
    : [{ user: decision.by }, ' decided: ', { bold: decisionWord(decision.kind) }, ...approved, '.'];
  const headline = rich(line(...first), ...replaced(deal, decision));
  return {
    key: { id: decision.id },
    fallback: first,
    overtaken: !isCurrent(deal, decision),
    mentions: decision.uncosted?.approver == null ? [] : [decision.uncosted.approver],
    blocks:
      privacy === 'short'
        ? [headline, buttons(detailsButton(deal))]
        : [
            headline,
            rich(...facts.pieces, ...flags(deal, decision)),
            ...row(facts.cut ? [showAllButton(deal)] : []),
          ],
  };
}

/** The warning about a yes that everybody in a team with limits reads, since no limit catches it. */
function flags(deal: Deal, decision: Decision): RichPiece[] {
  const { by, uncosted } = decision;
  const countsWorth = deal.ask?.preApproved?.countsWorth === true && isCurrent(deal, decision);
  // The rep alone wrote down the worth that a limit counted, so a raise after it is said too.
  const raised = countsWorth ? worthRaised(deal) : decision.worthRaised;
  const isZero = decision.kind !== 'decline' && decision.value !== null;
  const said = isZero ? ' says that it costs nothing' : ' gave no cost';
  const look: Part[] =
    uncosted?.approver == null ? [] : [' ', { user: uncosted.approver }, ', please take a look.'];
  return [
    ...(uncosted === null ? [] : [line('⚠ ', { user: by }, `${said}, so no limit applies.`, ...look)]),
    ...(raised === null ? [] : [line(`⚠ ${raisedLine(raised, countsWorth ? 'then' : 'the ask')}`)]),
  ];
}

/** *yes*, *counter-offer* or *no*, behind the name of whoever decided. */
const ANSWER: Readonly<Record<Decision['kind'], string>> = {
  match: 'yes',
  counter: 'counter-offer',
  decline: 'no',
};

/** The words to say stand for the decision while the rep has to say them; after that its facts do. */
function toRep(deal: Deal, decision: Decision, { playbook, reasons }: RenderContext): Message<Addressed> {
  const current = isCurrent(deal, decision);
  const owes = current && goesBack(deal);
  const back = owes ? wordsToGoBack(deal, playbook) : [];
  const said = back.length > 0 && sayAllOf(decision, playbook);
  const facts = said ? null : decisionPieces(decision, reasons);
  const isCut = facts?.cut ?? isCutInLine(decision.kind === 'decline' ? decision.reason : decision.terms);
  const rest: ButtonOptions[] = isCut ? [showAllButton(deal)] : [];
  const first: Part[] = isPreApproved(deal, decision)
    ? [account(deal), '. You said yes on the call. ', { user: decision.by }, ' had pre-approved it.']
    : [account(deal), '. ', { user: decision.by }, ': ', { bold: `${ANSWER[decision.kind]}.` }];
  const stands = standing(deal);
  return {
    key: { id: decision.id, to: deal.rep },
    fallback: first,
    overtaken: !current,
    blocks: [
      rich(line(...first), ...replaced(deal, decision)),
      ...grouped(facts?.pieces ?? []),
      ...grouped(back),
      ...grouped(current && stands.length > 0 ? [line(...stands)] : []),
      ...(owes
        ? [
            buttons(
              ...backButtons(deal),
              ...(back.length === 0 ? [] : [theySayButton(deal)]),
              ...mailButtons(deal),
              ...rest,
            ),
          ]
        : row(current && reportedParts(deal).length > 0 ? [changeOutcomeButton(deal), ...rest] : rest)),
    ],
  };
}

function toProposer(
  deal: Deal,
  decision: Decision,
  proposer: string,
  reasons: readonly Reason[],
): Message<Addressed> {
  const first: Part[] = [
    { user: decision.by },
    ' decided on your proposal for ',
    account(deal),
    ': ',
    { bold: decisionWord(decision.kind) },
    '.',
  ];
  return {
    key: { id: decision.id, to: proposer },
    fallback: first,
    overtaken: !isCurrent(deal, decision),
    blocks: [rich(line(...first)), rich(...decisionPieces(decision, reasons).pieces)],
  };
}

/** What took the place of this decision, if anything did. */
function replaced(deal: Deal, decision: Decision): RichPiece[] {
  if (isCurrent(deal, decision)) {
    const isAskedAgain = deal.ask?.status === 'pending' && deal.ask.id > decision.id;
    return isAskedAgain ? [line("Asked again. This holds until there's a new answer.")] : [];
  }
  return [line({ bold: 'Replaced by a later decision.' })];
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
      ? ["They've signed with the other company."]
      : ["They've signed with the other company. Call to say thanks. Make no offer."];
  }
  if (goesBack(deal) && !owesOutcome(deal)) return ['Call them, then say here how it went.'];
  if (!owesOutcome(deal)) return [];
  if (deal.outcome?.kind === 'verbal_yes') return verbalParts(deal.outcome, deal);
  const promise = callBackAt(deal);
  return deal.remindAt === null
    ? [
        ...(promise === null ? [] : ['You told them ', { date: promise }, '. ']),
        'Call them, then say here how it went.',
      ]
    : ["No answer yet. I'll remind you ", { date: deal.remindAt }, '.'];
}
