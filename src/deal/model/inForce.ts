/** Which decision of a deal counts. */
import type { Deal, Decision } from './deal';

/**
 * The latest decision, whichever ask it was made for: a new ask that nobody has answered, or that was withdrawn, leaves it
 * in force. Null: nobody has decided yet.
 */
export const decisionInForce = ({ ask, pastAsks }: Pick<Deal, 'ask' | 'pastAsks'>): Decision | null =>
  ask?.decisions.at(-1) ??
  pastAsks.findLast(({ decisions }) => decisions.length > 0)?.decisions.at(-1) ??
  null;

/** A yes is in force while a new ask waits for its answer. */
export const holdsMeanwhile = (deal: Pick<Deal, 'ask' | 'pastAsks'>): boolean => {
  const decision = decisionInForce(deal);
  return deal.ask?.status === 'pending' && decision !== null && decision.kind !== 'decline';
};
