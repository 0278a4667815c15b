/** Regular upkeep, independent of what people do. */
import { createHousekeeping } from '../../src/coach/housekeeping';
import { createLogger } from '../../src/log';
import { ACME, aDeal, commitOf, GLOBEX, NOON } from '../store/builder';
import { openSqliteForTest } from '../store/harness';

const MONTHS = 31 * 24 * 60 * 60_000;

it('erases old deals of a team that chose so, also after it has uninstalled the app', async () => {
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
