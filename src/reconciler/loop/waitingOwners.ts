/**
 * What this process remembers of the deals it put off: until when, and what is in their way. The store has the moments
 * too; what is only here is lost with the process, and costs no more than one try.
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
  /** For a person, not for time. */
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
  /** Passes of a deal that threw, in a row. */
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
    // A commit, or somebody who asks for another try, ended the wait.
    if (before.parked) this.forgetRetryState(claim);
    else this.retryStates.get(key)?.lookAgain();
  }

  retryStateOf(claim: Claim): RetryState {
    const key = ownerKey(claim);
    const known = this.retryStates.get(key) ?? new RetryState(this.clock, this.timing);
    this.retryStates.set(key, known);
    return known;
  }

  /** A pass over it threw. @returns how many in a row did so before */
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

  /** What was due and is not to be had, another instance works on. */
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

  /** The next moment after `now`; infinite: there is none. */
  nextAfter(now: number): number {
    return Math.min(...this.all().flatMap(({ at }) => (at > now ? [at] : [])));
  }

  /** Those that wait for a person. */
  get forPerson(): readonly WaitingOwner[] {
    return this.all().filter(({ forPerson }) => forPerson);
  }

  /** How many go on by themselves. */
  get forTime(): number {
    return this.waiting.size - this.forPerson.length;
  }

  private all(): readonly WaitingOwner[] {
    return [...this.waiting.values()];
  }
}
