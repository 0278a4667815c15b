/** Epoch milliseconds, UTC. Injected, so that tests can let three seconds pass at once. */
export type Clock = () => number;

/** Ids that look like Slack's and are the same in every run. */
export class Ids {
  private count = 0;

  /** How many there were so far. */
  get issued(): number {
    return this.count;
  }

  /** Goes on after an earlier run, or stays ahead of it. */
  continueFrom(issued: number): void {
    this.count = Math.max(this.count, issued);
  }

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

/** Keeps what was issued last, so that a long run does not keep everything. */
export function forgetOldest(issued: Map<string, unknown>, most: number): void {
  for (const key of issued.keys()) {
    if (issued.size <= most) return;
    issued.delete(key);
  }
}

/** Message timestamps: seconds with six decimals, strictly increasing, unique in the workspace. */
export class Timestamps {
  private lastMicros = 0;

  constructor(private readonly clock: Clock) {}

  /** None from now on is this one or older. */
  continueAfter(ts: string): void {
    this.lastMicros = Math.max(this.lastMicros, micros(ts));
  }

  next(): string {
    this.lastMicros = Math.max(this.lastMicros + 1, this.clock() * 1000);
    const seconds = Math.floor(this.lastMicros / 1_000_000);
    return `${seconds}.${String(this.lastMicros % 1_000_000).padStart(6, '0')}`;
  }
}

/** Microseconds of a message timestamp. */
function micros(ts: string): number {
  const [seconds = '0', fraction = '0'] = ts.split('.');
  return Number(seconds) * 1_000_000 + Number(fraction);
}

/** Compares two message timestamps by value. */
export function compareTs(a: string, b: string): number {
  return Number(a) - Number(b);
}
