/**
 * The Bolt app: receives commands, clicks, submissions and events, over Socket Mode or signed HTTP, and hands
 * them to the listeners. `authorize` does no I/O (see installations.ts), so no ack waits for Slack.
 */
import type { RequestListener } from 'node:http';
import { setTimeout as after, setImmediate as turn } from 'node:timers/promises';
import { App, HTTPReceiver, type ReceiverEvent, SocketModeReceiver } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import type { Config } from '../config';
import { type SlackFetch, slackFetch } from '../slackFetch';
import { boltLogger } from './boltLogger';
import { createConnection, type Up } from './connection';
import type { SlackDeps } from './listeners/delivery';
import { registerListeners } from './listeners/index';
import { oauthOptions } from './oauth';
import { within } from './patience';
import type { TokenRefusedError } from './refused';
import { installPages, requestsOf } from './requests';
import { openSocket } from './socket';
import { type Surface, surfaceOf } from './surface';

export interface SlackApp {
  /**
   * Reaches Slack, and keeps trying when it cannot be reached. Over HTTP the web server feeds `requests`.
   * @throws TokenRefusedError
   */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Slack's requests over HTTP, and the OAuth pages; null when neither is configured. */
  readonly requests: RequestListener | null;
  /** `ok`, or what is wrong, for `/readyz`. */
  connection(): string;
}

/** views.* must answer while the person looks at the screen; a second try would come too late for its trigger. */
const VIEWS_TIMEOUT_MS = 5_000;
const CONNECT_TIMEOUT_MS = 10_000;
/** How long a stop waits for what people just did; what is not done then, Slack sends again or they tap again. */
const SETTLED_WITHIN_MS = 5_000;

/** How long, after that, for the screens of what came last. */
const SHOWN_WITHIN_MS = 1_000;

/** A pause in what Slack sends; the longer it does not come, the shorter one will do. */
const PAUSE_MS = 100;
const PAUSE_WITHIN_MS = 4_000;

/** Slack comes to us: there is no connection that could end. */
const OVER_HTTP: Up = { gone: new Promise(() => undefined), close: () => Promise.resolve() };

export interface SlackAppDeps extends SlackDeps {
  readonly onAck?: OnAck;
  /** Tests die here. */
  readonly atAck?: (moment: 'before' | 'after') => void;
  readonly fetch?: SlackFetch;
  /** Slack refuses a token long after the start. */
  readonly giveUp: (error: TokenRefusedError) => void;
}

export type OnAck = (surface: Surface, outcome: 'acked' | 'unacked', ms: number) => void;

/** Bolt acks an event before its listeners run. Here it is acked when it was kept: if we die before, Slack sends it again. */
class KeepingApp extends App {
  private readonly underWay = new Set<Promise<void>>();
  private lastCameAt = Number.NEGATIVE_INFINITY;
  /** Nobody knows yet which workspace we serve. */
  isBlind: () => boolean = () => false;

  /** Told of each ack, and of each delivery that was not acked. */
  onAck: OnAck = () => undefined;
  /** Told right before and right after an ack is sent. */
  atAck: (moment: 'before' | 'after') => void = () => undefined;

  override processEvent(event: ReceiverEvent): Promise<void> {
    const since = performance.now();
    this.lastCameAt = since;
    const surface = surfaceOf(event.body);
    let acked = false;
    const watched: ReceiverEvent = {
      ...event,
      ack: async (answer) => {
        this.atAck('before');
        await event.ack(answer);
        if (!acked) this.onAck(surface, 'acked', performance.now() - since);
        acked = true;
        this.atAck('after');
      },
    };
    const done = surface === 'event' ? this.keep(watched) : super.processEvent(watched);
    const tracked = done.finally(() => {
      this.underWay.delete(tracked);
      if (!acked) this.onAck(surface, 'unacked', performance.now() - since);
    });
    this.underWay.add(tracked);
    return tracked;
  }

  /**
   * Everything that reached this process is answered, and nothing came for a moment. After a goodbye a WebSocket can
   * carry no more acks, so the goodbye is said right then: what Slack sends in the instant in which it is on its way
   * is all that can be lost.
   */
  async paused(): Promise<void> {
    const since = performance.now();
    let pauseMs: number;
    do {
      pauseMs = PAUSE_MS * Math.max(0, 1 - (performance.now() - since) / PAUSE_WITHIN_MS);
      await this.settled();
      await after(Math.max(0, this.lastCameAt + pauseMs - performance.now()));
      // What the socket has received meanwhile is read first.
      await turn();
    } while (this.underWay.size > 0 || performance.now() - this.lastCameAt < pauseMs);
  }

  /** What people did is saved and they were shown what comes next. */
  async settled(): Promise<void> {
    // More may come while these are waited for; what is taken is finished.
    while (this.underWay.size > 0) await Promise.allSettled(this.underWay);
  }

  private async keep(event: ReceiverEvent): Promise<void> {
    // Not acked, so that Slack sends it again when we know whose it is.
    if (this.isBlind()) return;
    await super.processEvent({ ...event, ack: async () => undefined });
    await event.ack();
  }
}

export function createSlackApp(config: Config, deps: SlackAppDeps): SlackApp {
  const { delivery, apiUrl, tenancy } = config.slack;
  const clientOptions: WebClientOptions = {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: VIEWS_TIMEOUT_MS,
    fetch: deps.fetch ?? slackFetch,
  };
  const logger = boltLogger(deps.logger);
  const oauth = tenancy.kind === 'many' ? oauthOptions(tenancy, deps, apiUrl) : null;

  const socket =
    delivery.mode === 'socket'
      ? new SocketModeReceiver({
          appToken: delivery.appToken,
          logger: boltLogger(deps.logger, 'debug'),
          autoReconnectEnabled: false,
          installerOptions: {
            clientOptions: {
              slackApiUrl: apiUrl,
              retryConfig: { retries: 0 },
              rejectRateLimitedCalls: true,
              timeout: CONNECT_TIMEOUT_MS,
            },
          },
        })
      : null;
  const http =
    delivery.mode === 'http' ? new HTTPReceiver({ signingSecret: delivery.signingSecret, logger }) : null;
  const requests = requestsOf([...(http ? [http] : []), ...(oauth ? [installPages(oauth, logger)] : [])]);
  const receiver = socket ?? http;
  if (receiver === null) throw new Error('no way to hear from Slack is configured');

  const app = new KeepingApp({
    receiver,
    logger,
    clientOptions,
    // Our own posts come back as message events; they settle posts whose reply was lost.
    ignoreSelf: false,
    // Nothing is kept there: what belongs to a conversation stands in the database.
    convoStore: false,
    authorize: async ({ teamId, enterpriseId }) => {
      const installation = deps.installations.find(teamId ?? '', enterpriseId);
      // The listeners say so to the person; an authorization that fails would be acked with nothing said.
      if (installation === null) return {};
      return {
        botToken: installation.botToken,
        botId: installation.botId,
        botUserId: installation.botUserId,
        teamId: installation.tenant.teamId,
      };
    },
  });
  // Bolt gives its log to this client; at a view that Slack refuses the client would quote it there.
  app.webClientOptions.logger = boltLogger(deps.logger.child({}, { level: 'silent' }));
  if (deps.onAck !== undefined) app.onAck = deps.onAck;
  if (deps.atAck !== undefined) app.atAck = deps.atAck;
  app.isBlind = deps.installations.areUnknown;
  registerListeners(app, deps);

  const connection = createConnection({
    apiUrl,
    logger: deps.logger,
    giveUp: deps.giveUp,
    connect: async () => {
      await deps.installations.learn();
      if (socket === null) return OVER_HTTP;
      const up = await openSocket(socket.client);
      deps.logger.info('connected to Slack by Socket Mode');
      return up;
    },
  });

  return {
    start: () => connection.start(),
    async stop() {
      const shown = app.settled().then(() => deps.afterwards.settled());
      // Last of all the pause: nothing may be waited for between it and the goodbye.
      await within(SETTLED_WITHIN_MS, socket === null ? shown : shown.then(() => app.paused()));
      await connection.stop();
      // What came meanwhile, too, is shown.
      await within(SHOWN_WITHIN_MS, deps.afterwards.settled());
    },
    requests,
    connection: () => (connection.isUp() ? 'ok' : 'not connected'),
  };
}
