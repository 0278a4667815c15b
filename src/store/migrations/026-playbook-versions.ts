/**
 * Stores the version of each playbook that new calls of a workspace start with, and the one that waits for its admins.
 * Practice moves to the version that it belongs to, and a practice call may be a preview.
 */
import { sql } from 'kysely';
import type { Migration, MigrationDb } from './migration';

export const playbookVersions: Migration = {
  version: 26,
  name: 'playbook_versions',
  async up(db) {
    await db.schema
      .createTable('playbook_versions')
      .addColumn('enterprise_id', 'text', (c) => c.notNull())
      .addColumn('team_id', 'text', (c) => c.notNull())
      .addColumn('playbook_id', 'text', (c) => c.notNull())
      .addColumn('hash', 'text', (c) => c.notNull())
      .addColumn('is_own', 'smallint', (c) => c.notNull().defaultTo(0))
      .addColumn('next_hash', 'text')
      .addColumn('next_is_own', 'smallint', (c) => c.notNull().defaultTo(0))
      .addColumn('next_kept_out', 'smallint', (c) => c.notNull().defaultTo(0))
      .addPrimaryKeyConstraint('playbook_versions_key', ['enterprise_id', 'team_id', 'playbook_id'])
      .execute();
    await db.schema.alterTable('playbooks').addColumn('practice', 'text').execute();
    await db.schema
      .alterTable('practices')
      .addColumn('is_preview', 'smallint', (c) => c.notNull().defaultTo(0))
      .execute();
    await fill(db);
  },
};

interface Used {
  readonly enterprise_id: string;
  readonly team_id: string;
  readonly hash: string;
}

/**
 * A workspace goes on with the version of its last deal. A database from before figures knows none, so its workspaces
 * begin with what the files have.
 */
async function fill(db: MigrationDb): Promise<void> {
  const { rows: used } = await sql<Used>`select enterprise_id, team_id, playbook_hash as hash from insights
    where playbook_hash is not null
    group by enterprise_id, team_id, playbook_hash order by max(started_at)`.execute(db);
  const { rows: kept } = await sql<{ hash: string; body: string }>`select hash, body from playbooks`.execute(
    db,
  );
  const ids = new Map(kept.map(({ hash, body }) => [hash, idIn(body)]));
  for (const { enterprise_id, team_id, hash } of used) {
    const id = ids.get(hash) ?? null;
    if (id === null) continue;
    await sql`insert into playbook_versions (enterprise_id, team_id, playbook_id, hash)
      values (${enterprise_id}, ${team_id}, ${id}, ${hash})
      on conflict (enterprise_id, team_id, playbook_id) do update set hash = excluded.hash`.execute(db);
  }
}

/** @returns null for a body that cannot be read, which must not stop the migration */
function idIn(body: string): string | null {
  try {
    const { id } = JSON.parse(body) as { id?: unknown };
    return typeof id === 'string' ? id : null;
  } catch {
    return null;
  }
}
