import { openStore } from '../../src/store/open';
import { createDatabase, describeOnPostgres, emptyTables, type TestDatabase } from '../postgres/database';
import { storeSuite } from './storeSuite';

describeOnPostgres('with a server', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase();
  });
  afterAll(() => database.drop());

  storeSuite('PostgreSQL', async () => {
    await emptyTables(database.url);
    const store = await openStore(database.url);
    return { store, dispose: () => store.close() };
  });
});
