import type { Traffic } from '../protocol';
import type { ChangeFeed } from './changeFeed';

const MAX_ENTRIES = 2000;
/** Characters of JSON over all entries. A view may have 250 kB, so that 2000 views would take too much memory. */
const MAX_CHARACTERS = 16_000_000;

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
export type TrafficEntry = DistributiveOmit<Traffic, 'seq' | 'at'>;

interface Entry {
  readonly seq: number;
  readonly json: string;
}

/**
 * The last deliveries and calls, oldest first, for whoever debugs an app. Stores the JSON that clients read, which
 * takes a third of the memory of the objects.
 */
export class TrafficLog {
  private readonly entries: Entry[] = [];
  private characters = 0;
  private seq = 0;

  constructor(
    private readonly changes: ChangeFeed,
    private readonly clock: () => number,
    private readonly limits = { entries: MAX_ENTRIES, characters: MAX_CHARACTERS },
  ) {}

  add(entry: TrafficEntry): number {
    this.seq += 1;
    const json = JSON.stringify({ ...entry, seq: this.seq, at: this.clock() });
    this.entries.push({ seq: this.seq, json });
    this.characters += json.length;
    const { entries, characters } = this.limits;
    while (this.entries.length > entries || (this.characters > characters && this.entries.length > 1))
      this.characters -= this.entries.shift()?.json.length ?? 0;
    this.changes.bump();
    return this.seq;
  }

  /** A JSON array. */
  after(seq: number): string {
    const from = this.entries.findIndex((entry) => entry.seq > seq);
    return `[${
      from < 0
        ? ''
        : this.entries
            .slice(from)
            .map(({ json }) => json)
            .join(',')
    }]`;
  }

  find(seq: number): Traffic | undefined {
    const found = this.entries.find((entry) => entry.seq === seq);
    return found === undefined ? undefined : (JSON.parse(found.json) as Traffic);
  }
}
