/** Who may do what with a deal. `decide` asks here for every command; views ask here what to show. */
import type { Actor } from './commands';
import type { Deal } from './deal';

type Parties = Pick<Deal, 'tenant' | 'rep' | 'manager'>;

/** From outside the workspace (Slack Connect): may read what a channel shows, and nothing else. */
export function isStranger(deal: Pick<Deal, 'tenant'>, actor: Actor): boolean {
  return actor.teamId !== deal.tenant.teamId;
}

/** The rep of the deal, or an admin. */
export function mayWork(deal: Parties, actor: Actor): boolean {
  return !isStranger(deal, actor) && (actor.userId === deal.rep || actor.isAdmin);
}

/** The deal's manager, a stand-in of theirs, or an admin; never the rep of the deal, whatever else they are. */
export function mayDecide(deal: Parties, actor: Actor): boolean {
  if (isStranger(deal, actor) || actor.userId === deal.rep) return false;
  return actor.isAdmin || isManagerOrStandIn(deal, actor);
}

/** Everybody with a part in the deal: rep, manager, stand-in, admin. */
export function maySee(deal: Parties, actor: Actor): boolean {
  return mayWork(deal, actor) || (!isStranger(deal, actor) && isManagerOrStandIn(deal, actor));
}

function isManagerOrStandIn({ manager }: Parties, actor: Actor): boolean {
  return manager !== null && (actor.userId === manager || actor.standsInFor.includes(manager));
}
