/** No query slows down with the number of deals: SQLite explains each statement that the store runs. */
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
} from 'kysely';
import { uncounted } from '../../../src/insights/insightOf';
import { sqliteStoreDialect } from '../../../src/store/dialect';
import { openStore } from '../../../src/store/open';
import type { Database } from '../../../src/store/schema';
import { connectSqlite } from '../../../src/store/sqlite/connectSqlite';
import type { Store } from '../../../src/store/store';
import { claimQuery } from '../../../src/store/work/claims';
import { ACME, aDeal, aSlot, commitOf, dealOf, NOON, next } from '../builder';
import { claimFirst, type TempFolder, tempFolder } from '../harness';

/** Runs every query on deals, events, slots, notices and deliveries. */
async function useAll(store: Store): Promise<void> {
  const deal = aDeal();
  await store.deals.commit(commitOf(deal, { deliveryKey: 'K' }));
  await store.deals.commit(commitOf(next(deal)));
  await store.deals.commit({ deal: next(deal), events: [], expectedRevision: 2, wakeAt: NOON });
  await store.deals.load(ACME, 'D1');
  await store.deals.events(ACME, 'D1');
  await store.deals.openOfRep(ACME, 'UREP', 5);
  await store.deals.recentlyClosedOfRep(ACME, 'UREP', 5);
  await store.deals.hasDeal(ACME, 'UREP');
  await store.deals.waitingFor(ACME, ['U1'], 5);
  await store.deals.waitingFor(ACME, ['U1', 'U2'], 5);
  await store.deals.lastManagerOfRep(ACME, 'UREP');
  await store.deals.wasAsked(ACME, 'U1', 'D1');
  await store.deals.openOfManager(ACME, 'U1', 5);
  await store.deals.openOfAll(ACME, 5);
  await store.deals.openWith(ACME, 'Acme', 5);
  await store.deals.dealOfRemark(ACME, 'D1', '1.1');
  await store.drafts.ofNoDeal(ACME, 'UREP', 'dm:');
  await store.deals.ahead(ACME, 'all', { limit: 5, offset: 0 });
  await store.deals.ahead(ACME, { reps: ['U1'], manager: 'U1' }, { limit: 5, offset: 0 });
  await store.deals.closedBefore(ACME, NOON, 5);
  await store.deals.casesAgainst(ACME, 'Contoso', 'D1');
  await store.deals.givesUsed(ACME, '2026-Q1');
  await store.work.nextDue(NOON);
  const notice = { tenant: ACME, id: 'N1', kind: 'k', about: 'C1', to: 'U1', followsFrom: null };
  await store.work.addNotice(notice, NOON, 1);
  const owner = { kind: 'notice', id: 'N1' } as const;
  await store.work.notice(ACME, owner.id);
  await store.work.suspectDuplicate(ACME, owner, 'N1', NOON);
  const claimed = await claimFirst(store);
  await store.work.slots(ACME, owner);
  await store.work.saveSlot(claimed, aSlot({ key: 'N1' }));
  await store.work.resolveIntent(ACME, owner, 'N1', 'D1', '1.1');
  await store.work.finish(claimed, 1);
  await store.work.retryAt(claimed, NOON, 'error');
  const claim = await claimFirst(store);
  await store.work.saveSlot(claim, aSlot());
  await store.work.slots(ACME, dealOf('D1'));
  await store.work.findByMessage(ACME, 'C1', '1.1');
  await store.work.resolveIntent(ACME, dealOf('D1'), 'summary', 'C1', '1.1');
  await store.work.markGone(ACME, 'C1', '1.1');
  await store.work.suspectDuplicate(ACME, dealOf('D1'), 'summary', NOON);
  await store.work.touch(ACME, 'D1');
  await store.work.retryAt(claim, NOON, 'error');
  await store.work.retryNow(ACME, NOON, 'C2');
  await store.work.retryNow(ACME, NOON);
  await store.work.finish(claim, 2);
  await store.work.park(claim, null, 'error');
  await store.work.parkedDeals(ACME, 5);
  await store.work.figures();
  await store.work.scheduled(ACME, { about: '', after: null, limit: 5 });
  await store.work.scheduled(ACME, { about: 'U1', after: 'D0', limit: 5 });
  await store.work.moveWakes(ACME, [{ id: 'D1', revision: 2, wakeAt: NOON }]);
  await store.insights.movesAgainst(ACME, 'Contoso', 'D1');
  await store.insights.behind(1, 5);
  await store.insights.writeRows(1, [{ ...uncounted('D1', 2), tenant: ACME }]);
}

describe('queries', () => {
  let folder: TempFolder;
  const statements = new Set<string>();
  beforeAll(async () => {
    folder = tempFolder();
    // A second start, so that the statements of migrations are left out.
    await (await openStore(folder.url('a.db'))).close();
    const store = await openStore(folder.url('a.db'), { onQuery: (query) => statements.add(query.sql) });
    await useAll(store);
    await store.close();
  });
  afterAll(() => folder.remove());

  interface Explained {
    readonly statement: string;
    readonly plan: readonly string[];
  }

  function explain(): Explained[] {
    const file = connectSqlite(folder.file('a.db'), { readonly: true });
    const explained = [...statements]
      .filter(
        (statement) =>
          /"(deals|events|slots|notices|deliveries|insights)"/.test(statement) &&
          !statement.startsWith('create'),
      )
      .map((statement) => {
        const parameters = Array.from({ length: statement.split('?').length - 1 }, () => null);
        const rows = file.prepare(`explain query plan ${statement}`).all(...parameters) as {
          detail: string;
        }[];
        return { statement, plan: rows.map(({ detail }) => detail) };
      });
    file.close();
    return explained;
  }

  const planOf = (part: string): string[] =>
    explain()
      .filter(({ statement }) => statement.includes(part))
      .flatMap(({ plan }) => [...plan]);

  /** Allowed scans: the CTE of a claim, a page of a person's deals, indexes that hold only waiting deals, and the count by stage, which is known to be slow. */
  const MAY_SCAN =
    /^SCAN (due\b|rep$|manager$|ask_manager$|CONSTANT ROW$|deals USING (COVERING )?INDEX deals_(dirty|set_aside|to_project)$|deals USING COVERING INDEX deals_by_stage$)/;

  it('scan no table and no index', () => {
    const explained = explain();
    expect(explained.length).toBeGreaterThan(20);
    const scanning = explained.filter(({ plan }) =>
      plan.some((step) => step.startsWith('SCAN ') && !MAY_SCAN.test(step)),
    );
    expect(scanning).toEqual([]);
  });

  it("sort nothing but the asks of several managers, and the pages of a person's deals", () => {
    const sorting = explain().filter(({ plan }) => plan.some((step) => step.includes('TEMP B-TREE')));
    for (const { statement } of sorting)
      expect(statement).toMatch(/"ask_manager" in \(\?, \?\)|"id" in \(select "id" from \(select "id"/);
  });

  it("find a person's deals that wake in the order of their ids, a page of each role", () => {
    expect(planOf(') as "rep" union ').filter((step) => step.includes('id>?'))).toEqual(
      ['rep', 'manager', 'ask_manager'].map(
        (role) =>
          `SEARCH deals USING INDEX deals_with_wake_of_${role} (enterprise_id=? AND team_id=? AND ${role}=? AND id>?)`,
      ),
    );
  });

  it('claim from the head of the index of due deals', () => {
    const plan = planOf('with "due"');
    expect(plan).toContainEqual(expect.stringMatching(/^SEARCH deals USING INDEX deals_due \(due_at<\?\)/));
    expect(plan).toContainEqual(
      expect.stringMatching(/^SEARCH deals USING INDEX .*enterprise_id=\? AND team_id=\? AND id=\?/),
    );
  });

  it('claim notices from the head of what is due', () => {
    expect(planOf('with "due"')).toContainEqual(
      expect.stringMatching(/^SEARCH notices USING INDEX notices_due \(due_at<\?\)/),
    );
  });

  it('find deals that wait for a retry by the index of due deals', () => {
    expect(planOf('"set_aside_at" is null')).toEqual([
      expect.stringMatching(/^SEARCH deals USING INDEX deals_due \(due_at>\? AND due_at<\?\)/),
    ]);
    expect(planOf('from "deals" where "lease_until" is not null')).toEqual([
      expect.stringMatching(/INDEX deals_leased/),
    ]);
  });

  it('count earlier deals with a competitor from their index alone', () => {
    expect(planOf('sum("won_minor")')).toEqual([
      expect.stringMatching(/^SEARCH deals USING COVERING INDEX deals_by_competitor/),
    ]);
  });

  it('claim with locks on a database with many writers, and skip locked rows', () => {
    const db = new Kysely<Database>({
      dialect: {
        createAdapter: () => new PostgresAdapter(),
        createDriver: () => new DummyDriver(),
        createIntrospector: (kysely) => new PostgresIntrospector(kysely),
        createQueryCompiler: () => new PostgresQueryCompiler(),
      },
    });
    const manyWriters = {
      ...sqliteStoreDialect,
      claimStrategy: 'skip_locked',
      nowMs: sql<number>`now_ms()`,
    } as const;
    const terms = { instance: 'one', now: NOON, limit: 5, leaseMs: 1_000, lease: 'L' };
    const compiled = claimQuery(db, manyWriters, terms).compile().sql;
    expect(compiled).toMatch(
      /^with "due" as \(select .* limit \$\d+ for update skip locked\) update "deals"/,
    );
    expect(claimQuery(db, sqliteStoreDialect, terms).compile().sql).not.toContain('for update');
  });
});
