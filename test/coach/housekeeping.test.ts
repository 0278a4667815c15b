/** Regular upkeep, independent of what people do. */
import { createHousekeeping } from '../../src/coach/housekeeping';
import { createLogger } from '../../src/log';
import { ACME, aDeal, commitOf, GLOBEX, NOON } from '../store/builder';
import { openSqliteForTest } from '../store/harness';
import { practice } from '../store/suite/practices';

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

it('forgets practice calls after 90 days', async () => {
  const { store, dispose } = await openSqliteForTest();
  await store.practices.save(practice(), 0);
  const logger = createLogger({ level: 'silent', pretty: false });
  const roundAfter = (days: number) =>
    createHousekeeping({
      coach: { store, clock: { now: () => NOON + days * 24 * 60 * 60_000 } },
      logger,
    }).round();
  await roundAfter(89);
  expect(await store.practices.load(ACME, 'UREP', 'P1')).not.toBeNull();
  await roundAfter(91);
  expect(await store.practices.load(ACME, 'UREP', 'P1')).toBeNull();
  await dispose();
});

describe('a workspace that uninstalled the app', () => {
  const DAY = 24 * 60 * 60_000;
  const installation = {
    tenant: ACME,
    botToken: 'xoxb-1',
    botId: 'B1',
    botUserId: 'UBOT',
    appId: 'A1',
    teamName: 'Acme',
    channel: null,
  };

  async function world() {
    const opened = await openSqliteForTest();
    const { store } = opened;
    for (const tenant of [ACME, GLOBEX]) await store.deals.commit(commitOf(aDeal({ tenant })));
    await store.workspace.saveInstallation(installation);
    await store.workspace.deleteInstallation(ACME, NOON);
    let now = NOON;
    const lines: string[] = [];
    const logger = createLogger({ level: 'info', pretty: false }, { write: (line) => lines.push(line) });
    const housekeeping = createHousekeeping({ coach: { store, clock: { now: () => now } }, logger });
    return {
      ...opened,
      said: () => lines.splice(0).map((line) => (JSON.parse(line) as { msg: string }).msg),
      roundAfter: async (days: number) => {
        now = NOON + days * DAY;
        await housekeeping.round();
      },
    };
  }

  it('is erased 30 days later, and the log says so the day before, once', async () => {
    const { store, dispose, said, roundAfter } = await world();
    await roundAfter(28.9);
    expect(said()).toEqual([]);
    await roundAfter(29.1);
    await roundAfter(29.2);
    expect(said()).toEqual([
      'a workspace that uninstalled the app is erased within a day unless it installs it again',
    ]);
    expect(await store.deals.load(ACME, 'D1')).not.toBeNull();
    await roundAfter(30);
    expect(said()).toEqual(['a workspace that uninstalled the app was erased']);
    expect(await store.deals.load(ACME, 'D1')).toBeNull();
    expect(await store.deals.load(GLOBEX, 'D1')).not.toBeNull();
    expect(await store.workspace.uninstalled()).toEqual([]);
    await dispose();
  });

  it('keeps everything when it installs the app again', async () => {
    const { store, dispose, said, roundAfter } = await world();
    await store.workspace.saveInstallation(installation);
    await roundAfter(31);
    expect(said()).toEqual([]);
    expect(await store.workspace.eraseUninstalled(ACME, NOON)).toBeNull();
    expect(await store.deals.load(ACME, 'D1')).not.toBeNull();
    expect(await store.workspace.installations()).toEqual([installation]);
    await dispose();
  });
});
