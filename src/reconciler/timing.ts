/**
 * How long everything takes, and why. One promise hangs on these numbers: fifteen seconds after an instance was killed
 * the threads it was working on are complete.
 *
 * ```
 *  0 s  it claims a deal, stores the intent of a post, sends it and is killed
 *  9 s  its lease ends; another instance takes the deal, and looks for the message (a call may last 4 s, and what it
 *       left behind in Slack had 4 s more to turn up)
 * 13 s  it looks again, 4 s after the first look, and posts at once
 * ```
 *
 * A message that turns up later still, after the second look, is a duplicate: it is looked for once more, and taken back.
 * By then the thread is complete, so nobody waits for that.
 */

/** All in ms. */
export interface Timing {
  /** Longest pause between two looks at the store. */
  readonly pollMs: number;
  /** How long a change waits for others, so that one look answers them all; at most `gatherMaxMs` while they keep coming. */
  readonly gatherMs: number;
  readonly gatherMaxMs: number;
  /** How long a deal is ours. Two calls that hang fit in, with a commit, so that a pass gets somewhere. */
  readonly leaseMs: number;
  /** The timeout of the clients that `slackFor` returns. */
  readonly callTimeoutMs: number;
  /** After a call's timeout, how long its message may still turn up before we look for it; also between two looks. */
  readonly settleMs: number;
  /** After a post that was repeated, how long its first message may still turn up before we look for a duplicate. */
  readonly duplicateMs: number;
  /** First pause after a failure; doubles with each one, up to `backoffMaxMs`. */
  readonly backoffMs: number;
  readonly backoffMaxMs: number;
  /** Pause where a person has to do something first: an archived channel, a revoked token. */
  readonly slowRetryMs: number;
  /** How long we believe what we know of a channel. */
  readonly channelTtlMs: number;
  /** How long a stop waits for calls under way before it breaks them off. */
  readonly stopGraceMs: number;
}

/** Between admission and the call there is a commit; it is given this long, ms. */
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
