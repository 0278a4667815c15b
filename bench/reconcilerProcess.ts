/**
 * A reconciler and nothing else, as a process of its own. It works until nothing is left or until somebody kills it.
 * Its environment holds its task; it reports over IPC, with moments in ms.
 */
import type { WebClient } from '@slack/web-api';
import { createLogger } from '../src/log';
import { createReconciler } from '../src/reconciler/loop/reconciler';
import { createSlackClient } from '../src/reconciler/slackApi/slackClient';
import { DEFAULT_TIMING } from '../src/reconciler/timing';
import { knownChannel } from '../src/slack/install/channels';
import { openStore } from '../src/store/open';
import { BOT, TENANT, wantedOf } from './changedDeals';

export interface Task {
  readonly databaseUrl: string;
  readonly slackUrl: string;
  /** True: within Slack's limits; false: as fast as possible. */
  readonly limits: boolean;
  /** Seconds of its clock that pass in one real second. */
  readonly speed: number;
  /** True: ends by itself when everything is done; false: waits for more. */
  readonly untilIdle: boolean;
}

export interface Done {
  readonly writes: number;
  /** The moments of the first and the last call, ms on its clock. */
  readonly firstAt: number;
  readonly lastAt: number;
  readonly cpuMs: number;
  readonly calls: readonly { readonly at: number; readonly channel: string; readonly method: string }[];
}

/** The interval at which we read a clock that runs faster. */
const LOOK_EVERY_MS = 2;

async function main(): Promise<void> {
  const task = JSON.parse(process.env.BENCH_TASK ?? '{}') as Task;
  const from = performance.now();
  const start = Date.now();
  const now = () => Math.round(start + (performance.now() - from) * task.speed);
  const store = await openStore(task.databaseUrl, { now });
  const calls: { at: number; channel: string; method: string }[] = [];
  const client = createSlackClient({
    token: 'xoxb-bench',
    slackApiUrl: task.slackUrl,
    timeoutMs: DEFAULT_TIMING.callTimeoutMs,
  });
  const note = (method: string) => (args: { channel: string }) =>
    calls.push({ at: now(), channel: args.channel, method });
  const counted = watched(client, note('chat.postMessage'), note('chat.update'));
  const reconciler = createReconciler({
    work: store.work,
    workspace: store.workspace,
    buckets: store.buckets,
    clock: { now },
    instance: `bench:${process.pid}`,
    loadDeal: (tenant, id) => store.deals.load(tenant, id),
    tick: async () => undefined,
    render: async (deal) => wantedOf(deal),
    loadDealAt: async () => null,
    renderRetired: async () => [],
    slotMetadata: ({ id: deal }, slot) => ({ event_type: 'lostdeal_slot', event_payload: { deal, slot } }),
    renderNotice: () => null,
    knownChannel,
    slackFor: async () => ({ client: counted, ...BOT, channel: 'C000BENCH' }),
    logger: createLogger({ level: 'silent', pretty: false }),
    limits: { enabled: task.limits },
    ...(task.speed === 1 ? {} : { timing: { gatherMs: 0 } }),
  });
  store.changes(() => reconciler.wake());
  const cpu = process.cpuUsage();
  reconciler.start();
  process.send?.({ started: TENANT.teamId });
  const hurry = task.speed === 1 ? null : setInterval(() => reconciler.wake(), LOOK_EVERY_MS);
  process.on('message', (message) => {
    if (message === 'report') tell();
  });
  process.on('disconnect', () => process.exit(0));
  if (!task.untilIdle) return;
  await reconciler.idle();
  if (hurry !== null) clearInterval(hurry);
  tell();
  await reconciler.stop();
  await store.close();
  process.disconnect?.();

  function tell(): void {
    const { user, system } = process.cpuUsage(cpu);
    const at = calls.map((call) => call.at);
    const done: Done = {
      writes: calls.length,
      firstAt: at.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY),
      lastAt: at.reduce((most, each) => Math.max(most, each), 0),
      cpuMs: (user + system) / 1000,
      calls,
    };
    process.send?.({ done });
  }
}

function watched(
  client: WebClient,
  post: (args: { channel: string }) => void,
  update: (args: { channel: string }) => void,
): WebClient {
  const { postMessage, update: change } = client.chat;
  client.chat.postMessage = ((args: Parameters<typeof postMessage>[0]) => {
    post(args as { channel: string });
    return postMessage(args);
  }) as typeof postMessage;
  client.chat.update = ((args: Parameters<typeof change>[0]) => {
    update(args as { channel: string });
    return change(args);
  }) as typeof change;
  return client;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
