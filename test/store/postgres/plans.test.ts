/** No query on PostgreSQL has to read all deals: each has an index that it may use. */
import { uncounted } from '../../../src/insights/insightOf';
import { openStore } from '../../../src/store/open';
import type { Store } from '../../../src/store/store';
import { EVERYBODY } from '../../../src/store/work/sweeps';
import { createDatabase, describeOnPostgres, onDatabase, type TestDatabase } from '../../postgres/database';
import { ACME, aDeal, commitOf, dealOf, NOON, next } from '../builder';
import { claimFirst } from '../harness';

async function useAll(store: Store): Promise<void> {
  const deal = aDeal();
  await store.deals.commit(commitOf(deal, { deliveryKey: 'K' }));
  await store.deals.commit(commitOf(next(deal), { deliveryKey: 'K2' }));
  await store.deals.commit({ deal: next(deal), events: [], expectedRevision: 2, wakeAt: NOON });
  await store.deals.load(ACME, 'D1');
  await store.deals.events(ACME, 'D1');
  await store.deals.openOfRep(ACME, 'UREP', 5);
  await store.deals.recentlyClosedOfRep(ACME, 'UREP', 5);
  await store.deals.waitingFor(ACME, ['U1', 'U2'], 5);
  await store.deals.lastManagerOfRep(ACME, 'UREP');
  await store.work.nextDue(NOON);
  const notice = { tenant: ACME, id: 'N1', kind: 'k', about: 'C1', to: 'U1', followsFrom: null };
  await store.work.addNotice(notice, NOON, 1);
  const owner = { kind: 'notice', id: 'N1' } as const;
  await store.work.notice(ACME, owner.id);
  await store.work.suspectDuplicate(ACME, owner, 'N1', NOON);
  const claimed = await claimFirst(store);
  await store.work.slots(ACME, owner);
  await store.work.resolveIntent(ACME, owner, 'N1', 'D1', '1.1');
  await store.work.finish(claimed, 1);
  await store.work.retryAt(claimed, NOON, 'error');
  const claim = await claimFirst(store);
  await store.work.slots(ACME, dealOf('D1'));
  await store.work.findByMessage(ACME, 'C1', '1.1');
  await store.work.resolveIntent(ACME, dealOf('D1'), 'summary', 'C1', '1.1');
  await store.work.markGone(ACME, 'C1', '1.1');
  await store.work.suspectDuplicate(ACME, dealOf('D1'), 'summary', NOON);
  await store.work.touch(ACME, 'D1');
  await store.work.park(claim, null, 'error');
  await store.work.parkedDeals(ACME, 5);
  await store.work.finish(claim, 2);
  await useSweeps(store);
  await store.insights.movesAgainst(ACME, 'Contoso', 'D1');
  await store.insights.behind(1, 5);
  await store.insights.writeRows(1, [{ ...uncounted('D1', 2), tenant: ACME }]);
  await store.buckets.book(ACME, 'h', [{ key: 'C1', intervalMs: 1, burst: 1 }]);
  await store.buckets.pause(ACME, { key: 'C1', intervalMs: 1, burst: 1 }, 1);
}

/** What a change of settings, a person or a channel does to many deals. */
async function useSweeps(store: Store): Promise<void> {
  await store.deals.commit(commitOf(aDeal({ id: 'D2' }), { wakeAt: NOON }));
  const claims = await store.work.claim('two', NOON, 5, 60_000);
  const claim = claims.find(({ owner }) => owner.id === 'D2');
  if (claim === undefined) throw new Error('the deal was not claimed');
  await store.work.saveSlot(claim, {
    key: 'summary',
    channel: 'C1',
    ts: '1.1',
    hash: 'h',
    state: 'posted',
    intentAt: null,
    lookups: 0,
    shows: { revision: 1, privacy: 'full' },
  });
  await store.work.scheduled(ACME, { about: EVERYBODY, after: null, limit: 5 });
  await store.work.scheduled(ACME, { about: 'UREP', after: 'D1', limit: 5 });
  await store.work.moveWakes(ACME, [{ id: 'D2', revision: 1, wakeAt: NOON }]);
  const { deals } = await store.work.rewriteThreads(ACME, 'C1', { before: null, limit: 5 });
  expect(deals).toEqual(['D2']);
  await store.work.rewriteThreads(ACME, 'C1', { before: '1.2', limit: 5 });
  await store.work.stillDirty(ACME, deals);
  const known = { channel: 'C1', isPrivate: true, isShared: false, fetchedAt: NOON };
  await store.workspace.saveChannel(ACME, known);
  await store.workspace.saveChannel(ACME, { ...known, isShared: true });
  await store.workspace.channelsToAsk(NOON + 1, 5);
}

const TABLES = 'deals|events|slots|notices|deliveries|bucket_turns|channels|insights';

describeOnPostgres('queries on PostgreSQL', () => {
  let database: TestDatabase;
  const statements = new Set<string>();
  beforeAll(async () => {
    database = await createDatabase();
    // A second start, so that the statements of migrations are left out.
    await (await openStore(database.url)).close();
    const store = await openStore(database.url, { onQuery: ({ sql }) => statements.add(sql) });
    await useAll(store);
    await store.close();
  });
  afterAll(() => database.drop());

  it('find deals, events, messages, deliveries, turns and channels by an index', async () => {
    const asked = [...statements].filter(
      (sql) => /\$1/.test(sql) && new RegExp(`\\b(${TABLES})\\b`).test(sql),
    );
    expect(asked.length).toBeGreaterThan(20);
    const scanning = await onDatabase(database.url, async (client) => {
      // Makes sequential scans expensive, because PostgreSQL prefers them for a few rows. Generic plans fit any parameters.
      await client.query('set enable_seqscan = off; set plan_cache_mode = force_generic_plan');
      const found: string[] = [];
      for (const [index, sql] of asked.entries()) {
        const count = Math.max(...[...sql.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)));
        await client.query(`prepare asked_${index} as ${sql}`);
        const { rows } = await client.query<{ 'QUERY PLAN': string }>(
          `explain execute asked_${index} (${Array.from({ length: count }, () => 'null').join(', ')})`,
        );
        const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
        if (new RegExp(`Seq Scan on (${TABLES})\\b`).test(plan)) found.push(`${sql}\n${plan}`);
      }
      return found;
    });
    expect(scanning).toEqual([]);
  });
});
