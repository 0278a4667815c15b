/** The rows of figures, written behind the commits. A deal is marked once its row follows from it. */
import { sql } from 'kysely';
import type { Deal, Tenant } from '../../deal/model/deal';
import type { ReadDeals } from '../deals/lists';
import { prepared } from '../deals/prepared';
import type { StoreDialect } from '../dialect';
import { companyKey } from '../records/companyKey';
import { dealKey, tenantColumns, tenantOf } from '../records/tenancy';
import type { Db } from '../schema';
import { insightColumns, keptIn, readSet } from './insightColumns';
import type { BehindDeal, InsightRow, InsightsStore } from './insightsStore';

export function createProjectionStore(
  db: Db,
  dialect: StoreDialect,
  read: ReadDeals,
): Pick<InsightsStore, 'behind' | 'writeRows' | 'movesAgainst'> {
  const stored = () =>
    db
      .selectFrom('deals')
      .select([
        'deals.enterprise_id',
        'deals.team_id',
        'deals.id',
        'deals.revision',
        'deals.state_format',
        'deals.state',
      ]);

  const insertRow = prepared((columns: ReturnType<typeof insightColumns>) =>
    db
      .insertInto('insights')
      .values(columns)
      .onConflict((oc) =>
        oc
          .columns(['enterprise_id', 'team_id', 'deal_id'])
          .doUpdateSet(
            ({ ref }) =>
              Object.fromEntries(
                Object.keys(columns).map((name) => [name, ref(`excluded.${name}` as 'excluded.version')]),
              ) as Record<string, never>,
          )
          .where(({ and, eb, ref }) =>
            and([
              eb('insights.version', '<=', ref('excluded.version')),
              eb('insights.revision', '<=', ref('excluded.revision')),
            ]),
          ),
      ),
  );
  const mark = prepared(({ revision, ...key }: ReturnType<typeof dealKey> & { readonly revision: number }) =>
    db
      .updateTable('deals')
      .set({ projected_revision: revision })
      .where(({ and }) => and(key))
      .where('projected_revision', '<', revision),
  );

  /** Marks the deal only if it stored the row. Otherwise another writer marks it, or it is still to be done. */
  async function writeRow(
    trx: Db,
    version: number,
    row: InsightRow & { readonly tenant: Tenant },
  ): Promise<boolean> {
    const { numAffectedRows } = await trx.executeQuery(insertRow(insightColumns(row, version)));
    if (numAffectedRows !== 1n) return false;
    await trx.executeQuery(mark({ ...dealKey(row.tenant, row.dealId), revision: row.revision }));
    return true;
  }

  return {
    async behind(version, limit) {
      const changed = await stored()
        // Word for word as in the index `deals_to_project`, so that the planner uses it.
        .where(sql<boolean>`revision > projected_revision`)
        .limit(limit)
        .execute();
      const room = limit - changed.length;
      const earlier = room > 0 ? await ofEarlierVersion(version, room) : [];
      return [...changed, ...earlier].map(
        (row): BehindDeal => ({
          tenant: tenantOf(row),
          dealId: row.id,
          revision: row.revision,
          deal: first(read([row])),
        }),
      );
    },

    async movesAgainst(tenant, competitor, except) {
      const key = companyKey(competitor);
      if (key === null) return [];
      const alike = ['given', 'has_return', 'is_back', 'is_lost', 'pledge_kept'] as const;
      const rows = await db
        .selectFrom('insights')
        .select(({ fn }) => [...alike, fn.countAll().as('deals')])
        .where(({ and }) => and({ ...tenantColumns(tenant), competitor_key: key, counts: 1 }))
        // As in the index `insights_by_move`, so that the planner uses it.
        .where(sql<boolean>`(was_given = 1 or pledge_kept is not null)`)
        .where('deal_id', '!=', except)
        .groupBy(alike)
        .execute();
      return rows.map((row) => ({
        given: readSet(row.given),
        hasReturn: row.has_return === 1,
        isBack: row.is_back === 1,
        isLost: row.is_lost === 1,
        pledgeKept: keptIn(row.pledge_kept),
        deals: Number(row.deals),
      }));
    },

    async writeRows(version, rows) {
      if (rows.length === 0) return 0;
      // Relaxed: the mark is lost with the row.
      return dialect.relaxed(db, (one) =>
        one.transaction().execute(async (trx) => {
          let kept = 0;
          for (const row of rows) if (await writeRow(trx, version, row)) kept += 1;
          return kept;
        }),
      );
    },
  };

  function ofEarlierVersion(version: number, limit: number) {
    return stored()
      .innerJoin('insights', (join) =>
        join
          .onRef('insights.enterprise_id', '=', 'deals.enterprise_id')
          .onRef('insights.team_id', '=', 'deals.team_id')
          .onRef('insights.deal_id', '=', 'deals.id'),
      )
      .where('insights.version', '<', version)
      .limit(limit)
      .execute();
  }
}

const first = (deals: readonly Deal[]): Deal | null => deals[0] ?? null;
