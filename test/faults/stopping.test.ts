/**
 * A stop (SIGTERM), whatever hangs: the app ends within ten seconds with code 0, and nothing is lost or said twice. The
 * tests mostly wait, so they run side by side, the longest first.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beginCall, tapThrough } from '../../scripts/play';
import { TO_A_PULSE } from '../../scripts/story';
import { until } from '../e2e/support/until';
import { describeOnPostgres, onDatabase } from '../postgres/database';
import { temporaryFolder } from '../temporaryFolder';
import { endAll, startApp } from './support/appProcess';
import { withInstances } from './support/processInstances';
import { type Supervised, startSupervised } from './support/supervised';

const CLEAN = { code: 0, signal: null };
/** Our units for systemd and Kubernetes wait at least this long for a stop, ms. */
const STOP_WITHIN_MS = 10_000;
/** Each test takes a few seconds; all at once on a busy machine take longer. */
const TIMEOUT_MS = 120_000;

/** Jest runs the tests of one block side by side. */
const onPostgres = describeOnPostgres === describe ? it.concurrent : it.concurrent.skip;

afterAll(() => endAll());

async function endsCleanly(end: () => Promise<unknown>): Promise<void> {
  const since = performance.now();
  expect(await end()).toEqual(CLEAN);
  expect(performance.now() - since).toBeLessThan(STOP_WITHIN_MS);
}

async function withSupervised(play: (app: Supervised) => Promise<void>): Promise<void> {
  const app = await startSupervised({ start: startApp });
  try {
    await app.up();
    await play(app);
  } finally {
    await app.stop();
  }
}

onPostgres.each(['socket', 'http'] as const)(
  'instances replaced one after the other over %s lose nothing of what people do meanwhile',
  (transport) =>
    withInstances(transport, async ({ slack, startAnother }) => {
      const old = await Promise.all([startAnother(), startAnother()]);
      let restarting = true;
      const outcomes: string[] = [];
      const people = ['robin', 'sam'];
      const working = people.map(async (name) => {
        const rep = slack.as(name);
        while (restarting) {
          const company = `${name} ${outcomes.length}`;
          outcomes.push((await rep.slash(`/lostdeal ${company}`)).delivery);
          // Acked or not, the screen of this command opens.
          const screen = await rep.modal();
          expect(screen.value('Account')).toBe(company);
          await screen.closeAll();
        }
      });
      for (const app of old) {
        await startAnother();
        await endsCleanly(() => app.kill('SIGTERM'));
      }
      restarting = false;
      await Promise.all(working);
      expect(outcomes.length).toBeGreaterThan(old.length);
      // Over a socket one command of each person can cross each goodbye and gets no ack; over HTTP none does.
      const unacked = outcomes.filter((outcome) => outcome !== 'acked');
      expect(unacked.length).toBeLessThanOrEqual(transport === 'socket' ? old.length * people.length : 0);
    }),
  TIMEOUT_MS,
);

it.concurrent.each(['chat.postMessage', 'users.info', 'views.update'])(
  'a stop while Slack does not answer %s',
  (method) =>
    withSupervised(async (app) => {
      const { slack } = app;
      const rep = slack.as('robin');
      await beginCall(rep, 'Acme');
      // Nobody is named before Slack has said who they are.
      await slack.as('maya').home().open();
      await slack.waitForTraffic(
        'description of maya',
        (entry) =>
          entry.kind === 'call' &&
          entry.method === 'users.info' &&
          JSON.stringify(entry.args).includes('MAYA'),
      );
      const fresh = await tapThrough(rep, TO_A_PULSE);
      if (method === 'chat.postMessage') {
        await rep.channel('#lost-deals').waitFor(/^Acme {2}·/u);
      }
      await slack.faults({ method, times: 9, effect: { do: 'hang', ms: 60_000 } });
      await fresh.fill({ 'Who can say yes?': 'maya' });
      await fresh.submit();
      if (method === 'users.info') await slack.as('sam').slash('/lostdeal Globex');
      await until(app.sandbox, `${method} that hangs`, async () =>
        method === 'views.update' ||
        (await slack.traffic()).some((entry) => entry.kind === 'call' && entry.status === 0)
          ? true
          : undefined,
      );
      await endsCleanly(() => app.end('SIGTERM'));

      await slack.faults();
      // The app looks for a post whose reply was lost after 40 seconds; kills.test.ts waits for that.
      if (method === 'chat.postMessage') return;
      const manager = slack.as('maya');
      const ask = await until(app.sandbox, 'ask', async () =>
        (await manager.channel('#lost-deals').messages()).find((message) =>
          message.text().includes('would have'),
        ),
      );
      expect(ask.buttons()).toContain('Match it');
      const all = (await manager.channel('#lost-deals').messages()).map((message) => message.text());
      expect(new Set(all).size).toBe(all.length);
    }),
  TIMEOUT_MS,
);

it.concurrent(
  'a stop while the app waits to start, for a Slack that takes calls and never answers',
  async () => {
    const folder = temporaryFolder();
    let asked: () => void = () => undefined;
    const call = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const silent = createServer(() => asked());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    try {
      const app = startApp({
        SLACK_API_URL: `http://127.0.0.1:${(silent.address() as AddressInfo).port}/api/`,
        SLACK_BOT_TOKEN: 'xoxb-1',
        SLACK_APP_TOKEN: 'xapp-1',
        DATABASE_URL: `file:${folder.path}/lostdeal.db`,
        PORT: '0',
        ADMIN_PORT: '0',
      });
      await call;
      await endsCleanly(() => app.kill('SIGTERM'));
    } finally {
      silent.closeAllConnections();
      silent.close();
      folder.remove();
    }
  },
  TIMEOUT_MS,
);

it.concurrent(
  'the app does what Slack sends over a socket before it read our close frame, though nobody can ack it',
  () =>
    withSupervised(async (app) => {
      const { slack } = app;
      const [rep, colleague] = [slack.as('robin'), slack.as('sam')];
      await rep.slash('/lostdeal Acme');
      const intake = await rep.modal();
      await intake.fill({ 'New business or a customer?': "New business we didn't win" });

      // Our goodbye stays on its way for as long as the sockets are held.
      await slack.admin({ do: 'hold_sockets', held: true });
      const leaving = await app.up();
      const ended = app.end('SIGTERM');
      await leaving.says('closing one connection to Slack');
      const crossing = [colleague.slash('/lostdeal Globex', { in: '#sales' }), intake.submit()];
      expect((await colleague.modal()).value('Account')).toBe('Globex');
      await slack.admin({ do: 'hold_sockets', held: false });
      expect(await ended).toEqual(CLEAN);
      expect((await Promise.all(crossing)).map(({ delivery }) => delivery)).toEqual(['timeout', 'timeout']);
      expect(leaving.output()).toContain('ended before a request could be acked');

      // Slack retries neither; the process that left has kept the deal.
      await app.up();
      const home = rep.home();
      await home.open();
      await home.waitFor('Acme');
      const marked = await rep.modal('New business or a customer?');
      expect(marked.failure).toContain('Try again?');
      await marked.submit();
      await (await rep.modal('Thank you')).closeAll();
      await rep.slash('/lostdeal list');
      expect((await rep.modal('Acme')).text().split('Acme')).toHaveLength(2);
    }),
  TIMEOUT_MS,
);

onPostgres(
  'over a socket the app says goodbye once it acked all that came; if Slack says it first, the app does it all unacked',
  () =>
    withInstances('socket', async ({ sandbox, slack, databaseUrl, startAnother }) => {
      const app = await startAnother();
      const rep = slack.as('robin');
      /** Runs `meanwhile` while a command is under way, and lets the command finish then. */
      const during = (meanwhile: () => Promise<unknown>) =>
        onDatabase(databaseUrl, async (database) => {
          await database.query('begin; lock table people in access exclusive mode');
          const asked = rep.slash('/lostdeal resume');
          await until(sandbox, 'command that waits for the database', async () => {
            const { rows } = await database.query('select 1 from pg_locks where not granted');
            return rows.length > 0 ? true : undefined;
          });
          await meanwhile();
          await database.query('commit');
          await (await rep.modal('Nothing to resume')).closeAll();
          return (await asked).delivery;
        });

      const unacked = await during(async () => {
        await slack.admin({ do: 'socket_mode', enabled: false });
        await app.says('the connection to Slack ended');
      });
      expect(unacked).toBe('timeout');
      await slack.admin({ do: 'socket_mode', enabled: true });
      await slack.connected();

      let ended: Promise<unknown> | undefined;
      const acked = await during(async () => {
        ended = app.kill('SIGTERM');
        await app.says('stopping');
      });
      expect(acked).toBe('acked');
      expect(await ended).toEqual(CLEAN);
    }),
  TIMEOUT_MS,
);
