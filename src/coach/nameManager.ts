/** Saying who decides. */
import type { DealId, UserId } from '../deal/model/deal';
import { type Acted, act } from './act';
import type { Coach, Who } from './context';

export async function nameManager(coach: Coach, who: Who, dealId: DealId, manager: UserId): Promise<Acted> {
  const unfit = await whyNotManager(coach, who, manager);
  if (unfit !== null) return { ok: false, code: 'invalid', detail: unfit, deal: null };
  return act(coach, who, dealId, { type: 'assign_manager', manager });
}

/** Why this person could never decide, in plain words; null: they can, or Slack has not told us yet who they are. */
export async function whyNotManager(coach: Coach, who: Who, manager: UserId): Promise<string | null> {
  const person = await coach.store.workspace.person(who.tenant, manager);
  if (person?.isBot) return 'An app cannot decide. Please name a person.';
  if (person?.deleted) return `${person.realName} has left this workspace. Please name somebody else.`;
  return person?.isStranger
    ? `${person.realName} belongs to another workspace and cannot decide. Please name somebody of ours.`
    : null;
}
