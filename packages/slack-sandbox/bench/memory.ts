/** Measures the memory of a process repeatedly, and tells whether it grows. */

export interface MemorySample {
  /** Seconds since the start. */
  readonly at: number;
  /** Bytes of live objects after a full collection. */
  readonly heap: number;
  readonly rss: number;
}

/** Collects garbage (Node needs --expose-gc), then measures. */
export function sampleMemory(startedAt: number): MemorySample {
  // The second run frees what the finalizers of the first one released.
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  return { at: (performance.now() - startedAt) / 1000, heap: heapUsed, rss };
}

export interface Trend {
  readonly mean: number;
  /** Bytes by which the fitted line rises from the first sample to the last. */
  readonly rise: number;
  /** Twice the standard error of that rise. A smaller rise is chance. */
  readonly noise: number;
}

/** The least-squares line through values over time. */
export function trendOf(samples: readonly { readonly at: number; readonly value: number }[]): Trend {
  const count = samples.length;
  const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / count;
  const meanAt = average(samples.map(({ at }) => at));
  const mean = average(samples.map(({ value }) => value));
  const spread = samples.reduce((sum, { at }) => sum + (at - meanAt) ** 2, 0);
  const slope = samples.reduce((sum, { at, value }) => sum + (at - meanAt) * (value - mean), 0) / spread;
  const squares = samples.reduce(
    (sum, { at, value }) => sum + (value - mean - slope * (at - meanAt)) ** 2,
    0,
  );
  const width = (samples.at(-1)?.at ?? 0) - (samples[0]?.at ?? 0);
  return { mean, rise: slope * width, noise: 2 * width * Math.sqrt(squares / (count - 2) / spread) };
}
