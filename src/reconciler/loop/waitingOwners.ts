/**
 * Remembers the deals and notices that this process put off: until when, and the retry state of their messages. The
 * store has the times too. What only this process knows is lost with it, which costs one try.
 */
import type { Tenant } from '../../deal/model/deal';
import type { Claim, SlotOwner } from '../../store/store';
import { ownerKey } from '../pass/passContext';
import { RetryState } from '../pass/retryState';
import type { Timing } from '../timing';

export interface Wait {
  /** ms UTC */
  readonly at: number;
  /** A code, safe to show. */
  readonly why: string;
  /** True if it waits for a person, false if for a time. */
  readonly forPerson: boolean;
  readonly parked: boolean;
}

export interface WaitingOwner extends Wait {
  readonly tenant: Tenant;
  readonly owner: SlotOwner;
}

export class WaitingOwners {
  private readonly waiting = new Map<string, WaitingOwner>();
  private readonly retryStates = new Map<string, RetryState>();
  /** How many passes in a row threw. */
  private readonly failures = new Map<string, number>();

  constructor(
    private readonly clock: { now(): number },
    private readonly timing: Timing,
  ) {}

  putOff(claim: Claim, { at, why, forPerson, parked }: Wait): void {
    const { tenant, owner } = claim;
    this.waiting.set(ownerKey(claim), { tenant, owner, at, why, forPerson, parked });
  }

  takeUp(claim: Claim): void {
    const key = ownerKey(claim);
    const before = this.waiting.get(key);
    this.waiting.delete(key);
    if (before === undefined || before.at <= this.clock.now()) return;
    // A commit or an admin's retry ended the wait early.
    if (before.parked) this.forgetRetryState(claim);
    else this.retryStates.get(key)?.lookAgain();
  }

  retryStateOf(claim: Claim): RetryState {
    const key = ownerKey(claim);
    const known = this.retryStates.get(key) ?? new RetryState(this.clock, this.timing);
    this.retryStates.set(key, known);
    return known;
  }

  /** Counts a pass that threw. @returns how many in a row threw before it */
  countFailure(claim: Claim): number {
    const key = ownerKey(claim);
    const before = this.failures.get(key) ?? 0;
    this.failures.set(key, before + 1);
    return before;
  }

  forgetRetryState(claim: Claim): void {
    const key = ownerKey(claim);
    this.retryStates.delete(key);
    this.failures.delete(key);
  }

  /** Forgets what another instance has claimed: it was due here and could not be claimed. */
  forgetTaken(now: number, isOurs: (key: string) => boolean): void {
    for (const [key, { at }] of this.waiting) {
      if (at > now || isOurs(key)) continue;
      this.waiting.delete(key);
      this.retryStates.delete(key);
    }
  }

  isOneDue(now: number): boolean {
    return this.all().some(({ at }) => at <= now);
  }

  /** The earliest time after `now`, ms UTC; infinite: there is none. */
  nextAfter(now: number): number {
    return Math.min(...this.all().flatMap(({ at }) => (at > now ? [at] : [])));
  }

  /** Those that wait for a person. */
  get forPerson(): readonly WaitingOwner[] {
    return this.all().filter(({ forPerson }) => forPerson);
  }

  /** How many wait for a time and go on by themselves. */
  get forTime(): number {
    return this.waiting.size - this.forPerson.length;
  }

  private all(): readonly WaitingOwner[] {
    return [...this.waiting.values()];
  }
}
