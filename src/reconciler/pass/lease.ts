/**
 * How much of a claim is left. Counted from before the claim was made, on a clock that is never set back, so we
 * always believe it to be shorter than the database does.
 */
export class Lease {
  constructor(
    private readonly monotonic: () => number,
    private readonly startedAt: number,
    private readonly leaseMs: number,
  ) {}

  /** Whether `ms` from now the deal is still ours. */
  covers(ms: number): boolean {
    return this.monotonic() - this.startedAt + ms < this.leaseMs;
  }
}

/** A pass that must not go on: `lease_lost` – the deal is somebody else's; otherwise it is given back to be taken up again. */
export class PassEnded extends Error {
  constructor(readonly reason: 'lease_lost' | 'lease_short' | 'stopping') {
    super(`pass ended: ${reason}`);
    this.name = 'PassEnded';
  }
}
