/**
 * Makes Slack agree with deals and notices. Level-triggered: it acts on the current state and not on events, so a crash
 * or an outage loses nothing and ten quick changes cost one update. `loop.ts` claims deals and notices from the store,
 * which leases each to one worker; `ownerWork.ts` works on one; `waitingOwners.ts` remembers those that wait.
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
  /** Code of the reason; `slackErrors.ts` explains it. */
  readonly why: string;
  /** Time of the next try, ms UTC. */
  readonly retryAt: number;
}

export interface ReconcilerStatus {
  readonly state: 'new' | 'running' | 'stopping' | 'stopped';
  /** Deals and notices worked on now. */
  readonly running: number;
  /** Those that go on by themselves later, after a rate limit or to look for a message. */
  readonly waiting: number;
  /** Those that wait for a person, because of an archived channel or content that Slack refuses. */
  readonly parked: readonly Parked[];
  /** When the store last answered, ms UTC; null: not yet. */
  readonly lastLookAt: number | null;
  /** True after a look or a release failed because the store did not answer. */
  readonly storeFailing: boolean;
  readonly counts: Readonly<Counts>;
}

export interface Reconciler {
  start(): void;
  /** Claims nothing more, finishes running Slack calls and releases every claim. */
  stop(): Promise<void>;
  /** Announces a change: a look follows soon. One look serves all wakes within a moment. */
  wake(): void;
  /**
   * Resolves when nothing is due, running or waiting for its turn. Deals that wait for a person and retries that an
   * earlier process scheduled do not count.
   */
  idle(): Promise<void>;
  /**
   * Called when our own `message` event names a slot whose stored message is another one, as `WorkStore.resolveIntent`
   * found: an earlier post has appeared late. A pass then searches the thread and deletes all but the stored message.
   */
  duplicateSeen(tenant: Tenant, owner: SlotOwner, key: string, ts: string): Promise<void>;
  status(): ReconcilerStatus;
}

const DEFAULT_CONCURRENCY = 8;

/** About 5 kB each. */
const MOST_SHOWN = 500;
const MOST_PAGE_SIZES = 5_000;

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
    pageSizes: new LRUCache({ max: MOST_PAGE_SIZES }),
    filesUnderway: 0,
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
      // Does not wait for a Slack that hangs: the next claim of the deal finds out what became of the call.
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
      // Early enough that the search for a duplicate is due now.
      const from = Math.min(msOf(older), deps.clock.now() - timing.duplicateMs);
      // Stored, since another instance may claim the deal, or this process may die first.
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
