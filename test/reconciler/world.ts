/**
 * A reconciler at work: the real store on a temporary file, the real Slack client, and the sandbox in place of Slack.
 * The test says what a deal wants to show, and moves the one clock of all parts.
 */
import {
  connectSandbox,
  type Fault,
  type SandboxOptions,
  type SeenMessage,
  startSandbox,
  type Traffic,
} from 'slack-sandbox';
import { WORKSPACE } from '../../scripts/workspace';
import type { Deal, Tenant } from '../../src/deal/model/deal';
import { createLogger } from '../../src/log';
import type { CrashPoint } from '../../src/reconciler/crashPoints';
import { createReconciler, type Reconciler } from '../../src/reconciler/loop/reconciler';
import { createSlackClient } from '../../src/reconciler/slackApi/slackClient';
import type { ReconcilerDeps, WantedSlot } from '../../src/reconciler/types';
import { knownChannel } from '../../src/slack/install/channels';
import { channelNotices, renderNotice } from '../../src/slack/messages/notices';
import { slotMetadata } from '../../src/slack/messages/slot';
import { openStore } from '../../src/store/open';
import type { Privacy, Store } from '../../src/store/store';
import { aDeal, commitOf, next } from '../store/builder';
import { tempFolder } from '../store/harness';

export const TENANT: Tenant = { enterpriseId: '', teamId: 'T000BRIGHT' };
export const PRIVATE = 'C000LOSTDL';
export const PUBLIC = 'C00CLOSEDP';
export const REP = 'U0000ROBIN';
export const MANAGER = 'U00000MAYA';
const PEOPLE = ['robin', 'maya', 'sam', 'dana'];

/** Few tests wait for it. In the others no call may reach it, also on a busy machine. */
export const CALL_TIMEOUT_MS = 1_500;
export const SETTLE_MS = 10_000;

export interface World {
  readonly clock: { now(): number; advance(ms: number): void };
  readonly store: Store;
  readonly reconciler: Reconciler;
  /** Channel for new threads. */
  channel: string;
  /** Commits a deal, or its next revision, with what it wants to show. */
  show(dealId: string, wanted: Wanted, change?: Partial<Deal>, wakeAt?: number | null): Promise<Deal>;
  /** Changes what a deal renders without an event, as a new release does. */
  release(dealId: string, wanted: Wanted): void;
  /** Moves the clock on whenever the reconciler waits for a time, until nothing is left to do. */
  settled(): Promise<void>;
  /** Starts a reconciler. The one before must be dead or stopped. */
  begin(change?: Partial<ReconcilerDeps>): Reconciler;
  /** Abandons the reconciler as a crash would, and opens its database for the next one. */
  die(): Promise<void>;
  /** The messages of a slot in any channel. */
  standing(dealId: string, key: string): Promise<SeenMessage[]>;
  /** The thread and the DMs of a deal as `place words`, oldest first. */
  seen(dealId: string): Promise<string[]>;
  /** The messages of notices, oldest first. */
  notices(): Promise<SeenMessage[]>;
  /** Messages with files, oldest first. */
  withFiles(): Promise<SeenMessage[]>;
  /** Posts a slot in the private channel without the reconciler, like a first try whose reply was lost. */
  postAs(dealId: string, key: string): Promise<void>;
  /** Posts messages of people in the private channel. */
  chatter(messages: number): Promise<void>;
  calls(method: string): Promise<(Traffic & { kind: 'call' })[]>;
  faults(...faults: Fault[]): Promise<void>;
  admin(action: Record<string, unknown>): Promise<void>;
  dispose(): Promise<void>;
}

export type Wanted = readonly WantedSlot[] | ((deal: Deal, privacy: Privacy) => readonly WantedSlot[]);

/** @param database its URL; absent: a temporary file */
export async function openWorld(options: Partial<SandboxOptions> = {}, database?: string): Promise<World> {
  let offset = 0;
  const clock = {
    now: () => Date.now() + offset,
    advance: (ms: number) => {
      offset += ms;
    },
  };
  const sandbox = await startSandbox({ ...WORKSPACE, clock: clock.now, ...options });
  const folder = tempFolder();
  /** Each revision of a deal, with what it wants to show. */
  const history = new Map<string, { readonly deal: Deal; readonly wanted: Wanted }[]>();
  const revisionOf = (dealId: string, revision: number) =>
    history.get(dealId)?.find(({ deal }) => deal.revision === revision) ?? null;
  const url = database ?? folder.url('lostdeal.db');
  let store = await openStore(url, { now: clock.now });
  let reconciler: Reconciler | null = null;
  let started = 0;

  const current = (): Reconciler => {
    if (reconciler === null) throw new Error('no reconciler was begun');
    return reconciler;
  };
  /** The client of the test, which the reconciler does not use. */
  const client = createSlackClient({
    token: sandbox.botToken,
    slackApiUrl: sandbox.apiUrl,
    timeoutMs: 60_000,
  });

  async function post(path: string, body: unknown): Promise<void> {
    const response = await fetch(`${sandbox.url}/control/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path} was refused: ${await response.text()}`);
  }

  async function messages(): Promise<SeenMessage[]> {
    const all = new Map<string, SeenMessage>();
    for (const name of PEOPLE) {
      const response = await fetch(`${sandbox.url}/control/view?as=${name}`);
      const view = (await response.json()) as { messages: Record<string, SeenMessage[]> };
      for (const message of Object.values(view.messages).flat())
        all.set(`${message.channel} ${message.ts}`, message);
    }
    return [...all.values()].sort((a, b) => Number(a.ts) - Number(b.ts));
  }

  const ofDeal = async (dealId: string) =>
    (await messages()).filter(({ metadata }) => metadata?.event_payload.deal === dealId);

  const world: World = {
    clock,
    channel: PRIVATE,
    get store() {
      return store;
    },
    get reconciler() {
      return current();
    },
    async show(dealId, slots, change = {}, wakeAt = null) {
      const before = await store.deals.load(TENANT, dealId);
      const deal = before
        ? next(before, change)
        : aDeal({ id: dealId, tenant: TENANT, rep: REP, stage: 'awaiting_decision', ...change });
      history.set(dealId, [...(history.get(dealId) ?? []), { deal, wanted: slots }]);
      const result = await store.deals.commit(commitOf(deal, { wakeAt }));
      if (result !== 'committed') throw new Error(`not committed: ${result}`);
      reconciler?.wake();
      return deal;
    },
    release(dealId, slots) {
      history.set(
        dealId,
        (history.get(dealId) ?? []).map(({ deal }) => ({ deal, wanted: slots })),
      );
    },
    begin(change = {}) {
      started += 1;
      reconciler = createReconciler({
        work: store.work,
        workspace: store.workspace,
        buckets: store.buckets,
        clock,
        instance: `instance-${started}`,
        loadDeal: (tenant, id) => store.deals.load(tenant, id),
        loadDealAt: async (_tenant, id, revision) => revisionOf(id, revision)?.deal ?? null,
        tick: async () => undefined,
        renderRetired: async () => [],
        render: async (deal, privacy) => {
          const slots = revisionOf(deal.id, deal.revision)?.wanted ?? [];
          return typeof slots === 'function' ? slots(deal, privacy) : slots;
        },
        // Kinds that begin with `charts` have a richer form, which a workspace may refuse.
        renderNotice: (notice) => {
          const slot = renderNotice({ ...notice, kind: notice.kind.replace(/^charts /u, '') });
          return slot === null || !notice.kind.startsWith('charts ')
            ? slot
            : { ...slot, richer: [...slot.blocks, ...slot.blocks] };
        },
        knownChannel,
        noticesOfChannel: async (deal, channel) => channelNotices(deal, channel, []),
        slotMetadata,
        slackFor: async () => ({
          client,
          botUserId: sandbox.botUserId,
          botId: 'B0SANDBOX1',
          channel: world.channel === '' ? null : world.channel,
        }),
        logger: createLogger({ level: 'silent', pretty: false }),
        timing: {
          callTimeoutMs: CALL_TIMEOUT_MS,
          settleMs: SETTLE_MS,
          duplicateMs: CALL_TIMEOUT_MS + SETTLE_MS,
          leaseMs: 20_000,
          pollMs: 200,
          gatherMs: 0,
        },
        ...change,
      });
      reconciler.start();
      return reconciler;
    },
    async settled() {
      const mine = current();
      let idle = false;
      const waiting = mine.idle().then(() => {
        idle = true;
      });
      while (!idle) {
        await new Promise((resolve) => setTimeout(resolve, 2));
        // A killed reconciler never becomes idle.
        if (reconciler !== mine) return;
        const { running, waiting: later } = mine.status();
        if (running === 0 && later > 0) {
          clock.advance(500);
          mine.wake();
        }
      }
      await waiting;
    },
    async die() {
      // Not awaited: a pass hangs at its crash point. The reconciler claims no more deals.
      void reconciler?.stop();
      reconciler = null;
      await store.close();
      store = await openStore(url, { now: clock.now });
    },
    async standing(dealId, key) {
      return (await ofDeal(dealId)).filter(({ metadata }) => metadata?.event_payload.slot === key);
    },
    notices: async () =>
      (await messages()).filter(({ metadata }) => metadata?.event_payload.notice !== undefined),
    withFiles: async () => (await messages()).filter(({ files }) => files.length > 0),
    async seen(dealId) {
      return (await ofDeal(dealId)).map((message) => {
        const place =
          message.channel === PRIVATE || message.channel === PUBLIC
            ? message.threadTs === undefined
              ? 'root'
              : 'reply'
            : 'dm';
        return `${place} ${message.text}`;
      });
    },
    async postAs(deal, slot) {
      const metadata = { event_type: 'lostdeal_slot', event_payload: { deal, slot } };
      await client.chat.postMessage({ channel: PRIVATE, text: slot, metadata });
    },
    async chatter(messages) {
      const robin = connectSandbox(sandbox.url).as('robin');
      for (let said = 0; said < messages; said++) await robin.post('lunch?', { in: '#lost-deals' });
    },
    async calls(method) {
      const response = await fetch(`${sandbox.url}/control/traffic?after=0`);
      const traffic = (await response.json()) as Traffic[];
      return traffic.filter((entry) => entry.kind === 'call').filter((entry) => entry.method === method);
    },
    faults: (...faults) => post('faults', faults),
    admin: (action) => post('admin', action),
    async dispose() {
      await reconciler?.stop();
      await store.close();
      await sandbox.stop();
      folder.remove();
    },
  };
  return world;
}

/** Stops a pass for ever when it reaches this point the nth time; `reached` resolves then. */
export function deathAt(
  point: CrashPoint,
  time = 1,
): { reached: Promise<void>; crashPoint: (at: CrashPoint) => Promise<void> } {
  let left = time;
  let resolveReached: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => {
    resolveReached = resolve;
  });
  return {
    reached,
    crashPoint: (at) => {
      if (at !== point) return Promise.resolve();
      left -= 1;
      if (left > 0) return Promise.resolve();
      resolveReached();
      return new Promise(() => undefined);
    },
  };
}
