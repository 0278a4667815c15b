/**
 * Rate limits that all instances share. Each booking locks its buckets' rows for a moment, so that two instances
 * never give out the same turn. The rules of a bucket are in `buckets/rules.ts`.
 */
import { sql } from 'kysely';
import type { Tenant } from '../../deal/model/deal';
import type { BucketStore, BucketTerms } from '../buckets/bucketStore';
import { type BucketState, newBucket, nextTurn, paused, slowedDown, TURN_KEPT_MS } from '../buckets/rules';
import type { StoreDialect } from '../dialect';
import { tenantColumns } from '../records/tenancy';
import type { Db, Trx } from '../schema';

/** Bookings between two sweeps of expired turns. */
const SWEEP_EVERY = 1_000;

interface Locked {
  readonly terms: BucketTerms;
  state: BucketState;
}

export function createBucketsInPostgres(db: Db, dialect: StoreDialect): BucketStore {
  let sinceSweep = 0;

  /**
   * Relaxed, because limits begin anew after a crash of the database's machine: they are not worth a sync of the disk.
   */
  const inTransaction = <T>(work: (trx: Trx) => Promise<T>): Promise<T> =>
    dialect.relaxed(db, (one) => one.transaction().execute(work));

  async function sweep(): Promise<void> {
    sinceSweep = 0;
    await db
      .deleteFrom('bucket_turns')
      .where('at', '<', ({ eb }) => eb(dialect.nowMs, '-', TURN_KEPT_MS))
      .execute();
  }

  return {
    async book(tenant, holder, buckets) {
      if (buckets.length === 0) return 0;
      sinceSweep += 1;
      if (sinceSweep >= SWEEP_EVERY) await sweep();
      return inTransaction(async (trx) => {
        const { now, locked } = await lock(trx, tenant, buckets);
        const given = await turnsOf(trx, tenant, holder, buckets, now);
        const fresh: { readonly bucket: string; readonly at: number }[] = [];
        let at = now;
        for (const one of locked) {
          const { key } = one.terms;
          const known = given.get(key);
          const turn = known ?? takeTurn(one, now);
          if (known === undefined) fresh.push({ bucket: key, at: turn });
          at = Math.max(at, turn);
        }
        const changed = locked.filter(({ terms }) => !given.has(terms.key));
        for (const one of changed) await save(trx, tenant, one);
        if (at <= now) await forgetTurns(trx, tenant, holder, [...given.keys()]);
        else await keepTurns(trx, tenant, holder, fresh);
        return at - now;
      });
    },

    async pause(tenant, terms, ms) {
      if (ms <= 0) return;
      await inTransaction(async (trx) => {
        const { now, locked } = await lock(trx, tenant, [terms]);
        for (const one of locked) await pauseOne(trx, tenant, one, ms, now);
      });
    },

    async slowDown(tenant, terms) {
      await inTransaction(async (trx) => {
        const { now, locked } = await lock(trx, tenant, [terms]);
        for (const one of locked) {
          const slowed = slowedDown(one.state, one.terms, now);
          if (slowed === null) continue;
          one.state = slowed.state;
          await pauseOne(trx, tenant, one, slowed.pauseMs, now);
        }
      });
    },
  };
}

function takeTurn(bucket: Locked, now: number): number {
  const { at, state } = nextTurn(bucket.state, bucket.terms, now);
  bucket.state = state;
  return at;
}

/**
 * Locks the buckets' rows, and creates missing ones. Locks in the order of their keys, so that two bookings never wait
 * for each other.
 */
async function lock(
  trx: Trx,
  tenant: Tenant,
  buckets: readonly BucketTerms[],
): Promise<{ readonly now: number; readonly locked: Locked[] }> {
  const inOrder = [...buckets].sort((a, b) => (a.key < b.key ? -1 : 1));
  const rows = await trx
    .insertInto('buckets')
    .values(
      inOrder.map(({ key }) => ({
        ...tenantColumns(tenant),
        bucket: key,
        full_at: newBucket.fullAt,
        slowed_ms: null,
        slowed_at: null,
      })),
    )
    .onConflict((oc) =>
      oc.columns(['enterprise_id', 'team_id', 'bucket']).doUpdateSet(({ ref }) => ({
        full_at: ref('buckets.full_at'),
      })),
    )
    .returning(['bucket', 'full_at', 'slowed_ms', 'slowed_at'])
    .execute();
  // Reads the clock after the locks: a booking that waited for a lock is later than the one that held it.
  const { now } = await trx
    .selectNoFrom(sql<number>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`.as('now'))
    .executeTakeFirstOrThrow();
  const locked = inOrder.map((terms): Locked => {
    const row = rows.find(({ bucket }) => bucket === terms.key);
    const slowed =
      row === undefined || row.slowed_ms === null || row.slowed_at === null
        ? null
        : { intervalMs: row.slowed_ms, at: row.slowed_at };
    return { terms, state: { fullAt: row?.full_at ?? newBucket.fullAt, slowed } };
  });
  return { now, locked };
}

async function save(trx: Trx, tenant: Tenant, { terms, state }: Locked): Promise<void> {
  await trx
    .updateTable('buckets')
    .set({
      full_at: state.fullAt,
      slowed_ms: state.slowed?.intervalMs ?? null,
      slowed_at: state.slowed?.at ?? null,
    })
    .where(({ and }) => and({ ...tenantColumns(tenant), bucket: terms.key }))
    .execute();
}

async function pauseOne(trx: Trx, tenant: Tenant, bucket: Locked, ms: number, now: number): Promise<void> {
  bucket.state = paused(bucket.state, bucket.terms, ms, now);
  await save(trx, tenant, bucket);
  await trx
    .updateTable('bucket_turns')
    .set({ at: sql<number>`greatest(at, ${now}) + ${Math.ceil(ms)}` })
    .where(({ and }) => and({ ...tenantColumns(tenant), bucket: bucket.terms.key }))
    .where('at', '>', now - TURN_KEPT_MS)
    .execute();
}

async function turnsOf(
  trx: Trx,
  tenant: Tenant,
  holder: string,
  buckets: readonly BucketTerms[],
  now: number,
): Promise<ReadonlyMap<string, number>> {
  const rows = await trx
    .selectFrom('bucket_turns')
    .select(['bucket', 'at'])
    .where(({ and }) => and({ ...tenantColumns(tenant), holder }))
    .where(
      'bucket',
      'in',
      buckets.map(({ key }) => key),
    )
    .where('at', '>', now - TURN_KEPT_MS)
    .execute();
  return new Map(rows.map(({ bucket, at }) => [bucket, at]));
}

async function keepTurns(
  trx: Trx,
  tenant: Tenant,
  holder: string,
  turns: readonly { readonly bucket: string; readonly at: number }[],
): Promise<void> {
  if (turns.length === 0) return;
  await trx
    .insertInto('bucket_turns')
    .values(turns.map((turn) => ({ ...tenantColumns(tenant), holder, ...turn })))
    // Replaces an expired turn that no sweep has deleted yet.
    .onConflict((oc) =>
      oc.columns(['enterprise_id', 'team_id', 'bucket', 'holder']).doUpdateSet(({ ref }) => ({
        at: ref('excluded.at'),
      })),
    )
    .execute();
}

async function forgetTurns(trx: Trx, tenant: Tenant, holder: string, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await trx
    .deleteFrom('bucket_turns')
    .where(({ and }) => and({ ...tenantColumns(tenant), holder }))
    .where('bucket', 'in', keys)
    .execute();
}
