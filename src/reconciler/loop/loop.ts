/**
 * Looks at the store again and again: takes up what is due as far as there are workers for it, and sleeps until
 * something is due, it is woken, or a few seconds have passed.
 */
import type { Claim } from '../../store/store';
import { Lease } from '../pass/lease';
import { ownerKey, type Shared } from '../pass/passContext';
import type { WaitingOwners } from './waitingOwners';
import { WakeableSleep } from './wakeableSleep';

/** Shortest sleep after a look that found nothing, so that a store that is wrong about what is due costs little. */
const MIN_SLEEP_MS = 50;
/** The store is asked when something is next due no more often than this, unless somebody waits for the answer. */
const ASK_DUE_EVERY_MS = 1_000;
const STORE_PAUSE_MS = 1_000;

export interface Loop {
  /** Goes on until the reconciler stops. */
  run(): Promise<void>;
  /** At once. */
  wake(): void;
  /** Soon; who asks within a moment is answered by one look. */
  soon(): void;
  /** Resolves when nothing is due or running, nor goes on by itself, or when nobody looks any more. */
  idle(): Promise<void>;
  /** Resolves when no deal is worked on. */
  finished(): Promise<void>;
  /** Nobody looks any more. */
  end(): void;
  /** Deals worked on now. */
  readonly running: number;
  /** When the store last answered, ms UTC; null: not yet. */
  readonly lastLookAt: number | null;
}

/** @param work on a claimed deal; never rejects */
export function createLoop(
  shared: Shared,
  waiting: WaitingOwners,
  concurrency: number,
  work: (claim: Claim, lease: Lease) => Promise<void>,
): Loop {
  const { deps, timing } = shared;
  const monotonic = deps.monotonic ?? (() => performance.now());
  const running = new Map<string, Promise<void>>();
  const sleep = new WakeableSleep(timing.gatherMs, timing.gatherMaxMs);
  const idlers: (() => void)[] = [];
  let lastLookAt: number | null = null;
  /** The last look took all it could: there may be more. */
  let backlog = false;
  /** What the store last said is next due, and when it was asked on the monotonic clock. */
  let dueNext: { readonly at: number | null; readonly askedAt: number } | null = null;

  /** Takes up what is due. @returns how long nothing more can be done, ms */
  async function look(): Promise<number> {
    // Before anything else: a wake that is left standing would end every sleep at once, and no pass could go on.
    sleep.clear();
    const free = concurrency - running.size;
    // A pass that ends wakes the loop.
    if (free <= 0) return timing.pollMs;
    // Who asks later may mean a change that this look does not see.
    const askedBefore = idlers.length;
    const claimedFrom = monotonic();
    try {
      const now = deps.clock.now();
      // Who missed a turn would make up for it, and many of them together would be more than Slack takes: so turns
      // come before what has changed, of which there may be any number.
      const turns = waiting.isOneDue(now) ? await claim(now, free, 'scheduled') : [];
      const claims = turns.length === free ? turns : [...turns, ...(await claim(now, free - turns.length))];
      lastLookAt = deps.clock.now();
      shared.storeFailing = false;
      for (const claim of claims) begin(claim, new Lease(monotonic, claimedFrom, timing.leaseMs));
      backlog = claims.length === free;
      // A pass that ends wakes the loop.
      if (backlog) return timing.pollMs;
      waiting.forgetTaken(now, (key) => running.has(key));
      return await untilDue(askedBefore);
    } catch (error) {
      if (!shared.storeFailing)
        deps.logger.error({ err: error }, 'the store does not answer; waiting for it');
      shared.storeFailing = true;
      return Math.min(timing.pollMs, STORE_PAUSE_MS);
    }
  }

  const claim = (now: number, limit: number, which?: 'scheduled') =>
    deps.work.claim(deps.instance, now, limit, timing.leaseMs, which);

  /** How long to sleep. Every wake that moves a deal's next moment comes with a look of its own, so an answer may age. */
  async function untilDue(askedBefore: number): Promise<number> {
    const now = deps.clock.now();
    const age = dueNext === null ? ASK_DUE_EVERY_MS : monotonic() - dueNext.askedAt;
    const ask = askedBefore > 0 || age >= ASK_DUE_EVERY_MS;
    if (ask) dueNext = { at: await deps.work.nextDue(now), askedAt: monotonic() };
    const known = dueNext?.at ?? null;
    // What an older answer calls due, this look has taken.
    const due = ask || known === null || known > now ? known : null;
    if (ask && running.size === 0 && (due === null || due > now) && waiting.forTime === 0) {
      settleIdlers(askedBefore);
    }
    const soonest = Math.min(waiting.nextAfter(now), due ?? Number.POSITIVE_INFINITY);
    const longest = ask ? timing.pollMs : Math.min(timing.pollMs, ASK_DUE_EVERY_MS - age);
    return Math.min(longest, Math.max(MIN_SLEEP_MS, soonest - now));
  }

  function settleIdlers(count: number): void {
    for (const resolve of idlers.splice(0, count)) resolve();
  }

  function begin(claim: Claim, lease: Lease): void {
    const key = ownerKey(claim);
    const before = running.get(key);
    // Only when an earlier pass outlived its lease; it ends at its next write, and this one follows it.
    const pass = (before ?? Promise.resolve()).then(() => work(claim, lease));
    const tracked = pass.finally(() => {
      if (running.get(key) === tracked) running.delete(key);
      if (endsRest()) sleep.wake();
      else sleep.soon();
    });
    running.set(key, tracked);
  }

  /** Whether a look is wanted at once: somebody waits for all to be done, or enough workers are free for a batch. */
  const endsRest = () =>
    (running.size === 0 && (backlog || idlers.length > 0)) ||
    (backlog && concurrency - running.size >= concurrency / 2);

  return {
    async run() {
      while (!shared.stopping) {
        const pauseMs = await look();
        if (pauseMs > 0 && !shared.stopping) await sleep.for(pauseMs);
      }
    },
    wake: () => sleep.wake(),
    soon: () => sleep.soon(),
    idle: () =>
      new Promise((resolve) => {
        idlers.push(resolve);
        sleep.wake();
      }),
    async finished() {
      await Promise.all(running.values());
    },
    end: () => settleIdlers(idlers.length),
    get running() {
      return running.size;
    },
    get lastLookAt() {
      return lastLookAt;
    },
  };
}
