/** Practice calls. They are no deals: a table of their own, which only the person themselves reads. */
import type { Selectable } from 'kysely';
import * as z from 'zod';
import type { Tenant, UserId } from '../../deal/model/deal';
import type { Practice, PracticeState } from '../../deal/model/practice';
import { VERDICTS } from '../../playbook/schema';
import type { CommitSteps, RunCommit } from '../deals/commit';
import { flag } from '../records/dealColumns';
import { answered, position, suggestedTimes } from '../records/dealJson';
import { readJson, writeJson } from '../records/json';
import { answer, count } from '../records/partsJson';
import { tenantColumns, tenantOf } from '../records/tenancy';
import type { Db, PracticesTable } from '../schema';

export interface PracticeStore {
  /** Null: there is none, or it is another person's. */
  load(tenant: Tenant, rep: UserId, id: string): Promise<Practice | null>;
  /**
   * Stores a practice that was at this revision; 0: it is new.
   * @returns `conflict` when another commit came first; nothing is stored then
   */
  save(practice: Practice, expectedRevision: number): Promise<'committed' | 'conflict'>;
  /** The last practice of this person that began since then, ms UTC, and has not ended; null: none. A preview is none. */
  unfinished(tenant: Tenant, rep: UserId, since: number): Promise<Practice | null>;
  /** Whether this person has come to the end of one. */
  hasEnded(tenant: Tenant, rep: UserId): Promise<boolean>;
  /** Whether this person has begun one. */
  hasBegun(tenant: Tenant, rep: UserId): Promise<boolean>;
  /** The prospects of a playbook whom this person has met, in the order of the calls. */
  met(tenant: Tenant, rep: UserId, playbookId: string): Promise<readonly string[]>;
  /**
   * Deletes practices that began before this time, ms UTC.
   * @returns how many
   */
  deleteBefore(time: number): Promise<number>;
}

const tap = z.union([
  z.strictObject({ choice: z.string() }),
  z.strictObject({ next: z.literal(true) }),
  z.strictObject({ again: z.literal(true) }),
  z.strictObject({ day: z.string() }),
  z.strictObject({ hour: z.literal(true) }),
  z.strictObject({ unknown: z.literal(true) }),
]);

export const practiceStateSchema = z.strictObject({
  position: z.strictObject(position).nullable(),
  trail: z.array(answered),
  visits: count,
  heard: z.boolean(),
  doubted: z.strictObject({ tap, answer }).nullable(),
  misheard: z.array(z.strictObject({ stepId: z.string(), showing: count })),
  suggestedTimes: suggestedTimes.nullable(),
  verdict: z.enum(VERDICTS).nullable(),
}) satisfies z.ZodType<PracticeState>;

const keyOf = (tenant: Tenant, rep: UserId) => ({ ...tenantColumns(tenant), user_id: rep });

const rowOf = ({ id, tenant, rep, playbook, prospect, seed, startedAt, endedAt, ...rest }: Practice) => ({
  ...keyOf(tenant, rep),
  id,
  playbook_id: playbook.id,
  playbook_hash: playbook.hash,
  prospect_id: prospect,
  seed,
  started_at: startedAt,
  ended_at: endedAt,
  revision: rest.revision,
  state: writeJson(rest.state, practiceStateSchema, `practice ${id}`),
  is_preview: flag(rest.isPreview),
});

const practiceOf = (row: Selectable<PracticesTable>): Practice => ({
  id: row.id,
  tenant: tenantOf(row),
  rep: row.user_id,
  playbook: { id: row.playbook_id, hash: row.playbook_hash },
  prospect: row.prospect_id,
  seed: row.seed,
  startedAt: row.started_at,
  endedAt: row.ended_at,
  revision: row.revision,
  isPreview: row.is_preview === 1,
  state: readJson(row.state, practiceStateSchema, `practice ${row.id}`),
});

/** @param run shares the transaction of commits that come in the same turn, since each costs a sync of the disk */
export function createPracticeStore(db: Db, run: RunCommit): PracticeStore {
  const of = (tenant: Tenant, rep: UserId) =>
    db
      .selectFrom('practices')
      .select('id')
      .where(({ and }) => and({ ...keyOf(tenant, rep), is_preview: 0 }))
      .limit(1);

  return {
    async load(tenant, rep, id) {
      const row = await db
        .selectFrom('practices')
        .selectAll()
        .where(({ and }) => and({ ...keyOf(tenant, rep), id }))
        .executeTakeFirst();
      return row === undefined ? null : practiceOf(row);
    },

    async save(practice, expectedRevision) {
      const row = rowOf(practice);
      const { enterprise_id, team_id, user_id, id, ...changing } = row;
      const statement =
        expectedRevision === 0
          ? db
              .insertInto('practices')
              .values(row)
              .onConflict((oc) => oc.doNothing())
          : db
              .updateTable('practices')
              .set(changing)
              .where(({ and }) => and({ enterprise_id, team_id, user_id, id, revision: expectedRevision }));
      const result = await run(
        (function* (): CommitSteps {
          return (yield statement.compile()) === 0 ? 'conflict' : 'committed';
        })(),
      );
      return result === 'committed' ? 'committed' : 'conflict';
    },

    async unfinished(tenant, rep, since) {
      const row = await db
        .selectFrom('practices')
        .selectAll()
        .where(({ and }) => and(keyOf(tenant, rep)))
        .where('ended_at', 'is', null)
        .where('started_at', '>=', since)
        .where('is_preview', '=', 0)
        .orderBy('started_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? null : practiceOf(row);
    },

    async hasEnded(tenant, rep) {
      const row = await of(tenant, rep).where('ended_at', 'is not', null).executeTakeFirst();
      return row !== undefined;
    },

    async hasBegun(tenant, rep) {
      return (await of(tenant, rep).executeTakeFirst()) !== undefined;
    },

    async met(tenant, rep, playbookId) {
      const rows = await db
        .selectFrom('practices')
        .select('prospect_id')
        .where(({ and }) => and({ ...keyOf(tenant, rep), playbook_id: playbookId, is_preview: 0 }))
        .orderBy('started_at')
        .orderBy('id')
        .execute();
      return rows.map((row) => row.prospect_id);
    },

    async deleteBefore(time) {
      const { numDeletedRows } = await db
        .deleteFrom('practices')
        .where('started_at', '<', time)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
