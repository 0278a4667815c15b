/**
 * The one write of a deal: the delivery that caused it, its new state and its events, together or not at all. Both
 * databases run these steps; each has its own way to make them one transaction.
 */
import type { CompiledQuery } from 'kysely';
import type { StoreDialect } from '../dialect';
import { type CommitRows, rowsOf } from '../records/commitRows';
import { remarkRow } from '../records/remarkRow';
import { dealKey, ofDeal, tenantColumns } from '../records/tenancy';
import type { Db } from '../schema';
import type { Commit, CommitResult } from './dealsStore';
import { prepared } from './prepared';

/** Yields statements one at a time; each is answered with the number of rows that it changed. */
export type CommitSteps = Generator<CompiledQuery, CommitResult, number>;

/**
 * Runs the steps as one transaction, which is rolled back unless they end with `committed`.
 * @param canWaitMs steps that can wait share the sync of whatever is committed within this time; absent: at once
 */
export type RunCommit = (steps: CommitSteps, canWaitMs?: number) => Promise<CommitResult>;

type State = NonNullable<CommitRows['state']>;
type EventRow = CommitRows['events'][number];
type Key = ReturnType<typeof dealKey>;
type At = Key & { readonly expected: number };

/** More often than anybody gives something: the largest number that an integer column takes. */
const ANY_NUMBER = 2_147_483_647;

/** No deal has this revision. */
const NEVER_CLEAN = -1;

export function createCommit(
  db: Db,
  { nowMs }: Pick<StoreDialect, 'nowMs'>,
  run: RunCommit,
): (asked: Commit) => Promise<CommitResult> {
  // If two transactions bring the same key, PostgreSQL lets the second wait for the first; then it changes no row.
  const noteDelivery = prepared((delivery: Omit<Key, 'id'> & { readonly delivery_key: string }) =>
    db
      .insertInto('deliveries')
      .values({ ...delivery, received_at: nowMs })
      .onConflict((oc) => oc.doNothing()),
  );
  const insertDeal = prepared((row: Key & State & { readonly rendered_revision: number }) =>
    db
      .insertInto('deals')
      .values(row)
      .onConflict((oc) => oc.doNothing()),
  );
  const insertEvent = prepared((row: EventRow) => db.insertInto('events').values(row));
  const writeRemark = prepared((row: ReturnType<typeof remarkRow>) =>
    db
      .insertInto('remarks')
      .values(row)
      .onConflict((oc) =>
        oc.columns(['enterprise_id', 'team_id', 'deal_id', 'id']).doUpdateSet(({ ref }) => ({
          text: ref('excluded.text'),
          is_cut: ref('excluded.is_cut'),
          edited_at: ref('excluded.edited_at'),
          edited_ts: ref('excluded.edited_ts'),
          edits: ref('excluded.edits'),
        })),
      ),
  );

  const deleteDraft = prepared((key: ReturnType<typeof ofDeal> & { user_id: string; form: string }) =>
    db.deleteFrom('drafts').where(({ and }) => and(key)),
  );

  // PostgreSQL lets a second transaction wait for the first, and then reads the number that the first has written.
  const countGive = prepared(
    ({ most, ...row }: Omit<Key, 'id'> & { give_id: string; quarter: string; most: number }) =>
      db
        .insertInto('gives_used')
        .values({ ...row, used: 1 })
        .onConflict((oc) =>
          oc
            .columns(['enterprise_id', 'team_id', 'give_id', 'quarter'])
            .doUpdateSet(({ eb, ref }) => ({ used: eb(ref('gives_used.used'), '+', 1) }))
            .where('gives_used.used', '<', most),
        ),
  );

  const updateAt = ({ enterprise_id, team_id, id, expected }: At) =>
    db.updateTable('deals').where(({ and }) => and({ enterprise_id, team_id, id, revision: expected }));
  const moveWake = prepared(({ wake_at, ...at }: At & Pick<State, 'wake_at'>) =>
    updateAt(at).set({ wake_at }),
  );
  const updateDeal = prepared(
    ({
      enterprise_id,
      team_id,
      id,
      expected,
      cleanAt,
      ...state
    }: At & State & { readonly cleanAt: number }) =>
      updateAt({ enterprise_id, team_id, id, expected }).set(({ eb, ref }) => ({
        ...state,
        // The change may be the end of what failed.
        retry_at: null,
        // A deal that Slack did not show in full stays dirty, whatever this change adds.
        rendered_revision: eb
          .case()
          .when('rendered_revision', '=', cleanAt)
          .then(state.revision)
          .else(ref('rendered_revision'))
          .end(),
      })),
  );

  function* steps(asked: Commit, { state, events }: CommitRows): CommitSteps {
    const { deal, deliveryKey, expectedRevision: expected, wakeAt, changesNoMessage = false } = asked;
    const key = dealKey(deal.tenant, deal.id);
    // First, so that a repeated delivery is known as one even if the deal has changed since.
    if (deliveryKey !== undefined) {
      const isNew = yield noteDelivery({ ...tenantColumns(deal.tenant), delivery_key: deliveryKey });
      if (isNew === 0) return 'duplicate';
    }
    const write = (): CompiledQuery => {
      if (state === null) return moveWake({ ...key, expected: deal.revision, wake_at: wakeAt });
      if (expected === 0) {
        return insertDeal({ ...key, ...state, rendered_revision: changesNoMessage ? deal.revision : 0 });
      }
      return updateDeal({ ...key, ...state, expected, cleanAt: changesNoMessage ? expected : NEVER_CLEAN });
    };
    if ((yield write()) === 0) return 'conflict';
    if (asked.gives !== undefined) {
      const { id, quarter, most } = asked.gives;
      const row = { ...tenantColumns(deal.tenant), give_id: id, quarter, most: most ?? ANY_NUMBER };
      if ((yield countGive(row)) === 0) return 'given_out';
    }
    for (const event of events) yield insertEvent(event);
    if (asked.remark !== undefined) yield writeRemark(remarkRow(deal.tenant, deal.id, asked.remark));
    if (asked.endsDraft !== undefined) {
      const { userId, form, ofNoDeal = false } = asked.endsDraft;
      const ended = yield deleteDraft({
        ...ofDeal(deal.tenant, ofNoDeal ? '' : deal.id),
        user_id: userId,
        form,
      });
      // Its words went to another deal first.
      if (ofNoDeal && ended === 0) return 'duplicate';
    }
    return 'committed';
  }

  // Makes the rows before it begins the transaction that others wait for.
  return (asked) => run(steps(asked, rowsOf(asked)));
}
