/** Erases everything that is kept of a workspace, for good. */
import type { Tenant } from '../../deal/model/deal';
import { tenantColumns } from '../records/tenancy';
import type { Database, Db } from '../schema';

/** Rows by table. */
export type Erased = ReadonlyMap<string, number>;

type TenantTable = Exclude<keyof Database, 'playbooks' | 'lostdeal_migrations'>;

/** Rows of a deal, which go before it. */
export const OF_A_DEAL = ['insights', 'slots', 'drafts', 'remarks', 'events'] as const;

/** Every table with rows of a workspace, in the order in which they go. The compiler asks for new ones. */
const TABLES = Object.keys({
  insights: true,
  slots: true,
  drafts: true,
  remarks: true,
  events: true,
  deals: true,
  practices: true,
  notices: true,
  deliveries: true,
  people: true,
  person_marks: true,
  dm_channels: true,
  channels: true,
  installations: true,
  settings: true,
  settings_history: true,
  gives_used: true,
  playbook_versions: true,
  refused_blocks: true,
  buckets: true,
  bucket_turns: true,
  sweeps: true,
  uninstalled: true,
} satisfies Record<TenantTable, true>) as TenantTable[];

/** Deals of one transaction, so that no other write waits long. */
const AT_ONCE = 500;

/** Counts what {@link eraseWorkspace} would erase. */
export async function countWorkspace(db: Db, tenant: Tenant): Promise<Erased> {
  const counts = new Map<string, number>();
  for (const table of TABLES) {
    const { rows } = await db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll().as('rows'))
      .where(({ and }) => and(tenantColumns(tenant)))
      .executeTakeFirstOrThrow();
    counts.set(table, Number(rows));
  }
  return counts;
}

/**
 * A second run erases what a first one, which was cut off, left.
 *
 * @param isMeant asked in each transaction; false stops
 * @returns null if it was stopped
 */
export async function eraseWorkspace(
  db: Db,
  tenant: Tenant,
  isMeant: (trx: Db) => Promise<boolean> = async () => true,
): Promise<Erased | null> {
  const erased = new Map<string, number>();
  const add = (table: string, rows: bigint) => erased.set(table, (erased.get(table) ?? 0) + Number(rows));
  for (;;) {
    const ids = await db
      .selectFrom('deals')
      .select('id')
      .where(({ and }) => and(tenantColumns(tenant)))
      .limit(AT_ONCE)
      .execute();
    if (ids.length === 0) break;
    const goesOn = await db.transaction().execute(async (trx) => {
      if (!(await isMeant(trx))) return false;
      for (const { id } of ids) {
        for (const [table, rows] of await eraseDeal(trx, tenant, id)) add(table, BigInt(rows));
      }
      return true;
    });
    if (!goesOn) return null;
  }
  return db.transaction().execute(async (trx) => {
    if (!(await isMeant(trx))) return null;
    for (const table of TABLES) {
      const { numDeletedRows } = await trx
        .deleteFrom(table)
        .where(({ and }) => and(tenantColumns(tenant)))
        .executeTakeFirstOrThrow();
      add(table, numDeletedRows);
    }
    return erased;
  });
}

/** Erases one deal with all its rows, within the caller's transaction. */
export async function eraseDeal(trx: Db, tenant: Tenant, id: string): Promise<Erased> {
  const erased = new Map<string, number>();
  for (const table of OF_A_DEAL) {
    const { numDeletedRows } = await trx
      .deleteFrom(table)
      .where(({ and }) => and({ ...tenantColumns(tenant), deal_id: id }))
      .executeTakeFirstOrThrow();
    erased.set(table, Number(numDeletedRows));
  }
  const { numDeletedRows } = await trx
    .deleteFrom('deals')
    .where(({ and }) => and({ ...tenantColumns(tenant), id }))
    .executeTakeFirstOrThrow();
  erased.set('deals', Number(numDeletedRows));
  return erased;
}
