/** What was done since the start, for health and metrics. */
export interface Counts {
  posted: number;
  edited: number;
  dropped: number;
  /** Posts whose reply was lost and whose message was found again. */
  found: number;
  twinsDeleted: number;
  /** Failures of Slack calls by code. */
  readonly failures: Map<string, number>;
}

export const noCounts = (): Counts => ({
  posted: 0,
  edited: 0,
  dropped: 0,
  found: 0,
  twinsDeleted: 0,
  failures: new Map(),
});
