/** What the operations of one pass over one deal share: the deal, its workspace, and the only ways to call and save. */
import type { LRUCache } from 'lru-cache';
import type { Claim, KnownChannel, Privacy, StoredSlot } from '../../store/store';
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

/** What outlives a pass, of all deals. */
export interface Shared {
  readonly deps: ReconcilerDeps;
  readonly timing: Timing;
  readonly limits: Limits;
  readonly counts: Counts;
  /** What was done lately and need not be done again, until when: joining a channel, inviting a manager. */
  readonly remembered: Map<string, number>;
  /** What this release made of deals when it last showed them, by deal, so that their events need not be read. */
  readonly lastShown: LRUCache<string, LastShown>;
  /** What is known of channels, by workspace and channel: asked of the store once. */
  readonly channels: Map<string, KnownChannel>;
  /** The store cannot be reached, or a deal could not be given back to it. */
  storeFailing: boolean;
  stopping: boolean;
}

export class PassContext {
  /** Known once the deal was rendered. */
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
   * Whether a call for this slot may be made now, by the rate limits; if not, the slot is held until its turn.
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

  /** Makes an admitted call and tells the limits how it went. */
  async send<T>(method: Method, channel: string, call: () => Promise<T>): Promise<Sent<T>> {
    this.requireLease(0);
    const { limits, counts } = this.shared;
    const subject = { tenant: this.claim.tenant, method, channel };
    try {
      const value = await call();
      countUp(counts.calls, `${method} ok`);
      limits.reached(subject.tenant);
      return { ok: true, value };
    } catch (error) {
      const failure = readFailure(error);
      countUp(counts.calls, `${method} failed`);
      countUp(counts.failures, failure.code);
      if (failure.outage) limits.unreachable(subject.tenant);
      else limits.reached(subject.tenant);
      if (failure.policy === 'rate_limited') await limits.rateLimited(subject, failure.retryAfterMs);
      return { ok: false, failure };
    }
  }

  /** @throws PassEnded when the deal is not ours any more */
  async save(slot: StoredSlot): Promise<void> {
    if (!(await this.deps.work.saveSlot(this.claim, slot))) throw new PassEnded('lease_lost');
  }

  /** What a message says that is posted or edited now. */
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
    const known = await this.storedSlot(key);
    await this.save({ ...(known ?? newSlot(key)), state: 'dropped', intentAt: null });
    this.shared.counts.dropped += 1;
    this.log('info', { slot: key, why }, 'message dropped');
  }

  /** Tried again later; what fails while Slack as a whole is in trouble is not to blame for it. */
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

/** Names an owner among all workspaces. */
export const ownerKey = ({ tenant, owner }: Pick<Claim, 'tenant' | 'owner'>): string =>
  `${tenantKey({ tenant })} ${owner.kind} ${owner.id}`;

/** For the log: `deal` or `notice`, and the workspace. */
export const ownerFacts = ({ tenant, owner }: Pick<Claim, 'tenant' | 'owner'>) => ({
  [owner.kind]: owner.id,
  team: tenant.teamId,
});

/** A message that Slack shows for good may turn up twice long after: only that is still looked for. */
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
