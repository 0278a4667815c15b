/**
 * A seeded random generator. Each part of a run draws from a stream of its own, so that its draws depend on the seed
 * alone.
 */
export class Random {
  private state: number;

  constructor(private readonly seed: number) {
    this.state = seed >>> 0;
  }

  /** The stream of this name; drawing from it changes no other stream. */
  of(name: string): Random {
    let hash = this.seed >>> 0;
    for (const letter of name) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0;
    return new Random(hash);
  }

  /** 0 up to, not including, 1 (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  between(least: number, most: number): number {
    return Math.round(least + this.next() * (most - least));
  }

  /** True with this probability. */
  roll(probability: number): boolean {
    return this.next() < probability;
  }

  /** @throws when there is nothing to pick from */
  pick<T>(from: readonly T[]): T {
    return this.weigh(from.map((it) => [1, it] as const));
  }

  /** Picks in proportion to the weights. @throws when there is nothing to pick from */
  weigh<T>(from: readonly (readonly [weight: number, it: T])[]): T {
    let left = this.next() * from.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, it] of from) {
      left -= weight;
      if (left < 0) return it;
    }
    const last = from.at(-1);
    if (last === undefined) throw new Error('there is nothing to pick from');
    return last[1];
  }
}
