/**
 * The Bolt app: receives commands, clicks, submissions and events over Socket Mode or signed HTTP, and passes them to the
 * listeners. `authorize` does no I/O (see installations.ts), so no ack waits for Slack.
 */
import type { RequestListener } from 'node:http';
import { HTTPReceiver } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import type { Config } from '../../config';
import { boltLogger } from '../install/boltLogger';
import { oauthOptions } from '../install/oauth';
import type { TokenRefusedError } from '../install/tokenErrors';
import { registerListeners } from '../listeners/index';
import type { SlackDeps } from '../listeners/request';
import { createConnection, type Up } from '../socketMode/connection';
import type { SocketOptions } from '../socketMode/socket';
import { createSocketReceiver } from '../socketMode/socketReceiver';
import { withTimeout } from '../socketMode/withTimeout';
import { AckAfterCommitApp, type OnAck } from './ackAfterCommit';
import { installPages } from './requests';

export interface SlackApp {
  /**
   * Connects to Slack, and keeps trying while that fails. Over HTTP the web server calls `events`.
   * @throws TokenRefusedError
   */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Takes requests whose signature is verified and whose body has been read; null with Socket Mode. */
  readonly events: RequestListener | null;
  /** The pages of OAuth by path; empty without OAuth. */
  readonly pages: Readonly<Record<string, RequestListener>>;
  /** `ok`, or what is wrong, for `/readyz`. */
  connection(): string;
}

/** For views.*, which must answer while the person looks at the screen. A retry would be too late for its trigger id. */
const VIEWS_TIMEOUT_MS = 5_000;
/**
 * A request that we never ack is answered with 404 after this time. Slack itself hangs up after three seconds. Bolt's
 * default is the same three seconds, which ends a slow ack although whoever sent the request still waits for it.
 */
const UNACKED_AFTER_MS = 10_000;
const CONNECT_TIMEOUT_MS = 10_000;
/** Longest wait of a stop for running requests. After that Slack sends the event again, or the person taps again. */
const FINISHED_WITHIN_MS = 5_000;
/** Shortest wait after our close frame, for requests that crossed it. */
const LATE_WITHIN_MS = 1_500;

/** Over HTTP Slack connects to us: we have no connection that could end. */
const OVER_HTTP: Up = {
  gone: new Promise(() => undefined),
  disconnectReason: new Promise(() => undefined),
  close: () => Promise.resolve(),
};

export interface SlackAppDeps extends SlackDeps {
  readonly onAck?: OnAck;
  /** Called around each ack; a test kills the process in it. */
  readonly atAck?: (moment: 'before' | 'after') => void;
  /** Makes the connections of Socket Mode, through a proxy; absent: directly. */
  readonly dispatcherWith?: SocketOptions['dispatcherWith'] | undefined;
  /** Called each time that Slack was reached. */
  readonly onUp?: () => void;
  /** Called when Slack refuses a token after the start. */
  readonly giveUp: (error: TokenRefusedError) => void;
}

export function createSlackApp(config: Config, deps: SlackAppDeps): SlackApp {
  const { transport, apiUrl, tenancy } = config.slack;
  const clientOptions = {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: VIEWS_TIMEOUT_MS,
    fetch: deps.fetch,
  } satisfies WebClientOptions;
  const logger = boltLogger(deps.logger);
  /** For parts that quote what people or strangers sent; we log their failures ourselves. */
  const silent = boltLogger(deps.logger.child({}, { level: 'silent' }));
  const oauth = tenancy.kind === 'many' ? oauthOptions(tenancy, { ...deps, clientOptions }) : null;

  const socket =
    transport.mode === 'socket'
      ? createSocketReceiver({
          appToken: transport.appToken,
          fetch: deps.fetch,
          dispatcherWith: deps.dispatcherWith,
          logger: deps.logger,
          clientOptions: {
            slackApiUrl: apiUrl,
            retryConfig: { retries: 0 },
            rejectRateLimitedCalls: true,
            timeout: CONNECT_TIMEOUT_MS,
          },
        })
      : null;
  // The front door verifies each signature and passes on nothing else; a second time would cost a tenth of an ack.
  const http =
    transport.mode === 'http'
      ? new HTTPReceiver({
          signingSecret: '',
          signatureVerification: false,
          logger,
          unhandledRequestTimeoutMillis: UNACKED_AFTER_MS,
        })
      : null;
  const receiver = socket ?? http;
  if (receiver === null) throw new Error('neither Socket Mode nor HTTP is configured');

  const app = new AckAfterCommitApp({
    receiver,
    logger,
    clientOptions,
    // Our own posts come back as message events, which resolve posts whose reply was lost.
    ignoreSelf: false,
    // We keep conversations in the database.
    convoStore: false,
    authorize: async ({ teamId, enterpriseId }) => {
      const installation = deps.installations.find(teamId ?? '', enterpriseId);
      // The listeners explain it to the person. Bolt would ack a failed authorization without a word.
      if (installation === null) return {};
      return {
        botToken: installation.botToken,
        botId: installation.botId,
        botUserId: installation.botUserId,
        teamId: installation.tenant.teamId,
      };
    },
  });
  // Bolt gives its log to this client, which would quote a view that Slack refuses.
  app.webClientOptions.logger = silent;
  if (deps.onAck !== undefined) app.onAck = deps.onAck;
  if (deps.atAck !== undefined) app.atAck = deps.atAck;
  app.hasNoInstallation = deps.installations.areUnknown;
  app.onUnsendableAck = () =>
    deps.logger.info('the connection ended before a request could be acked; its work is done all the same');
  registerListeners(app, deps);

  const connection = createConnection({
    apiUrl: deps.dispatcherWith === undefined ? apiUrl : `${apiUrl} through the proxy of HTTPS_PROXY`,
    logger: deps.logger,
    giveUp: deps.giveUp,
    onUp: deps.onUp,
    connect: async () => {
      await deps.installations.learn();
      if (socket === null) return OVER_HTTP;
      const up = await socket.open();
      deps.logger.info('connected to Slack by Socket Mode');
      return up;
    },
  });

  return {
    start: () => connection.start(),
    async stop() {
      const until = performance.now() + FINISHED_WITHIN_MS;
      connection.stop();
      await socket?.stop();
      await withTimeout(
        Math.max(LATE_WITHIN_MS, until - performance.now()),
        app.settled().then(() => deps.backgroundTasks.settled()),
      );
    },
    events: http?.requestListener ?? null,
    pages: oauth === null ? {} : installPages(oauth, silent),
    connection: () => (connection.isUp() ? 'ok' : 'not connected'),
  };
}
