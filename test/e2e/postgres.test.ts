/** The app on PostgreSQL, and people's view while the database is away. */
import { startSandbox } from 'slack-sandbox';
import { beginCall } from '../../scripts/play';
import { WORKSPACE } from '../../scripts/workspace';
import { readConfig } from '../../src/config';
import { createLogger } from '../../src/log';
import { type Lostdeal, startLostdeal } from '../../src/lostdeal';
import { freePort } from '../freePort';
import { createDatabase, describeOnPostgres, type TestDatabase } from '../postgres/database';
import { type DatabaseProxy, proxyTo } from '../postgres/proxy';
import { LOST_DEALS, saying } from './support/shortcuts';
import { until } from './support/until';
import { startWorld, type World } from './support/world';

const NOT_SAVED = /That didn't save\. Your words are still here, try again\. \(reference [0-9a-f]{8}\)/u;

describeOnPostgres('on PostgreSQL', () => {
  let database: TestDatabase;
  let proxy: DatabaseProxy;
  let world: World;
  beforeAll(async () => {
    database = await createDatabase();
    proxy = await proxyTo(database.url);
    world = await startWorld({ env: { DATABASE_URL: proxy.url } });
  });
  afterAll(async () => {
    await proxy.restore();
    await world.stop();
    await proxy.close();
    await database.drop();
  });

  const rep = () => world.slack.as('robin');
  const readiness = async () => {
    const answer = await fetch(`http://127.0.0.1:${world.lostdeal.port}/readyz`);
    return { status: answer.status, body: await answer.text() };
  };

  it.each([
    ['was stopped', 'Stopped Ltd', () => proxy.refuse()],
    ['does not answer', 'Silent Ltd', async () => proxy.swallow()],
  ])(
    'a rep on a call is told within the time that Slack gives when the database %s, and goes on when it is back',
    async (_, account, lose) => {
      await beginCall(rep(), account, { business: "A customer who's leaving" });
      await (await rep().modal('Thanks and good wishes')).submit();
      const attraction = await rep().modal('What they liked most');
      await attraction.fill({ 'What they liked most': 'Ninety days' });
      await lose();
      await attraction.submit();
      expect(attraction.errors()['What they liked most']).toMatch(NOT_SAVED);
      expect(attraction.value('What they liked most')).toBe('Ninety days');
      expect(await readiness()).toMatchObject({ status: 503 });

      await proxy.restore();
      await until(world.sandbox, 'the database to be back', async () =>
        (await readiness()).status === 200 ? true : undefined,
      );
      await attraction.submit();
      await (await rep().modal('The whole picture')).submit();
      await (await rep().modal('If we had offered that')).click('No');
      await (await rep().modal('What would have changed it')).submit();
      await (await rep().modal('Nothing would have changed it')).close();
      // The reconciler found the way back as well.
      await rep().channel(LOST_DEALS).waitFor(saying(account));
    },
  );
});

describeOnPostgres('at the start', () => {
  let starting: Promise<Lostdeal>;

  it('the app waits for a database that is lost right after it was opened', async () => {
    const database = await createDatabase();
    const proxy = await proxyTo(database.url);
    const sandbox = await startSandbox(WORKSPACE);
    const config = readConfig({
      SLACK_API_URL: sandbox.apiUrl,
      SLACK_BOT_TOKEN: sandbox.botToken,
      SLACK_APP_TOKEN: sandbox.appToken,
      DATABASE_URL: proxy.url,
      PORT: '0',
      ADMIN_PORT: '0',
    });
    const losing: Promise<void>[] = [];
    const waits = new Promise<void>((resolve) => {
      const write = (line: string) => {
        if (line.includes('database opened')) losing.push(proxy.refuse());
        if (line.includes('The database does not answer; waiting for it')) resolve();
      };
      const logger = createLogger({ level: 'info', pretty: false }, { write });
      starting = startLostdeal(config, { logger, stopped: new AbortController().signal });
    });
    await waits;
    await Promise.all(losing);
    await proxy.restore();
    const lostdeal = await starting;
    expect((await lostdeal.coach.store.workspace.installations()).length).toBe(1);

    await lostdeal.stop();
    await sandbox.stop();
    await proxy.close();
    await database.drop();
  });

  it('the app serves health while the database is away, and goes on when it comes', async () => {
    const database = await createDatabase();
    const proxy = await proxyTo(database.url);
    await proxy.refuse();
    const sandbox = await startSandbox(WORKSPACE);
    const adminPort = await freePort();
    const config = readConfig({
      SLACK_API_URL: sandbox.apiUrl,
      SLACK_BOT_TOKEN: sandbox.botToken,
      SLACK_APP_TOKEN: sandbox.appToken,
      DATABASE_URL: proxy.url,
      PORT: '0',
      ADMIN_PORT: String(adminPort),
    });
    const waits = new Promise<void>((resolve) => {
      const write = (line: string) => {
        if (line.includes('does not answer; waiting for it')) resolve();
      };
      const logger = createLogger({ level: 'info', pretty: false }, { write });
      starting = startLostdeal(config, { logger, stopped: new AbortController().signal });
    });
    await waits;
    const page = (path: string) => fetch(`http://127.0.0.1:${adminPort}${path}`);
    expect((await page('/healthz')).status).toBe(200);
    expect((await page('/metrics')).status).toBe(200);
    const state = await page('/readyz');
    expect(state.status).toBe(503);
    expect(await state.json()).toMatchObject({ ready: false, parts: { database: 'not answering yet' } });

    await proxy.restore();
    const lostdeal = await starting;
    expect((await page('/readyz')).status).toBe(200);

    await lostdeal.stop();
    await sandbox.stop();
    await proxy.close();
    await database.drop();
  });
});
