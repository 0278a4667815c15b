/**
 * The Bolt app: receives commands, clicks, submissions and events, over Socket Mode or signed HTTP, and hands
 * them to the listeners. `authorize` does no I/O (see installations.ts), so no ack waits for Slack.
 */
import type { RequestListener } from 'node:http';
import { App, HTTPReceiver, SocketModeReceiver } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import type { Config } from '../config';
import { boltLogger } from './boltLogger';
import type { SlackDeps } from './listeners/delivery';
import { registerListeners } from './listeners/index';
import { oauthOptions } from './oauth';

export interface SlackApp {
  /** Connects (Socket Mode). Over HTTP the web server feeds `requests` instead. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Slack's requests over HTTP, and the OAuth pages; null when neither is configured. */
  readonly requests: RequestListener | null;
  /** `ok`, or what is wrong, for `/readyz`. */
  connection(): string;
}

/** views.* must answer while the person looks at the screen; a second try would come too late for its trigger. */
const VIEWS_TIMEOUT_MS = 5_000;

export function createSlackApp(config: Config, deps: SlackDeps): SlackApp {
  const { delivery, apiUrl, tenancy } = config.slack;
  const clientOptions: WebClientOptions = {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: VIEWS_TIMEOUT_MS,
  };
  const logger = boltLogger(deps.logger);
  const oauth = tenancy.kind === 'many' ? oauthOptions(tenancy, deps, apiUrl) : null;

  let connected = false;
  const socket =
    delivery.mode === 'socket'
      ? new SocketModeReceiver({
          appToken: delivery.appToken,
          logger,
          // Socket Mode keeps a client of its own, with Slack's default reconnects.
          installerOptions: { clientOptions: { slackApiUrl: apiUrl } },
        })
      : null;
  socket?.client.on('connected', () => {
    connected = true;
    deps.logger.info('connected to Slack by Socket Mode');
  });
  for (const gone of ['disconnected', 'reconnecting', 'close']) {
    socket?.client.on(gone, () => {
      connected = false;
    });
  }
  const http =
    delivery.mode === 'http'
      ? new HTTPReceiver({ signingSecret: delivery.signingSecret, logger, ...(oauth ?? {}) })
      : null;
  const receiver = socket ?? http;
  if (receiver === null) throw new Error('no way to hear from Slack is configured');

  const app = new App({
    receiver,
    logger,
    clientOptions,
    // Our own posts come back as message events; they settle posts whose reply was lost.
    ignoreSelf: false,
    authorize: async ({ teamId, enterpriseId }) => {
      const installation = deps.installations.find(teamId ?? '', enterpriseId);
      if (installation === null) throw new Error(`no installation for team ${teamId ?? enterpriseId ?? '?'}`);
      return {
        botToken: installation.botToken,
        botId: installation.botId,
        botUserId: installation.botUserId,
        teamId: installation.tenant.teamId,
      };
    },
  });
  registerListeners(app, deps);

  return {
    async start() {
      if (socket) await socket.start();
      else connected = true;
    },
    async stop() {
      connected = false;
      if (socket) await socket.client.disconnect();
    },
    requests: http?.requestListener ?? null,
    connection: () => (connected ? 'ok' : 'not connected'),
  };
}
