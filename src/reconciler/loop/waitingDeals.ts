/**
 * What this process remembers of the deals it put off: until when, and what is in their way. The store has the moments
 * too; what is only here is lost with the process, and costs no more than one try.
 */
import type { DealId, Tenant } from '../../deal/model/deal';
import type { Claim } from '../../store/store';
import { dealKey } from '../pass/passContext';
import { Troubles } from '../pass/retryState';
import type { Timing } from '../timing';

export interface Wait {
  /** ms UTC */
  readonly at: number;
  /** A code, safe to show. */
  readonly why: string;
  /** For a person, not for time. */
  readonly patient: boolean;
  readonly setAside: boolean;
}

export interface WaitingDeal extends Wait {
  readonly tenant: Tenant;
  readonly dealId: DealId;
}

export class WaitingDeals {
  private readonly waiting = new Map<string, WaitingDeal>();
  private readonly troubles = new Map<string, Troubles>();
  /** Passes of a deal that threw, in a row. */
  private readonly failures = new Map<string, number>();

  constructor(
    private readonly clock: { now(): number },
    private readonly timing: Timing,
  ) {}

  putOff(claim: Claim, { at, why, patient, setAside }: Wait): void {
    const { tenant, dealId } = claim;
    this.waiting.set(dealKey(claim), { tenant, dealId, at, why, patient, setAside });
  }

  takeUp(claim: Claim): void {
    const key = dealKey(claim);
    const before = this.waiting.get(key);
    this.waiting.delete(key);
    if (before === undefined || before.at <= this.clock.now()) return;
    // A commit, or somebody who asks for another try, ended the wait.
    if (before.setAside) this.forgetTroubles(claim);
    else this.troubles.get(key)?.lookAgain();
  }

  troublesOf(claim: Claim): Troubles {
    const key = dealKey(claim);
    const known = this.troubles.get(key) ?? new Troubles(this.clock, this.timing);
    this.troubles.set(key, known);
    return known;
  }

  /** A pass over it threw. @returns how many in a row did so before */
  countFailure(claim: Claim): number {
    const key = dealKey(claim);
    const before = this.failures.get(key) ?? 0;
    this.failures.set(key, before + 1);
    return before;
  }

  forgetTroubles(claim: Claim): void {
    const key = dealKey(claim);
    this.troubles.delete(key);
    this.failures.delete(key);
  }

  /** What was due and is not to be had, another instance works on. */
  forgetTaken(now: number, isOurs: (key: string) => boolean): void {
    for (const [key, { at }] of this.waiting) {
      if (at > now || isOurs(key)) continue;
      this.waiting.delete(key);
      this.troubles.delete(key);
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
  get patient(): readonly WaitingDeal[] {
    return this.all().filter(({ patient }) => patient);
  }

  /** How many go on by themselves. */
  get impatient(): number {
    return this.waiting.size - this.patient.length;
  }

  private all(): readonly WaitingDeal[] {
    return [...this.waiting.values()];
  }
}
