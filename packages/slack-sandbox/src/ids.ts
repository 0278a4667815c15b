import { randomBytes } from 'node:crypto';

/** Epoch milliseconds, UTC. Injected, so that a test can move time. */
export type Clock = () => number;

/** Ids that look like Slack's and are the same in every run. */
export class Ids {
  private count = 0;

  /** Number of ids issued so far. */
  get issued(): number {
    return this.count;
  }

  /** Continues the ids of an earlier run. Never goes back. */
  continueFrom(issued: number): void {
    this.count = Math.max(this.count, issued);
  }

  /** `V` → `V00000001`. One counter serves all prefixes. */
  next(prefix: string): string {
    this.count += 1;
    return `${prefix}${this.count.toString(36).toUpperCase().padStart(9, '0')}`;
  }

  /** A short id for blocks and actions without one of their own. */
  nextShort(): string {
    this.count += 1;
    return `b${this.count.toString(36).padStart(4, '0')}`;
  }
}

/** 128 random bits in hex, for what opens a door by itself: no other program on this machine guesses it. */
export const secretKey = (): string => randomBytes(16).toString('hex');

/** Removes the oldest entries beyond `most`, so that a long run does not fill the memory. */
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

  /** Makes every later timestamp greater than this one. */
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
