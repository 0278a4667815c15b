/**
 * Claims of deals by reconcilers. A claim is a lease in columns of the deal, stamped by the database's clock, so that
 * no transaction spans a call to Slack and no two instances need to agree on the time.
 */
import { randomUUID } from 'node:crypto';
import { type SqlBool, sql } from 'kysely';
import type { StoreDialect } from '../dialect';
import { eraseDeal } from '../erasing/eraseWorkspace';
import { dealKey, tenantOf } from '../records/tenancy';
import type { Db } from '../schema';
import { DIRTY, ONE_MORE_TOUCH, retryNow, touch } from './touch';
import type { Claim, GivenBack, SlotOwner, WorkStore } from './workStore';

export type ClaimStore = Pick<
  WorkStore,
  'claim' | 'prolong' | 'finish' | 'erase' | 'retryAt' | 'park' | 'touch' | 'retryNow' | 'nextDue'
>;

/** Characters kept of an error, enough for an operator to read. */
const LONGEST_ERROR = 1_000;

/** The last moment of `Date`, ms UTC: a retry that only a commit or a touch can bring. */
const NEVER = 8_640_000_000_000_000;

/** Stands in `last_error` during a claim of a deal that its last owner never released. */
const ORPHANED = 'orphaned';

const RELEASED = { lease: null, lease_owner: null, lease_until: null } as const;

/** Deals and notices have tables of their own with the same work columns, so the types of `deals` serve both. */
const tableOf = (kind: SlotOwner['kind']) => (kind === 'deal' ? 'deals' : ('notices' as 'deals'));

export function createClaimStore(db: Db, dialect: StoreDialect): ClaimStore {
  async function claimSome(kind: SlotOwner['kind'], terms: ClaimTerms): Promise<Claim[]> {
    // Relaxed: a claim that the machine's death loses has ended with it.
    const rows = await dialect.relaxed(db, (one) => claimQuery(one, dialect, terms, kind).execute());
    // `returning` guarantees no order.
    return rows
      .sort((a, b) => (a.due_at ?? 0) - (b.due_at ?? 0) || a.updated_at - b.updated_at)
      .map((row) => ({
        tenant: tenantOf(row),
        owner: { kind, id: row.id },
        renderedRevision: row.rendered_revision,
        wakeAt: row.wake_at,
        lease: terms.lease,
        // The query counted this claim already.
        attempts: row.attempts - 1,
        orphaned: row.last_error === ORPHANED,
      }));
  }

  /** Times at which rows of one table can be claimed: of the free rows the soonest, of the leased ones all. */
  async function dueIn(kind: SlotOwner['kind'], now: number | undefined): Promise<number[]> {
    const free = await db
      .selectFrom(tableOf(kind))
      .select('due_at')
      .where('due_at', 'is not', null)
      .where(({ or, eb }) => or([eb('lease_until', 'is', null), eb('lease_until', '<=', dialect.nowMs)]))
      .orderBy('due_at')
      .limit(1)
      .executeTakeFirst();
    const soonest = free === undefined || free.due_at === NEVER ? null : free.due_at;
    const moments = soonest === null ? [] : [soonest];
    if (now === undefined) return moments;
    // Only rows that are being worked on. The rest of a lease is a span, so it holds on the caller's clock too.
    const held = await db
      .selectFrom(tableOf(kind))
      .select(({ eb }) => ['due_at', eb('lease_until', '-', dialect.nowMs).as('rest')])
      .where('lease_until', '>', dialect.nowMs)
      .where('due_at', 'is not', null)
      .execute();
    return [...moments, ...held.map(({ due_at, rest }) => Math.max(due_at ?? 0, now + Number(rest)))];
  }

  return {
    async claim(instance, now, limit, leaseMs, which) {
      const lease = randomUUID();
      const terms = { instance, now, limit, leaseMs, lease, dirtyToo: which !== 'scheduled' };
      // Notices first: they are few, and each alerts somebody.
      const notices = await claimSome('notice', terms);
      const left = limit - notices.length;
      return left === 0 ? notices : [...notices, ...(await claimSome('deal', { ...terms, limit: left }))];
    },

    async prolong(claim, leaseMs) {
      const { numUpdatedRows } = await dialect.relaxed(db, (one) =>
        leased(one, claim)
          .set({ lease_until: sql<number>`${dialect.nowMs} + ${leaseMs}` })
          .executeTakeFirstOrThrow(),
      );
      return numUpdatedRows === 1n;
    },

    async finish(claim, renderedRevision) {
      // The deal is clean unless a commit raised `revision`, or a touch raised `touches`, during this claim.
      // Relaxed: if this write is lost, the deal is due once more, and the next pass finds nothing to do.
      const { numUpdatedRows } = await dialect.relaxed(db, (one) =>
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

    async erase(claim, revision) {
      return db.transaction().execute(async (trx) => {
        // Locks the row first.
        const { numUpdatedRows } = await leased(trx, claim)
          .set(RELEASED)
          .where('revision', '=', revision)
          .whereRef('touches', '=', 'touches_claimed')
          .executeTakeFirstOrThrow();
        if (numUpdatedRows !== 1n) return false;
        await eraseDeal(trx, claim.tenant, claim.owner.id);
        return true;
      });
    },

    async retryAt(claim, at, error, how = {}) {
      const { numUpdatedRows } = await leased(db, claim)
        .set({
          ...givenBack(dialect, at, error, how),
        })
        .executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },

    async park(claim, at, error, how = {}) {
      const { numUpdatedRows } = await leased(db, claim)
        .set(({ fn, ref }) => ({
          ...givenBack(dialect, at ?? NEVER, error, how),
          set_aside_at: fn.coalesce(ref('set_aside_at'), dialect.nowMs),
        }))
        .executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },

    touch: (tenant, id) => touch(db, dialect, tenant, id),

    retryNow: (...asked) => retryNow(db, dialect, ...asked),

    async nextDue(now) {
      const moments = [...(await dueIn('notice', now)), ...(await dueIn('deal', now))];
      return moments.length === 0 ? null : Math.min(...moments);
    },
  };
}

interface ClaimTerms {
  readonly instance: string;
  /** ms UTC by the app's clock, which wakes follow. */
  readonly now: number;
  readonly limit: number;
  readonly leaseMs: number;
  readonly lease: string;
  /** Default: true. False: the query skips dirty deals by the first column of the index. */
  readonly dirtyToo?: boolean;
}

/**
 * Claims the first due deals without a valid lease.
 *
 * It selects by `due_at` alone, so it reads the head of the index `deals_due`: dirty deals (0) by age, then retries and
 * wakes by their time. It skips only leased deals, as many as are being worked on. A condition on the other columns
 * ("dirty, or due and not waiting for a retry") would read every waiting deal at each claim during an outage.
 *
 * A CTE and not `in (select … limit …)`: PostgreSQL may run such a subquery more than once, and then locks and claims
 * more than the limit.
 */
export function claimQuery(
  db: Db,
  dialect: StoreDialect,
  terms: ClaimTerms,
  kind: SlotOwner['kind'] = 'deal',
) {
  return db
    .with('due', (cte) =>
      cte
        .selectFrom(tableOf(kind))
        // Aliases, so that the columns of the claimed table need no qualification.
        .select(['enterprise_id as due_enterprise', 'team_id as due_team', 'id as due_id'])
        .where('due_at', '<=', terms.now)
        .$if(terms.dirtyToo === false, (query) => query.where('due_at', '>', DIRTY))
        .where(({ or, eb }) => or([eb('lease_until', 'is', null), eb('lease_until', '<=', dialect.nowMs)]))
        .orderBy('due_at')
        .orderBy('updated_at')
        .limit(terms.limit)
        .$if(dialect.claimStrategy === 'skip_locked', (query) => query.forUpdate().skipLocked()),
    )
    .updateTable(tableOf(kind))
    .from('due')
    .set(({ ref }) => ({
      lease: terms.lease,
      lease_owner: terms.instance,
      lease_until: sql<number>`${dialect.nowMs} + ${terms.leaseMs}`,
      touches_claimed: ref('touches'),
      // Counts the claim and not its failure: a deal that kills its process must not be tried for ever.
      attempts: sql<number>`${ref('attempts')} + 1`,
      // A release clears the lease and writes the outcome here, so a lease that is still set has lost its owner.
      last_error: sql<
        string | null
      >`case when ${ref('lease')} is null then ${ref('last_error')} else ${ORPHANED} end`,
    }))
    .whereRef('enterprise_id', '=', 'due_enterprise')
    .whereRef('team_id', '=', 'due_team')
    .whereRef('id', '=', 'due_id')
    .returning([
      'enterprise_id',
      'team_id',
      'id',
      'rendered_revision',
      'wake_at',
      'attempts',
      'last_error',
      'due_at',
      'updated_at',
    ]);
}

/**
 * Sets no wait if a commit or touch came during the claim and the claim did not see it: that change could not end a
 * wait that did not exist yet, so the deal is due at once.
 */
function givenBack({ nowMs }: StoreDialect, at: number, error: string, how: GivenBack) {
  const touchedSince = sql<SqlBool>`touches > touches_claimed`;
  const changedSince =
    how.tried === undefined ? touchedSince : sql<SqlBool>`(${touchedSince} or revision > ${how.tried})`;
  return {
    ...RELEASED,
    ...(how.inOrder === true ? { attempts: 0 } : {}),
    ...(how.dirty === true ? { touches: ONE_MORE_TOUCH, touched_at: nowMs } : {}),
    retry_at: sql<
      number | null
    >`case when ${changedSince} then null else cast(${Math.ceil(at)} as bigint) end`,
    last_error: error.slice(0, LONGEST_ERROR),
  };
}

/** For a single instance: leases found at the start belong to a process that died, so its deals are due at once. */
export async function clearLeases(db: Db): Promise<void> {
  const left = { ...RELEASED, last_error: ORPHANED };
  for (const kind of ['deal', 'notice'] as const)
    await db.updateTable(tableOf(kind)).set(left).where('lease_until', 'is not', null).execute();
}

/** An update of the owner that changes no row once the claim has lost its lease. */
function leased(db: Db, { tenant, owner, lease }: Claim) {
  return db.updateTable(tableOf(owner.kind)).where(({ and }) => and({ ...dealKey(tenant, owner.id), lease }));
}
