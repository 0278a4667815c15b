/** Messages of no deal. A notice is one message, so its slot stands in its own row. */
import type { Tenant } from '../../deal/model/deal';
import type { StoreDialect } from '../dialect';
import { dealKey as noticeKey, tenantColumns } from '../records/tenancy';
import type { Db } from '../schema';
import { touched } from './touch';
import type { Claim, StoredSlot, WorkStore } from './workStore';

export type NoticeStore = Pick<WorkStore, 'addNotice' | 'notice' | 'reviseNotices' | 'lastNotice'>;

export function createNoticeStore(db: Db): NoticeStore {
  return {
    async addNotice({ tenant, id, kind, about, to, followsFrom }, at, quietMs) {
      const alike = db
        .selectFrom('notices')
        .select('id')
        .where(({ and }) => and({ ...tenantColumns(tenant), kind, about, recipient: to }))
        .where('made_at', '>', at - quietMs);
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('notices')
        .columns([
          'enterprise_id',
          'team_id',
          'id',
          'kind',
          'about',
          'recipient',
          'follows_from',
          'made_at',
          'updated_at',
        ])
        .expression(
          db
            .selectNoFrom(({ val }) => [
              val(tenant.enterpriseId).as('enterprise_id'),
              val(tenant.teamId).as('team_id'),
              val(id).as('id'),
              val(kind).as('kind'),
              val(about).as('about'),
              val(to).as('recipient'),
              val(followsFrom).as('follows_from'),
              val(at).as('made_at'),
              val(at).as('updated_at'),
            ])
            .where(({ not, exists }) => not(exists(alike))),
        )
        .onConflict((oc) => oc.doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },

    async notice(tenant, id) {
      const row = await db
        .selectFrom('notices')
        .select(['kind', 'about', 'recipient', 'follows_from', 'revision'])
        .where(({ and }) => and(noticeKey(tenant, id)))
        .executeTakeFirst();
      if (row === undefined) return null;
      const { kind, about, recipient: to, follows_from: followsFrom, revision } = row;
      return { tenant, id, kind, about, to, followsFrom, revision };
    },

    async reviseNotices(tenant, kind, at) {
      await db
        .updateTable('notices')
        .set(({ eb, ref }) => ({ revision: eb(ref('revision'), '+', 1), updated_at: at }))
        .where(({ and }) => and({ ...tenantColumns(tenant), kind }))
        .where('state', 'in', ['intended', 'posted'])
        .execute();
    },

    async lastNotice(tenant, prefix) {
      const row = await db
        .selectFrom('notices')
        .select('id')
        .where(({ and }) => and(tenantColumns(tenant)))
        // A day follows the prefix. Digits come before letters in every collation; punctuation has no such place.
        .where('id', '>=', prefix)
        .where('id', '<', `${prefix}a`)
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.id ?? null;
    },
  };
}

/** What stands in Slack of the owners of one table; see `WorkStore`. */
export interface SlotsOfOwners {
  slots(tenant: Tenant, id: string): Promise<StoredSlot[]>;
  save(claim: Claim, slot: StoredSlot): Promise<boolean>;
  markGone(tenant: Tenant, channel: string, ts: string): Promise<void>;
  suspectDuplicate(tenant: Tenant, id: string, key: string, from: number): Promise<void>;
  resolveIntent(tenant: Tenant, id: string, key: string, channel: string, ts: string): Promise<boolean>;
}

export function slotsOfNotices(db: Db, dialect: StoreDialect): SlotsOfOwners {
  return {
    async slots(tenant, id) {
      const rows = await db
        .selectFrom('notices')
        .select(['id as key', 'channel', 'ts', 'hash', 'state', 'intent_at as intentAt', 'lookups'])
        .where(({ and }) => and(noticeKey(tenant, id)))
        .execute();
      return rows.map((row) => ({ ...row, shows: null }));
    },

    async save({ tenant, owner, lease }, { channel, ts, hash, state, intentAt, lookups }) {
      const { numUpdatedRows } = await db
        .updateTable('notices')
        .set({ channel, ts, hash, state, intent_at: intentAt, lookups })
        .where(({ and }) => and({ ...noticeKey(tenant, owner.id), lease }))
        .executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },

    async markGone(tenant, channel, ts) {
      // Nothing follows: it is not posted again.
      await db
        .updateTable('notices')
        .set({ state: 'gone' })
        .where(({ and }) => and({ ...tenantColumns(tenant), channel, ts }))
        .execute();
    },

    async suspectDuplicate(tenant, id, _key, from) {
      await db
        .updateTable('notices')
        .set({ intent_at: Math.floor(from), ...touched(dialect) })
        .where(({ and }) => and({ ...noticeKey(tenant, id), state: 'posted' }))
        .execute();
    },

    async resolveIntent(tenant, id, _key, channel, ts) {
      const { numUpdatedRows } = await db
        .updateTable('notices')
        .set({ channel, ts, state: 'posted', intent_at: null, lookups: 0 })
        .where(({ and }) => and({ ...noticeKey(tenant, id), state: 'intended' }))
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 1n) return true;
      // Our own call was answered before its event came.
      const row = await db
        .selectFrom('notices')
        .select('id')
        .where(({ and }) => and({ ...noticeKey(tenant, id), channel, ts }))
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}
