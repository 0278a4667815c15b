/**
 * The failures of one owner's slots, and until when each slot waits. In memory only: after a start everything is tried
 * once more, as an operator expects who has just repaired something.
 */
import { OUTAGE_PAUSE_MAX_MS } from '../slackApi/limits';
import type { Timing } from '../timing';
import type { Hold } from './plan';

interface Retry {
  readonly until: number;
  readonly code: string;
  readonly failures: number;
  /** Failures in a row during an outage of Slack. */
  readonly outages: number;
  /** Hash of the refused content; other content is tried at once. Null: any content waits. */
  readonly hash: string | null;
  readonly alone: boolean;
  /** Only a person's help or other content ends it. */
  readonly forPerson: boolean;
}

/** A search through a conversation that waits for its next page. */
export interface Search {
  /** Cursor of the next page. */
  readonly cursor: string;
  readonly found: readonly string[];
}

/** The channel that cannot be used; null: none is configured. */
export interface UnusableChannel {
  readonly channel: string | null;
}

/** Keys of holds on several slots; no slot has such a key. */
const THREAD = '#thread';
const ALL = '#all';

const WAITING_TURN = 'waiting_turn';

/** Multiplies the pause after refused content, since only a new release or a person mends it. */
const PARKED_FACTOR = 30;
/** How many failures of one message in a row, without outages, come before it is parked. */
export const TRIES_BEFORE_PARKED = 8;
const SLOW_RETRY_MAX_MS = 60 * 60_000;
/**
 * Shortest time between two new threads after refused replies; refusals that come sooner have another cause than a lost
 * root.
 */
const NEW_THREAD_EVERY_MS = 60 * 60_000;

export class RetryState {
  /** By slot and conversation. A search that restarted at each turn would never get beyond its first page. */
  readonly searches = new Map<string, Search>();
  private readonly bySlot = new Map<string, Retry>();
  private channel: UnusableChannel | null = null;
  private noticed: UnusableChannel | null = null;
  /** Undefined before the first pass. */
  private place: string | null | undefined;
  private threadLostAt: number | null = null;

  constructor(
    private readonly clock: { now(): number },
    private readonly timing: Timing,
  ) {}

  held(slot: {
    readonly key: string;
    readonly inThread: boolean;
    readonly hash: string | null;
  }): Hold | null {
    const own = this.bySlot.get(slot.key);
    const now = this.clock.now();
    const holds = [
      own && (own.hash === null || own.hash === slot.hash) ? own : undefined,
      slot.inThread ? this.bySlot.get(THREAD) : undefined,
      this.bySlot.get(ALL),
    ].filter((retry) => retry !== undefined && retry.until > now);
    return holds.reduce<Hold | null>(
      (longest, hold) =>
        hold && (longest === null || hold.until > longest.until)
          ? { until: hold.until, alone: hold.alone, turn: hold.code === WAITING_TURN }
          : longest,
      null,
    );
  }

  /** The slot waits for its turn at the rate limits. */
  wait(key: string, until: number): void {
    const failures = this.bySlot.get(key)?.failures ?? 0;
    const outages = this.bySlot.get(key)?.outages ?? 0;
    const turn = { alone: false, forPerson: false, hash: null };
    this.bySlot.set(key, { until, code: WAITING_TURN, failures, outages, ...turn });
  }

  /**
   * Schedules a retry. After `TRIES_BEFORE_PARKED` it parks the slot, whose content may be at fault, and later messages
   * go on.
   */
  failed(key: string, code: string): void {
    const failures = (this.bySlot.get(key)?.failures ?? 0) + 1;
    const given = failures > TRIES_BEFORE_PARKED;
    this.add(key, code, { alone: given, forPerson: given }, () => this.backoff(failures));
  }

  /** Schedules a retry during an outage: soon, since Slack may return any moment, and never parked. */
  unreached(key: string, code: string): void {
    const known = this.bySlot.get(key);
    const outages = (known?.outages ?? 0) + 1;
    const pause = Math.min(OUTAGE_PAUSE_MAX_MS, this.backoff(outages));
    this.bySlot.set(key, {
      until: this.clock.now() + pause,
      code,
      failures: known?.failures ?? 0,
      outages,
      hash: null,
      alone: false,
      forPerson: false,
    });
  }

  /** True if the last try of this slot failed. */
  hasFailed(key: string): boolean {
    const { failures = 0, outages = 0 } = this.bySlot.get(key) ?? {};
    return failures + outages > 0;
  }

  park(key: string, code: string, hash: string): void {
    this.add(key, code, { hash, alone: true, forPerson: true }, (failures) =>
      this.backoff(failures, PARKED_FACTOR),
    );
  }

  /** Holds root and replies; DMs go out. */
  threadUnusable(code: string, channel: UnusableChannel): void {
    this.channel = channel;
    this.add(THREAD, code, { alone: false, forPerson: true }, (failures) => this.slowly(failures));
  }

  /** Called before each pass with the channel of a new thread; another channel than before has no failures yet. */
  threadGoesTo(place: string | null): void {
    if (this.place !== undefined && this.place !== place) {
      this.bySlot.delete(THREAD);
      this.channel = null;
      this.threadLostAt = null;
    }
    this.place = place;
  }

  /**
   * Tries the thread now, since somebody changed the deal or what it waits for. This extra try does not lengthen later
   * pauses.
   */
  lookAgain(): void {
    const thread = this.bySlot.get(THREAD);
    if (thread === undefined || thread.until <= this.clock.now()) return;
    this.bySlot.set(THREAD, { ...thread, until: this.clock.now(), failures: thread.failures - 1 });
  }

  installationUnusable(code: string): void {
    this.add(ALL, code, { alone: false, forPerson: true }, (failures) => this.slowly(failures));
  }

  /** True if a refused reply may start a new thread now; call it once for each refusal. */
  mayRenewThread(): boolean {
    const now = this.clock.now();
    if (this.threadLostAt !== null && now - this.threadLostAt < NEW_THREAD_EVERY_MS) return false;
    this.threadLostAt = now;
    return true;
  }

  succeeded(key: string, inThread: boolean): void {
    this.bySlot.delete(key);
    this.bySlot.delete(ALL);
    if (!inThread) return;
    this.bySlot.delete(THREAD);
    this.channel = null;
  }

  get unusableChannel(): UnusableChannel | null {
    return this.channel;
  }

  /** True if people have been notified of the unusable channel. */
  get isChannelNoticed(): boolean {
    return this.noticed !== null && this.noticed.channel === this.channel?.channel;
  }

  channelNoticed(): void {
    this.noticed = this.channel;
  }

  /** Code of the first failure that something waits for; null: everything waits for its turn. */
  get reason(): string | null {
    return this.current().find(({ code }) => code !== WAITING_TURN)?.code ?? null;
  }

  /** Code of a parked message, a fault of ours that no user can mend; null: there is none. */
  get parkedFor(): string | null {
    return this.current().find(({ alone }) => alone)?.code ?? null;
  }

  /** True if something waits, and all of it for a person. */
  get waitsForPerson(): boolean {
    const current = this.current();
    return current.length > 0 && current.every(({ forPerson }) => forPerson);
  }

  private current(): Retry[] {
    const now = this.clock.now();
    return [...this.bySlot.values()].filter(({ until }) => until > now);
  }

  private add(
    key: string,
    code: string,
    kind: { readonly alone: boolean; readonly forPerson: boolean; readonly hash?: string },
    pause: (failures: number) => number,
  ): void {
    const failures = (this.bySlot.get(key)?.failures ?? 0) + 1;
    const until = this.clock.now() + pause(failures);
    this.bySlot.set(key, { until, code, failures, outages: 0, hash: null, ...kind });
  }

  private backoff(failures: number, factor = 1): number {
    return Math.min(this.timing.backoffMaxMs, this.timing.backoffMs * factor * 2 ** (failures - 1));
  }

  private slowly(failures: number): number {
    return Math.min(SLOW_RETRY_MAX_MS, this.timing.slowRetryMs * 2 ** (failures - 1));
  }
}
