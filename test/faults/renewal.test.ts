/**
 * Slack renews a Socket Mode connection every few hours: it announces that and serves the old one for a while. The app
 * opens the next one first, and nobody notices. The tests mostly wait, so they run side by side.
 */
import { once } from 'node:events';
import { WebClient } from '@slack/web-api';
import type { Sandbox } from 'slack-sandbox';
import { WebSocket } from 'undici';
import { connectSqlite } from '../../src/store/sqlite/connectSqlite';
import { until } from '../e2e/support/until';
import { type AppProcess, endAll, startApp } from './support/appProcess';
import {
  connections,
  endsCleanly,
  endsOf,
  onlyOpen,
  REPLACED,
  SERVED_ON_MS,
} from './support/socketConnections';
import { type Supervised, startSupervised } from './support/supervised';

// SQLite loads its native part at first use, and jest allows no loading while tests run side by side.
connectSqlite(':memory:').close();

const TIMEOUT_MS = 120_000;

afterAll(() => endAll());

async function ready(app: AppProcess): Promise<boolean> {
  const port = /"port":(\d+)/u.exec(app.output())?.[1];
  return (await fetch(`http://127.0.0.1:${port}/readyz`)).ok;
}

/** Plays with the app on SQLite as `npm start` runs it, connected for the first time. */
const withApp = (play: (run: Supervised, app: AppProcess) => Promise<void>) => async () => {
  const run = await startSupervised({ start: startApp });
  try {
    await play(run, await run.up());
  } finally {
    await run.stop();
  }
};

it.concurrent(
  'people who go on working lose nothing, however often Slack renews: all is acked, and done once',
  withApp(async (run) => {
    const { slack } = run;
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
        await intake.fill({ 'New business or a customer?': "New business we didn't win" });
        outcomes.push((await intake.submit()).delivery);
        began.push(account);
        await (await rep.modal('Thank you')).closeAll();
      }
    });
    for (const number of [2, 3, 4, 5]) {
      await slack.admin({ do: 'renew_sockets' });
      await onlyOpen(run, number);
    }
    renewing = false;
    await Promise.all(working);
    expect(outcomes.filter((outcome) => outcome !== 'acked')).toEqual([]);
    // One connection was open at any moment.
    expect(await endsOf(run)).toEqual([REPLACED, REPLACED, REPLACED, REPLACED, null]);
    expect(accountsIn(run.databaseFile)).toEqual(began.sort());
  }),
  TIMEOUT_MS,
);

it.concurrent(
  'what two people do while the goodbye is on its way is acked on the new connection',
  withApp(async (run, app) => {
    const { slack } = run;
    // What the app sends on the old connection stays on its way for as long as the sockets are held.
    await slack.admin({ do: 'hold_sockets', held: true });
    await slack.admin({ do: 'renew_sockets' });
    await app.says('closing one connection to Slack');
    // Slack sends one command to each connection.
    const [rep, colleague] = [slack.as('robin'), slack.as('sam')];
    const both = await Promise.all([rep.slash('/lostdeal Acme'), colleague.slash('/lostdeal Globex')]);
    expect(both.map(({ delivery }) => delivery)).toEqual(['acked', 'acked']);
    expect((await rep.modal()).value('Account')).toBe('Acme');
    expect((await colleague.modal()).value('Account')).toBe('Globex');
    expect(await connections(run)).toMatchObject([
      { sent: 1, acked: 0, end: null },
      { sent: 1, acked: 1 },
    ]);
    await slack.admin({ do: 'hold_sockets', held: false });
    await onlyOpen(run, 2);
    expect(app.output()).not.toContain('before a request could be acked');
  }),
  TIMEOUT_MS,
);

it.concurrent(
  'the app keeps using the old connection while no other can be opened, and replaces it then',
  withApp(async (run, app) => {
    const { slack } = run;
    await slack.faults({ method: 'apps.connections.open', times: 100, effect: { do: 'http_500' } });
    await slack.admin({ do: 'renew_sockets' });
    await app.says('another connection to Slack cannot be opened yet');
    // Slack says `refresh_requested` after `warning`.
    await slack.clock.advance(SERVED_ON_MS - 5_000);
    expect((await slack.as('robin').slash('/lostdeal Acme')).delivery).toBe('acked');
    expect(await ready(app)).toBe(true);
    await slack.faults();
    await onlyOpen(run, 2);
    expect(await connections(run)).toMatchObject([
      { disconnects: ['warning', 'refresh_requested'], sent: 1, acked: 1, end: REPLACED },
      { disconnects: [] },
    ]);
    expect(await ready(app)).toBe(true);
  }),
  TIMEOUT_MS,
);

it.concurrent(
  'when Slack ends the old connection before another can be opened, the app says so and goes on trying',
  withApp(async (run, app) => {
    const { slack } = run;
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
  'when Socket Mode is switched off, the operator reads what to do; the app goes on when it is on again',
  withApp(async (run, app) => {
    const { slack } = run;
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
  'a stop while Slack does not answer the request for a new connection: the app says goodbye on the old one',
  withApp(async (run, app) => {
    const { slack } = run;
    await slack.faults({
      method: 'apps.connections.open',
      times: 9,
      effect: { do: 'hang', ms: 60_000 },
    });
    await slack.admin({ do: 'renew_sockets' });
    await slack.waitForTraffic('call that hangs', (entry) => entry.kind === 'call' && entry.status === 0);
    await endsCleanly(app);
    expect(app.output()).toContain('closing one connection to Slack');
    expect(await endsOf(run)).toEqual([{ code: 1000, leftOpen: 0 }]);
  }),
  TIMEOUT_MS,
);

describe('with ten connections open', () => {
  // Not side by side: undici's WebSocket is loaded at first use.
  it(
    'Slack lets no other one in: the operator reads why, and the app keeps using the old one',
    withApp(async (run, app) => {
      const others = await Promise.all(Array.from({ length: 9 }, () => connect(run.sandbox)));
      await run.slack.admin({ do: 'renew_sockets' });
      await app.says('this app has too many: ten are allowed');
      expect(await ready(app)).toBe(true);
      expect(await endsOf(run)).toContain(null);
      for (const other of others) other.close(1000);
      await until(run.sandbox, 'a connection in place of the first one', async () => {
        const [oldest, ...newer] = await connections(run);
        return oldest?.end != null && newer.some(({ end }) => end === null) ? true : undefined;
      });
      expect((await connections(run))[0]?.end).toEqual(REPLACED);
      expect((await run.slack.as('robin').slash('/lostdeal Acme')).delivery).toBe('acked');
    }),
    TIMEOUT_MS,
  );
});

/** Opens another connection of the same Slack app, as a second program would. */
async function connect(sandbox: Sandbox): Promise<WebSocket> {
  const web = new WebClient(sandbox.appToken, { slackApiUrl: sandbox.apiUrl });
  const { url = '' } = await web.apps.connections.open({});
  const socket = new WebSocket(url);
  await once(socket, 'open');
  return socket;
}

/** The accounts of all deals. */
function accountsIn(file: string): readonly string[] {
  const database = connectSqlite(file, { readonly: true });
  try {
    const accounts = database.prepare('select account from deals order by account').pluck().all() as string[];
    return accounts.sort();
  } finally {
    database.close();
  }
}
