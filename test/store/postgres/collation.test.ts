/** Databases sort text as their administrators chose, which is seldom by code points. */
import { openStore } from '../../../src/store/open';
import { createDatabase, describeOnPostgres, onDatabase, type TestDatabase } from '../../postgres/database';
import { ACME, NOON } from '../builder';

describeOnPostgres('in a database that sorts text as English does', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase();
  });
  afterAll(() => database.drop());

  it('the last digest of a reader is found', async () => {
    const store = await openStore(database.url);
    await onDatabase(database.url, (client) =>
      client.query('alter table notices alter column id type text collate "en-x-icu"'),
    );
    for (const day of ['2026-03-02', '2026-03-09']) {
      const notice = { tenant: ACME, id: `digest:U1:${day}:week`, kind: 'digest', about: day, to: 'U1' };
      await store.work.addNotice({ ...notice, followsFrom: null }, NOON, 0);
    }
    expect(await store.work.lastNotice(ACME, 'digest:U1:')).toBe('digest:U1:2026-03-09:week');
    await store.close();
  });
});
