/** Told to stop, whatever hangs: it ends within ten seconds with code 0, and nothing is lost or said twice. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { connectSandbox, type Sandbox, startSandbox } from 'slack-sandbox';
import { beginCall, TO_A_PULSE, tapThrough } from '../../scripts/play';
import { createDatabase, describeOnPostgres, type TestDatabase } from '../postgres/database';
import { type Balancer, startBalancer } from './support/balancer';
import { type AppProcess, endAll, startApp, temporaryFolder } from './support/process';
import { type Supervised, startSupervised } from './support/supervised';
import { until } from './support/until';
import { PRIVATE_CHANNEL, ROOT } from './support/world';

const CLEAN = { code: 0, signal: null };
/** What systemd and Kubernetes are told to wait at least. */
const WITHIN_MS = 10_000;
/** Instances replaced while people work. */
const ROUNDS = 3;

afterEach(() => endAll());

async function stopped(app: AppProcess): Promise<number> {
  const since = performance.now();
  expect(await app.kill('SIGTERM')).toEqual(CLEAN);
  return performance.now() - since;
}

describe('while Slack does not answer a call', () => {
  let life: Supervised;
  afterEach(() => life.stop());

  it.each(['chat.postMessage', 'users.info', 'views.update'])(
    '%s',
    async (method) => {
      life = await startSupervised({ start: startApp });
      const { slack } = life;
      await life.up();
      const rep = slack.as('robin');
      await beginCall(rep, 'Acme');
      if (method === 'users.info')
        await slack.faults({ method, times: 9, effect: { do: 'hang', ms: 60_000 } });
      const fresh = await tapThrough(rep, TO_A_PULSE);
      if (method === 'chat.postMessage') {
        await (await rep.dm('Lostdeal')).waitFor('Who decides about Acme?');
      }
      await slack.faults({ method, times: 9, effect: { do: 'hang', ms: 60_000 } });
      await fresh.fill({ 'Who decides?': 'maya' });
      await fresh.submit();
      await until(life.sandbox, `${method} that hangs`, async () =>
        method === 'views.update' ||
        (await slack.traffic()).some((entry) => entry.kind === 'call' && entry.status === 0)
          ? true
          : undefined,
      );
      const since = performance.now();
      expect(await life.end('SIGTERM')).toEqual(CLEAN);
      expect(performance.now() - since).toBeLessThan(WITHIN_MS);

      await slack.faults();
      // A post whose reply was lost is looked for after Slack's own time; deaths.test.ts waits for that.
      if (method === 'chat.postMessage') return;
      const manager = slack.as('maya');
      const ask = await until(life.sandbox, 'ask', async () =>
        (await manager.channel('#lost-deals').messages()).find((message) =>
          message.text().includes('will reconsider if we'),
        ),
      );
      expect(ask.buttons()).toContain('Match');
      const all = (await manager.channel('#lost-deals').messages()).map((message) => message.text());
      expect(new Set(all).size).toBe(all.length);
    },
    60_000,
  );
});

describe('while it waits to start', () => {
  const folder = temporaryFolder();
  let silent: Server;
  afterAll(() => {
    silent.closeAllConnections();
    silent.close();
    folder.remove();
  });

  it('for a Slack that takes calls and says nothing', async () => {
    silent = createServer(() => undefined);
    let asked: () => void = () => undefined;
    const call = new Promise<void>((resolve) => {
      asked = resolve;
    });
    silent.on('request', () => asked());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const app = startApp({
      SLACK_API_URL: `http://127.0.0.1:${(silent.address() as AddressInfo).port}/api/`,
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
      DATABASE_URL: `file:${folder.path}/lostdeal.db`,
      PORT: '0',
    });
    await call;
    expect(await stopped(app)).toBeLessThan(WITHIN_MS);
  }, 30_000);
});

describeOnPostgres.each(['socket', 'http'] as const)(
  'two instances, replaced one after the other, over %s',
  (delivery) => {
    let database: TestDatabase;
    let sandbox: Sandbox;
    let balancer: Balancer;
    beforeAll(async () => {
      database = await createDatabase();
      sandbox = await startSandbox({ manifest: join(ROOT, 'manifest.yml'), rateLimits: false });
      balancer = await startBalancer();
    });
    afterAll(async () => {
      await endAll();
      await balancer.stop();
      await sandbox.stop();
      await database.drop();
    });

    it('serve people who go on working', async () => {
      const another = async () => {
        const app = startApp({
          SLACK_API_URL: sandbox.apiUrl,
          SLACK_BOT_TOKEN: sandbox.botToken,
          ...(delivery === 'socket'
            ? { SLACK_APP_TOKEN: sandbox.appToken }
            : { SLACK_SIGNING_SECRET: sandbox.signingSecret }),
          LOSTDEAL_CHANNEL: PRIVATE_CHANNEL,
          DATABASE_URL: database.url,
          PORT: '0',
        });
        const said = await app.says('Lostdeal is ready');
        if (delivery === 'http') await balancer.add(Number(/"port":(\d+)/.exec(said)?.[1]));
        return app;
      };
      const instances = await Promise.all([another(), another()]);
      if (delivery === 'http') await sandbox.setRequestUrl(balancer.url);

      let restarting = true;
      const outcomes: string[] = [];
      const people = ['robin', 'sam', 'dana'].map(async (name) => {
        const person = connectSandbox(sandbox.url).as(name);
        while (restarting) {
          const { delivery: outcome } = await person.slash(`/lostdeal ${name}`);
          outcomes.push(outcome);
          if (outcome === 'acked') await (await person.modal()).closeAll();
        }
      });
      for (let round = 0; round < ROUNDS; round++) {
        instances.push(await another());
        expect(await instances.shift()?.kill('SIGTERM')).toEqual(CLEAN);
      }
      restarting = false;
      await Promise.all(people);
      expect(outcomes.length).toBeGreaterThan(ROUNDS);
      // What Slack sends while our goodbye is on its way over a socket, no program can ack; nothing else is lost.
      const unacked = outcomes.filter((outcome) => outcome !== 'acked');
      expect(unacked.length).toBeLessThanOrEqual(delivery === 'socket' ? 1 : 0);
    }, 60_000);
  },
);
