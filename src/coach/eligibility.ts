/** Who can have a part in deals at all: people of the workspace who are still there. */
import type { Tenant, UserId } from '../deal/model/deal';
import type { Coach } from './context';

/** Why this person cannot be chosen, in plain words; null: they can, or Slack has not told us yet who they are. */
export async function whyIneligible(
  coach: Pick<Coach, 'store'>,
  tenant: Tenant,
  user: UserId,
): Promise<string | null> {
  const person = await coach.store.workspace.person(tenant, user);
  if (person?.isBot) return 'An app cannot do this. Please choose a person.';
  if (person?.deleted) return `${person.realName} has left this workspace. Please choose somebody else.`;
  return person?.isStranger
    ? `${person.realName} belongs to another workspace. Please choose somebody of ours.`
    : null;
}
