/** What people typed on screens of a deal before they saved them. No event has these words. */
import type { InsertQueryBuilder, InsertResult } from 'kysely';
import * as z from 'zod';
import type { DealId, Tenant, UserId } from '../../deal/model/deal';
import { readJson, writeJson } from '../records/json';
import { ofDeal } from '../records/tenancy';
import type { Database, Db } from '../schema';
import type { Json } from '../workspace/workspaceStore';
import type { CommitSteps, RunCommit } from './commit';
import { prepared } from './prepared';

/** One form of a deal, as one person fills it in. */
export interface DraftKey {
  readonly tenant: Tenant;
  /** Empty: a deal that begins when its form is saved. */
  readonly dealId: DealId;
  readonly userId: UserId;
  readonly form: string;
}

export interface Draft extends DraftKey {
  /** The screen on which it was typed. */
  readonly viewId: string;
  /** Slack's time of the keystroke, µs UTC. */
  readonly actionTs: number;
  /** Ms UTC. */
  readonly savedAt: number;
  /** All inputs of the screen, by block id. */
  readonly values: { readonly [block: string]: Json };
}

/** `values` null: it was saved. */
export type StoredDraft = Omit<Draft, 'values'> & { readonly values: Draft['values'] | null };

export interface DraftStore {
  /**
   * Stores a draft, unless a newer one is stored, its screen is settled, or its deal is erased.
   * @param canWaitMs how long the draft may wait for a commit to share a sync of the disk with; absent: at once
   */
  save(draft: Draft, canWaitMs?: number): Promise<void>;
  /** What was typed; null: nothing, or it was saved. */
  values(key: DraftKey): Promise<Draft['values'] | null>;
  /** Words of this person in forms that begin so and belong to no deal, the settled ones too, oldest first. */
  ofNoDeal(
    tenant: Tenant,
    userId: UserId,
    begins: string,
  ): Promise<readonly Pick<StoredDraft, 'form' | 'actionTs' | 'values'>[]>;
  /** True when somebody typed words on a screen of this deal and has not saved them. */
  isLeft(tenant: Tenant, dealId: DealId): Promise<boolean>;
  /** Deletes the words of a screen that was saved. A late keystroke of that screen stores nothing. */
  settle(screen: Omit<Draft, 'values'>): Promise<void>;
  /**
   * Deletes drafts that nobody has touched since that time, ms UTC.
   * @returns how many
   */
  deleteBefore(time: number): Promise<number>;
}

const valuesSchema = z.record(z.string(), z.json());

const KEY = ['enterprise_id', 'team_id', 'deal_id', 'user_id', 'form'] as const;

const rowKey = ({ tenant, dealId, userId, form }: DraftKey) => ({
  ...ofDeal(tenant, dealId),
  user_id: userId,
  form,
});

const rowOf = (draft: Omit<Draft, 'values'>, body: string | null) => ({
  ...rowKey(draft),
  view_id: draft.viewId,
  action_ts: draft.actionTs,
  saved_at: draft.savedAt,
  body,
});

type Row = ReturnType<typeof rowOf>;

/** Leaves a newer draft, and one whose screen is settled. */
const unlessNewer = (insert: InsertQueryBuilder<Database, 'drafts', InsertResult>) =>
  insert.onConflict((oc) =>
    oc
      .columns([...KEY])
      .doUpdateSet(({ ref }) => ({
        view_id: ref('excluded.view_id'),
        action_ts: ref('excluded.action_ts'),
        saved_at: ref('excluded.saved_at'),
        body: ref('excluded.body'),
      }))
      .where(({ eb, or, ref }) =>
        or([
          // What a person saves counts whatever the clocks of Slack and of this machine say.
          eb(ref('excluded.body'), 'is', null),
          eb.and([
            eb(ref('excluded.action_ts'), '>', ref('drafts.action_ts')),
            or([
              eb(ref('drafts.body'), 'is not', null),
              eb(ref('excluded.view_id'), '!=', ref('drafts.view_id')),
            ]),
          ]),
        ]),
      ),
  );

export function createDraftStore(db: Db, run: RunCommit): DraftStore {
  const write = prepared((row: Row) =>
    unlessNewer(
      db
        .insertInto('drafts')
        .columns([...KEY, 'view_id', 'action_ts', 'saved_at', 'body'])
        .expression(({ selectFrom, val }) =>
          selectFrom('deals')
            .select([
              'enterprise_id',
              'team_id',
              'id',
              val(row.user_id).as('user_id'),
              val(row.form).as('form'),
              val(row.view_id).as('view_id'),
              val(row.action_ts).as('action_ts'),
              val(row.saved_at).as('saved_at'),
              val(row.body).as('body'),
            ])
            .where(({ and }) =>
              and({ enterprise_id: row.enterprise_id, team_id: row.team_id, id: row.deal_id }),
            ),
        ),
    ),
  );
  const writeBeforeDeal = prepared((row: Row) => unlessNewer(db.insertInto('drafts').values(row)));

  const commit = async (row: Row, canWaitMs?: number): Promise<void> => {
    await run(
      (function* (): CommitSteps {
        yield row.deal_id === '' ? writeBeforeDeal(row) : write(row);
        return 'committed';
      })(),
      canWaitMs,
    );
  };

  return {
    save: (draft, canWaitMs) =>
      commit(
        rowOf(draft, writeJson({ ...draft.values }, valuesSchema, `a draft of ${draft.dealId}`)),
        canWaitMs,
      ),

    async values(key) {
      const row = await db
        .selectFrom('drafts')
        .select('body')
        .where(({ and }) => and(rowKey(key)))
        .executeTakeFirst();
      return row === undefined || row.body === null
        ? null
        : readJson(row.body, valuesSchema, `a draft of ${key.dealId}`);
    },

    async ofNoDeal(tenant, userId, begins) {
      const rows = await db
        .selectFrom('drafts')
        .select(['form', 'action_ts', 'body'])
        .where(({ and }) => and({ ...ofDeal(tenant, ''), user_id: userId }))
        .where('form', 'like', `${begins}%`)
        .orderBy('form')
        .execute();
      return rows.map(({ form, action_ts, body }) => ({
        form,
        actionTs: action_ts,
        values: body === null ? null : readJson(body, valuesSchema, `a draft of ${userId}`),
      }));
    },

    async isLeft(tenant, dealId) {
      const row = await db
        .selectFrom('drafts')
        .select('form')
        .where(({ and }) => and(ofDeal(tenant, dealId)))
        .where('body', 'is not', null)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    settle: (screen) => commit(rowOf(screen, null)),

    async deleteBefore(time) {
      const { numDeletedRows } = await db
        .deleteFrom('drafts')
        .where('saved_at', '<', time)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
