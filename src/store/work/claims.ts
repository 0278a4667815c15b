/**
 * Who works on which deal. A claim is a lease in columns of the deal, stamped by the database's clock, so that no
 * transaction spans a call to Slack and no two instances need to agree on the time.
 */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { DealId, Tenant } from '../../deal/deal';
import type { StoreDialect } from '../dialect';
import { dealKey, tenantColumns, tenantOf } from '../records/tenancy';
import type { Db, Trx } from '../schema';
import type { Claim, WorkStore } from './workStore';

export type ClaimStore = Pick<
  WorkStore,
  'claim' | 'finish' | 'retryAt' | 'setAside' | 'touch' | 'hasten' | 'nextDue'
>;

/** Errors are kept to be read by an operator, not to be archived. */
const LONGEST_ERROR = 1_000;

/** The last moment there is, ms UTC: a retry that comes only when a commit or touch takes it away. */
const NEVER = 8_640_000_000_000_000;

/** In place of an error while somebody works on a deal that was not given back before. */
const ORPHANED = 'orphaned';

/** When a dirty deal is due. */
const DIRTY = 0;

/** Deals touched by one statement: an outage leaves thousands, and whoever ended their wait waits for an answer. */
const AT_ONCE = 500;

const RELEASED = { lease: null, lease_owner: null, lease_until: null } as const;

export function createClaimStore(db: Db, dialect: StoreDialect): ClaimStore {
  return {
    async claim(owner, now, limit, leaseMs, which) {
      const lease = randomUUID();
      const terms = { owner, now, limit, leaseMs, lease, dirtyToo: which !== 'appointed' };
      // A claim that is lost with the machine has ended with it.
      const rows = await dialect.unhurried(db, (one) => claimQuery(one, dialect, terms).execute());
      // `returning` promises no order.
      return rows
        .sort((a, b) => (a.due_at ?? 0) - (b.due_at ?? 0) || a.updated_at - b.updated_at)
        .map((row) => ({
          tenant: tenantOf(row),
          dealId: row.id,
          renderedRevision: row.rendered_revision,
          wakeAt: row.wake_at,
          lease,
          // This claim is counted already.
          attempts: row.attempts - 1,
          orphaned: row.last_error === ORPHANED,
        }));
    },

    async finish(claim, renderedRevision) {
      // Clean is not set, it follows: a commit made `revision` greater, a touch made `touches` greater than what
      // this claim has seen, and then the deal stays due.
      // If that is lost, the deal is due once more, and everything of it is found to stand.
      const { numUpdatedRows } = await dialect.unhurried(db, (one) =>
        leased(one, claim)
          .set(({ ref }) => ({
            ...RELEASED,
            rendered_revision: renderedRevision,
            touches_done: ref('touches_claimed'),
            retry_at: null,
            attempts: 0,
            last_error: null,
            set_aside_at: null,
          }))
          .executeTakeFirstOrThrow(),
      );
      return numUpdatedRows === 1n;
    },

    async retryAt(claim, at, error, how) {
      const { numUpdatedRows } = await leased(db, claim)
        .set({
          ...RELEASED,
          ...(how === 'in_order' ? { attempts: 0 } : {}),
          retry_at: Math.ceil(at),
          last_error: error.slice(0, LONGEST_ERROR),
        })
        .executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },

    async setAside(claim, at, error) {
      const { numUpdatedRows } = await leased(db, claim)
        .set(({ fn, ref }) => ({
          ...RELEASED,
          retry_at: at === null ? NEVER : Math.ceil(at),
          last_error: error.slice(0, LONGEST_ERROR),
          set_aside_at: fn.coalesce(ref('set_aside_at'), dialect.nowMs),
        }))
        .executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },

    touch: (tenant, id) => touch(db, dialect, tenant, id),

    async hasten(tenant, until, channel) {
      // Who waits for a retry is due when it is. The workspace is not asked for, as then all of its deals were read.
      const rows = await db
        .selectFrom('deals')
        .select(['enterprise_id', 'team_id', 'id'])
        .where('due_at', '>', DIRTY)
        .where('due_at', '<=', until)
        .where('retry_at', 'is not', null)
        .where('set_aside_at', 'is', null)
        .execute();
      const key = tenantColumns(tenant);
      const theirs = rows.filter(
        (it) => it.enterprise_id === key.enterprise_id && it.team_id === key.team_id,
      );
      const hastened: DealId[] = [];
      for (let from = 0; from < theirs.length; from += AT_ONCE) {
        const ids = theirs.slice(from, from + AT_ONCE).map(({ id }) => id);
        hastened.push(...(await touchAll(db, dialect, tenant, ids, channel)));
      }
      return hastened;
    },

    async nextDue(now) {
      const free = await db
        .selectFrom('deals')
        .select('due_at')
        .where('due_at', 'is not', null)
        .where(({ or, eb }) => or([eb('lease_until', 'is', null), eb('lease_until', '<=', dialect.nowMs)]))
        .orderBy('due_at')
        .limit(1)
        .executeTakeFirst();
      const soonest = free === undefined || free.due_at === NEVER ? null : free.due_at;
      if (now === undefined) return soonest;
      // No more rows than are being worked on. The lease's rest is a span, so it holds on the caller's clock too.
      const held = await db
        .selectFrom('deals')
        .select(({ eb }) => ['due_at', eb('lease_until', '-', dialect.nowMs).as('rest')])
        .where('lease_until', '>', dialect.nowMs)
        .where('due_at', 'is not', null)
        .execute();
      const moments = held.map(({ due_at, rest }) => Math.max(due_at ?? 0, now + Number(rest)));
      if (soonest !== null) moments.push(soonest);
      return moments.length === 0 ? null : Math.min(...moments);
    },
  };
}

interface ClaimTerms {
  readonly owner: string;
  /** ms UTC, the app's clock: deals wake by it. */
  readonly now: number;
  readonly limit: number;
  readonly leaseMs: number;
  readonly lease: string;
  /** Default: yes. Without them the head of the index is passed over by its first column. */
  readonly dirtyToo?: boolean;
}

/**
 * Takes the first due deals that nobody holds.
 *
 * `due_at` alone decides, so this reads the head of the index `deals_due`: dirty deals (0) by age, then retries and
 * wakes by their time. Passed over are only the deals held by somebody, as many as are being worked on. Asking
 * "dirty, or due and not waiting for a retry" of the columns instead reads, in an outage, every waiting deal at each
 * claim.
 *
 * A CTE and not `in (select … limit …)`: PostgreSQL may run such a subquery more than once, and then locks and takes
 * more than the limit.
 */
export function claimQuery(db: Db, dialect: StoreDialect, terms: ClaimTerms) {
  return db
    .with('due', (cte) =>
      cte
        .selectFrom('deals')
        .select(['enterprise_id', 'team_id', 'id'])
        .where('due_at', '<=', terms.now)
        .$if(terms.dirtyToo === false, (query) => query.where('due_at', '>', DIRTY))
        .where(({ or, eb }) => or([eb('lease_until', 'is', null), eb('lease_until', '<=', dialect.nowMs)]))
        .orderBy('due_at')
        .orderBy('updated_at')
        .limit(terms.limit)
        .$if(dialect.claimStrategy === 'skip_locked', (query) => query.forUpdate().skipLocked()),
    )
    .updateTable('deals')
    .from('due')
    .set(({ ref }) => ({
      lease: terms.lease,
      lease_owner: terms.owner,
      lease_until: sql<number>`${dialect.nowMs} + ${terms.leaseMs}`,
      touches_claimed: ref('deals.touches'),
      // Counted when taken, not when failed: a deal that kills its process must not be tried for ever.
      attempts: sql<number>`${ref('deals.attempts')} + 1`,
      // Whoever gives a deal back takes its lease away, and writes here what came of it.
      last_error: sql<
        string | null
      >`case when ${ref('deals.lease')} is null then ${ref('deals.last_error')} else ${ORPHANED} end`,
    }))
    .whereRef('deals.enterprise_id', '=', 'due.enterprise_id')
    .whereRef('deals.team_id', '=', 'due.team_id')
    .whereRef('deals.id', '=', 'due.id')
    .returning([
      'deals.enterprise_id',
      'deals.team_id',
      'deals.id',
      'deals.rendered_revision',
      'deals.wake_at',
      'deals.attempts',
      'deals.last_error',
      'deals.due_at',
      'deals.updated_at',
    ]);
}

/** Makes a deal dirty without an event, and at once. */
export async function touch(db: Db | Trx, dialect: StoreDialect, tenant: Tenant, id: DealId): Promise<void> {
  await db
    .updateTable('deals')
    .set(touched(dialect))
    .where(({ and }) => and(dealKey(tenant, id)))
    .execute();
}

/** Those of these deals that still wait, and have to do with the channel. */
async function touchAll(
  db: Db,
  dialect: StoreDialect,
  tenant: Tenant,
  ids: readonly DealId[],
  channel: string | undefined,
): Promise<DealId[]> {
  const rows = await db
    .updateTable('deals')
    .set(touched(dialect))
    .where(({ and }) => and(tenantColumns(tenant)))
    .where('id', 'in', ids)
    .where('retry_at', 'is not', null)
    .$if(channel !== undefined, (query) =>
      query.where(({ exists, selectFrom }) =>
        exists(
          selectFrom('slots')
            .select('slots.key')
            .where(({ and }) => and(tenantColumns(tenant)))
            .whereRef('slots.deal_id', '=', 'deals.id')
            .where('slots.channel', '=', channel ?? null),
        ),
      ),
    )
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Counted, so that a claim that runs meanwhile does not clear it. */
const touched = ({ nowMs }: StoreDialect) => ({
  touches: sql<number>`touches + 1`,
  touched_at: nowMs,
  retry_at: null,
});

/** Where nobody else can be alive, leases found at start are of a process that died: its deals go on at once. */
export async function clearLeases(db: Db): Promise<void> {
  const left = { ...RELEASED, last_error: ORPHANED };
  await db.updateTable('deals').set(left).where('lease_until', 'is not', null).execute();
}

/** The deal, as long as this claim holds it. */
function leased(db: Db, { tenant, dealId, lease }: Claim) {
  return db.updateTable('deals').where(({ and }) => and({ ...dealKey(tenant, dealId), lease }));
}
