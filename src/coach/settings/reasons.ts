/** The reasons a prospect may give: the team's own, else the playbooks'. */
import type { Tenant } from '../../deal/model/deal';
import type { Reason } from '../../playbook/schema';
import type { Coach } from '../context';
import { teamSettings } from './settings';

type From = Pick<Coach, 'store' | 'playbooks'>;

/** What a rep can tick now. */
export async function reasonsOffered(coach: From, tenant: Tenant): Promise<readonly Reason[]> {
  const { reasons } = await teamSettings(coach.store, tenant);
  return reasons?.filter(({ retired }) => !retired) ?? coach.playbooks.reasons;
}

/** What any deal may name: retired ones and the playbooks' own too, as old deals keep theirs. */
export async function reasonsKnown(coach: From, tenant: Tenant): Promise<readonly Reason[]> {
  const { reasons } = await teamSettings(coach.store, tenant);
  if (reasons === null) return coach.playbooks.reasons;
  const own = new Set(reasons.map(({ id }) => id));
  return [...reasons, ...coach.playbooks.reasons.filter(({ id }) => !own.has(id))];
}
