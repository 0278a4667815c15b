/**
 * Makes Slack agree with the deals. Level-triggered: it looks at what is, not at what happened, so a death or an
 * outage loses nothing and ten quick changes cost one update. Deals are claimed from the store, which leases each to
 * one worker; the loop sleeps until something is due, is woken, or a few seconds have passed.
 */
import type { DealId, Tenant } from '../deal/deal';
import type { Claim } from '../store/store';
import { type Counts, noCounts } from './counts';
import { hasMovedOn, type PassResult, passOver } from './dealPass';
import type { ReconcilerDeps } from './deps';
import { Lease, PassEnded } from './lease';
import { createLimits } from './limits';
import { dealKey, type Shared } from './passContext';
import { Sleep } from './sleep';
import { COMMIT_MARGIN_MS, DEFAULT_TIMING, type Timing } from './timing';
import { TRIES_BEFORE_SET_ASIDE, Troubles } from './troubles';

export interface SetAside {
  readonly tenant: Tenant;
  readonly dealId: DealId;
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
  readonly setAside: readonly SetAside[];
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
  twinSeen(tenant: Tenant, dealId: DealId, key: string, ts: string): Promise<void>;
  status(): ReconcilerStatus;
}

const DEFAULT_CONCURRENCY = 8;
/** Shortest sleep after a look that found nothing, so that a store that is wrong about what is due costs little. */
const MIN_SLEEP_MS = 50;
/** The store is asked when something is next due no more often than this, unless somebody waits for the answer. */
const ASK_DUE_EVERY_MS = 1_000;
const STORE_PAUSE_MS = 1_000;
/** A deal that is due although its tick changed nothing is left alone for this long. */
const IDLE_TICK_PAUSE_MS = 60_000;

/** Why a deal is set aside whose every owner died. */
const KILLS = 'killed_its_process';

interface Waiting {
  readonly tenant: Tenant;
  readonly dealId: DealId;
  readonly at: number;
  readonly why: string;
  readonly patient: boolean;
  readonly setAside: boolean;
}

/** A code where the error has one, else its kind; its message may quote customers. */
function nameOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'unknown';
  const { code, name } = error as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown';
}

/** @throws RangeError when two calls do not fit into a lease */
export function createReconciler(deps: ReconcilerDeps): Reconciler {
  const timing: Timing = { ...DEFAULT_TIMING, ...deps.timing };
  if (timing.leaseMs < 2 * timing.callTimeoutMs + COMMIT_MARGIN_MS) {
    throw new RangeError('two calls to Slack and a commit must fit into a lease');
  }
  const monotonic = deps.monotonic ?? (() => performance.now());
  const shared: Shared = {
    deps,
    timing,
    limits: createLimits(deps.clock, deps.buckets, deps.limits),
    counts: noCounts(),
    remembered: new Map(),
    told: new Map(),
    channels: new Map(),
    suspects: new Map(),
    stopping: false,
  };
  const concurrency = deps.concurrency ?? DEFAULT_CONCURRENCY;
  const running = new Map<string, Promise<void>>();
  const waiting = new Map<string, Waiting>();
  const troubles = new Map<string, Troubles>();
  /** Wakes that were answered, to notice a tick that changes nothing. */
  const ticked = new Map<string, number>();
  /** Passes of a deal that threw, in a row. */
  const passFailures = new Map<string, number>();
  const sleep = new Sleep(timing.gatherMs, timing.gatherMaxMs);
  const idlers: (() => void)[] = [];
  let state: ReconcilerStatus['state'] = 'new';
  let lastLookAt: number | null = null;
  let storeFailing = false;
  let loop: Promise<void> = Promise.resolve();
  /** The last look took all it could: there may be more. */
  let backlog = false;
  /** What the store last said is next due, and when it was asked on the monotonic clock. */
  let dueNext: { readonly at: number | null; readonly askedAt: number } | null = null;

  async function run(): Promise<void> {
    while (!shared.stopping) {
      const pauseMs = await look();
      if (pauseMs > 0 && !shared.stopping) await sleep.for(pauseMs);
    }
  }

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
      const turns = isTurnDue(now) ? await claim(now, free, 'appointed') : [];
      const claims = turns.length === free ? turns : [...turns, ...(await claim(now, free - turns.length))];
      lastLookAt = deps.clock.now();
      storeFailing = false;
      for (const claim of claims) begin(claim, new Lease(monotonic, claimedFrom, timing.leaseMs));
      backlog = claims.length === free;
      // A pass that ends wakes the loop.
      if (backlog) return timing.pollMs;
      forgetTaken(now);
      return await untilDue(askedBefore);
    } catch (error) {
      if (!storeFailing) deps.logger.error({ err: error }, 'the store does not answer; waiting for it');
      storeFailing = true;
      return Math.min(timing.pollMs, STORE_PAUSE_MS);
    }
  }

  const claim = (now: number, limit: number, which?: 'appointed') =>
    deps.work.claim(deps.owner, now, limit, timing.leaseMs, which);

  const isTurnDue = (now: number) => [...waiting.values()].some(({ at }) => at <= now);

  /** How long to sleep. Every wake that moves a deal's next moment comes with a look of its own, so an answer may age. */
  async function untilDue(askedBefore: number): Promise<number> {
    const now = deps.clock.now();
    const age = dueNext === null ? ASK_DUE_EVERY_MS : monotonic() - dueNext.askedAt;
    const ask = askedBefore > 0 || age >= ASK_DUE_EVERY_MS;
    if (ask) dueNext = { at: await deps.work.nextDue(now), askedAt: monotonic() };
    const known = dueNext?.at ?? null;
    // What an older answer calls due, this look has taken.
    const due = ask || known === null || known > now ? known : null;
    if (ask && running.size === 0 && (due === null || due > now) && !goesOnByItself()) {
      settleIdlers(askedBefore);
    }
    const soonest = [...waiting.values()].reduce(
      (least, { at }) => (at > now ? Math.min(least, at) : least),
      due ?? Number.POSITIVE_INFINITY,
    );
    const longest = ask ? timing.pollMs : Math.min(timing.pollMs, ASK_DUE_EVERY_MS - age);
    return Math.min(longest, Math.max(MIN_SLEEP_MS, soonest - now));
  }

  /** What was due and is not to be had, another instance works on. */
  function forgetTaken(now: number): void {
    for (const [key, { at }] of waiting) {
      if (at > now || running.has(key)) continue;
      waiting.delete(key);
      troubles.delete(key);
    }
  }

  const goesOnByItself = () => [...waiting.values()].some(({ patient }) => !patient);

  function settleIdlers(count: number): void {
    for (const resolve of idlers.splice(0, count)) resolve();
  }

  function begin(claim: Claim, lease: Lease): void {
    const key = dealKey(claim);
    const before = running.get(key);
    // Only when an earlier pass outlived its lease; it ends at its next write, and this one follows it.
    const pass = (before ?? Promise.resolve()).then(() => work(key, claim, lease));
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

  /** Never rejects: whatever fails is logged, and the deal is tried again. */
  async function work(key: string, claim: Claim, lease: Lease): Promise<void> {
    const before = waiting.get(key);
    waiting.delete(key);
    if (before?.setAside && before.at > deps.clock.now()) {
      // A commit, or an admin who asks for another try, ended the wait.
      troubles.delete(key);
      passFailures.delete(key);
    }
    const facts = { deal: claim.dealId, team: claim.tenant.teamId };
    if (claim.orphaned && claim.attempts >= TRIES_BEFORE_SET_ASIDE) {
      deps.logger.error(
        { ...facts, deaths: claim.attempts },
        'a deal seems to kill its process; it is set aside',
      );
      await giveUpFor(timing.backoffMaxMs, key, claim, KILLS);
      return;
    }
    try {
      const result = await passOver(shared, claim, lease, troublesOf(key));
      await conclude(key, claim, result);
    } catch (error) {
      if (error instanceof PassEnded) {
        deps.logger.debug({ ...facts, why: error.reason }, 'pass ended');
        return;
      }
      deps.logger.error(
        { ...facts, err: error, failures: (passFailures.get(key) ?? 0) + 1 },
        'a deal could not be brought to Slack',
      );
      await postpone(key, claim, error);
    }
  }

  async function conclude(key: string, claim: Claim, result: PassResult): Promise<void> {
    if (result.kind === 'later') {
      const { at, why, patient, setAside } = result;
      waiting.set(key, { tenant: claim.tenant, dealId: claim.dealId, at, why, patient, setAside });
      if (result.touch) await deps.work.touch(claim.tenant, claim.dealId);
      if (setAside) await deps.work.setAside(claim, at, why);
      else await deps.work.retryAt(claim, at, why, 'in_order');
      // What came while it was worked on would wait as long as the rest: seen only now, as from now on it ends the wait.
      if (patient && (await hasMovedOn(shared, claim, result.with))) {
        await deps.work.touch(claim.tenant, claim.dealId);
      }
      return;
    }
    troubles.delete(key);
    passFailures.delete(key);
    await deps.crashPoint?.('finish.before');
    if (wokeForNothing(key, claim)) {
      const at = deps.clock.now() + IDLE_TICK_PAUSE_MS;
      deps.logger.warn(
        { deal: claim.dealId, team: claim.tenant.teamId },
        'a deal is due but has nothing to record',
      );
      waiting.set(key, {
        tenant: claim.tenant,
        dealId: claim.dealId,
        at,
        why: 'due_for_nothing',
        patient: true,
        setAside: false,
      });
      await deps.work.retryAt(claim, at, 'due_for_nothing');
      return;
    }
    await deps.work.finish(claim, result.revision);
    await deps.crashPoint?.('finish.after');
  }

  /** Due again at the very moment it was already ticked for. */
  function wokeForNothing(key: string, claim: Claim): boolean {
    const { wakeAt } = claim;
    if (wakeAt === null || wakeAt > deps.clock.now()) {
      ticked.delete(key);
      return false;
    }
    const again = ticked.get(key) === wakeAt;
    ticked.set(key, wakeAt);
    return again;
  }

  /**
   * A pass that threw: the store or the renderer failed, or we have a fault. Tried ever more slowly, and set aside
   * after its tries. Those of earlier processes count, so that a restart does not begin anew.
   */
  async function postpone(key: string, claim: Claim, error: unknown): Promise<void> {
    const failures = passFailures.get(key) ?? 0;
    passFailures.set(key, failures + 1);
    const at = deps.clock.now() + Math.min(timing.backoffMaxMs, timing.backoffMs * 2 ** failures);
    const why = nameOf(error);
    // A record that cannot be read is the deal's own trouble; any other trouble of the store is everybody's.
    const ownFault = !why.startsWith('store_') || why === 'store_unreadable';
    const setAside = ownFault && Math.max(failures, claim.attempts) >= TRIES_BEFORE_SET_ASIDE;
    try {
      await deps.work.touch(claim.tenant, claim.dealId);
      if (setAside) await deps.work.setAside(claim, at, why);
      else await deps.work.retryAt(claim, at, why);
      waiting.set(key, { tenant: claim.tenant, dealId: claim.dealId, at, why, patient: true, setAside });
    } catch (storeError) {
      // The lease runs out by itself.
      storeFailing = true;
      deps.logger.error(
        { err: storeError },
        'the store does not answer; a deal stays leased until its lease ends',
      );
    }
  }

  /** Tried again after a long while, when an admin asks for it, or when the deal changes. */
  async function giveUpFor(ms: number, key: string, claim: Claim, why: string): Promise<void> {
    const at = deps.clock.now() + ms;
    try {
      await deps.work.touch(claim.tenant, claim.dealId);
      await deps.work.setAside(claim, at, why);
      const { tenant, dealId } = claim;
      waiting.set(key, { tenant, dealId, at, why, patient: true, setAside: true });
    } catch (error) {
      storeFailing = true;
      deps.logger.error(
        { err: error },
        'the store does not answer; a deal stays leased until its lease ends',
      );
    }
  }

  function troublesOf(key: string): Troubles {
    const known = troubles.get(key) ?? new Troubles(deps.clock, timing);
    troubles.set(key, known);
    return known;
  }

  return {
    start() {
      if (state !== 'new') throw new Error('a reconciler starts once');
      state = 'running';
      loop = run();
    },
    async stop() {
      if (state === 'new') state = 'stopped';
      if (state === 'stopped') return;
      state = 'stopping';
      shared.stopping = true;
      sleep.wake();
      await loop;
      // A Slack that hangs is not waited for: what became of the call is looked up by whoever takes the deal next.
      const patience = setTimeout(() => deps.abortCalls?.(), timing.stopGraceMs).unref();
      await Promise.all(running.values());
      clearTimeout(patience);
      state = 'stopped';
      settleIdlers(idlers.length);
    },
    wake() {
      sleep.soon();
    },
    async twinSeen(tenant, dealId, key, ts) {
      const name = dealKey({ tenant, dealId });
      shared.suspects.set(name, (shared.suspects.get(name) ?? new Map<string, string>()).set(key, ts));
      await deps.work.touch(tenant, dealId);
      sleep.soon();
    },
    idle() {
      if (state === 'stopped') return Promise.resolve();
      return new Promise((resolve) => {
        idlers.push(resolve);
        sleep.wake();
      });
    },
    status() {
      return {
        state,
        running: running.size,
        waiting: [...waiting.values()].filter(({ patient }) => !patient).length,
        setAside: [...waiting.values()]
          .filter(({ patient }) => patient)
          .map(({ tenant, dealId, at, why }) => ({ tenant, dealId, why, retryAt: at })),
        lastLookAt,
        storeFailing,
        counts: shared.counts,
      };
    },
  };
}
