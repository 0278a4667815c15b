/** Who may do what with a deal. `decide` asks here for every command; views ask here what to show. */
import { mayStandForApprover } from '../asking/approver';
import { askedSoFar } from '../asking/stations';
import type { Actor } from '../model/commands';
import type { Deal } from '../model/deal';

type Parties = Pick<Deal, 'tenant' | 'rep' | 'manager' | 'ask' | 'pastAsks' | 'heldFor'>;

/** From outside the workspace (Slack Connect): may read what a channel shows, and nothing else. */
export function isStranger(deal: Pick<Deal, 'tenant'>, actor: Actor): boolean {
  return actor.teamId !== deal.tenant.teamId;
}

/** The rep of the deal, or an admin. */
export function mayWork(deal: Parties, actor: Actor): boolean {
  return !isStranger(deal, actor) && (actor.userId === deal.rep || actor.isAdmin);
}

/**
 * The deal's manager, a stand-in of theirs, whoever the ask went to since, who stands in for the approver while something
 * waits for them, or an admin. Not the rep of the deal,
 * whatever else they are, unless the team allows it; a manager who only holds the deal for a rep who left is no rep.
 */
export function mayDecide(deal: Parties, actor: Actor): boolean {
  if (isStranger(deal, actor)) return false;
  if (actor.userId === deal.rep && deal.heldFor === null && !actor.mayDecideOwn) return false;
  return (
    actor.isAdmin ||
    isManagerOrStandIn(deal, actor) ||
    wasAsked(deal, actor) ||
    mayStandForApprover(deal, actor)
  );
}

/** Everybody with a part in the deal: rep, manager, stand-in, whoever was ever asked, the rep's team's manager, admin. */
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

function isManagerOrStandIn({ manager }: Parties, actor: Actor): boolean {
  return manager !== null && (actor.userId === manager || actor.standsInFor.includes(manager));
}

/** The ask went to them, or the decision on it is theirs. */
function wasAsked({ ask }: Pick<Parties, 'ask'>, { userId }: Actor): boolean {
  return ask !== null && (askedSoFar(ask).includes(userId) || ask.decisions.some(({ by }) => by === userId));
}
