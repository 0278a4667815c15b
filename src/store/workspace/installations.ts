/**
 * Workspaces that installed the app. With a key, the store encrypts their bot tokens, including those saved earlier.
 */
import type { Selectable } from 'kysely';
import type { Tenant } from '../../deal/model/deal';
import { eraseWorkspace } from '../erasing/eraseWorkspace';
import { STORE_ERRORS, StoreError } from '../errors';
import { flag } from '../records/dealColumns';
import { tenantColumns, tenantOf } from '../records/tenancy';
import type { Db, InstallationsTable } from '../schema';
import type { Sealer } from './secrets';
import type { Installation, WorkspaceStore } from './workspaceStore';

export type InstallationStore = Pick<
  WorkspaceStore,
  | 'installation'
  | 'installations'
  | 'saveInstallation'
  | 'deleteInstallation'
  | 'uninstalled'
  | 'eraseUninstalled'
>;

export function createInstallationStore(db: Db, sealer: Sealer | null): InstallationStore {
  return {
    async installation(tenant) {
      const row = await db
        .selectFrom('installations')
        .selectAll()
        .where(({ and }) => and(tenantColumns(tenant)))
        .executeTakeFirst();
      return row === undefined ? null : installationOf(row, sealer);
    },

    async installations() {
      const rows = await db
        .selectFrom('installations')
        .selectAll()
        .orderBy('enterprise_id')
        .orderBy('team_id')
        .execute();
      return rows.map((row) => installationOf(row, sealer));
    },

    async saveInstallation(installation) {
      const values = {
        ...tokenColumns(installation.botToken, installation.tenant, sealer),
        bot_id: installation.botId,
        bot_user_id: installation.botUserId,
        app_id: installation.appId,
        team_name: installation.teamName,
        channel: installation.channel,
      };
      await db.transaction().execute(async (trx) => {
        await trx
          .insertInto('installations')
          .values({ ...tenantColumns(installation.tenant), ...values })
          .onConflict((oc) => oc.columns(['enterprise_id', 'team_id']).doUpdateSet(values))
          .execute();
        await trx
          .deleteFrom('uninstalled')
          .where(({ and }) => and(tenantColumns(installation.tenant)))
          .execute();
      });
    },

    async deleteInstallation(tenant, at) {
      await db.transaction().execute(async (trx) => {
        await trx
          .deleteFrom('installations')
          .where(({ and }) => and(tenantColumns(tenant)))
          .execute();
        await trx
          .insertInto('uninstalled')
          .values({ ...tenantColumns(tenant), at })
          .onConflict((oc) => oc.columns(['enterprise_id', 'team_id']).doUpdateSet({ at }))
          .execute();
      });
    },

    async uninstalled() {
      const rows = await db.selectFrom('uninstalled').selectAll().execute();
      return rows.map((row) => ({ tenant: tenantOf(row), at: row.at }));
    },

    async eraseUninstalled(tenant, at) {
      // Locks the row, so that the workspace is installed again before or after, not meanwhile.
      const isMeant = async (trx: Db) => {
        const { numUpdatedRows } = await trx
          .updateTable('uninstalled')
          .set({ at })
          .where(({ and }) => and({ ...tenantColumns(tenant), at }))
          .executeTakeFirstOrThrow();
        return numUpdatedRows === 1n;
      };
      return (await eraseWorkspace(db, tenant, isMeant))?.get('deals') ?? null;
    },
  };
}

/**
 * Seals tokens that were saved before there was a key, and opens the sealed ones, so that a wrong key fails at the
 * start and not at the first answer to a workspace.
 *
 * @returns the number of tokens that it sealed
 * @throws {StoreError} `store_bad_key`
 */
export async function settleTokens(db: Db, sealer: Sealer | null): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const rows = await trx.selectFrom('installations').selectAll().execute();
    let sealed = 0;
    for (const row of rows) {
      const { botToken, tenant } = installationOf(row, sealer);
      const token = tokenColumns(botToken, tenant, sealer);
      if (token.token_sealed === row.token_sealed) continue;
      await trx
        .updateTable('installations')
        .set(token)
        .where(({ and }) => and(tenantColumns(tenant)))
        .execute();
      sealed += 1;
    }
    return sealed;
  });
}

/** Leaves an empty token open: it means that the token is in the environment, and holds no secret. */
function tokenColumns(token: string, tenant: Tenant, sealer: Sealer | null) {
  const seal = sealer !== null && token !== '';
  return {
    bot_token: seal ? sealer.seal(token, contextOf(tenant)) : token,
    token_sealed: flag(seal),
  };
}

function installationOf(row: Selectable<InstallationsTable>, sealer: Sealer | null): Installation {
  const tenant = tenantOf(row);
  return {
    tenant,
    botToken: row.token_sealed === 1 ? open(row.bot_token, tenant, sealer) : row.bot_token,
    botId: row.bot_id,
    botUserId: row.bot_user_id,
    appId: row.app_id,
    teamName: row.team_name,
    channel: row.channel,
  };
}

function open(sealed: string, tenant: Tenant, sealer: Sealer | null): string {
  if (sealer === null) {
    throw new StoreError(
      STORE_ERRORS.BAD_KEY,
      'The bot tokens in the database are encrypted and ENCRYPTION_KEY is not set. Set the key that they were saved with.',
    );
  }
  return sealer.open(sealed, contextOf(tenant));
}

const contextOf = ({ enterpriseId, teamId }: Tenant): string => JSON.stringify([enterpriseId, teamId]);
