import type { Traffic } from '../protocol';
import type { ChangeFeed } from '../workspace/changeFeed';

const KEPT = 2000;

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
export type TrafficEntry = DistributiveOmit<Traffic, 'seq' | 'at'>;

/** The last deliveries and calls, oldest first: what a person who debugs an app wants to see. */
export class TrafficLog {
  private entries: Traffic[] = [];
  private seq = 0;

  constructor(
    private readonly changes: ChangeFeed,
    private readonly clock: () => number,
  ) {}

  add(entry: TrafficEntry): number {
    this.seq += 1;
    this.entries.push({ ...entry, seq: this.seq, at: this.clock() });
    if (this.entries.length > KEPT) this.entries = this.entries.slice(-KEPT);
    this.changes.bump();
    return this.seq;
  }

  after(seq: number): readonly Traffic[] {
    return this.entries.filter((entry) => entry.seq > seq);
  }

  find(seq: number): Traffic | undefined {
    return this.entries.find((entry) => entry.seq === seq);
  }
}
