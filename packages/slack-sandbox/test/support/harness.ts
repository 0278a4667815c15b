import type { Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { App, type AppOptions, LogLevel } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import {
  connectSandbox,
  type Sandbox,
  type SandboxClient,
  type SandboxOptions,
  startSandbox,
  type Traffic,
} from '../../src';
import { MANIFEST } from './manifest';

export type Transport = 'socket' | 'http';

export interface Harness {
  readonly sandbox: Sandbox;
  readonly client: SandboxClient;
  readonly web: WebClient;
  /** The sandbox's time at its start, epoch ms. It moves only by `client.clock.advance`. */
  readonly startedAt: number;
  /** Connects a new Bolt app to the sandbox, once `addListeners` has added its listeners. */
  startApp(addListeners: (app: App) => void, options?: StartAppOptions): Promise<App>;
  /** Stops the apps, then the sandbox. */
  stop(): Promise<void>;
}

export interface StartAppOptions extends AppOptions {
  /** Socket Mode if left out. */
  readonly transport?: Transport;
}

/** Longer than a machine that is busy with other work delays an answer. */
const ACK_TIMEOUT_MS = 60_000;
const WAIT_TIMEOUT_MS = 60_000;

/**
 * A sandbox without rate limits, a client, and a Web API client. No time passes unless the test advances the clock, so
 * that triggers, URLs and limits do not age on a busy machine.
 */
export async function startHarness(options: Partial<SandboxOptions> = {}): Promise<Harness> {
  const startedAt = Date.now();
  const sandbox = await startSandbox({
    manifest: MANIFEST,
    rateLimits: false,
    ackTimeoutMs: ACK_TIMEOUT_MS,
    clock: () => startedAt,
    ...options,
  });
  const apps: App[] = [];
  return {
    sandbox,
    client: connectSandbox(sandbox.url, { timeoutMs: WAIT_TIMEOUT_MS }),
    web: webClient(sandbox),
    startedAt,
    startApp: async (addListeners, options = {}) => {
      const app = makeApp(sandbox, options);
      addListeners(app);
      apps.push(app);
      const server = (await app.start(0)) as Partial<Server> | undefined;
      const address = server?.address?.() ?? null;
      if (address !== null && typeof address !== 'string')
        await sandbox.setRequestUrl(`http://127.0.0.1:${address.port}/slack/events`);
      return app;
    },
    stop: async () => {
      await Promise.all(apps.map((app) => app.stop()));
      await sandbox.stop();
    },
  };
}

/** A Web API client that throws on the first refusal instead of retrying. */
export function webClient(sandbox: Sandbox, token = sandbox.botToken): WebClient {
  return new WebClient(token, {
    slackApiUrl: sandbox.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
    logger: silentLogger,
  });
}

function makeApp(sandbox: Sandbox, { transport = 'socket', ...options }: StartAppOptions): App {
  return new App({
    token: sandbox.botToken,
    ...(transport === 'socket'
      ? { socketMode: true, appToken: sandbox.appToken }
      : { signingSecret: sandbox.signingSecret }),
    clientOptions: { slackApiUrl: sandbox.apiUrl, logger: silentLogger },
    logger: silentLogger,
    ...options,
  });
}

const ignore = () => undefined;
export const silentLogger = {
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: ignore,
  setLevel: ignore,
  getLevel: () => LogLevel.ERROR,
  setName: ignore,
};

const POLL_MS = 5;

/** Waits for a condition of the test's own process, such as what a listener has received. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await wait(POLL_MS);
}

/** The Slack error code of a call that must fail. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    return (error as { data?: { error?: string } }).data?.error ?? String(error);
  }
  return 'no error';
}

type Delivery = Extract<Traffic, { kind: 'delivery' }>;

/** Every delivery to the app so far, oldest first. */
export async function deliveries({ client }: Harness): Promise<readonly Delivery[]> {
  return (await client.traffic()).filter((entry) => entry.kind === 'delivery');
}

/** Waits for a delivery with these properties. */
export async function waitForDelivery(harness: Harness, wanted: Partial<Delivery>): Promise<Delivery> {
  const found = await harness.client.waitForTraffic(
    JSON.stringify(wanted),
    (entry) =>
      entry.kind === 'delivery' &&
      (Object.keys(wanted) as (keyof Delivery)[]).every((key) => entry[key] === wanted[key]),
  );
  return found as Delivery;
}

/** The payload of the newest delivery, empty before the first. */
export async function newestPayload(harness: Harness): Promise<Readonly<Record<string, unknown>>> {
  const delivery = (await deliveries(harness)).at(-1);
  return (delivery?.payload ?? {}) as Readonly<Record<string, unknown>>;
}

/** The response URL of the newest delivery. */
export async function newestResponseUrl(harness: Harness): Promise<string> {
  return String((await newestPayload(harness)).response_url);
}

/** A fresh trigger id, from a command that no app answers. */
export async function newTriggerId(harness: Harness, name = 'robin'): Promise<string> {
  await harness.client.as(name).slash('/probe');
  return String((await newestPayload(harness)).trigger_id);
}
