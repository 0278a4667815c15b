/** The stages of a deal as a table: which event moves it from where to where. `npm run docs` draws it. */
import { traitsOf } from '../../playbook/schema';
import type { Deal, Stage } from '../model/deal';
import type { DealEvent } from '../model/events';
import { decisionInForce } from '../model/inForce';

/** Cases in which an event moves a deal. */
const CASES = {
  yes: (deal, event) => ['match', 'counter'].includes(decisionOf(deal, event)?.kind ?? ''),
  no: (deal, event) => decisionOf(deal, event)?.kind === 'decline',
  verbal: (_deal, event) => event.type === 'outcome_reported' && event.outcome.kind === 'verbal_yes',
  undecided: ({ ask }) => ask !== null,
  alone: ({ verdict }, event) =>
    traitsOf(event.type === 'verdict_reached' ? event.verdict : verdict)?.leadsTo === 'win_back',
  removed_waiting: ({ removed }) => removed?.from === 'awaiting_decision',
  removed_going_back: ({ removed }) => removed?.from === 'winning_back',
  removed_calling_back: ({ removed }) => removed?.from === 'calling_back',
  removed_closed: ({ removed }) => removed?.from === 'closed',
} as const satisfies Readonly<Record<string, (deal: Deal, event: DealEvent) => boolean>>;

/** The decision of an event, or else the one in force. */
function decisionOf(deal: Deal, event: DealEvent) {
  return event.type === 'decided' ? event.decision : decisionInForce(deal);
}

export interface Move {
  readonly from: readonly Stage[];
  readonly on: DealEvent['type'];
  /** Absent: always. */
  readonly when?: keyof typeof CASES;
  readonly to: Stage;
}

/** The first row that fits counts; without one the deal stays in its stage. */
export const MOVES: readonly Move[] = [
  { from: ['coaching', 'winning_back', 'calling_back'], on: 'asked', to: 'awaiting_decision' },
  { from: ['coaching'], on: 'ask_resumed', to: 'awaiting_decision' },
  { from: ['coaching'], on: 'pre_approved', to: 'winning_back' },
  { from: ['coaching'], on: 'verdict_reached', when: 'alone', to: 'winning_back' },
  {
    from: ['coaching', 'awaiting_decision', 'winning_back', 'calling_back', 'closed'],
    on: 'withdrawn',
    to: 'withdrawn',
  },
  { from: ['awaiting_decision', 'calling_back'], on: 'decided', when: 'yes', to: 'winning_back' },
  { from: ['awaiting_decision', 'winning_back'], on: 'decided', when: 'no', to: 'calling_back' },
  { from: ['awaiting_decision', 'winning_back'], on: 'signed_reported', to: 'calling_back' },
  { from: ['awaiting_decision', 'calling_back'], on: 'outcome_reported', when: 'verbal', to: 'winning_back' },
  { from: ['coaching', 'awaiting_decision', 'winning_back', 'calling_back'], on: 'closed', to: 'closed' },
  { from: ['awaiting_decision', 'winning_back', 'closed', 'withdrawn'], on: 'went_back', to: 'coaching' },
  { from: ['closed'], on: 'reopened', when: 'yes', to: 'winning_back' },
  { from: ['closed'], on: 'reopened', when: 'no', to: 'calling_back' },
  // The ask was withdrawn; `decide` asks anew in the same commit.
  { from: ['closed'], on: 'reopened', when: 'undecided', to: 'awaiting_decision' },
  { from: ['closed'], on: 'reopened', when: 'alone', to: 'winning_back' },
  { from: ['withdrawn'], on: 'reopened', when: 'removed_waiting', to: 'awaiting_decision' },
  { from: ['withdrawn'], on: 'reopened', when: 'removed_going_back', to: 'winning_back' },
  { from: ['withdrawn'], on: 'reopened', when: 'removed_calling_back', to: 'calling_back' },
  { from: ['withdrawn'], on: 'reopened', when: 'removed_closed', to: 'closed' },
  { from: ['closed', 'withdrawn'], on: 'reopened', to: 'coaching' },
];

/** The row that moves a deal with this event; null: it stays in its stage. */
export function moveOf(deal: Deal, event: DealEvent): Move | null {
  const fits = ({ from, on, when }: Move) =>
    on === event.type && from.includes(deal.stage) && (when === undefined || CASES[when](deal, event));
  return MOVES.find(fits) ?? null;
}

export const stageAfter = (deal: Deal, event: DealEvent): Stage => moveOf(deal, event)?.to ?? deal.stage;
