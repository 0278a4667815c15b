/**
 * Lostdeal on what an earlier release left behind: its database, and the Slack that it had written to, at the moment it
 * stopped. What stands in the fixture is described beside it.
 *
 * Between the app and its Slack stands a gate that counts what is written, and shows screens itself: an old button comes
 * with a trigger that no sandbox has given out.
 */
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { connectSandbox, type Sandbox, type SandboxClient, startSandbox } from 'slack-sandbox';
import { readConfig } from '../../../src/config';
import { createLogger } from '../../../src/log';
import { type Lostdeal, startLostdeal } from '../../../src/lostdeal';
import { slotOfMetadata } from '../../../src/slack/messages/slot';
import { PRIVATE_CHANNEL, ROOT, TENANT, UNPACED } from './world';

type Json = Readonly<Record<string, unknown>>;

export interface OldSlot {
  readonly key: string;
  readonly state: string;
  readonly channel: string | null;
  readonly ts: string | null;
}

export interface OldDeal {
  readonly id: string;
  readonly account: string;
  readonly stage: string;
  readonly rep: string;
  readonly manager: string | null;
  /** The person whom its ask is with; null: nobody. */
  readonly asked: string | null;
  readonly slots: readonly OldSlot[];
}

/** A modal or a Home as Slack showed it, with the values of its inputs. */
export interface OldScreen {
  readonly number: number;
  /** It was open when the release stopped; the others were left before. */
  readonly live: boolean;
  readonly user: string;
  readonly view: Json & {
    readonly id: string;
    readonly type: string;
    readonly callback_id: string;
    readonly private_metadata: string;
    readonly blocks: readonly Json[];
    readonly submit: unknown;
    readonly state: { readonly values: Readonly<Record<string, Readonly<Record<string, Json>>>> };
  };
}

/** A button of a message, or of a screen. */
export interface OldButton {
  readonly on: 'message' | 'screen';
  readonly channel?: string;
  readonly ts?: string;
  readonly thread_ts?: string | null;
  /** Number of the screen. */
  readonly screen?: number;
  /** The person who would press it. */
  readonly user: string;
  /** Account. */
  readonly deal: string | null;
  readonly slot: string | null;
  readonly block_id: string;
  readonly action_id: string;
  readonly type: string;
  readonly value?: string;
}

export interface Release {
  /** The moment at which it stopped, ms UTC. */
  readonly at: number;
  readonly deals: readonly OldDeal[];
  readonly screens: readonly OldScreen[];
  readonly buttons: readonly OldButton[];
  readonly database: Buffer;
  readonly slack: Buffer;
  readonly workspace: string;
}

export function readRelease(name: string): Release {
  const folder = join(ROOT, 'test', 'fixtures', `release-${name}`);
  const packed = (file: string) => gunzipSync(readFileSync(join(folder, `${file}.gz`)));
  const json = (file: string) => JSON.parse(packed(file).toString()) as never;
  return {
    at: Number(readFileSync(join(folder, 'time.txt'), 'utf8')),
    deals: json('deals.json'),
    screens: json('screens.json'),
    buttons: json('buttons.json'),
    database: packed('lostdeal.db'),
    slack: packed('slack.json'),
    workspace: join(folder, 'workspace.yml'),
  };
}

/** A call that writes a message, as Slack answered it. */
export interface Written {
  readonly method: string;
  /** Account. */
  readonly deal: string | null;
  readonly slot: string | null;
  /** Null: done. */
  readonly error: string | null;
}

/** Every word of an answer that a person reads. */
export function wordsIn({ body, shown }: Answer): readonly string[] {
  const words: string[] = [];
  JSON.stringify([body === '' ? {} : JSON.parse(body), shown], (key, value: unknown) => {
    if (
      typeof value === 'string' &&
      !/^(action_id|block_id|callback_id|private_metadata|value|method)$/u.test(key)
    )
      words.push(value);
    return value;
  });
  return words;
}

/** The result of an answer: screens and errors by their ids, and whether the app recorded anything. */
export function answerIn({ status, body, shown, commits }: Answer): string[] {
  const said =
    body === '' ? {} : (JSON.parse(body) as { response_action?: string; errors?: Json; view?: Json });
  const nameOf = (view: Json) =>
    view.callback_id === 'notice' ? `notice (${(view.title as Json).text})` : String(view.callback_id);
  return [
    ...(status === 200 ? [] : [`status ${status}`]),
    ...(said.response_action === undefined ? [] : [said.response_action]),
    ...Object.keys(said.errors ?? {}),
    ...(said.view === undefined ? [] : [nameOf(said.view)]),
    ...shown.map(({ method, view }) => `${method} ${nameOf(view)}`),
    ...(commits > 0 ? ['commit'] : []),
  ];
}

/** A screen that the app asked Slack to show. */
export interface ShownView {
  readonly method: string;
  readonly view: Json;
}

/** The result for a person who presses or submits: the answer to the request, and the screens after it. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly shown: readonly ShownView[];
  /** The number of deal events and changes of settings that it caused. */
  readonly commits: number;
}

export interface Upgraded {
  readonly slack: SandboxClient;
  readonly sandbox: Sandbox;
  readonly lostdeal: Lostdeal;
  /** The calls that wrote to Slack since the start, or since `forget`. */
  written(): readonly Written[];
  forget(): void;
  /** Makes the reconciler go over every deal again; resolves when Slack shows all of them. */
  goOver(except?: readonly string[]): Promise<void>;
  /** Delivers a payload as Slack does, signed. Waits for the screen that follows a button whose ack says nothing. */
  deliver(payload: Json, trigger: string, kind?: 'button' | 'submission'): Promise<Answer>;
  stop(): Promise<void>;
}

export interface UpgradeOptions {
  /** The new place of the database; default: a copy of the SQLite file. */
  readonly databaseUrl?: string;
}

/** Writes the release's database into a folder. @returns its path */
export function unpackDatabase(release: Release, folder: string): string {
  const file = join(folder, 'lostdeal.db');
  writeFileSync(file, release.database);
  return file;
}

export async function upgradeFrom(release: Release, options: UpgradeOptions = {}): Promise<Upgraded> {
  const folder = mkdtempSync(join(tmpdir(), 'lostdeal-upgrade-'));
  const stateFile = join(folder, 'slack.json');
  writeFileSync(stateFile, release.slack);
  const startedAt = performance.now();
  const now = () => Math.floor(release.at + performance.now() - startedAt);
  const sandbox = await startSandbox({
    manifest: join(ROOT, 'manifest.yml'),
    seed: release.workspace,
    stateFile,
    clock: now,
    rateLimits: false,
    ackTimeoutMs: 20_000,
  });
  const gate = await openGate(sandbox.apiUrl, release);
  const lostdeal = await startLostdeal(
    readConfig({
      SLACK_API_URL: gate.url,
      SLACK_BOT_TOKEN: sandbox.botToken,
      SLACK_SIGNING_SECRET: sandbox.signingSecret,
      LOSTDEAL_CHANNEL: PRIVATE_CHANNEL,
      DATABASE_URL: options.databaseUrl ?? `file:${unpackDatabase(release, folder)}`,
      PORT: '0',
      ADMIN_PORT: '0',
    }),
    {
      logger: createLogger({ level: process.env.TEST_LOG ?? 'silent', pretty: false }),
      clock: { now },
      limits: UNPACED,
    },
  );
  await sandbox.setRequestUrl(`http://127.0.0.1:${lostdeal.port}/slack/events`);
  const { deals, work, workspace } = lostdeal.coach.store;
  /** Events of the deals that a payload names, and changes of the settings. */
  const committed = async (payload: string): Promise<number> => {
    const named = new Set([...payload.matchAll(/\\*"d\\*":\\*"([^"\\]+)/gu)].map(([, id = '']) => id));
    const loaded = await Promise.all([...named].map((id) => deals.load(TENANT, id)));
    const [last] = await workspace.settingsHistory(TENANT, 1);
    return loaded.reduce((sum, deal) => sum + (deal?.revision ?? 0), last?.seq ?? 0);
  };
  return {
    slack: connectSandbox(sandbox.url),
    sandbox,
    lostdeal,
    written: () => gate.written,
    forget: () => {
      gate.written.length = 0;
    },
    async goOver(except = []) {
      for (const { id, account } of release.deals)
        if (!except.includes(account)) await work.touch(TENANT, id);
      lostdeal.reconciler.wake();
      await lostdeal.reconciler.idle();
    },
    async deliver(payload, trigger, kind = 'button') {
      const said = JSON.stringify(payload);
      const before = await committed(said);
      const body = new URLSearchParams({ payload: said }).toString();
      const timestamp = String(Math.floor(Date.now() / 1000));
      const hmac = createHmac('sha256', sandbox.signingSecret)
        .update(`v0:${timestamp}:${body}`)
        .digest('hex');
      const response = await fetch(`http://127.0.0.1:${lostdeal.port}/slack/events`, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'x-slack-request-timestamp': timestamp,
          'x-slack-signature': `v0=${hmac}`,
        },
        body,
      });
      const text = await response.text();
      const since = (await committed(said)) - before;
      // A commit comes before the ack, a screen after it.
      const isAll = kind === 'submission' || text !== '' || since > 0 || response.status !== 200;
      const shown = isAll ? gate.shownNow(trigger) : await gate.shown(trigger);
      return { status: response.status, body: text, shown, commits: since };
    },
    async stop() {
      await lostdeal.stop();
      await gate.stop();
      await sandbox.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const WRITES: readonly string[] = ['chat.postMessage', 'chat.update', 'chat.delete', 'chat.postEphemeral'];
const SHOWS: readonly string[] = ['views.open', 'views.push', 'views.update'];
/** Longer than a screen that does come ever takes. */
const SHOWN_WITHIN_MS = 5_000;

async function openGate(apiUrl: string, release: Release) {
  const written: Written[] = [];
  const views = new Map<string, ShownView[]>();
  const waiting = new Map<string, () => void>();
  const server = createServer((request, response) => {
    const method = (request.url ?? '').split('/').pop() ?? '';
    const answer = async () => {
      const body = await read(request);
      const form = new URLSearchParams(body);
      if (SHOWS.includes(method)) {
        // The sender of an old button makes both from the trigger.
        const trigger = form.get('trigger_id') ?? (form.get('view_id') ?? '').slice(1);
        const view = JSON.parse(form.get('view') ?? '{}') as Json;
        views.set(trigger, [...(views.get(trigger) ?? []), { method, view }]);
        waiting.get(trigger)?.();
        return JSON.stringify({ ok: true, view: { ...view, id: `V${trigger}`, hash: 'h' } });
      }
      const headers = Object.fromEntries(
        ['authorization', 'content-type'].flatMap((name) => {
          const value = request.headers[name];
          return typeof value === 'string' ? [[name, value]] : [];
        }),
      );
      const passed = await fetch(`${apiUrl}${method}`, { method: 'POST', headers, body });
      const text = await passed.text();
      if (WRITES.includes(method)) written.push(writtenBy(release, method, form, text));
      return text;
    };
    response.setHeader('content-type', 'application/json');
    answer().then(
      (text) => response.end(text),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const shownNow = (trigger: string) => views.get(trigger) ?? [];
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    written,
    shownNow,
    async shown(trigger: string): Promise<readonly ShownView[]> {
      if (!views.has(trigger)) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, SHOWN_WITHIN_MS);
          waiting.set(trigger, () => {
            clearTimeout(timer);
            resolve();
          });
        });
        waiting.delete(trigger);
      }
      return shownNow(trigger);
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function read(request: IncomingMessage): Promise<string> {
  let body = '';
  request.setEncoding('utf8');
  for await (const chunk of request) body += String(chunk);
  return body;
}

function writtenBy(release: Release, method: string, form: URLSearchParams, answer: string): Written {
  const { ok, error = null } = JSON.parse(answer) as { ok: boolean; error?: string };
  const { deals } = release;
  const metadata = form.get('metadata');
  const posted = metadata === null ? null : slotOfMetadata(JSON.parse(metadata));
  const ts = form.get('ts');
  const stands = (slot: OldSlot) => slot.channel === form.get('channel') && slot.ts === ts;
  const edited = ts === null ? undefined : deals.find(({ slots }) => slots.some(stands));
  return {
    method,
    deal: (edited ?? deals.find(({ id }) => id === posted?.owner.id))?.account ?? null,
    slot: edited?.slots.find(stands)?.key ?? posted?.key ?? null,
    error: ok ? null : error,
  };
}

// ------------------------------------------------------------------------------------------------------ payloads

const actor = (user: string, trigger: string) => ({
  user: { id: user, username: user.toLowerCase(), name: user.toLowerCase(), team_id: TENANT.teamId },
  api_app_id: 'A0SANDBOX1',
  token: 'sandbox-verification-token',
  team: { id: TENANT.teamId, domain: 'brightwater' },
  enterprise: null,
  is_enterprise_install: false,
  trigger_id: trigger,
});

/** The screen with an id that the gate knows. */
const viewFor = ({ view }: OldScreen, trigger: string) => ({ ...view, id: `V${trigger}` });

export function submission(screen: OldScreen, trigger: string): Json {
  return {
    type: 'view_submission',
    ...actor(screen.user, trigger),
    view: viewFor(screen, trigger),
    response_urls: [],
  };
}

export function closing(screen: OldScreen, trigger: string): Json {
  const { trigger_id: _, ...rest } = actor(screen.user, trigger);
  return { type: 'view_closed', ...rest, view: viewFor(screen, trigger), is_cleared: true };
}

export function press(release: Release, button: OldButton, trigger: string): Json {
  const { on, channel, ts, thread_ts, screen, user, deal: _d, slot: _s, ...element } = button;
  const actions = [{ ...element, action_ts: `${release.at / 1000}` }];
  const base = { type: 'block_actions', ...actor(user, trigger), actions };
  if (on === 'message') {
    return {
      ...base,
      container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: false, thread_ts },
      channel: { id: channel, name: channel?.startsWith('D') ? 'directmessage' : 'privategroup' },
      message: { type: 'message', ts, thread_ts, text: '', user: 'U0SANDBOX1', bot_id: 'B0SANDBOX1' },
      state: { values: {} },
      response_url: 'http://127.0.0.1:9/nowhere',
    };
  }
  const found = release.screens.find(({ number }) => number === screen);
  if (found === undefined) throw new Error(`there is no screen ${screen}`);
  return { ...base, container: { type: 'view', view_id: `V${trigger}` }, view: viewFor(found, trigger) };
}
