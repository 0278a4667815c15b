import { randomBytes, randomInt } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { RateLimits } from './api/rateLimits';
import { WebApi } from './api/server';
import { readManifest } from './config/manifest';
import { readSeed } from './config/seed';
import { Control } from './control/router';
import { renewFiles } from './control/uploads';
import type { Core } from './core';
import { Deliverer } from './delivery/deliverer';
import { publish } from './delivery/events';
import { SocketMode } from './delivery/socketMode';
import { SlackError, warn } from './errors';
import { isFromHere, sendJson } from './http';
import { type Clock, Ids } from './ids';
import { isObject, parseJson } from './json';
import { handleAuthorize } from './oauth/authorize';
import { Codes } from './oauth/codes';
import { Grants } from './oauth/grants';
import { handleFileDownload, handlePrivateFile, handleResponseUrl, handleUpload } from './otherEndpoints';
import { serveUi } from './serveUi';
import { ChangeFeed } from './workspace/changeFeed';
import { Faults } from './workspace/faults';
import { FunctionExecutions } from './workspace/functionExecutions';
import { Notices } from './workspace/notices';
import { OfferedOptions } from './workspace/offeredOptions';
import { ResponseUrls } from './workspace/responseUrls';
import { type ClockFollower, SandboxTime } from './workspace/sandboxTime';
import { ScheduledMessages } from './workspace/scheduledMessages';
import { StateFile } from './workspace/stateFile';
import { TrafficLog } from './workspace/trafficLog';
import { Triggers } from './workspace/triggers';
import { Views } from './workspace/views';
import { Workspace } from './workspace/workspace';

const HOST = '127.0.0.1';
const PACKAGE = join(__dirname, '..');

export interface SandboxOptions {
  /** A manifest file, or its text. */
  readonly manifest: string;
  /** A seed file. Default: the package's Brightwater workspace. */
  readonly seed?: string;
  /**
   * Keeps people, channels, messages, files, views, notices, scheduled messages and the installation from one run to
   * the next. If the file exists, the workspace continues from it, and the seed only says which workspace it is; else
   * the sandbox creates the file.
   */
  readonly stateFile?: string;
  /** 0 or left out: any free port. */
  readonly port?: number;
  /** Delivers by signed HTTP to this URL instead of by Socket Mode. Skips the handshake, see setRequestUrl. */
  readonly requestUrl?: string;
  /** Slack's rate limits. On unless false. */
  readonly rateLimits?: boolean;
  /**
   * Plays an app that is distributed commercially outside the Marketplace: history and replies once a minute each,
   * with at most 15 messages, also where `rateLimits` is false.
   */
  readonly rationedHistory?: boolean;
  /** Messages a second for the whole workspace, like Slack's unpublished cap. No cap if left out. */
  readonly postsPerSecond?: number;
  /** Messages that a channel keeps. Older ones disappear, as under a retention policy. Default 10,000. */
  readonly messagesPerChannel?: number;
  /** Ms that the app has to ack. Default 3000. */
  readonly ackTimeoutMs?: number;
  /** Ms that a trigger id is valid. Default 3000. */
  readonly triggerLifeMs?: number;
  /** Scales the waits before event retries (none, 1 min, 5 min): 0.001 makes a minute 60 ms. */
  readonly retryScale?: number;
  /** Epoch ms. A test can pass a clock of its own to move time. */
  readonly clock?: Clock;
  readonly botToken?: string;
  readonly appToken?: string;
  readonly signingSecret?: string;
  /** False: the workspace has the app only after somebody has installed it through OAuth. */
  readonly installed?: boolean;
  /** Folder of the built page. Default: `ui-dist` of this package. */
  readonly uiDirectory?: string;
}

export interface Sandbox {
  readonly url: string;
  /** For `slackApiUrl`; ends with a slash. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  /** For `clientId`, `clientSecret` and `authorizationUrl` of an OAuth installation. */
  readonly clientId: string;
  readonly clientSecret: string;
  readonly authorizationUrl: string;
  readonly appId: string;
  readonly botUserId: string;
  readonly teamId: string;
  readonly clock: SandboxClock;
  /**
   * Delivers by HTTP after Slack's url_verification handshake; undefined returns to Socket Mode.
   * @throws SandboxError url_verification_failed
   */
  setRequestUrl(url: string | undefined): Promise<void>;
  /** Ends everything: sockets, streams, timers. */
  stop(): Promise<void>;
}

/** For an app in this process that runs on the sandbox's clock: then people can move the clock on the page. */
export interface SandboxClock {
  /** Epoch ms. */
  now(): number;
  /** From then on the page has buttons that move the clock. */
  follow(app: ClockFollower): void;
}

/**
 * Starts a workspace on the loopback interface of this machine.
 * @throws SandboxError invalid_manifest, invalid_seed, invalid_state
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const manifest = readManifest(options.manifest);
  const seed = readSeed(options.seed ?? join(PACKAGE, 'seed', 'workspace.yml'));
  const time = new SandboxTime(options.clock ?? Date.now);
  const clock = time.now;
  const ids = new Ids();
  const changes = new ChangeFeed();
  const credentials = makeCredentials(options);
  const app = { appId: 'A0SANDBOX1', botId: 'B0SANDBOX1', botUserId: 'U0SANDBOX1', name: manifest.botName };
  const traffic = new TrafficLog(changes, clock);
  const ackTimeoutMs = options.ackTimeoutMs ?? 3000;
  const socketMode = new SocketMode({
    appId: app.appId,
    ids,
    time,
    ackTimeoutMs,
    onChange: () => changes.bump(),
  });
  const faults = new Faults();
  const deliverer = new Deliverer({
    socketMode,
    traffic,
    faults,
    time,
    signingSecret: credentials.signingSecret,
    ackTimeoutMs,
    retryScale: options.retryScale ?? 1,
    // The app checks signatures against its own clock, which the sandbox's clock does not move.
    clock: Date.now,
    ...(manifest.optionsUrl === undefined ? {} : { optionsUrl: manifest.optionsUrl }),
  });
  if (options.requestUrl !== undefined) deliverer.trustRequestUrl(options.requestUrl);

  const installation = { installed: options.installed !== false, revoked: false };
  const grants = new Grants({
    ...credentials,
    clock,
    installation,
    botUserId: app.botUserId,
    scopes: manifest.scopes,
  });
  const { messagesPerChannel } = options;
  const workspace = new Workspace(seed, app, clock, {
    changes,
    ids,
    ...(messagesPerChannel === undefined ? {} : { messagesPerChannel }),
  });

  const permissions = () => ({ scopes: grants.botScopes, unfurlDomains: manifest.unfurlDomains });

  let url = '';
  const core: Core = {
    clock,
    time,
    ids,
    manifest,
    credentials,
    workspace,
    views: new Views(ids, changes, permissions),
    permissions,
    triggers: new Triggers(clock, options.triggerLifeMs ?? 3000),
    responseUrls: new ResponseUrls(clock, () => url),
    offeredOptions: new OfferedOptions(),
    notices: new Notices(changes),
    traffic,
    faults,
    grants,
    oauthCodes: new Codes(clock),
    scheduled: new ScheduledMessages(workspace, time),
    functions: new FunctionExecutions(ids),
    deliverer,
    rationedHistory: options.rationedHistory === true,
    baseUrl: () => url,
    socketUrl: () => {
      if (!socketMode.enabled) throw new SlackError('socket_mode_disabled');
      return `${url.replace('http:', 'ws:')}/link/?ticket=${socketMode.issueTicket()}&app_id=${app.appId}`;
    },
    installation,
  };
  const state =
    options.stateFile === undefined
      ? undefined
      : new StateFile(options.stateFile, core.workspace, {
          views: core.views,
          notices: core.notices,
          scheduled: core.scheduled,
          grants,
        });
  if (options.stateFile !== undefined) {
    writeFileSync(tokensFileOf(options.stateFile), JSON.stringify(credentials), { mode: 0o600 });
  }
  core.workspace.onEvent((event) => publish(core, event));

  const { postsPerSecond } = options;
  const rateLimits = new RateLimits(clock, {
    tiers: options.rateLimits !== false,
    rationedHistory: core.rationedHistory,
    ...(postsPerSecond === undefined ? {} : { postsPerSecond }),
  });
  const api = new WebApi(core, rateLimits);
  const control = new Control(core, {
    socketMode,
    time,
    reset: () => {
      core.views.clear();
      core.offeredOptions.clear();
      core.notices.clear();
      core.faults.replace([]);
      core.installation.installed = options.installed !== false;
      core.installation.revoked = false;
      socketMode.enabled = true;
      rateLimits.clear();
      core.scheduled.clear();
      core.functions.clear();
      core.oauthCodes.clear();
      core.grants.reset();
      core.workspace.reset();
    },
  });
  const uiDirectory = options.uiDirectory ?? join(PACKAGE, 'ui-dist');

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const target = new URL(request.url ?? '/', url);
    const [, first = '', second = '', third = ''] = target.pathname.split('/');
    if (first === 'api') return api.handle(second, request, response);
    if (first === 'response') return handleResponseUrl(core, target.pathname, request, response);
    if (first === 'upload') return handleUpload(core, { id: second, key: third }, request, response);
    if (target.pathname === '/oauth/v2/authorize') return handleAuthorize(core, target, request, response);
    if (first === 'files-pri') return handlePrivateFile(core, second, request, response);
    if (first === 'files') return handleFileDownload(core, second, third, response);
    if (first === 'control') return control.handle(target, request, response);
    return serveUi(uiDirectory, target.pathname, response);
  };

  const server = createServer((request, response) => {
    if (!isFromHere(request.headers)) {
      sendJson(response, 403, { ok: false, error: 'forbidden', detail: 'local use only' });
      return;
    }
    route(request, response).catch((error: unknown) => {
      warn(error);
      sendJson(response, 500, { ok: false, error: 'fatal_error', detail: String(error) });
      // An answer that has begun cannot say so.
      if (!response.writableEnded) response.destroy();
    });
  });
  server.on('upgrade', (request, socket: Duplex, head) => {
    socket.on('error', () => socket.destroy());
    if (!isFromHere(request.headers)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    try {
      socketMode.upgrade(request, socket, head);
    } catch (error) {
      warn(error);
      socket.destroy();
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, HOST, resolve);
  });
  url = `http://${HOST}:${(server.address() as AddressInfo).port}`;
  if (state !== undefined) renewFiles(core);

  return {
    url,
    apiUrl: `${url}/api/`,
    authorizationUrl: `${url}/oauth/v2/authorize`,
    ...credentials,
    appId: app.appId,
    botUserId: app.botUserId,
    teamId: seed.team.id,
    clock: {
      now: time.now,
      follow: (app) => {
        time.follow(app);
        changes.bump();
      },
    },
    setRequestUrl: async (requestUrl) => {
      await deliverer.setRequestUrl(requestUrl);
      changes.bump();
    },
    stop: async () => {
      control.stop();
      api.stop();
      await deliverer.stop();
      time.stop();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      state?.stop();
    },
  };
}

/**
 * Random, so that no other program on this machine guesses them. Beside a state file they are kept too, so that an .env
 * file stays valid.
 */
function makeCredentials({ stateFile, ...given }: SandboxOptions): Credentials {
  const kept = stateFile === undefined ? undefined : tokensFileOf(stateFile);
  const known = kept !== undefined && existsSync(kept) ? parseJson(readFileSync(kept, 'utf8')) : undefined;
  const credentials = { ...randomCredentials(), ...(isObject(known) ? known : {}) };
  const { botToken, appToken, signingSecret } = given;
  return {
    ...credentials,
    ...(botToken === undefined ? {} : { botToken }),
    ...(appToken === undefined ? {} : { appToken }),
    ...(signingSecret === undefined ? {} : { signingSecret }),
  };
}

const tokensFileOf = (stateFile: string) => `${stateFile}.tokens`;

type Credentials = ReturnType<typeof randomCredentials>;

function randomCredentials() {
  const hex = (bytes: number) => randomBytes(bytes).toString('hex');
  return {
    botToken: `xoxb-sandbox-${hex(12)}`,
    appToken: `xapp-1-A0SANDBOX1-${hex(12)}`,
    signingSecret: hex(16),
    clientId: `1000000000001.${randomInt(1e12)}`,
    clientSecret: hex(16),
  };
}
