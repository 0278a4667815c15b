/** Measures how fast the reconciler brings changed deals to Slack: without limits, and within Slack's. */
import { join } from 'node:path';
import { openStore } from '../src/store/open';
import { type Change, makeChangedDeals } from './changedDeals';
import { medianOf, table } from './figures';
import { startMessageStub } from './messageStub';
import type { Part } from './part';
import type { Done } from './reconcilerProcess';
import { startWorker } from './workers';

const DEALS = 2_000;
const CHANNELS = 200;
/** Rounds of each measurement; fewer for a first look: BENCH_ROUNDS=1. */
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
/**
 * The limits of `src/reconciler/slackApi/limits.ts`: posts of a workspace a second, and updates a minute, with their
 * bursts.
 */
const POSTS = { perSecond: 20, burst: 20, speed: 2 };
const EDITS = { perSecond: 50 / 60, burst: 20, speed: 40 };

export const reconciler: Part = {
  name: 'reconciler',
  title: 'Reconciler',
  async measure(bench) {
    const slack = await startMessageStub();
    let count = 0;
    const run = async (change: Change, limits: boolean, speed: number): Promise<Done> => {
      count += 1;
      const databaseUrl = `file:${join(bench.folder, `reconciler-${count}.db`)}`;
      const store = await openStore(databaseUrl);
      await makeChangedDeals(store, { deals: DEALS, channels: CHANNELS, change });
      await store.close();
      const worker = startWorker({ databaseUrl, slackUrl: slack.url, limits, speed, untilIdle: true });
      return worker.done;
    };
    try {
      const free: Record<Change, Done[]> = { post: [], edit: [] };
      for (let round = 0; round < ROUNDS; round++) {
        for (const change of ['post', 'edit'] as const) free[change].push(await run(change, false, 1));
      }
      bench.say('with limits …');
      const posts = await run('post', true, POSTS.speed);
      const edits = await run('edit', true, EDITS.speed);
      return page(free, posts, edits);
    } finally {
      await slack.stop();
    }
  },
};

const perSecond = ({ writes, firstAt, lastAt }: Done) => writes / ((lastAt - firstAt) / 1000);
const cpu = ({ cpuMs, writes }: Done) => cpuMs / writes;

/** The shortest time that the limits allow for these writes, as a share of the time they took. */
function share(done: Done, { perSecond: rate, burst }: typeof POSTS): number {
  return (done.writes - burst) / rate / ((done.lastAt - done.firstAt) / 1000);
}

/**
 * Counts the calls that a Slack with these limits would refuse: beyond its burst in a bucket that fills at its rate.
 */
function refused(done: Done, keyOf: (channel: string) => string, rate: number, burst: number): number {
  const levels = new Map<string, { at: number; left: number }>();
  let count = 0;
  for (const { at, channel } of done.calls) {
    const key = keyOf(channel);
    const before = levels.get(key) ?? { at, left: burst };
    const left = Math.min(burst, before.left + ((at - before.at) / 1000) * rate);
    if (left < 1) count += 1;
    levels.set(key, { at, left: left < 1 ? left : left - 1 });
  }
  return count;
}

function page(free: Record<Change, Done[]>, posts: Done, edits: Done): string {
  const row = (name: string, done: Done[]) => [
    name,
    medianOf(done.map(perSecond)).toFixed(0),
    `${medianOf(done.map(cpu)).toFixed(2)} ms`,
  ];
  // Allows one more than our own limits each: the moment of sending differs a little from the moment of permission.
  const tooMany =
    refused(posts, (channel) => channel, 1, 3) +
    refused(posts, () => 'all', POSTS.perSecond, POSTS.burst + 5) +
    refused(edits, () => 'all', EDITS.perSecond, EDITS.burst + 1);
  return `${DEALS} changed deals over ${CHANNELS} channels, on SQLite; one message of each is posted anew, or changed in place. Slack is faked
in another process and answers at once. Without limits, medians of ${ROUNDS} rounds:

${table([['', 'slot writes a second', 'processor time a write'], row('posts', free.post), row('edits', free.edit)])}

With Slack's limits (a channel one message a second, a workspace ${POSTS.perSecond} posts a second and 50 edits a minute), on a clock
that runs ${POSTS.speed} and ${EDITS.speed} times as fast:

${table([
  ['', 'time on that clock', 'share of the best rate the limits allow'],
  ['posts', `${((posts.lastAt - posts.firstAt) / 1000).toFixed(0)} s`, share(posts, POSTS).toFixed(2)],
  ['edits', `${((edits.lastAt - edits.firstAt) / 60_000).toFixed(0)} min`, share(edits, EDITS).toFixed(2)],
])}

Calls beyond those limits, which Slack would have answered with 429: ${tooMany}.

What limits it: without limits, one thread. A write is a claim (its share of a batch), the deal and its slots read, the
intent stored with a sync of the disk, the HTTP call, the result stored and the deal finished; the two synced writes
and the call take most of it. With limits nothing but Slack: each message has an appointment in every bucket it needs,
so turns are neither missed nor taken twice, and a workspace whose edits wait posts on.

What was changed because of it: wakes are gathered and claims taken in batches; what is known of a channel is
remembered; the store is asked when something is next due once a second, not after each deal; messages whose turn has
come go before deals that changed, as turns that are missed while those are looked at would be made up for in a burst.
`;
}
