/** The store and its callers while a PostgreSQL server is lost and returns. */
import { openStore } from '../../src/store/open';
import type { Change, Store } from '../../src/store/store';
import { createDatabase, describeOnPostgres, onDatabase, type TestDatabase } from '../postgres/database';
import { type DatabaseProxy, proxyTo } from '../postgres/proxy';
import { ACME, aDeal, commitOf, NOON, next } from '../store/builder';
import { codeOf, until } from '../store/harness';

describeOnPostgres('a database that is lost', () => {
  let database: TestDatabase;
  let proxy: DatabaseProxy;
  let store: Store;
  beforeEach(async () => {
    database = await createDatabase();
    proxy = await proxyTo(database.url);
    store = await openStore(proxy.url);
  });
  afterEach(async () => {
    await proxy.restore();
    await store.close();
    await proxy.close();
    await database.drop();
  });

  const succeeds = (work: () => Promise<unknown>) => () =>
    work().then(
      () => true,
      () => null,
    );

  it.each([
    ['was stopped', () => proxy.refuse()],
    ['stops answering', async () => proxy.swallow()],
  ])(
    'because it %s fails each query with words and without a change, and serves again when it returns',
    async (_, lose) => {
      const first = aDeal();
      await store.deals.commit(commitOf(first));
      await lose();

      // Several at once, to hit connections in use, idle ones and new ones.
      const failures = await Promise.all([
        codeOf(store.deals.commit(commitOf(next(first, { account: 'Not kept' }), { deliveryKey: 'K1' }))),
        codeOf(store.deals.load(ACME, 'D1')),
        codeOf(store.work.claim('one', NOON, 1, 60_000)),
        codeOf(store.buckets.book(ACME, 'a', [{ key: 'C1', intervalMs: 1_000, burst: 1 }])),
        codeOf(store.ping()),
      ]);
      expect(new Set(failures)).toEqual(new Set(['store_unreachable']));
      await expect(store.ping()).rejects.toThrow(
        /The PostgreSQL database \w+ on 127\.0\.0\.1:\d+ does not answer/,
      );

      await proxy.restore();
      await until(succeeds(() => store.ping()));
      expect(await store.deals.load(ACME, 'D1')).toMatchObject({ revision: 1, account: first.account });
      expect(await store.deals.commit(commitOf(next(first), { deliveryKey: 'K1' }))).toBe('committed');
    },
  );

  it('that is lost in the middle of a commit leaves the deal changed once, also after a retry', async () => {
    await store.deals.commit(commitOf(aDeal()));
    // A lock on the deal's row keeps the commit open until the connection breaks.
    await onDatabase(database.url, async (other) => {
      await other.query('begin');
      await other.query('select 1 from deals for update');
      const committing = codeOf(store.deals.commit(commitOf(next(aDeal()), { deliveryKey: 'K1' })));
      await until(async () => {
        const { rows } = await other.query(
          "select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
        );
        return rows[0];
      });
      await proxy.refuse();
      expect(await committing).toBe('store_unreachable');
      await other.query('rollback');
    });
    await proxy.restore();
    await until(succeeds(() => store.ping()));
    // The server may or may not have noticed that the client is gone.
    const again = await store.deals.commit(commitOf(next(aDeal()), { deliveryKey: 'K1' }));
    expect(['committed', 'duplicate']).toContain(again);
    expect(await store.deals.events(ACME, 'D1')).toHaveLength(2);
    expect(await store.deals.load(ACME, 'D1')).toMatchObject({ revision: 2 });
  });

  it('that returns is listened to again, and instances look for changes that they missed', async () => {
    const heard: Change[] = [];
    const stop = store.changes((change) => heard.push(change));
    const other = await openStore(database.url);
    await proxy.refuse();
    await other.deals.commit(commitOf(aDeal()));
    await proxy.restore();
    await until(async () => heard.find(({ what }) => what === 'anything'));

    await other.deals.commit(commitOf(next(aDeal())));
    await until(async () => heard.find(({ what }) => what === 'deal'));
    expect(heard).toEqual([{ what: 'anything' }, { what: 'deal', tenant: ACME, dealId: 'D1' }]);
    stop();
    await other.close();
  });

  it('that is lost at the start is waited for on request, and the log says so', async () => {
    await proxy.refuse();
    expect(await codeOf(openStore(proxy.url))).toBe('store_unreachable');

    const said: string[] = [];
    const logger = { info: () => undefined, warn: (_: object, message: string) => said.push(message) };
    const opening = openStore(proxy.url, { logger, waitForServer: new AbortController().signal });
    await until(async () => said[0]);
    expect(said[0]).toMatch(
      /^The PostgreSQL database \w+ on 127\.0\.0\.1:\d+ does not answer; waiting for it$/,
    );
    await proxy.restore();
    await (await opening).close();
  });

  it('that is lost at the start is not waited for after a stop', async () => {
    await proxy.refuse();
    const giveUp = new AbortController();
    const warned: string[] = [];
    const logger = { info: () => undefined, warn: (_: object, message: string) => warned.push(message) };
    const opening = openStore(proxy.url, { logger, waitForServer: giveUp.signal });
    await until(async () => warned[0]);
    giveUp.abort(new Error('stopping'));
    await expect(opening).rejects.toThrow('stopping');
  });

  it('does not block a stop', async () => {
    await store.deals.commit(commitOf(aDeal()));
    proxy.swallow();
    await store.close();
    await store.close();
  });

  it('that refuses our user is an error at once', async () => {
    const name = `guest_${new URL(database.url).pathname.slice(-8)}`;
    await onDatabase(database.url, (client) => client.query(`create role ${name} nologin`));
    const asGuest = new URL(proxy.url);
    asGuest.username = name;
    const elsewhere = new URL(proxy.url);
    elsewhere.pathname = '/nowhere';
    const waitForServer = new AbortController().signal;

    const refused = openStore(asGuest.href, { waitForServer });
    expect(await codeOf(refused)).toBe('store_refused');
    await expect(refused).rejects.toThrow('does not let us in');
    const unknown = openStore(elsewhere.href, { waitForServer });
    expect(await codeOf(unknown)).toBe('store_refused');
    await expect(unknown).rejects.toThrow('The PostgreSQL database nowhere');
    await expect(unknown).rejects.toThrow('no database of that name');
    await onDatabase(database.url, (client) => client.query(`drop role ${name}`));
  });
});
