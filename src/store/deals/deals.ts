/** Deals by their id and of their rep. Every query names the workspace first, as every index does. */
import { sql } from 'kysely';
import type { Deal, Tenant } from '../../deal/model/deal';
import type { StoreDialect } from '../dialect';
import { STORE_ERRORS, StoreError } from '../errors';
import type { StoreLogger } from '../openOptions';
import { companyKey } from '../records/companyKey';
import { readDeal } from '../records/dealJson';
import { readEvent } from '../records/eventJson';
import { readRemark } from '../records/remarkRow';
import { dealKey, ofDeal, tenantColumns } from '../records/tenancy';
import type { Db, Flag } from '../schema';
import { readCases } from './cases';
import { createCommit, type RunCommit } from './commit';
import type { DealsStore } from './dealsStore';
import { createSweeper } from './deliveries';
import { createDealListsStore, type ReadDeals } from './lists';
import { createParsedDeals } from './parsedDeals';
import { prepared } from './prepared';

export function createDealsStore(
  db: Db,
  dialect: StoreDialect,
  runCommit: RunCommit,
  logger?: StoreLogger,
): DealsStore {
  const parsed = createParsedDeals();
  const read = readableDeals(logger);
  const commit = createCommit(db, dialect, runCommit);
  const countDelivery = createSweeper(db, dialect, logger);
  // The state travels only when the remembered deal is of another revision.
  const stateUnless = prepared(({ known, ...key }: ReturnType<typeof dealKey> & { readonly known: number }) =>
    db
      .selectFrom('deals')
      .select(({ eb, ref }) => [
        'id',
        'team_id',
        'state_format',
        eb.case().when('revision', '=', known).then(null).else(ref('state')).end().as('state'),
      ])
      .where(({ and }) => and(key)),
  );
  const openOfAccount = prepared(
    ({
      limit,
      ...key
    }: ReturnType<typeof tenantColumns> & { readonly account_key: string; readonly limit: number }) =>
      stored()
        .select('updated_at')
        .where(({ and }) => and(key))
        // Word for word as in the index `deals_of_account`, so that the planner uses it.
        .where(sql<boolean>`is_open = 1`)
        .limit(limit),
  );
  const anyOfRep = prepared((key: ReturnType<typeof tenantColumns> & { readonly rep: string }) =>
    db
      .selectFrom('deals')
      .select('id')
      .where(({ and }) => and(key))
      .limit(1),
  );
  const managerOfRep = prepared((key: ReturnType<typeof tenantColumns> & { readonly rep: string }) =>
    db
      .selectFrom('deals')
      .select('manager')
      .where(({ and }) => and(key))
      .where('manager', 'is not', null)
      .orderBy('started_at', 'desc')
      .limit(1),
  );
  const stored = () => db.selectFrom('deals').select(['id', 'team_id', 'state_format', 'state']);

  /** In the order of the index `deals_of_rep`. */
  async function ofRep(tenant: Tenant, rep: string, isOpen: Flag, limit: number): Promise<Deal[]> {
    const rows = await stored()
      .where(({ and }) => and({ ...tenantColumns(tenant), rep, is_open: isOpen }))
      .orderBy('updated_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
    return read(rows);
  }

  return {
    ...createDealListsStore(db, read),

    async load(tenant, id) {
      const known = parsed.find(tenant, id);
      const query = stateUnless({ ...dealKey(tenant, id), known: known?.revision ?? 0 });
      const [row] = await dialect.read(db, query);
      if (row === undefined) return null;
      if (row.state === null) return known;
      const deal = readDeal({ ...row, state: row.state });
      parsed.remember(deal);
      return deal;
    },

    async events(tenant, id) {
      const rows = await db
        .selectFrom('events')
        .select(['deal_id', 'seq', 'body'])
        .where(({ and }) => and(ofDeal(tenant, id)))
        .orderBy('seq')
        .execute();
      return rows.map(readEvent);
    },

    async remark(tenant, id, channel, ts) {
      const row = await db
        .selectFrom('remarks')
        .selectAll()
        .where(({ and }) => and({ ...ofDeal(tenant, id), channel, ts }))
        .executeTakeFirst();
      return row === undefined ? null : readRemark(row);
    },

    async dealOfRemark(tenant, channel, ts) {
      const row = await db
        .selectFrom('remarks')
        .select('deal_id')
        .where(({ and }) => and({ ...tenantColumns(tenant), channel, ts }))
        .limit(1)
        .executeTakeFirst();
      return row?.deal_id ?? null;
    },

    async remarks(tenant, id, ids) {
      if (ids?.length === 0) return [];
      const rows = await db
        .selectFrom('remarks')
        .selectAll()
        .where(({ and }) => and(ofDeal(tenant, id)))
        .$if(ids !== undefined, (query) => query.where('id', 'in', ids ?? []))
        .orderBy('id')
        .execute();
      return rows.map(readRemark);
    },

    async commit(asked) {
      const result = await commit(asked);
      if (result !== 'committed') return result;
      parsed.remember(asked.deal);
      if (asked.deliveryKey !== undefined) await countDelivery();
      return result;
    },

    openOfRep: (tenant, rep, limit) => ofRep(tenant, rep, 1, limit),

    recentlyClosedOfRep: (tenant, rep, limit) => ofRep(tenant, rep, 0, limit),

    async hasDeal(tenant, rep) {
      return (await dialect.read(db, anyOfRep({ ...tenantColumns(tenant), rep }))).length > 0;
    },

    async openWith(tenant, account, limit) {
      const account_key = companyKey(account);
      if (account_key === null) return [];
      const rows = await dialect.read(db, openOfAccount({ ...tenantColumns(tenant), account_key, limit }));
      // Sorted here: for an order in SQL, SQLite walks through all open deals by another index.
      return read(rows.toSorted((a, b) => Number(b.updated_at) - Number(a.updated_at)));
    },

    async waitingFor(tenant, managers, limit) {
      if (managers.length === 0) return [];
      // The database sorts the deals of several managers, which are a handful, because asks end by themselves.
      const rows = await stored()
        .where(({ and }) => and(tenantColumns(tenant)))
        .where('ask_manager', 'in', managers)
        .orderBy('ask_deadline')
        .orderBy('id')
        .limit(limit)
        .execute();
      return read(rows);
    },

    async lastManagerOfRep(tenant, rep) {
      const [row] = await dialect.read(db, managerOfRep({ ...tenantColumns(tenant), rep }));
      return row?.manager ?? null;
    },

    async givesUsed(tenant, quarter) {
      const rows = await db
        .selectFrom('gives_used')
        .select(['give_id', 'used'])
        .where(({ and }) => and({ ...tenantColumns(tenant), quarter }))
        .execute();
      return new Map(rows.map(({ give_id, used }) => [give_id, Number(used)]));
    },

    async wasAsked(tenant, manager, except) {
      const row = await db
        .selectFrom('deals')
        .select('id')
        .where(({ and }) => and({ ...tenantColumns(tenant), manager, was_asked: 1 }))
        .where('id', '!=', except)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    casesAgainst: (tenant, competitor, except) => readCases(db, tenant, competitor, except),
  };
}

/** Leaves out deals that cannot be read: one broken record must not hide the others, which admins need most. */
export function readableDeals(logger: StoreLogger | undefined): ReadDeals {
  return (rows) =>
    rows.flatMap((row) => {
      try {
        return [readDeal(row)];
      } catch (error) {
        if (!(error instanceof StoreError) || error.code !== STORE_ERRORS.UNREADABLE) throw error;
        const deal = { deal: row.id, team: row.team_id, err: error };
        logger?.warn?.(deal, 'a deal cannot be read and is left out of a list');
        return [];
      }
    });
}
