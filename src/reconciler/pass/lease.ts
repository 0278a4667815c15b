/**
 * Measures how much of a claim is left, from before the claim was made and on a monotonic clock: it always ends here
 * before it ends in the database.
 */
export class Lease {
  constructor(
    private readonly monotonic: () => number,
    private startedAt: number,
    private readonly leaseMs: number,
  ) {}

  /** Prolongs the claim by `renew`, which returns false if it was lost. */
  async prolong(renew: () => Promise<boolean>): Promise<boolean> {
    const startedAt = this.monotonic();
    if (!(await renew())) return false;
    this.startedAt = startedAt;
    return true;
  }

  /** True if the claim lasts longer than `ms` from now. */
  covers(ms: number): boolean {
    return this.monotonic() - this.startedAt + ms < this.leaseMs;
  }
}

/** Ends a pass. `lease_lost`: another instance has the claim; otherwise it is released to be claimed again. */
export class PassEnded extends Error {
  constructor(readonly reason: 'lease_lost' | 'lease_short' | 'stopping') {
    super(`pass ended: ${reason}`);
    this.name = 'PassEnded';
  }
}
