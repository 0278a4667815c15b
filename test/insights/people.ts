/** The people of random deals, with a part in some of them or in none. */
import type { Actor } from '../../src/deal/model/commands';
import { PEOPLE } from '../deal/randomCommands';
import { COLLEAGUE, DAY, MANAGER, OTHER_MANAGER, REP, TENANT, TUESDAY } from '../deal/world';

export { COLLEAGUE, DAY, MANAGER, TENANT, TUESDAY };

/** Somebody without a part who leads the team of a rep, or stands in for an approver. */
const LEADER: Actor = { ...OTHER_MANAGER, userId: 'ULEAD', manages: [REP.userId, COLLEAGUE.userId] };
const FOR_APPROVER: Actor = { ...OTHER_MANAGER, userId: 'UFORAPPR', standsInFor: ['UAPPR'] };
const NOBODY: Actor = { ...OTHER_MANAGER, userId: 'UNOBODY' };

/** Without those of another workspace, whom no question is answered. */
export const PEOPLE_OF_DEALS: readonly (readonly [name: string, actor: Actor])[] = [
  ...PEOPLE.filter(({ teamId }) => teamId === TENANT.teamId),
  LEADER,
  FOR_APPROVER,
  NOBODY,
].map((actor) => [`${actor.userId}${actor.isAdmin ? ' (admin)' : ''}`, actor] as const);
