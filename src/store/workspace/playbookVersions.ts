/** Versions of playbooks, which all workspaces share, and which of them each workspace uses. */
import { playbookSchema, practiceSchema, taxonomySchema } from '../../playbook/schema';
import type { StoreDialect } from '../dialect';
import { flag } from '../records/dealColumns';
import { readJson, writeJson } from '../records/json';
import { tenantColumns, tenantOf } from '../records/tenancy';
import type { Db, Trx } from '../schema';
import { askForSweeps } from '../work/sweeps';
import type { LoadedVersion, PlaybookVersionStore, VersionChosen } from './workspaceStore';

const NONE_WAITS = { next_hash: null, next_is_own: 0, next_kept_out: 0 } as const;

export function createPlaybookVersionStore(
  db: Db,
  dialect: Pick<StoreDialect, 'nowMs'>,
): PlaybookVersionStore {
  return {
    async savePlaybook(hash, body, practice) {
      const row = {
        hash,
        body: writeJson(body, playbookSchema, `playbook ${hash}`),
        practice: practice === null ? null : writeJson(practice, practiceSchema, `practice of ${hash}`),
      };
      // The key is the hash of the content, so an existing row can differ only in its practice.
      await db
        .insertInto('playbooks')
        .values(row)
        .onConflict((oc) =>
          oc
            .column('hash')
            .doUpdateSet({ practice: row.practice })
            .where('playbooks.practice', 'is distinct from', row.practice),
        )
        .execute();
    },

    async playbook(hash) {
      const row = await db
        .selectFrom('playbooks')
        .select(['body', 'practice'])
        .where('hash', '=', hash)
        .executeTakeFirst();
      if (row === undefined) return null;
      const source = readJson(row.body, playbookSchema, `playbook ${hash}`);
      return row.practice === null
        ? { source, practice: null }
        : { source, practice: readJson(row.practice, practiceSchema, `practice of ${hash}`) };
    },

    async saveReasons(hash, reasons) {
      const body = writeJson({ reasons: [...reasons] }, taxonomySchema, `reasons ${hash}`);
      await db
        .insertInto('playbooks')
        .values({ hash, body })
        .onConflict((oc) => oc.doNothing())
        .execute();
    },

    async reasons(hash) {
      const row = await db.selectFrom('playbooks').select('body').where('hash', '=', hash).executeTakeFirst();
      return row === undefined ? null : readJson(row.body, taxonomySchema, `reasons ${hash}`).reasons;
    },

    async playbookVersions(tenant) {
      const rows = await db
        .selectFrom('playbook_versions')
        .selectAll()
        .where(({ and }) => and(tenantColumns(tenant)))
        .orderBy('playbook_id')
        .execute();
      return rows.map((row) => ({
        playbookId: row.playbook_id,
        hash: row.hash,
        isOwn: row.is_own === 1,
        next: row.next_hash === null ? null : { hash: row.next_hash, isKeptOut: row.next_kept_out === 1 },
      }));
    },

    async useFirstVersion(tenant, { playbookId, hash, isOwn }) {
      await db
        .insertInto('playbook_versions')
        .values({ ...tenantColumns(tenant), playbook_id: playbookId, hash, is_own: flag(isOwn) })
        .onConflict((oc) => oc.doNothing())
        .execute();
    },

    async versionsLoaded(loaded, how) {
      // Nearly always nothing has changed, so one read is all that a start does.
      const known = await db
        .selectFrom('playbook_versions')
        .select(['playbook_id', 'hash', 'is_own', 'next_hash'])
        .distinct()
        .execute();
      for (const version of loaded) {
        const isNews = known.some(
          (row) => row.playbook_id === version.playbookId && !isSettled(row, version, how),
        );
        if (isNews) await db.transaction().execute((trx) => moveTo(trx, version, how));
      }
    },
  };

  async function moveTo(trx: Trx, version: LoadedVersion, how: 'wait' | 'use'): Promise<void> {
    const { playbookId, hash, isOwn } = version;
    const own = flag(isOwn);
    const of = () => trx.updateTable('playbook_versions').where('playbook_id', '=', playbookId);
    const tenants = await changed(trx, version);
    // The files have the version in use, still or once more.
    await of()
      .set({ is_own: own, ...NONE_WAITS })
      .where('hash', '=', hash)
      .execute();
    if (how === 'use' || !isOwn) {
      await of()
        .set({ hash, is_own: own, ...NONE_WAITS })
        .where('hash', '<>', hash)
        .$if(how === 'wait', (query) => query.where('is_own', '=', 0))
        .execute();
    }
    await of()
      .set({ next_hash: hash, next_is_own: own, next_kept_out: 0 })
      .where('hash', '<>', hash)
      .where('next_hash', 'is distinct from', hash)
      .execute();
    for (const tenant of tenants) await askForSweeps(trx, dialect, tenant, 'playbooks', [playbookId]);
  }

  /** The workspaces in which the waiting version changes, or stops waiting. */
  async function changed(trx: Trx, { playbookId, hash, isOwn }: LoadedVersion) {
    const rows = await trx
      .selectFrom('playbook_versions')
      .select(['enterprise_id', 'team_id'])
      .where('playbook_id', '=', playbookId)
      .where(({ or, and, eb }) =>
        or([
          eb('next_hash', 'is not', null),
          and([eb('hash', '<>', hash), ...(isOwn ? [] : [eb('is_own', '=', 1)])]),
        ]),
      )
      .execute();
    return rows.map(tenantOf);
  }
}

interface Known {
  readonly hash: string;
  readonly is_own: 0 | 1;
  readonly next_hash: string | null;
}

/** Whether the rows already say what a start with this version would write. */
function isSettled(row: Known, { hash, isOwn }: LoadedVersion, how: 'wait' | 'use'): boolean {
  if (row.hash === hash) return row.next_hash === null && row.is_own === flag(isOwn);
  return how === 'wait' && (isOwn || row.is_own === 1) && row.next_hash === hash;
}

/**
 * Uses the version that waits, or keeps the one in use, as an admin chose, within the transaction of the change.
 * @returns false when this version no longer waits
 */
export async function chooseVersion(
  trx: Trx,
  dialect: Pick<StoreDialect, 'nowMs'>,
  tenant: Parameters<typeof tenantColumns>[0],
  { playbookId, hash, how }: VersionChosen,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('playbook_versions')
    .set(({ ref }) =>
      how === 'use' ? { hash, is_own: ref('next_is_own'), ...NONE_WAITS } : { next_kept_out: 1 as const },
    )
    .where(({ and }) => and({ ...tenantColumns(tenant), playbook_id: playbookId, next_hash: hash }))
    .$if(how === 'keep', (query) => query.where('next_kept_out', '=', 0))
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) return false;
  await askForSweeps(trx, dialect, tenant, 'playbooks', [playbookId]);
  return true;
}
