/** The sweep of old deliveries, which must not disturb the commit that triggers it. */
import { Kysely } from 'kysely';
import { Client } from 'pg';
import { createSweeper } from '../../../src/store/deals/deliveries';
import { postgresStoreDialect } from '../../../src/store/dialect';
import { openStore } from '../../../src/store/open';
import { createPool } from '../../../src/store/postgres/connection';
import { LostdealPostgresDialect } from '../../../src/store/postgres/kysely';
import type { Database, Db } from '../../../src/store/schema';
import { createDatabase, describeOnPostgres, onDatabase, type TestDatabase } from '../../postgres/database';

const A_DAY_AND_MORE = 25 * 60 * 60_000;

describeOnPostgres('old deliveries', () => {
  let database: TestDatabase;
  /** Another instance, slow, in the middle of a sweep. */
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

  it('do not delay a start while another instance deletes them', async () => {
    const store = await openStore(database.url);
    await store.ping();
    await store.close();
  });

  it('never fail a commit, neither beside another instance nor on a lost database', async () => {
    const name = 'the database';
    const pool = createPool({ url: database.url, name }, { connections: 1, statementMs: 500, durable: true });
    const db = new Kysely<Database>({ dialect: new LostdealPostgresDialect(pool, name) });
    const logged: string[] = [];
    const dialect = {
      ...postgresStoreDialect,
      relaxed: <T>(_db: Db, write: (db: Db) => Promise<T>) => write(db),
    };
    const countDelivery = createSweeper(db, dialect, { info: (_details, message) => logged.push(message) });
    // One of these sweeps.
    for (let click = 0; click < 1_000; click++) await countDelivery();
    await db.destroy();
    for (let click = 0; click < 1_000; click++) await countDelivery();
    expect(logged).toEqual(['old deliveries could not be forgotten now']);
  });

  it('are deleted a part at a time, however many a day brought', async () => {
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
