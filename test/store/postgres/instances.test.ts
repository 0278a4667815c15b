/** Several instances on one PostgreSQL database. Each store here stands for one process. */
import { openStore } from '../../../src/store/open';
import type { Change, Claim, Store } from '../../../src/store/store';
import {
  createDatabase,
  describeOnPostgres,
  emptyTables,
  onDatabase,
  type TestDatabase,
} from '../../postgres/database';
import { ACME, aDeal, aSlot, commitOf, dealOf, GLOBEX, NOON, next } from '../builder';
import { claimFirst, codeOf, until } from '../harness';

/** `MIGRATION_LOCK` of `postgres/open.ts`. */
const MIGRATION_LOCK = 0x6c6f7374;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describeOnPostgres('instances that share a database', () => {
  let database: TestDatabase;
  let one: Store;
  let two: Store;
  beforeAll(async () => {
    database = await createDatabase();
    one = await openStore(database.url);
    two = await openStore(database.url);
  });
  beforeEach(() => emptyTables(database.url));
  afterAll(async () => {
    await Promise.all([one.close(), two.close()]);
    await database.drop();
  });

  it('say so', () => {
    expect(one.instances).toBe('many');
  });

  it('claim each deal once, however many claim at the same moment', async () => {
    for (let index = 0; index < 60; index += 1) await one.deals.commit(commitOf(aDeal({ id: `D${index}` })));
    const claims: Claim[] = [];
    for (;;) {
      const round = await Promise.all(
        [one, two, one, two, one, two].map((store, index) =>
          store.work.claim(`owner ${index}`, NOON, 4, MINUTE),
        ),
      );
      // A claim skips rows that another claim has locked, so a round may leave some.
      if (round.flat().length === 0) break;
      claims.push(...round.flat());
    }
    expect(claims).toHaveLength(60);
    expect(new Set(claims.map(({ owner }) => owner.id)).size).toBe(60);
  });

  it('skip a deal that another instance is claiming, and do not wait for it', async () => {
    await one.deals.commit(commitOf(aDeal()));
    await one.deals.commit(commitOf(aDeal({ id: 'D2' })));
    await onDatabase(database.url, async (taking) => {
      await taking.query("begin; select 1 from deals where id = 'D1' for update");
      expect((await two.work.claim('two', NOON, 5, MINUTE)).map(({ owner }) => owner.id)).toEqual(['D2']);
      await taking.query('rollback');
    });
  });

  it('write only while they hold the lease', async () => {
    await one.deals.commit(commitOf(aDeal()));
    const lost = await claimFirst(one, 'one', NOON, 0);
    const taken = await until(async () => (await two.work.claim('two', NOON, 1, MINUTE))[0]);
    expect(await one.work.saveSlot(lost, aSlot())).toBe(false);
    expect(await one.work.finish(lost, 1)).toBe(false);
    expect(await one.work.park(lost, null, 'late')).toBe(false);
    expect(await two.work.saveSlot(taken, aSlot({ ts: '2.2' }))).toBe(true);
    expect(await one.work.slots(ACME, dealOf('D1'))).toMatchObject([{ ts: '2.2' }]);
  });

  it.each([
    ['a day behind', -DAY],
    ['a day ahead', DAY],
  ])('keep to the leases of each other when the clock of one is %s', async (_, offBy) => {
    const spy = jest
      .spyOn(Date, 'now')
      .mockImplementation(() => Math.round(performance.timeOrigin + performance.now()) + offBy);
    try {
      await one.deals.commit(commitOf(aDeal()));
      const [claim] = await one.work.claim('wrong clock', Date.now(), 1, MINUTE);
      expect(claim?.owner.id).toBe('D1');
      spy.mockRestore();
      expect(await two.work.claim('right clock', Date.now(), 1, MINUTE)).toEqual([]);
      expect(await two.work.nextDue()).toBeNull();

      // The other way round: it leaves a valid lease alone, and claims an expired one.
      if (claim === undefined || !(await one.work.finish(claim, 1))) throw new Error('not finished');
      await one.work.touch(ACME, 'D1');
      await two.work.claim('right clock', NOON, 1, MINUTE);
      expect(await one.work.claim('wrong clock', Date.now() + offBy, 1, MINUTE)).toEqual([]);
      await onDatabase(database.url, (client) =>
        client.query('update deals set lease_until = lease_until - 60000'),
      );
      expect(await one.work.claim('wrong clock', Date.now() + offBy, 1, MINUTE)).toHaveLength(1);
    } finally {
      spy.mockRestore();
    }
  });

  it('commit one of two changes made at the same moment, and one of two identical deliveries', async () => {
    const first = aDeal();
    await one.deals.commit(commitOf(first));
    const changes = await Promise.all(
      [one, two].map((store, index) => store.deals.commit(commitOf(next(first, { account: `by ${index}` })))),
    );
    expect(changes.sort()).toEqual(['committed', 'conflict']);

    const second = next(first);
    const deliveries = await Promise.all(
      [one, two, one, two].map((store) => store.deals.commit(commitOf(next(second), { deliveryKey: 'K1' }))),
    );
    expect(deliveries.sort()).toEqual(['committed', 'duplicate', 'duplicate', 'duplicate']);
    expect(await two.deals.events(ACME, 'D1')).toHaveLength(3);
  });

  it('receive changes of other instances, and not their own', async () => {
    const heard: Change[] = [];
    const own: Change[] = [];
    const stops = [two.changes((change) => heard.push(change)), one.changes((change) => own.push(change))];
    const has = (wanted: Change) =>
      until(async () => heard.find((change) => JSON.stringify(change) === JSON.stringify(wanted)));

    await one.deals.commit(commitOf(aDeal()));
    await has({ what: 'deal', tenant: ACME, dealId: 'D1' });
    await one.work.touch(GLOBEX, 'D7');
    await has({ what: 'deal', tenant: GLOBEX, dealId: 'D7' });
    await one.workspace.saveSettings(ACME, { anything: 1 });
    await has({ what: 'workspace', tenant: ACME });

    await one.work.saveSlot(await claimFirst(one), aSlot());
    heard.length = 0;
    await one.work.markGone(ACME, 'C1', '1.1');
    await has({ what: 'deal', tenant: ACME, dealId: 'D1' });
    // Neither a conflict nor a moved wake is announced. Announcements arrive in order, so the next one proves it.
    heard.length = 0;
    await one.deals.commit(commitOf(aDeal()));
    await one.deals.commit({ deal: aDeal(), events: [], expectedRevision: 1, wakeAt: NOON });
    await one.work.touch(GLOBEX, 'last');
    await has({ what: 'deal', tenant: GLOBEX, dealId: 'last' });
    expect(heard).toHaveLength(1);
    expect(own).toEqual([]);
    for (const stop of stops) stop();
  });

  it('share rate limits', async () => {
    const posts = { key: 'posts', intervalMs: DAY, burst: 3 };
    const waits = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        (index % 2 === 0 ? one : two).buckets.book(ACME, `h${index}`, [posts]),
      ),
    );
    expect(waits.filter((wait) => wait === 0)).toHaveLength(3);
    // Another instance that asks for the same holder gets the same turn.
    const holder = waits.findIndex((wait) => wait > 0 && wait <= DAY);
    expect(await one.buckets.book(ACME, `h${holder}`, [posts])).toBeLessThanOrEqual(DAY);
    expect(await two.buckets.book(ACME, `h${holder}`, [posts])).toBeLessThanOrEqual(DAY);
  });
});

describeOnPostgres('a new release', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createDatabase();
  });
  afterEach(() => database.drop());

  it('brings the database up to date once, though all its instances start at the same moment', async () => {
    const info = jest.fn();
    const stores = await Promise.all([1, 2, 3, 4].map(() => openStore(database.url, { logger: { info } })));
    const logged = info.mock.calls.filter(([, message]) => message === 'database brought up to date');
    expect(logged).toHaveLength(1);
    await stores[0]?.deals.commit(commitOf(aDeal()));
    expect(await stores[3]?.deals.load(ACME, 'D1')).toMatchObject({ id: 'D1', revision: 1 });
    await Promise.all(stores.map((store) => store.close()));
  });

  it('waits while another instance migrates, and says so', async () => {
    await onDatabase(database.url, async (other) => {
      await other.query(`select pg_advisory_lock(${MIGRATION_LOCK})`);
      const info = jest.fn();
      const opening = openStore(database.url, { logger: { info } });
      await until(async () => info.mock.calls[0]);
      expect(info.mock.calls).toEqual([
        [{}, 'another instance brings the database up to date; waiting for it'],
      ]);
      await other.query(`select pg_advisory_unlock(${MIGRATION_LOCK})`);
      await (await opening).close();
    });
  });

  it('is needed again by a database that it has written', async () => {
    await (await openStore(database.url)).close();
    await onDatabase(database.url, (client) =>
      client.query("insert into lostdeal_migrations (version, name, applied_at) values (99, 'future', 0)"),
    );
    const opening = openStore(database.url);
    expect(await codeOf(opening)).toBe('store_newer');
    await expect(opening).rejects.toThrow(/its format is 99, this version knows up to \d+/);
  });
});
