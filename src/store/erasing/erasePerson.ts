import type { Tenant } from '../../deal/model/deal';
import { tenantColumns } from '../records/tenancy';
import type { Db } from '../schema';

/**
 * Erases what is kept of a person besides their part in deals: the words of their replies, what they typed and did not
 * save, their practice calls, their choices, their name and time zone, and their direct-message channel. That they left
 * stays known, because their deals are handed on by it.
 */
export async function erasePerson(db: Db, tenant: Tenant, user: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx
      .updateTable('remarks')
      .set({ text: null, is_cut: 0 })
      .where(({ and }) => and({ ...tenantColumns(tenant), by_user: user }))
      .execute();
    await trx
      .deleteFrom('drafts')
      .where(({ and }) => and({ ...tenantColumns(tenant), user_id: user }))
      .execute();
    await trx
      .deleteFrom('practices')
      .where(({ and }) => and({ ...tenantColumns(tenant), user_id: user }))
      .execute();
    await trx
      .deleteFrom('people')
      .where(({ and }) => and({ ...tenantColumns(tenant), user_id: user, deleted: 0 }))
      .execute();
    await trx
      .updateTable('people')
      .set({ real_name: '', tz: 'UTC' })
      .where(({ and }) => and({ ...tenantColumns(tenant), user_id: user }))
      .execute();
    await trx
      .deleteFrom('person_marks')
      .where(({ and }) => and({ ...tenantColumns(tenant), user_id: user }))
      .execute();
    await trx
      .deleteFrom('dm_channels')
      .where(({ and }) => and({ ...tenantColumns(tenant), user_id: user }))
      .execute();
  });
}
