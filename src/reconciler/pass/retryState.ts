/**
 * What went wrong with the slots of one deal, and until when each of them waits. Kept in memory only: after a start
 * everything is tried once more, which is what an operator who just repaired something expects.
 */
import { OUTAGE_PAUSE_MAX_MS } from '../slackApi/limits';
import type { Timing } from '../timing';
import type { Hold } from './plan';

interface Retry {
  readonly until: number;
  readonly code: string;
  readonly failures: number;
  /** Failures in a row because Slack was out. */
  readonly outages: number;
  /** Content that was refused; other content is tried at once. Null: whatever it says. */
  readonly hash: string | null;
  readonly alone: boolean;
  /** Nothing but a person's help, or other content, will end it. */
  readonly forPerson: boolean;
}

/** A search through a conversation that had to wait before it came to the end. */
export interface Search {
  /** Where it goes on. */
  readonly cursor: string;
  readonly found: readonly string[];
}

/** The channel that cannot be used; null when none is configured. */
export interface UnusableChannel {
  readonly channel: string | null;
}

/** Holds that concern more than one slot; no slot has such a key. */
const THREAD = '#thread';
const ALL = '#all';

const WAITING_TURN = 'waiting_turn';

/** Refused content is a fault of ours: nothing changes within a second. */
const PARKED_FACTOR = 30;
/** Failures of one message, in a row, that are no outage. */
export const TRIES_BEFORE_PARKED = 8;
const SLOW_RETRY_MAX_MS = 60 * 60_000;
/** A thread is begun anew once in this time when Slack refuses replies; more often it is no lost root. */
const NEW_THREAD_EVERY_MS = 60 * 60_000;

export class RetryState {
  /** By slot and conversation. One that began anew at each turn would never get beyond the page that a turn allows. */
  readonly searches = new Map<string, Search>();
  private readonly bySlot = new Map<string, Retry>();
  private channel: UnusableChannel | null = null;
  private noticed: UnusableChannel | null = null;
  /** Undefined: not known yet. */
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
    ].filter((trouble) => trouble !== undefined && trouble.until > now);
    return holds.reduce<Hold | null>(
      (longest, hold) =>
        hold && (longest === null || hold.until > longest.until)
          ? { until: hold.until, alone: hold.alone, turn: hold.code === WAITING_TURN }
          : longest,
      null,
    );
  }

  /** It is not this slot's turn yet. */
  wait(key: string, until: number): void {
    const failures = this.bySlot.get(key)?.failures ?? 0;
    const outages = this.bySlot.get(key)?.outages ?? 0;
    const turn = { alone: false, forPerson: false, hash: null };
    this.bySlot.set(key, { until, code: WAITING_TURN, failures, outages, ...turn });
  }

  /** After its tries it is set aside: it may be for what it says, and what comes after it goes on. */
  failed(key: string, code: string): void {
    const failures = (this.bySlot.get(key)?.failures ?? 0) + 1;
    const given = failures > TRIES_BEFORE_PARKED;
    this.add(key, code, { alone: given, forPerson: given }, () => this.backoff(failures));
  }

  /** While Slack is out: nobody's fault, so never set aside, and tried soon, as it may be back any moment. */
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

  park(key: string, code: string, hash: string): void {
    this.add(key, code, { hash, alone: true, forPerson: true }, (failures) =>
      this.backoff(failures, PARKED_FACTOR),
    );
  }

  /** Root and replies wait; DMs go out. */
  threadUnusable(code: string, channel: UnusableChannel): void {
    this.channel = channel;
    this.add(THREAD, code, { alone: false, forPerson: true }, (failures) => this.slowly(failures));
  }

  /** Told before each pass: where the thread would begin now. Somewhere else nothing has failed yet. */
  threadGoesTo(place: string | null): void {
    if (this.place !== undefined && this.place !== place) {
      this.bySlot.delete(THREAD);
      this.channel = null;
      this.threadLostAt = null;
    }
    this.place = place;
  }

  /**
   * Somebody did something about the deal, or about what it waits for: the thread is tried now. A try that was not its
   * turn makes no later one slower.
   */
  lookAgain(): void {
    const thread = this.bySlot.get(THREAD);
    if (thread === undefined || thread.until <= this.clock.now()) return;
    this.bySlot.set(THREAD, { ...thread, until: this.clock.now(), failures: thread.failures - 1 });
  }

  installationUnusable(code: string): void {
    this.add(ALL, code, { alone: false, forPerson: true }, (failures) => this.slowly(failures));
  }

  /** Whether a refused reply may be answered with a new thread now; asked once for each refusal. */
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

  /** Whether people were notified of the channel that cannot be used. */
  get isChannelNoticed(): boolean {
    return this.noticed !== null && this.noticed.channel === this.channel?.channel;
  }

  channelNoticed(): void {
    this.noticed = this.channel;
  }

  /** Code of what keeps this deal from being finished; null: only its turn. */
  get reason(): string | null {
    return this.current().find(({ code }) => code !== WAITING_TURN)?.code ?? null;
  }

  /** Code of a message that was set aside: a fault of ours that nobody outside can mend; null: there is none. */
  get parkedFor(): string | null {
    return this.current().find(({ alone }) => alone)?.code ?? null;
  }

  /** Everything that still waits, waits for a person. */
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
