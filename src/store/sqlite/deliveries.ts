/** `deals/deliveries.ts` on SQLite, where statements run at once. */
import type { Tenant } from '../../deal/model/deal';
import type { DeliveryKey } from '../deals/dealsStore';
import { DELIVERY_KEPT_MS, FORGOTTEN_AT_ONCE, sweepNowAndThen } from '../deals/deliveries';
import type { Run } from './statements';

const NOW = "cast(round(unixepoch('subsec') * 1000) as integer)";
const NOTE = `insert into deliveries (enterprise_id, team_id, delivery_key, received_at) values (?, ?, ?, ${NOW}) on conflict do nothing`;
const FORGET = `delete from deliveries where rowid in (
  select rowid from deliveries where received_at < ${NOW} - ? order by received_at limit ${FORGOTTEN_AT_ONCE})`;

export interface Deliveries {
  /** Notes it beside its effect; `false` when it was noted before. */
  note(run: Run, tenant: Tenant, key: DeliveryKey): boolean;
}

export function createDeliveries(): Deliveries {
  const isSweepDue = sweepNowAndThen();
  return {
    note(run, { enterpriseId, teamId }, key) {
      const isNew = run.change(NOTE, [enterpriseId, teamId, key]) === 1;
      if (isSweepDue()) run.change(FORGET, [DELIVERY_KEPT_MS]);
      return isNew;
    },
  };
}
