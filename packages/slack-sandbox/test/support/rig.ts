import type { Server } from 'node:http';
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import {
  connectSandbox,
  type Sandbox,
  type SandboxClient,
  type SandboxOptions,
  startSandbox,
} from '../../src';
import { MANIFEST } from './manifest';

export type Mode = 'socket' | 'http';

export interface Rig {
  readonly sandbox: Sandbox;
  readonly client: SandboxClient;
  readonly web: WebClient;
  /** Starts a Bolt app against the sandbox, after `listen` has put its listeners on. */
  start(listen: (app: App) => void, mode?: Mode): Promise<App>;
  /** Starts an app of the test's own making, and sets its request URL if it has one. */
  serve(app: App): Promise<void>;
  /** Waits for something that no change of the sandbox tells of. */
  eventually(holds: () => boolean): Promise<void>;
  /** A client that waits longer. */
  patient(timeoutMs: number): SandboxClient;
  stop(): Promise<void>;
}

/** A sandbox, a client and a Web API client; apps on demand. */
export async function makeRig(options: Partial<SandboxOptions> = {}): Promise<Rig> {
  const sandbox = await startSandbox({ manifest: MANIFEST, rateLimits: false, ...options });
  const apps: App[] = [];
  const client = connectSandbox(sandbox.url);
  const serve = async (app: App) => {
    apps.push(app);
    const server = (await app.start(0)) as Partial<Server> | undefined;
    const address = server?.address?.() ?? null;
    if (address !== null && typeof address !== 'string')
      await sandbox.setRequestUrl(`http://127.0.0.1:${address.port}/slack/events`);
  };
  return {
    sandbox,
    client,
    web: webClient(sandbox),
    serve,
    eventually: async (holds) => {
      while (!holds()) await new Promise(setImmediate);
    },
    patient: (timeoutMs) => connectSandbox(sandbox.url, { timeoutMs }),
    start: async (listen, mode = 'socket') => {
      const app = makeApp(sandbox, mode);
      listen(app);
      await serve(app);
      return app;
    },
    stop: async () => {
      await Promise.all(apps.map((app) => app.stop()));
      await sandbox.stop();
    },
  };
}

/** A client that fails at once instead of trying again. */
export function webClient(sandbox: Sandbox, token = sandbox.botToken): WebClient {
  return new WebClient(token, {
    slackApiUrl: sandbox.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
    logger: silent,
  });
}

function makeApp(sandbox: Sandbox, mode: Mode): App {
  const clientOptions = { slackApiUrl: sandbox.apiUrl, logger: silent };
  const receiver =
    mode === 'socket'
      ? new SocketModeReceiver({
          appToken: sandbox.appToken,
          logger: silent,
          installerOptions: { clientOptions },
        })
      : new HTTPReceiver({ signingSecret: sandbox.signingSecret, logger: silent });
  return new App({ token: sandbox.botToken, receiver, clientOptions, logger: silent });
}

const quiet = () => undefined;
export const silent = {
  debug: quiet,
  info: quiet,
  warn: quiet,
  error: quiet,
  setLevel: quiet,
  getLevel: () => LogLevel.ERROR,
  setName: quiet,
};

/** The Slack error code of a call that must fail. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    return (error as { data?: { error?: string } }).data?.error ?? String(error);
  }
  return 'no error';
}

/** A fresh trigger id, from a command that nobody answers. */
export async function triggerFor(rig: Rig, name = 'robin'): Promise<string> {
  await rig.client.as(name).slash('/probe');
  const delivery = (await rig.client.traffic()).findLast((entry) => entry.kind === 'delivery');
  return (delivery?.kind === 'delivery' && (delivery.payload as { trigger_id?: string }).trigger_id) || '';
}

/** A clock that stands still until it is told to go on. */
export function handClock(): { readonly now: () => number; readonly pass: (ms: number) => void } {
  let now = Date.UTC(2026, 10, 22, 12);
  return {
    now: () => now,
    pass: (ms) => {
      now += ms;
    },
  };
}
