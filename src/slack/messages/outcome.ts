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
import { words } from './phrases';
import { dm, type RenderContext, type Slot, slot, THREAD } from './slot';

/** How it ended. Credit for a won-back deal goes to rep and decider. */
export function outcomeSlots(deal: Deal, context: RenderContext): Slot[] {
  const { outcome, outcomeAt } = deal;
  if (outcome === null || outcomeAt === null || outcome.kind === 'no_answer') return [];
  const short = context.privacy === 'short';
  const first = headline(deal, outcome, short);
  const then = credit(deal, outcome);
  const told = outcome.kind === 'lost' ? outcome.reason : outcome.took;
  const reason = short ? null : told;
  const long = reason !== null && encodedLength(reason) > EXCERPT;
  const thread = slot({
    key: `outcome:${outcomeAt}`,
    place: THREAD,
    fallback: [...first, ' ', ...then],
    notifies: true,
    blocks: [
      rich(line(...first), ...reasonPieces(outcome.kind, reason), line(...then)),
      ...(short ? [buttons(detailsButton(deal))] : long ? [buttons(showAllButton(deal))] : []),
    ],
  });
  if (outcome.kind !== 'won_back') return [thread];
  const welcome: Part[] = [account(deal), ' is back. Words to welcome them:'];
  return [
    thread,
    slot({
      key: `outcome-dm:${outcomeAt}:${deal.rep}`,
      place: dm(deal.rep),
      fallback: welcome,
      notifies: true,
      blocks: [rich(line(...welcome), ...words(deal, context.playbook, 'welcome_back'))],
    }),
  ];
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
export function closedSlot(deal: Deal, { privacy }: RenderContext): Slot | null {
  const byClock = deal.closedBecause === 'silence' || deal.closedBecause === 'three_tries';
  if (deal.closedAt === null || !byClock || deal.stage !== 'closed') return null;
  const who: Part = privacy === 'short' ? 'This deal' : account(deal);
  const first: Part[] = [who, ` was closed. ${closing(deal)} It can be opened again from its details.`];
  return slot({
    key: `closed:${deal.closedAt}`,
    place: THREAD,
    fallback: first,
    notifies: true,
    blocks: [
      rich(line(...first)),
      buttons(detailsButton(deal), {
        action: ACTIONS.nextTime,
        label: 'The next time',
        ref: { deal: deal.id },
      }),
    ],
  });
}
