/** Old deliveries are forgotten in passing; whoever happens to pay for it must not notice. */
import { Client } from 'pg';
import { openStore } from '../../../src/store/open';
import { createDatabase, describeOnPostgres, onDatabase, type TestDatabase } from '../../postgres/database';
import { aDeal, commitOf, next } from '../builder';

const A_DAY_AND_MORE = 25 * 60 * 60_000;

describeOnPostgres('deliveries of before yesterday', () => {
  let database: TestDatabase;
  /** Another instance that forgets them too, and is slow. */
  let other: Client;
  beforeEach(async () => {
    database = await createDatabase();
    await (await openStore(database.url)).close();
    await old(database.url, 20);
    other = new Client({ connectionString: database.url });
    await other.connect();
    await other.query('begin');
    await other.query('delete from deliveries');
  });
  afterEach(async () => {
    await other.end();
    await database.drop();
  });

  const old = (url: string, count: number) =>
    onDatabase(url, (client) =>
      client.query(
        `insert into deliveries (enterprise_id, team_id, delivery_key, received_at)
         select '', 'TACME', 'old' || n, $1 from generate_series(1, $2::int) as n`,
        [Date.now() - A_DAY_AND_MORE, count],
      ),
    );

  it('are not waited for at a start', async () => {
    const store = await openStore(database.url);
    await store.ping();
    await store.close();
  });

  it('take nothing back that was saved', async () => {
    const store = await openStore(database.url);
    let deal = aDeal();
    await store.deals.commit(commitOf(deal));
    // Somewhere among these it is time to forget.
    for (let click = 0; click < 1_001; click++) {
      deal = next(deal);
      const result = await store.deals.commit(commitOf(deal, { deliveryKey: `click ${click}` }));
      expect(result).toBe('committed');
    }
    await store.close();
  });

  it('are forgotten a part at a time, however many a day brought', async () => {
    await other.query('commit');
    await old(database.url, 12_000);
    const left = () =>
      onDatabase(database.url, async (client) => {
        const { rows } = await client.query<{ left: number }>('select count(*)::int as left from deliveries');
        return rows[0]?.left;
      });
    await (await openStore(database.url)).close();
    expect(await left()).toBe(7_000);
    await (await openStore(database.url)).close();
    await (await openStore(database.url)).close();
    expect(await left()).toBe(0);
  });
});
