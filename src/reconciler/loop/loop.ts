/**
 * Polls the store: claims as many due deals and notices as there are free workers, then sleeps until something is due,
 * it is woken, or a few seconds have passed.
 */
import type { Claim } from '../../store/store';
import { Lease } from '../pass/lease';
import { ownerKey, type Shared } from '../pass/passContext';
import type { WaitingOwners } from './waitingOwners';
import { WakeableSleep } from './wakeableSleep';

/**
 * Shortest sleep after a look that found nothing; bounds the cost if the store reports due work that nobody can claim.
 */
const MIN_SLEEP_MS = 50;
/** Shortest interval between two queries for the next due time, unless `idle` waits for the answer. */
const ASK_DUE_EVERY_MS = 1_000;
const STORE_PAUSE_MS = 1_000;

export interface Loop {
  /** Runs until the reconciler stops. */
  run(): Promise<void>;
  /** Looks at once. */
  wake(): void;
  /** Looks soon; one look serves all calls within a moment. */
  soon(): void;
  /** Resolves when nothing is due, running or waiting for a time, or when the loop has ended. */
  idle(): Promise<void>;
  /** Resolves when no pass runs. */
  finished(): Promise<void>;
  /** Called once the loop has stopped; resolves every `idle`. */
  end(): void;
  /** Passes that run now. */
  readonly running: number;
  /** When the store last answered, ms UTC; null: not yet. */
  readonly lastLookAt: number | null;
}

/** @param work works on one claim; never rejects */
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
  /** The last look claimed as many as it could, so there may be more. */
  let backlog = false;
  /** The next due time that the store last reported, and when, on the monotonic clock, it was asked. */
  let dueNext: { readonly at: number | null; readonly askedAt: number } | null = null;

  /** Claims what is due. @returns how long to sleep, ms */
  async function look(): Promise<number> {
    // First of all: a wake that stays set would end every sleep at once, and no pass could go on.
    sleep.clear();
    const free = concurrency - running.size;
    // A pass that ends wakes the loop.
    if (free <= 0) return timing.pollMs;
    // A later call of `idle` may follow a change that this look does not see.
    const askedBefore = idlers.length;
    const claimedFrom = monotonic();
    try {
      const now = deps.clock.now();
      // Claims what waits for a rate limit first. If many waited behind changed deals, running them all later would
      // exceed Slack's limits.
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

  /**
   * @returns how long to sleep, ms. Every commit that changes a due time also wakes the loop, so an older answer will
   * do.
   */
  async function untilDue(askedBefore: number): Promise<number> {
    const now = deps.clock.now();
    const age = dueNext === null ? ASK_DUE_EVERY_MS : monotonic() - dueNext.askedAt;
    const ask = askedBefore > 0 || age >= ASK_DUE_EVERY_MS;
    // A pass that ends while the store answers may leave its deal due, which the answer does not say.
    const isAtRest = running.size === 0;
    if (ask) dueNext = { at: await deps.work.nextDue(now), askedAt: monotonic() };
    const known = dueNext?.at ?? null;
    // This look has claimed what an older answer reports as due.
    const due = ask || known === null || known > now ? known : null;
    if (ask && isAtRest && (due === null || due > now) && waiting.forTime === 0) {
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
    // `before` exists only if a pass outlived its lease. It ends at its next write, and then this one begins.
    const pass = (before ?? Promise.resolve()).then(() => work(claim, lease));
    const tracked = pass.finally(() => {
      if (running.get(key) === tracked) running.delete(key);
      if (endsRest()) sleep.wake();
      else sleep.soon();
    });
    running.set(key, tracked);
  }

  /** True if a look should follow at once: `idle` waits for the end, or enough workers are free for a batch. */
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
