/** Counts since the start, for health and metrics. */
export interface Counts {
  posted: number;
  edited: number;
  dropped: number;
  /** Posts whose response was lost and whose message was found in Slack. */
  found: number;
  duplicatesDeleted: number;
  /** Passes over deals and notices. */
  passes: number;
  /** Failures of Slack calls by code. */
  readonly failures: Map<string, number>;
  /** Slack calls by method, a space, and `ok` or `failed`. */
  readonly calls: Map<string, number>;
  /** Waits for rate limits by method: how many, and their total in ms. */
  readonly waits: Map<string, { times: number; ms: number }>;
}

export const noCounts = (): Counts => ({
  posted: 0,
  edited: 0,
  dropped: 0,
  found: 0,
  duplicatesDeleted: 0,
  passes: 0,
  failures: new Map(),
  calls: new Map(),
  waits: new Map(),
});

export const countUp = (counts: Map<string, number>, name: string): void => {
  counts.set(name, (counts.get(name) ?? 0) + 1);
};
