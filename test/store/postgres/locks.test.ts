/** Instances that write to one deal at the same moment wait for each other, and never deadlock. */
import { openStore } from '../../../src/store/open';
import { createDatabase, describeOnPostgres, onDatabase, type TestDatabase } from '../../postgres/database';
import { ACME, aDeal, aSlot, commitOf, dealOf } from '../builder';
import { claimFirst, until } from '../harness';

describeOnPostgres('a message that somebody deletes during a pass', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase();
  });
  afterAll(() => database.drop());

  it('is marked gone once the other instance has written', async () => {
    const store = await openStore(database.url);
    await store.deals.commit(commitOf(aDeal()));
    const claim = await claimFirst(store);
    const slot = aSlot({ state: 'posted', channel: 'C1', ts: '1.1', intentAt: null });
    await store.work.saveSlot(claim, slot);

    await onDatabase(database.url, async (other) => {
      // Locks the deal and then writes the slot, as `saveSlot` does.
      await other.query('begin');
      await other.query('select from deals for update');
      const gone = store.work.markGone(ACME, 'C1', '1.1');
      await until(() =>
        onDatabase(database.url, async (client) => {
          const { rows } = await client.query('select from pg_locks where not granted');
          return rows[0];
        }),
      );
      await other.query("update slots set hash = 'shown'");
      await other.query('commit');
      await gone;
    });
    expect(await store.work.slots(ACME, dealOf('D1'))).toEqual([{ ...slot, hash: 'shown', state: 'gone' }]);
    await store.close();
  });
});
