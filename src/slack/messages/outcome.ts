import type { Deal, Outcome } from '../../deal/model/deal';
import { formatMoney } from '../../deal/model/money';
import { ACTIONS } from '../ids';
import {
  account,
  buttons,
  closing,
  currentDecision,
  cut,
  detailsButton,
  EXCERPT,
  encodedLength,
  line,
  type Part,
  quote,
  type RichPiece,
  rich,
  showAllButton,
} from '../text';
import {
  ADDRESSED,
  IN_THREAD,
  type Message,
  messageKind,
  NUMBERED,
  type Numbered,
  TO_ADDRESSEE,
} from './kind';
import { toFormerRep } from './lastWords';
import { words } from './phrases';
import type { RenderContext } from './slot';

/** How it ended. Credit for a won-back deal goes to rep and decider. */
export const outcomeInThread = messageKind({
  kind: 'outcome',
  key: NUMBERED,
  place: IN_THREAD,
  notifies: true,
  phases: ['thread'],
  messages: (deal, context) => {
    const end = endOf(deal);
    return end === null ? [] : [inThread(deal, end, context)];
  },
  lastWords: () => ['The deal was opened again after this.'],
});

/** Words for the rep to welcome them back. */
export const outcomeDm = messageKind({
  kind: 'outcome-dm',
  key: ADDRESSED,
  place: TO_ADDRESSEE,
  notifies: true,
  phases: ['thread'],
  messages: (deal, { playbook }) => {
    const end = endOf(deal);
    if (end?.outcome.kind !== 'won_back') return [];
    const welcome: Part[] = [account(deal), ' is back. Words to welcome them:'];
    return [
      {
        key: { id: end.at, to: deal.rep },
        fallback: welcome,
        blocks: [rich(line(...welcome), ...words(deal, playbook, 'welcome_back'))],
      },
    ];
  },
  lastWords: (deal, { to }) => toFormerRep(deal, to, [account(deal), ' was opened again after this.']),
});

interface End {
  readonly outcome: Exclude<Outcome, { kind: 'no_answer' }>;
  readonly at: number;
}

function endOf({ outcome, outcomeAt }: Deal): End | null {
  return outcome === null || outcomeAt === null || outcome.kind === 'no_answer'
    ? null
    : { outcome, at: outcomeAt };
}

function inThread(deal: Deal, { outcome, at }: End, { privacy }: RenderContext): Message<Numbered> {
  const short = privacy === 'short';
  const first = headline(deal, outcome, short);
  const then = credit(deal, outcome);
  const given = outcome.kind === 'lost' ? outcome.reason : outcome.took;
  const reason = short ? null : given;
  const long = reason !== null && encodedLength(reason) > EXCERPT;
  return {
    key: { id: at },
    fallback: [...first, ' ', ...then],
    blocks: [
      rich(line(...first), ...reasonPieces(outcome.kind, reason), line(...then)),
      ...(short ? [buttons(detailsButton(deal))] : long ? [buttons(showAllButton(deal))] : []),
    ],
  };
}

function headline(deal: Deal, outcome: Outcome, short: boolean): Part[] {
  const won =
    outcome.kind === 'won_back'
      ? outcome.part === 'whole'
        ? 'Won back'
        : 'Part of it won back'
      : 'Stays lost';
  if (short) return [{ bold: `${won}.` }];
  const amount =
    outcome.kind === 'won_back' && outcome.amount !== null ? `, ${formatMoney(outcome.amount)}` : '';
  return [{ bold: `${won}: ` }, account(deal), `${amount}.`];
}

function credit(deal: Deal, outcome: Outcome): Part[] {
  if (outcome.kind !== 'won_back') return [{ user: deal.rep }, ' went back and asked. Thank you.'];
  const decision = currentDecision(deal.ask);
  return decision === null || decision.kind === 'decline'
    ? ['Thanks to ', { user: deal.rep }, ', who asked.']
    : ['Thanks to ', { user: deal.rep }, ', who asked, and ', { user: decision.by }, ', who decided.'];
}

function reasonPieces(kind: Outcome['kind'], reason: string | null): RichPiece[] {
  const label = kind === 'won_back' ? 'What it took:' : 'What they said:';
  return reason === null ? [] : [line(label), quote(cut(reason, EXCERPT))];
}

/** A deal that the clock closed says so in its thread. */
export const closedByClock = messageKind({
  kind: 'closed',
  key: NUMBERED,
  place: IN_THREAD,
  notifies: true,
  phases: ['thread'],
  messages: (deal, { privacy }) => {
    const { closedAt, closedBecause, stage } = deal;
    const byClock = closedBecause === 'silence' || closedBecause === 'three_tries';
    if (closedAt === null || !byClock || stage !== 'closed') return [];
    const who: Part = privacy === 'short' ? 'This deal' : account(deal);
    const first: Part[] = [who, ` was closed. ${closing(deal)} It can be opened again from its details.`];
    const nextTime = { action: ACTIONS.nextTime, label: 'The next time', ref: { deal: deal.id } };
    return [
      {
        key: { id: closedAt },
        fallback: first,
        blocks: [rich(line(...first)), buttons(detailsButton(deal), nextTime)],
      },
    ];
  },
  lastWords: () => ['The deal was opened again after this.'],
});
