/**
 * Slack renews a Socket Mode connection every few hours: it says so and goes on serving it for a while. The app opens
 * another one first, and nobody notices. The tests mostly wait, so they run side by side.
 */
import { once } from 'node:events';
import { WebClient } from '@slack/web-api';
import type { Sandbox } from 'slack-sandbox';
import { WebSocket } from 'undici';
import { connectSqlite } from '../../src/store/sqlite/connectSqlite';
import { alone, connections, endsCleanly, endsOf, LEFT_BEHIND, SERVED_ON_MS } from './support/connections';
import { type AppProcess, endAll, startApp } from './support/process';
import { type Supervised, startSupervised } from './support/supervised';
import { until } from './support/until';

// It loads its native part at first use, and jest lets nothing be loaded while tests run side by side.
connectSqlite(':memory:').close();

const TIMEOUT_MS = 120_000;

afterAll(() => endAll());

async function ready(app: AppProcess): Promise<boolean> {
  const port = /"port":(\d+)/u.exec(app.output())?.[1];
  return (await fetch(`http://127.0.0.1:${port}/readyz`)).ok;
}

/** The app on SQLite, as `npm start` runs it, connected for the first time. */
const supervised = (play: (life: Supervised, app: AppProcess) => Promise<void>) => async () => {
  const life = await startSupervised({ start: startApp });
  try {
    await play(life, await life.up());
  } finally {
    await life.stop();
  }
};

it.concurrent(
  'people who go on working lose nothing, however often it happens: all is acked, and done once',
  supervised(async (life) => {
    const { slack } = life;
    let renewing = true;
    const outcomes: string[] = [];
    const began: string[] = [];
    const working = ['robin', 'sam', 'maya'].map(async (name) => {
      const rep = slack.as(name);
      for (let count = 1; renewing; count += 1) {
        const account = `${name} ${count}`;
        outcomes.push((await rep.slash(`/lostdeal ${account}`)).delivery);
        const intake = await rep.modal();
        expect(intake.value('Account')).toBe(account);
        await intake.fill({ 'Who is it?': 'A prospect we did not win' });
        outcomes.push((await intake.submit()).delivery);
        began.push(account);
        await (await rep.modal('Thank you')).closeAll();
      }
    });
    for (const number of [2, 3, 4, 5]) {
      await slack.admin({ do: 'renew_sockets' });
      await alone(life, number);
    }
    renewing = false;
    await Promise.all(working);
    expect(outcomes.filter((outcome) => outcome !== 'acked')).toEqual([]);
    // At no moment nobody listened.
    expect(await endsOf(life)).toEqual([LEFT_BEHIND, LEFT_BEHIND, LEFT_BEHIND, LEFT_BEHIND, null]);
    expect(accountsIn(life.databaseFile)).toEqual(began.sort());
  }),
  TIMEOUT_MS,
);

it.concurrent(
  'two people at once, while the goodbye is on its way: what it crosses is acked on the new connection',
  supervised(async (life, app) => {
    const { slack } = life;
    // What the app sends on the connection that there is takes as long as we like.
    await slack.admin({ do: 'hold_sockets', held: true });
    await slack.admin({ do: 'renew_sockets' });
    await app.says('closing one connection to Slack');
    // One of them goes to each connection.
    const [rep, colleague] = [slack.as('robin'), slack.as('sam')];
    const both = await Promise.all([rep.slash('/lostdeal Acme'), colleague.slash('/lostdeal Globex')]);
    expect(both.map(({ delivery }) => delivery)).toEqual(['acked', 'acked']);
    expect((await rep.modal()).value('Account')).toBe('Acme');
    expect((await colleague.modal()).value('Account')).toBe('Globex');
    expect(await connections(life)).toMatchObject([
      { sent: 1, acked: 0, end: null },
      { sent: 1, acked: 1 },
    ]);
    await slack.admin({ do: 'hold_sockets', held: false });
    await alone(life, 2);
    expect(app.output()).not.toContain('before a request could be acked');
  }),
  TIMEOUT_MS,
);

it.concurrent(
  'while no other connection can be opened the old one is used on; when it can, that one is replaced',
  supervised(async (life, app) => {
    const { slack } = life;
    await slack.faults({ method: 'apps.connections.open', times: 100, effect: { do: 'http_500' } });
    await slack.admin({ do: 'renew_sockets' });
    await app.says('another connection to Slack cannot be opened yet');
    // `warning` is followed by `refresh_requested`.
    await slack.clock.advance(SERVED_ON_MS - 5_000);
    expect((await slack.as('robin').slash('/lostdeal Acme')).delivery).toBe('acked');
    expect(await ready(app)).toBe(true);
    await slack.faults();
    await alone(life, 2);
    expect(await connections(life)).toMatchObject([
      { disconnects: ['warning', 'refresh_requested'], sent: 1, acked: 1, end: LEFT_BEHIND },
      { disconnects: [] },
    ]);
    expect(await ready(app)).toBe(true);
  }),
  TIMEOUT_MS,
);

it.concurrent(
  'when Slack ends the old one before another can be opened, Lostdeal says so and goes on trying',
  supervised(async (life, app) => {
    const { slack } = life;
    await slack.faults({ method: 'apps.connections.open', times: 100, effect: { do: 'http_500' } });
    await slack.admin({ do: 'renew_sockets' });
    await app.says('another connection to Slack cannot be opened yet');
    await slack.clock.advance(SERVED_ON_MS);
    await app.says('Slack cannot be reached');
    expect(await ready(app)).toBe(false);
    await slack.faults();
    await app.says('Slack is reached again');
    expect((await slack.as('robin').slash('/lostdeal Acme')).delivery).toBe('acked');
    expect(await ready(app)).toBe(true);
  }),
  TIMEOUT_MS,
);

it.concurrent(
  'Socket Mode switched off: the operator reads what to do, and it goes on when it is on again',
  supervised(async (life, app) => {
    const { slack } = life;
    await slack.admin({ do: 'socket_mode', enabled: false });
    await app.says('Socket Mode was switched off for this app');
    await app.says('"why":"socket_mode_disabled"');
    expect(await ready(app)).toBe(false);
    await slack.admin({ do: 'socket_mode', enabled: true });
    await app.says('Slack is reached again');
    expect((await slack.as('robin').slash('/lostdeal Acme')).delivery).toBe('acked');
    expect(await ready(app)).toBe(true);
  }),
  TIMEOUT_MS,
);

it.concurrent(
  'disconnects to stop while the new connection is being opened, by a Slack that hangs, it says goodbye on the old one',
  supervised(async (life, app) => {
    const { slack } = life;
    await slack.faults({
      method: 'apps.connections.open',
      times: 9,
      effect: { do: 'hang', ms: 60_000 },
    });
    await slack.admin({ do: 'renew_sockets' });
    await slack.waitForTraffic('call that hangs', (entry) => entry.kind === 'call' && entry.status === 0);
    await endsCleanly(app);
    expect(app.output()).toContain('closing one connection to Slack');
    expect(await endsOf(life)).toEqual([{ code: 1000, leftOpen: 0 }]);
  }),
  TIMEOUT_MS,
);

describe('with ten connections open', () => {
  // Not side by side: what the other connections are made with is loaded at first use.
  it(
    'Slack lets no other one in: the operator reads why, and the old one is used on',
    supervised(async (life, app) => {
      const others = await Promise.all(Array.from({ length: 9 }, () => connect(life.sandbox)));
      await life.slack.admin({ do: 'renew_sockets' });
      await app.says('this app has too many: ten are allowed');
      expect(await ready(app)).toBe(true);
      expect(await endsOf(life)).toContain(null);
      for (const other of others) other.close(1000);
      await until(life.sandbox, 'a connection in place of the first one', async () => {
        const [oldest, ...newer] = await connections(life);
        return oldest?.end != null && newer.some(({ end }) => end === null) ? true : undefined;
      });
      expect((await connections(life))[0]?.end).toEqual(LEFT_BEHIND);
      expect((await life.slack.as('robin').slash('/lostdeal Acme')).delivery).toBe('acked');
    }),
    TIMEOUT_MS,
  );
});

/** Another connection of the same app, which is not Lostdeal's. */
async function connect(sandbox: Sandbox): Promise<WebSocket> {
  const web = new WebClient(sandbox.appToken, { slackApiUrl: sandbox.apiUrl });
  const { url = '' } = await web.apps.connections.open({});
  const socket = new WebSocket(url);
  await once(socket, 'open');
  return socket;
}

/** Every deal's account. */
function accountsIn(file: string): readonly string[] {
  const database = connectSqlite(file, { readonly: true });
  try {
    const accounts = database.prepare('select account from deals order by account').pluck().all() as string[];
    return accounts.sort();
  } finally {
    database.close();
  }
}
