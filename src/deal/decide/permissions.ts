/** Who may do what with a deal. `decide` checks every command here; views check what to show. */
import { mayStandForApprover } from '../asking/approver';
import { askedSoFar, type Reps, wasRep } from '../asking/stations';
import type { Actor } from '../model/commands';
import type { Deal } from '../model/deal';

type Parties = Reps & Pick<Deal, 'tenant' | 'manager' | 'ask' | 'pastAsks'>;

/** A person from outside the workspace (Slack Connect): reads what a channel shows, and may do nothing else. */
export function isStranger(deal: Pick<Deal, 'tenant'>, actor: Actor): boolean {
  return actor.teamId !== deal.tenant.teamId;
}

/** The rep of the deal and admins. */
export function mayWork(deal: Parties, actor: Actor): boolean {
  return !isStranger(deal, actor) && (actor.userId === deal.rep || actor.isAdmin);
}

/**
 * Whether this person may decide: the manager, their stand-in, everybody the ask went to, the stand-in of an approver whose
 * proposal waits, and admins. Never anybody who was ever its rep, unless the team allows it: a rep could hand the deal on,
 * decide and take it back. A manager who only holds the deal of a rep who left does not count as its rep.
 */
export function mayDecide(deal: Parties, actor: Actor): boolean {
  if (isStranger(deal, actor) || actor.isGuest === true) return false;
  if (wasRep(deal, actor.userId) && !actor.mayDecideOwn) return false;
  return (
    actor.isAdmin ||
    isManagerOrStandIn(deal, actor) ||
    wasAsked(deal, actor) ||
    mayStandForApprover(deal, actor)
  );
}

/** Everybody with a part in the deal: rep, manager, stand-in, everybody ever asked, the manager of the rep's team, admins. */
export function maySee(deal: Parties, actor: Actor): boolean {
  if (isStranger(deal, actor)) return false;
  return (
    mayWork(deal, actor) ||
    isManagerOrStandIn(deal, actor) ||
    (actor.manages ?? []).includes(deal.rep) ||
    mayStandForApprover(deal, actor) ||
    [deal.ask, ...deal.pastAsks].some((ask) => wasAsked({ ask }, actor))
  );
}

/**
 * Whether this person may confirm why the deal was lost: its manager, the manager of its rep's team, a stand-in of either,
 * and admins. Never anybody who was ever its rep, whatever the team allows: it stands beside the rep's guess.
 */
export function mayConfirmReason(deal: Parties, actor: Actor): boolean {
  if (isStranger(deal, actor) || actor.isGuest === true || wasRep(deal, actor.userId)) return false;
  return actor.isAdmin || isManagerOrStandIn(deal, actor) || (actor.manages ?? []).includes(deal.rep);
}

function isManagerOrStandIn({ manager }: Parties, actor: Actor): boolean {
  return manager !== null && (actor.userId === manager || actor.standsInFor.includes(manager));
}

/** The ask went to this person, or they decided it. */
function wasAsked({ ask }: Pick<Parties, 'ask'>, { userId }: Actor): boolean {
  return ask !== null && (askedSoFar(ask).includes(userId) || ask.decisions.some(({ by }) => by === userId));
}
