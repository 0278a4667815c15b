/** Slack renews the connection while something is under way on it: the app waits for its ack, then it leaves. */
import { describeOnPostgres, onDatabase } from '../postgres/database';
import {
  alone,
  connections,
  endsCleanly,
  endsOf,
  LEFT_BEHIND,
  type Life,
  SERVED_ON_MS,
} from './support/connections';
import { endAll } from './support/process';
import { withInstances } from './support/rolling';
import { until } from './support/until';

const TIMEOUT_MS = 120_000;

/** Jest runs side by side what stands in one block. */
const onPostgres = describeOnPostgres === describe ? it.concurrent : it.concurrent.skip;

afterAll(() => endAll());

/** A command waits for the database, until it is let go. */
const during = async (
  life: Life & { readonly databaseUrl: string },
  asking: readonly string[],
  meanwhile: (ask: (name: string) => void) => Promise<unknown>,
): Promise<readonly string[]> =>
  onDatabase(life.databaseUrl, async (database) => {
    await database.query('begin; lock table people in access exclusive mode');
    const asked: Promise<string>[] = [];
    const ask = (name: string) => {
      asked.push(
        life.slack
          .as(name)
          .slash('/lostdeal resume')
          .then(({ delivery }) => delivery),
      );
    };
    for (const name of asking) ask(name);
    await until(life.sandbox, 'command that waits for the database', async () => {
      const { rows } = await database.query('select 1 from pg_locks where not granted');
      return rows.length >= asking.length ? true : undefined;
    });
    await meanwhile(ask);
    await database.query('commit');
    return Promise.all(asked);
  });

onPostgres(
  'what is under way when Slack renews the connection is acked on it, and only then it is left',
  () =>
    withInstances('socket', async ({ another, ...life }) => {
      const app = await another();
      const outcomes = await during(life, ['robin'], async () => {
        await life.slack.admin({ do: 'renew_sockets' });
        await app.says(/connected to Slack by Socket Mode.*connected to Slack by Socket Mode/su);
        expect(await endsOf(life)).toEqual([null, null]);
      });
      expect(outcomes).toEqual(['acked']);
      await alone(life, 2);
      expect(await connections(life)).toMatchObject([
        { sent: 1, acked: 1, end: LEFT_BEHIND },
        { sent: 0, acked: 0 },
      ]);
    }),
  TIMEOUT_MS,
);

onPostgres(
  'when Slack closes the old connection meanwhile, it is acked on the new one',
  () =>
    withInstances('socket', async ({ another, ...life }) => {
      const app = await another();
      const outcomes = await during(life, ['robin'], async () => {
        await life.slack.admin({ do: 'renew_sockets' });
        await app.says(/connected to Slack by Socket Mode.*connected to Slack by Socket Mode/su);
        await life.slack.clock.advance(SERVED_ON_MS);
      });
      expect(outcomes).toEqual(['acked']);
      expect(await connections(life)).toMatchObject([
        { sent: 1, acked: 0, end: LEFT_BEHIND },
        { sent: 0, acked: 0, end: null },
      ]);
    }),
  TIMEOUT_MS,
);

onPostgres(
  'when something is under way on both, a stop leaves both when that is acked',
  () =>
    withInstances('socket', async ({ another, ...life }) => {
      const app = await another();
      let ended: Promise<void> | undefined;
      const outcomes = await during(life, ['robin'], async (ask) => {
        await life.slack.admin({ do: 'renew_sockets' });
        await app.says(/connected to Slack by Socket Mode.*connected to Slack by Socket Mode/su);
        ask('sam');
        await until(life.sandbox, 'command on the new connection', async () =>
          (await connections(life))[1]?.sent === 1 ? true : undefined,
        );
        ended = endsCleanly(app);
        await app.says('stopping');
        expect(await endsOf(life)).toEqual([null, null]);
      });
      expect(outcomes).toEqual(['acked', 'acked']);
      await ended;
      const all = await connections(life);
      expect(all.map(({ sent, acked }) => [sent, acked])).toEqual([
        [1, 1],
        [1, 1],
      ]);
      expect(all.map(({ end }) => end?.code)).toEqual([1000, 1000]);
    }),
  TIMEOUT_MS,
);
