/** What is done now and then, whoever uses the app. */
import { createHousekeeping } from '../../src/coach/housekeeping';
import { createLogger } from '../../src/log';
import { ACME, aDeal, commitOf, GLOBEX, NOON } from '../store/builder';
import { openSqliteForTest } from '../store/harness';

const MONTHS = 31 * 24 * 60 * 60_000;

it('erases old deals where that was chosen, also once the app has left the workspace', async () => {
  const { store, dispose } = await openSqliteForTest();
  for (const tenant of [ACME, GLOBEX]) await store.deals.commit(commitOf(aDeal({ tenant, stage: 'closed' })));
  await store.workspace.saveSettings(ACME, { retentionMonths: 2 });
  expect(await store.workspace.installations()).toEqual([]);

  const logger = createLogger({ level: 'silent', pretty: false });
  await createHousekeeping({ coach: { store, clock: { now: () => NOON + 3 * MONTHS } }, logger }).round();
  expect(await store.deals.load(ACME, 'D1')).toBeNull();
  expect(await store.deals.load(GLOBEX, 'D1')).not.toBeNull();
  await dispose();
});
