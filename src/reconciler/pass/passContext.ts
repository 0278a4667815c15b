/**
 * What the operations of one pass share: the owner, its workspace, and the only ways to call Slack and to save a slot.
 */
import type { LRUCache } from 'lru-cache';
import type { Claim, Privacy, StoredSlot } from '../../store/store';
import type { CrashPoint } from '../crashPoints';
import type { Limits, Method } from '../slackApi/limits';
import { readFailure, type SlackFailure } from '../slackApi/slackFailure';
import { COMMIT_MARGIN_MS, type Timing } from '../timing';
import { isOfThread, type ReconcilerDeps, type SlackAccess, type WantedSlot } from '../types';
import { type Counts, countUp } from './counts';
import { type Lease, PassEnded } from './lease';
import type { LastShown, Owner } from './plan';
import type { RetryState } from './retryState';

export type Sent<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: SlackFailure };

/** State that all passes share. */
export interface Shared {
  readonly deps: ReconcilerDeps;
  readonly timing: Timing;
  readonly limits: Limits;
  readonly counts: Counts;
  /** Joins and invitations that need no repeat, with the time until which, ms UTC. */
  readonly remembered: Map<string, number>;
  /** The rendering that Slack last showed, by owner; saves reading a deal's events. */
  readonly lastShown: LRUCache<string, LastShown>;
  /** By workspace: how many messages of a page Slack gave although more follow; absent: as many as we asked for. */
  readonly pageSizes: LRUCache<string, number>;
  /** Files that are being made or sent. */
  filesUnderway: number;
  /** True after a look or a release failed because the store did not answer. */
  storeFailing: boolean;
  stopping: boolean;
}

export class PassContext {
  /** Null until the deal is rendered. */
  rootKey: string | null = null;
  privacy: Privacy = 'short';

  constructor(
    readonly shared: Shared,
    readonly claim: Claim,
    readonly owner: Owner,
    readonly slack: SlackAccess,
    readonly retryState: RetryState,
    private readonly lease: Lease,
  ) {}

  get deps(): ReconcilerDeps {
    return this.shared.deps;
  }

  get timing(): Timing {
    return this.shared.timing;
  }

  /** Names the workspace in keys. */
  get tenantKey(): string {
    return tenantKey(this.claim);
  }

  now(): number {
    return this.deps.clock.now();
  }

  /**
   * Asks the rate limits for a call for this slot. @returns false if the slot is held until its turn
   * @throws PassEnded when the lease might end before the call does, or the process is about to stop
   */
  async admit(key: string, method: Method, channel: string): Promise<boolean> {
    if (this.shared.stopping) throw new PassEnded('stopping');
    this.requireLease(COMMIT_MARGIN_MS);
    const holder = `${this.claim.owner.id} ${key} ${method}`;
    const now = this.now();
    const at = await this.shared.limits.book({ tenant: this.claim.tenant, method, channel }, holder);
    if (at <= this.now()) return true;
    const { waits } = this.shared.counts;
    const before = waits.get(method) ?? { times: 0, ms: 0 };
    waits.set(method, { times: before.times + 1, ms: before.ms + at - now });
    this.retryState.wait(key, at);
    return false;
  }

  /** Makes an admitted call and reports its result to the limits. */
  async send<T>(method: Method, channel: string, call: () => Promise<T>): Promise<Sent<T>> {
    this.requireLease(0);
    const { limits, counts } = this.shared;
    const subject = { tenant: this.claim.tenant, method, channel };
    let value: T;
    try {
      value = await call();
    } catch (error) {
      const failure = readFailure(error);
      countUp(counts.calls, `${method} failed`);
      countUp(counts.failures, failure.code);
      if (failure.outage) limits.unreachable(subject.tenant);
      else limits.reached(subject.tenant);
      if (failure.policy === 'rate_limited') await limits.rateLimited(subject, failure.retryAfterMs);
      return { ok: false, failure };
    }
    countUp(counts.calls, `${method} ok`);
    limits.reached(subject.tenant);
    await limits.worked(subject);
    return { ok: true, value };
  }

  /**
   * Prolongs the claim when half of it is over, for work that lasts longer than a call.
   *
   * @throws PassEnded when it was lost, or the process is about to stop
   */
  async keepLease(): Promise<void> {
    if (this.shared.stopping) throw new PassEnded('stopping');
    const { leaseMs } = this.timing;
    if (this.lease.covers(leaseMs / 2)) return;
    const kept = await this.lease.prolong(() => this.deps.work.prolong(this.claim, leaseMs));
    if (!kept) throw new PassEnded('lease_lost');
  }

  /** @throws PassEnded when the lease was lost */
  async save(slot: StoredSlot): Promise<void> {
    if (!(await this.deps.work.saveSlot(this.claim, slot))) throw new PassEnded('lease_lost');
  }

  /** The revision and privacy that a message of this pass shows. */
  get shows(): StoredSlot['shows'] {
    return { revision: this.owner.revision, privacy: this.privacy };
  }

  async stored(): Promise<StoredSlot[]> {
    return this.deps.work.slots(this.claim.tenant, this.claim.owner);
  }

  async storedSlot(key: string): Promise<StoredSlot | null> {
    return (await this.stored()).find((slot) => slot.key === key) ?? null;
  }

  async drop(key: string, why: string): Promise<void> {
    await this.leaveOut(key, 'dropped', why);
  }

  /** Slack delivers no direct message to this person, so the thread mentions them. */
  async refuse(key: string, why: string): Promise<void> {
    const known = await this.storedSlot(key);
    // Only an edit was refused.
    await this.leaveOut(key, known?.state === 'posted' ? 'dropped' : 'refused', why);
  }

  private async leaveOut(key: string, state: 'dropped' | 'refused', why: string): Promise<void> {
    const known = await this.storedSlot(key);
    await this.save({ ...(known ?? newSlot(key)), state, intentAt: null });
    this.shared.counts.dropped += 1;
    this.log('info', { slot: key, why }, `message ${state}`);
  }

  /** Schedules a retry. A failure during an outage of Slack does not count against the slot. */
  failed(key: string, failure: Pick<SlackFailure, 'code' | 'outage'>): void {
    if (failure.outage) this.retryState.unreached(key, failure.code);
    else this.retryState.failed(key, failure.code);
  }

  async at(point: CrashPoint): Promise<void> {
    await this.deps.crashPoint?.(point);
  }

  log(level: 'debug' | 'info' | 'warn' | 'error', facts: Record<string, unknown>, message: string): void {
    this.deps.logger[level]({ ...ownerFacts(this.claim), ...facts }, message);
  }

  private requireLease(marginMs: number): void {
    if (!this.lease.covers(this.timing.callTimeoutMs + marginMs)) throw new PassEnded('lease_short');
  }
}

export const tenantKey = ({ tenant }: Pick<Claim, 'tenant'>): string =>
  `${tenant.enterpriseId}/${tenant.teamId}`;

/** A key for the owner that is unique across workspaces. */
export const ownerKey = ({ tenant, owner }: Pick<Claim, 'tenant' | 'owner'>): string =>
  `${tenantKey({ tenant })} ${owner.kind} ${owner.id}`;

/** Log fields: `deal` or `notice`, and the workspace. */
export const ownerFacts = ({ tenant, owner }: Pick<Claim, 'tenant' | 'owner'>) => ({
  [owner.kind]: owner.id,
  team: tenant.teamId,
});

/** True if a posted message may have a duplicate, which a pass looks for even when nothing else is left to do. */
export async function mayHaveDuplicates({ deps }: Shared, { tenant, owner }: Claim): Promise<boolean> {
  const stored = await deps.work.slots(tenant, owner);
  return stored.some(({ state, intentAt }) => state === 'posted' && intentAt !== null);
}

const newSlot = (key: string): StoredSlot => ({
  key,
  channel: null,
  ts: null,
  hash: null,
  state: 'intended',
  intentAt: null,
  lookups: 0,
  shows: null,
});

export const isThreaded = (slot: WantedSlot | null): boolean => slot !== null && isOfThread(slot.place);
