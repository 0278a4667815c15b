/** What a click waits for, by statements that SQLite runs at once, past the query builder. */
import type { DealRow, HotPath } from '../deals/hotPath';
import { commitDirectly } from './commit';
import { createDeliveries } from './deliveries';
import type { Direct } from './direct';

const DEAL = `select id, team_id, state_format, case when revision = ? then null else state end as state
  from deals where enterprise_id = ? and team_id = ? and id = ?`;
const LAST_MANAGER = `select manager from deals
  where enterprise_id = ? and team_id = ? and rep = ? and manager is not null order by started_at desc limit 1`;

export function createSqliteHotPath(direct: Direct): HotPath {
  const deliveries = createDeliveries();
  return {
    dealUnless: async (tenant, id, known) =>
      (await direct.first<DealRow>(DEAL, [known, tenant.enterpriseId, tenant.teamId, id])) ?? null,
    async lastManagerOfRep(tenant, rep) {
      const row = await direct.first<{ manager: string }>(LAST_MANAGER, [
        tenant.enterpriseId,
        tenant.teamId,
        rep,
      ]);
      return row?.manager ?? null;
    },
    commit: (asked) => commitDirectly(direct, deliveries, asked),
  };
}
