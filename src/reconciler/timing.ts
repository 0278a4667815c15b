/**
 * The durations of the reconciler. They keep one promise: 15 s after an instance is killed, the threads that it worked
 * on are complete.
 *
 * ```
 *  0 s  it claims a deal, stores the intent of a post, sends it and is killed
 *  9 s  its lease ends; another instance claims the deal and looks for the message (a call lasts up to 4 s, and its
 *       message may take 4 s more to appear)
 * 13 s  it looks again, 4 s after the first look, and posts at once
 * ```
 *
 * A message that appears after the second look is a duplicate: the reconciler looks for it once more and deletes it.
 * The thread is complete by then, so nobody waits for this.
 */

/** All in ms. */
export interface Timing {
  /** Longest pause between two looks at the store. */
  readonly pollMs: number;
  /**
   * How long a look waits after a change for further ones, so that it handles them all; `gatherMaxMs` bounds the wait.
   */
  readonly gatherMs: number;
  readonly gatherMaxMs: number;
  /** How long a claim lasts. Two calls that time out and a commit fit in, so that every pass makes progress. */
  readonly leaseMs: number;
  /** The timeout of the clients that `slackFor` returns. */
  readonly callTimeoutMs: number;
  /** How long a message may take to appear after its call timed out; also the pause between two looks for it. */
  readonly settleMs: number;
  /** How long after a repeated post the first message may still appear; then the reconciler looks for a duplicate. */
  readonly duplicateMs: number;
  /** Pause after a first failure; doubles with each further one, up to `backoffMaxMs`. */
  readonly backoffMs: number;
  readonly backoffMaxMs: number;
  /** Pause after a failure that a person has to mend, such as an archived channel or a revoked token. */
  readonly slowRetryMs: number;
  /** How long the stored privacy of a channel counts as current. */
  readonly channelTtlMs: number;
  /** How long a stop waits for running calls before it aborts them. */
  readonly stopGraceMs: number;
}

/** Time for the commit between the admission of a call and the call, ms. */
export const COMMIT_MARGIN_MS = 1_000;

export const DEFAULT_TIMING: Timing = {
  pollMs: 3_000,
  gatherMs: 25,
  gatherMaxMs: 120,
  leaseMs: 9_000,
  callTimeoutMs: 4_000,
  settleMs: 4_000,
  duplicateMs: 15_000,
  backoffMs: 1_000,
  backoffMaxMs: 10 * 60_000,
  slowRetryMs: 5 * 60_000,
  channelTtlMs: 60 * 60_000,
  stopGraceMs: 3_000,
};
