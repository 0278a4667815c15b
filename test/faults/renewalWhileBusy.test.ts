/** Slack renews the connection while a command is under way on it: the app acks it there before it leaves. */

import { until } from '../e2e/support/until';
import { describeOnPostgres, onDatabase } from '../postgres/database';
import { endAll } from './support/appProcess';
import { withInstances } from './support/processInstances';
import {
  type ConnectedApp,
  connections,
  endsCleanly,
  endsOf,
  onlyOpen,
  REPLACED,
  SERVED_ON_MS,
} from './support/socketConnections';

const TIMEOUT_MS = 120_000;

/** Jest runs the tests of one block side by side. */
const onPostgres = describeOnPostgres === describe ? it.concurrent : it.concurrent.skip;

afterAll(() => endAll());

/** Runs `meanwhile` while commands of these people wait for the database. @returns how Slack saw each command end */
const whileCommandsWait = async (
  app: ConnectedApp & { readonly databaseUrl: string },
  people: readonly string[],
  meanwhile: (ask: (name: string) => void) => Promise<unknown>,
): Promise<readonly string[]> =>
  onDatabase(app.databaseUrl, async (database) => {
    await database.query('begin; lock table people in access exclusive mode');
    const asked: Promise<string>[] = [];
    const ask = (name: string) => {
      asked.push(
        app.slack
          .as(name)
          .slash('/lostdeal resume')
          .then(({ delivery }) => delivery),
      );
    };
    for (const name of people) ask(name);
    await until(app.sandbox, 'command that waits for the database', async () => {
      const { rows } = await database.query('select 1 from pg_locks where not granted');
      return rows.length >= people.length ? true : undefined;
    });
    await meanwhile(ask);
    await database.query('commit');
    return Promise.all(asked);
  });

onPostgres(
  'the app acks what is under way on the old connection, and leaves it only then',
  () =>
    withInstances('socket', async ({ startAnother, ...run }) => {
      const app = await startAnother();
      const outcomes = await whileCommandsWait(run, ['robin'], async () => {
        await run.slack.admin({ do: 'renew_sockets' });
        await app.says(/connected to Slack by Socket Mode.*connected to Slack by Socket Mode/su);
        expect(await endsOf(run)).toEqual([null, null]);
      });
      expect(outcomes).toEqual(['acked']);
      await onlyOpen(run, 2);
      expect(await connections(run)).toMatchObject([
        { sent: 1, acked: 1, end: REPLACED },
        { sent: 0, acked: 0 },
      ]);
    }),
  TIMEOUT_MS,
);

onPostgres(
  'when Slack closes the old connection meanwhile, the app acks on the new one',
  () =>
    withInstances('socket', async ({ startAnother, ...run }) => {
      const app = await startAnother();
      const outcomes = await whileCommandsWait(run, ['robin'], async () => {
        await run.slack.admin({ do: 'renew_sockets' });
        await app.says(/connected to Slack by Socket Mode.*connected to Slack by Socket Mode/su);
        await run.slack.clock.advance(SERVED_ON_MS);
      });
      expect(outcomes).toEqual(['acked']);
      expect(await connections(run)).toMatchObject([
        { sent: 1, acked: 0, end: REPLACED },
        { sent: 0, acked: 0, end: null },
      ]);
    }),
  TIMEOUT_MS,
);

onPostgres(
  'when commands are under way on both connections, a stop acks them and leaves both',
  () =>
    withInstances('socket', async ({ startAnother, ...run }) => {
      const app = await startAnother();
      let ended: Promise<void> | undefined;
      const outcomes = await whileCommandsWait(run, ['robin'], async (ask) => {
        await run.slack.admin({ do: 'renew_sockets' });
        await app.says(/connected to Slack by Socket Mode.*connected to Slack by Socket Mode/su);
        ask('sam');
        await until(run.sandbox, 'command on the new connection', async () =>
          (await connections(run))[1]?.sent === 1 ? true : undefined,
        );
        ended = endsCleanly(app);
        await app.says('stopping');
        expect(await endsOf(run)).toEqual([null, null]);
      });
      expect(outcomes).toEqual(['acked', 'acked']);
      await ended;
      const all = await connections(run);
      expect(all.map(({ sent, acked }) => [sent, acked])).toEqual([
        [1, 1],
        [1, 1],
      ]);
      expect(all.map(({ end }) => end?.code)).toEqual([1000, 1000]);
    }),
  TIMEOUT_MS,
);
