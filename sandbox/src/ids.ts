/** Epoch milliseconds, UTC. Injected, so that tests can let three seconds pass at once. */
export type Clock = () => number;

/** Ids that look like Slack's and are the same in every run. */
export class Ids {
  private count = 0;

  /** `V` → `V00000001`, counted over all prefixes. */
  next(prefix: string): string {
    this.count += 1;
    return `${prefix}${this.count.toString(36).toUpperCase().padStart(9, '0')}`;
  }

  /** A short id for blocks and actions that came without one. */
  nextShort(): string {
    this.count += 1;
    return `b${this.count.toString(36).padStart(4, '0')}`;
  }
}

/** Message timestamps: seconds with six decimals, strictly increasing, unique in the workspace. */
export class Timestamps {
  private lastMicros = 0;

  constructor(private readonly clock: Clock) {}

  next(): string {
    this.lastMicros = Math.max(this.lastMicros + 1, this.clock() * 1000);
    const seconds = Math.floor(this.lastMicros / 1_000_000);
    return `${seconds}.${String(this.lastMicros % 1_000_000).padStart(6, '0')}`;
  }
}

/** Compares two message timestamps by value. */
export function compareTs(a: string, b: string): number {
  return Number(a) - Number(b);
}
