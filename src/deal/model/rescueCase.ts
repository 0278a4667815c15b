/** One deal as the figures beside an ask count it. */
import { traitsOf } from '../../playbook/schema';
import type { Ask, Deal, Decision, YesTerms } from './deal';
import { factsOf, known } from './facts';
import type { Money } from './money';

/** `given`: the rep could do it alone, it was pre-approved, or it was what the buyer hoped for from us and no other offer. */
export const MOVES = ['matched', 'countered', 'given'] as const;
export type Move = (typeof MOVES)[number];

/** `open`: nobody knows yet. `whole`, `part`: what came back. `lost`: closed, and it did not come back. */
export const ENDS = ['open', 'whole', 'part', 'lost'] as const;
export type End = (typeof ENDS)[number];

export interface RescueCase {
  /** The buyer would have chosen us with that offer, or would talk again for it. */
  readonly pulse: boolean;
  /** We went for it: with the manager, or the rep alone. */
  readonly tried: boolean;
  /** A manager was asked. */
  readonly asked: boolean;
  /** The last answer that a manager gave first came by its deadline. */
  readonly inTime: boolean;
  /** Our move; null: none. */
  readonly move: Move | null;
  readonly end: End;
  /** The worth that came back; null: nothing did, or nobody wrote it down. */
  readonly won: Money | null;
  /** The cost to us of a deal that came back; null: it did not come back, or the cost is not known. */
  readonly cost: Money | null;
}

export function rescueCaseOf(deal: Deal): RescueCase {
  const asks = deal.ask === null ? deal.pastAsks : [...deal.pastAsks, deal.ask];
  const yesAsk = asks.findLast(({ decisions }) => isYes(decisions.at(-1)));
  const yes = yesOf(yesAsk);
  const end = endOf(deal);
  const cameBack = end === 'whole' || end === 'part';
  const put = asks.filter(({ preApproved }) => preApproved === null);
  const answered = put.findLast(({ decisions }) => decisions.length > 0);
  const answeredAt = answered?.decisions[0]?.at ?? null;
  const tried = traitsOf(deal.verdict)?.isRescue === true;
  return {
    pulse: hadPulse(deal),
    tried,
    asked: put.length > 0,
    inTime: answered !== undefined && answeredAt !== null && answeredAt <= answered.deadline,
    move: tried ? moveOf(deal, yes, (yesAsk?.preApproved ?? null) !== null) : null,
    end,
    won: wonOf(deal),
    cost: cameBack ? (yes?.value ?? null) : null,
  };
}

function hadPulse(deal: Deal): boolean {
  const facts = factsOf(deal);
  if (traitsOf(deal.verdict)?.wouldReconsider === true) return true;
  return known(facts.would_have_kept) === 'yes' || known(facts.keep_talking) === 'yes';
}

/** The yes that stands: the last decision of an ask is the one that counts. */
function yesOf(ask: Ask | undefined): YesTerms | null {
  const standing = ask?.decisions.at(-1);
  return standing === undefined || standing.kind === 'decline' ? null : standing;
}

const isYes = (decision: Decision | undefined): boolean =>
  decision !== undefined && decision.kind !== 'decline';

function moveOf(deal: Deal, yes: YesTerms | null, isPreApproved: boolean): Move | null {
  if (isPreApproved) return 'given';
  if (yes?.kind === 'counter') return 'countered';
  // Where the buyer was asked what they hoped for, there is no other offer to match.
  const hoped = factsOf(deal).keep_talking.state !== 'missing';
  if (yes !== null) return hoped ? 'given' : 'matched';
  return traitsOf(deal.verdict)?.leadsTo === 'win_back' ? 'given' : null;
}

function endOf({ outcome, stage }: Deal): End {
  if (outcome?.kind === 'won_back') return outcome.part;
  return stage === 'closed' ? 'lost' : 'open';
}

/** All of a deal is worth what the deal is; of a part nobody knows it unless they wrote it down. */
function wonOf({ outcome, details: { amount } }: Deal): Money | null {
  if (outcome?.kind !== 'won_back') return null;
  return outcome.amount ?? (outcome.part === 'whole' ? amount : null);
}
