/** A workspace's people, conversations and settings; and the playbooks, which all workspaces share. */
import type { Tenant, UserId } from '../../deal/model/deal';
import type { StoreDialect } from '../dialect';
import { flag } from '../records/dealColumns';
import { tenantColumns, tenantOf } from '../records/tenancy';
import type { Db, Flag } from '../schema';
import { askForSweeps } from '../work/sweeps';
import { createInstallationStore } from './installations';
import { createPlaybookVersionStore } from './playbookVersions';
import type { Sealer } from './secrets';
import { createSettingsStore } from './settings';
import type { WorkspaceStore } from './workspaceStore';

type Marks = Readonly<Record<'no_advice' | 'practice_offered', Flag>>;

export function createWorkspaceStore(
  db: Db,
  dialect: Pick<StoreDialect, 'nowMs'>,
  sealer: Sealer | null,
): WorkspaceStore {
  const mark = (tenant: Tenant, userId: UserId) =>
    db
      .selectFrom('person_marks')
      .select(['no_advice', 'practice_offered'])
      .where(({ and }) => and({ ...tenantColumns(tenant), user_id: userId }))
      .executeTakeFirst();

  async function saveMark(tenant: Tenant, userId: UserId, values: Partial<Marks>): Promise<void> {
    await db
      .insertInto('person_marks')
      .values({ ...tenantColumns(tenant), user_id: userId, ...values })
      .onConflict((oc) => oc.columns(['enterprise_id', 'team_id', 'user_id']).doUpdateSet(values))
      .execute();
  }

  return {
    ...createInstallationStore(db, sealer),
    ...createSettingsStore(db, dialect),
    ...createPlaybookVersionStore(db, dialect),

    async person(tenant, userId) {
      const row = await db
        .selectFrom('people')
        .selectAll()
        .where(({ and }) => and({ ...tenantColumns(tenant), user_id: userId }))
        .executeTakeFirst();
      if (row === undefined) return null;
      return {
        userId: row.user_id,
        realName: row.real_name,
        tz: row.tz,
        isAdmin: row.is_admin === 1,
        isBot: row.is_bot === 1,
        isStranger: row.is_stranger === 1,
        isGuest: row.is_guest === 1,
        deleted: row.deleted === 1,
        fetchedAt: row.fetched_at,
      };
    },

    async savePerson(tenant, person) {
      const values = {
        real_name: person.realName,
        tz: person.tz,
        is_admin: flag(person.isAdmin),
        is_bot: flag(person.isBot),
        is_stranger: flag(person.isStranger),
        is_guest: flag(person.isGuest),
        deleted: flag(person.deleted),
        fetched_at: person.fetchedAt,
      };
      const key = { ...tenantColumns(tenant), user_id: person.userId };
      await db.transaction().execute(async (trx) => {
        const before = await trx
          .selectFrom('people')
          .select(['tz', 'deleted'])
          .where(({ and }) => and(key))
          .executeTakeFirst();
        await trx
          .insertInto('people')
          .values({ ...key, ...values })
          .onConflict((oc) => oc.columns(['enterprise_id', 'team_id', 'user_id']).doUpdateSet(values))
          .execute();
        // Their deals were planned by a guess of their zone until they are known.
        const isSame = before?.tz === values.tz && before.deleted === values.deleted;
        if (!isSame) await askForSweeps(trx, dialect, tenant, 'wakes', [person.userId]);
      });
    },

    async wantsAdvice(tenant, userId) {
      return (await mark(tenant, userId))?.no_advice !== 1;
    },

    saveWantsAdvice: (tenant, userId, wants) => saveMark(tenant, userId, { no_advice: flag(!wants) }),

    async wasOfferedPractice(tenant, userId) {
      return (await mark(tenant, userId))?.practice_offered === 1;
    },

    saveOfferedPractice: (tenant, userId) => saveMark(tenant, userId, { practice_offered: 1 }),

    async knownAdmins(tenant, limit) {
      const rows = await db
        .selectFrom('people')
        .select('user_id')
        .where(({ and }) =>
          and({ ...tenantColumns(tenant), is_admin: 1, is_bot: 0, is_stranger: 0, is_guest: 0, deleted: 0 }),
        )
        .orderBy('fetched_at', 'desc')
        .orderBy('user_id')
        .limit(limit)
        .execute();
      return rows.map((row) => row.user_id);
    },

    async dmChannel(tenant, userId) {
      const row = await db
        .selectFrom('dm_channels')
        .select('channel')
        .where(({ and }) => and({ ...tenantColumns(tenant), user_id: userId }))
        .executeTakeFirst();
      return row?.channel ?? null;
    },

    async saveDmChannel(tenant, userId, channel) {
      await db
        .insertInto('dm_channels')
        .values({ ...tenantColumns(tenant), user_id: userId, channel })
        .onConflict((oc) => oc.columns(['enterprise_id', 'team_id', 'user_id']).doUpdateSet({ channel }))
        .execute();
    },

    async channel(tenant, channel) {
      const row = await db
        .selectFrom('channels')
        .selectAll()
        .where(({ and }) => and({ ...tenantColumns(tenant), channel }))
        .executeTakeFirst();
      if (row === undefined) return null;
      return {
        channel: row.channel,
        isPrivate: row.is_private === 1,
        isShared: row.is_shared === 1,
        fetchedAt: row.fetched_at,
      };
    },

    async saveChannel(tenant, { channel, isPrivate, isShared, fetchedAt }) {
      const key = { ...tenantColumns(tenant), channel };
      const values = { is_private: flag(isPrivate), is_shared: flag(isShared), fetched_at: fetchedAt };
      await db.transaction().execute(async (trx) => {
        const before = await trx
          .selectFrom('channels')
          .select(['is_private', 'is_shared'])
          .where(({ and }) => and(key))
          .executeTakeFirst();
        await trx
          .insertInto('channels')
          .values({ ...key, ...values })
          .onConflict((oc) => oc.columns(['enterprise_id', 'team_id', 'channel']).doUpdateSet(values))
          .execute();
        const wasClosed = before?.is_private === 1 && before.is_shared === 0;
        const isClosed = isPrivate && !isShared;
        const isNewlyShared = isShared && before?.is_shared !== 1;
        if ((wasClosed && !isClosed) || isNewlyShared) {
          await askForSweeps(trx, dialect, tenant, 'threads', [channel]);
        }
      });
    },

    async refusedBlocksUntil(tenant) {
      const row = await db
        .selectFrom('refused_blocks')
        .select('until')
        .where(({ and }) => and(tenantColumns(tenant)))
        .executeTakeFirst();
      return row?.until ?? 0;
    },

    async saveRefusedBlocks(tenant, until) {
      await db
        .insertInto('refused_blocks')
        .values({ ...tenantColumns(tenant), until })
        .onConflict((oc) => oc.columns(['enterprise_id', 'team_id']).doUpdateSet({ until }))
        .execute();
    },

    async channelsToAsk(before, limit) {
      const rows = await db
        .selectFrom('channels')
        .select(['enterprise_id', 'team_id', 'channel'])
        .where('fetched_at', '<', before)
        .orderBy('fetched_at')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ tenant: tenantOf(row), channel: row.channel }));
    },
  };
}
