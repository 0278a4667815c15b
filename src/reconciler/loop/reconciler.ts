/**
 * Makes Slack agree with the deals. Level-triggered: it looks at what is, not at what happened, so a death or an
 * outage loses nothing and ten quick changes cost one update. `loop.ts` claims deals from the store, which leases each
 * to one worker; `ownerWork.ts` works on one; `waitingOwners.ts` remembers those that were put off.
 */
import { LRUCache } from 'lru-cache';
import type { Tenant } from '../../deal/model/deal';
import type { SlotOwner } from '../../store/store';
import { type Counts, noCounts } from '../pass/counts';
import { isOlder, msOf } from '../pass/messageTs';
import type { Shared } from '../pass/passContext';
import { createLimits } from '../slackApi/limits';
import { COMMIT_MARGIN_MS, DEFAULT_TIMING, type Timing } from '../timing';
import type { ReconcilerDeps } from '../types';
import { createLoop } from './loop';
import { createOwnerWork } from './ownerWork';
import { WaitingOwners } from './waitingOwners';

export interface Parked {
  readonly tenant: Tenant;
  readonly owner: SlotOwner;
  /** Code of what keeps it; explained in `slackErrors.ts`. */
  readonly why: string;
  /** When it is tried again, ms UTC. */
  readonly retryAt: number;
}

export interface ReconcilerStatus {
  readonly state: 'new' | 'running' | 'stopping' | 'stopped';
  /** Deals worked on now. */
  readonly running: number;
  /** Deals that go on by themselves later: rate limits, a reply that is looked for. */
  readonly waiting: number;
  /** Deals that wait for a person: an archived channel, content that Slack refuses. */
  readonly parked: readonly Parked[];
  /** When the store last answered, ms UTC; null: not yet. */
  readonly lastLookAt: number | null;
  /** The store cannot be reached, or a pass failed for want of it. */
  readonly storeFailing: boolean;
  readonly counts: Readonly<Counts>;
}

export interface Reconciler {
  start(): void;
  /** Takes no more deals, finishes the Slack calls under way, gives the deals back. */
  stop(): Promise<void>;
  /** Something changed: look soon. Many wakes within a moment are one look. */
  wake(): void;
  /**
   * Resolves when nothing is due, running or waiting for its turn. Deals that wait for a person do not count, nor
   * do retries that an earlier process planned.
   */
  idle(): Promise<void>;
  /**
   * Our own `message` event named a slot that stands in another message (`WorkStore.resolveIntent` said so): an
   * earlier post turned up late. The thread is looked through, and all but the one that is stored are deleted.
   */
  duplicateSeen(tenant: Tenant, owner: SlotOwner, key: string, ts: string): Promise<void>;
  status(): ReconcilerStatus;
}

const DEFAULT_CONCURRENCY = 8;

/** About 5 kB each. */
const MOST_SHOWN = 500;

/** @throws RangeError when two calls do not fit into a lease */
export function createReconciler(deps: ReconcilerDeps): Reconciler {
  const timing: Timing = { ...DEFAULT_TIMING, ...deps.timing };
  if (timing.leaseMs < 2 * timing.callTimeoutMs + COMMIT_MARGIN_MS) {
    throw new RangeError('two calls to Slack and a commit must fit into a lease');
  }
  const shared: Shared = {
    deps,
    timing,
    limits: createLimits(deps.clock, deps.buckets, deps.limits),
    counts: noCounts(),
    remembered: new Map(),
    lastShown: new LRUCache({ max: MOST_SHOWN }),
    channels: new Map(),
    storeFailing: false,
    stopping: false,
  };
  const waiting = new WaitingOwners(deps.clock, timing);
  const loop = createLoop(
    shared,
    waiting,
    deps.concurrency ?? DEFAULT_CONCURRENCY,
    createOwnerWork(shared, waiting),
  );
  let state: ReconcilerStatus['state'] = 'new';
  let run: Promise<void> = Promise.resolve();

  return {
    start() {
      if (state !== 'new') throw new Error('a reconciler starts once');
      state = 'running';
      run = loop.run();
    },
    async stop() {
      if (state === 'new') state = 'stopped';
      if (state === 'stopped') return;
      state = 'stopping';
      shared.stopping = true;
      loop.wake();
      await run;
      // A Slack that hangs is not waited for: what became of the call is looked up by whoever takes the deal next.
      const graceTimer = setTimeout(() => deps.abortCalls?.(), timing.stopGraceMs).unref();
      await loop.finished();
      clearTimeout(graceTimer);
      state = 'stopped';
      loop.end();
    },
    wake: () => loop.soon(),
    async duplicateSeen(tenant, owner, key, ts) {
      const stored = (await deps.work.slots(tenant, owner)).find((slot) => slot.key === key);
      if (stored?.state !== 'posted' || stored.ts === null || stored.ts === ts) return;
      const older = isOlder(ts, stored.ts) ? ts : stored.ts;
      // As if it had been posted long enough ago to be looked for now.
      const from = Math.min(msOf(older), deps.clock.now() - timing.duplicateMs);
      // In the store, as another instance may take the deal, or ours may die first.
      await deps.work.suspectDuplicate(tenant, owner, key, from);
      loop.soon();
    },
    idle: () => (state === 'stopped' ? Promise.resolve() : loop.idle()),
    status: () => ({
      state,
      running: loop.running,
      waiting: waiting.forTime,
      parked: waiting.forPerson.map(({ tenant, owner, at, why }) => ({ tenant, owner, why, retryAt: at })),
      lastLookAt: loop.lastLookAt,
      storeFailing: shared.storeFailing,
      counts: shared.counts,
    }),
  };
}
