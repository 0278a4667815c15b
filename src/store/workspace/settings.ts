/** A workspace's settings, and their history: who changed what, and when. */
import * as z from 'zod';
import type { StoreDialect } from '../dialect';
import { readJson, writeJson } from '../records/json';
import { tenantColumns, tenantOf } from '../records/tenancy';
import type { Db, Trx } from '../schema';
import { askForSweeps } from '../work/sweeps';
import { chooseVersion } from './playbookVersions';
import type { SettingsChange, SettingsStore } from './workspaceStore';

/** More people than would change the settings of one workspace at the same moment. */
const ATTEMPTS = 16;

const changeBody = z.object({
  item: z.string().nullable(),
  part: z.string().nullable(),
  from: z.json(),
  to: z.json(),
});

export function createSettingsStore(db: Db, dialect: Pick<StoreDialect, 'nowMs'>): SettingsStore {
  const { nowMs } = dialect;
  const nameOf = (teamId: string) => `the settings of workspace ${teamId}`;

  return {
    async settings(tenant) {
      const row = await db
        .selectFrom('settings')
        .select('body')
        .where(({ and }) => and(tenantColumns(tenant)))
        .executeTakeFirst();
      return row === undefined ? null : readJson(row.body, z.unknown(), nameOf(tenant.teamId));
    },

    async saveSettings(tenant, settings) {
      const body = writeJson(settings, z.json(), nameOf(tenant.teamId));
      await db
        .insertInto('settings')
        .values({ ...tenantColumns(tenant), body })
        .onConflict((oc) => oc.columns(['enterprise_id', 'team_id']).doUpdateSet({ body }))
        .execute();
    },

    async tenantsWithSettings() {
      const rows = await db.selectFrom('settings').select(['enterprise_id', 'team_id']).execute();
      return rows.map(tenantOf);
    },

    async changeSettings(tenant, at, by, change, deliveryKey) {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const row = await db
          .selectFrom('settings')
          .select('body')
          .where(({ and }) => and(tenantColumns(tenant)))
          .executeTakeFirst();
        const before = row?.body ?? null;
        const changed = change(before === null ? null : readJson(before, z.unknown(), nameOf(tenant.teamId)));
        if (changed === null) return 'unchanged';
        const after = writeJson(changed.settings, z.json(), nameOf(tenant.teamId));
        const result = await db.transaction().execute(async (trx) => {
          if (deliveryKey !== undefined && (await hadEffect(trx, deliveryKey))) return 'duplicate';
          const changes = changed.history.length > 0;
          if (changes && !(await replace(trx, before, after))) return 'overtaken';
          const { chooses } = changed;
          if (chooses !== undefined && !(await chooseVersion(trx, dialect, tenant, chooses)))
            return 'unchanged';
          await addHistory(trx, changed.history);
          await askForSweeps(trx, dialect, tenant, 'wakes', changed.moveWakesOf ?? []);
          await askForSweeps(trx, dialect, tenant, 'admins', changed.adminsChanged ?? []);
          if (deliveryKey !== undefined) await noteDelivery(trx, deliveryKey);
          return changes ? 'changed' : 'unchanged';
        });
        if (result !== 'overtaken') return result;
      }
      throw new Error(`the settings of ${tenant.teamId} changed ${ATTEMPTS} times while one change was made`);

      /** Two of one delivery at the same moment: the second is overtaken, and finds it noted at its next attempt. */
      async function hadEffect(trx: Trx, key: string): Promise<boolean> {
        const row = await trx
          .selectFrom('deliveries')
          .select('delivery_key')
          .where(({ and }) => and({ ...tenantColumns(tenant), delivery_key: key }))
          .executeTakeFirst();
        return row !== undefined;
      }

      async function noteDelivery(trx: Trx, key: string): Promise<void> {
        await trx
          .insertInto('deliveries')
          .values({ ...tenantColumns(tenant), delivery_key: key, received_at: nowMs })
          .onConflict((oc) => oc.doNothing())
          .execute();
      }

      /** @returns false if somebody else was faster: writing would lose that change */
      async function replace(trx: Trx, before: string | null, after: string): Promise<boolean> {
        if (before === null) {
          const { numInsertedOrUpdatedRows } = await trx
            .insertInto('settings')
            .values({ ...tenantColumns(tenant), body: after })
            .onConflict((oc) => oc.doNothing())
            .executeTakeFirstOrThrow();
          return numInsertedOrUpdatedRows === 1n;
        }
        const { numUpdatedRows } = await trx
          .updateTable('settings')
          .set({ body: after })
          .where(({ and }) => and({ ...tenantColumns(tenant), body: before }))
          .executeTakeFirstOrThrow();
        return numUpdatedRows === 1n;
      }

      /** Numbers are safe: this transaction holds the settings' row, so nobody else adds history meanwhile. */
      async function addHistory(trx: Trx, history: readonly SettingsChange[]): Promise<void> {
        if (history.length === 0) return;
        const { last } = await trx
          .selectFrom('settings_history')
          .select(({ fn }) => fn.max('seq').as('last'))
          .where(({ and }) => and(tenantColumns(tenant)))
          .executeTakeFirstOrThrow();
        await trx
          .insertInto('settings_history')
          .values(
            history.map(({ field, ...body }, index) => ({
              ...tenantColumns(tenant),
              seq: Number(last ?? 0) + index + 1,
              at,
              by_user: by,
              field,
              body: writeJson(body, changeBody, `a change of ${nameOf(tenant.teamId)}`),
            })),
          )
          .execute();
      }
    },

    async settingsHistory(tenant, limit, before) {
      const rows = await db
        .selectFrom('settings_history')
        .selectAll()
        .where(({ and }) => and(tenantColumns(tenant)))
        .$if(before !== undefined, (query) => query.where('seq', '<', before ?? 0))
        .orderBy('seq', 'desc')
        .limit(limit)
        .execute();
      return rows.map(({ seq, at, by_user, field, body }) => ({
        seq,
        at,
        by: by_user,
        field,
        ...readJson(body, changeBody, `a change of ${nameOf(tenant.teamId)}`),
      }));
    },
  };
}
