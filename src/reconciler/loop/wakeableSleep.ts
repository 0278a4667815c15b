/**
 * A sleep that a wake ends, at once or soon; a soon wake serves all calls within a moment. A wake while nobody sleeps
 * is kept: the next sleep ends at once.
 */
export class WakeableSleep {
  private woken = false;
  private end: (() => void) | null = null;
  /** Times of the first and the last call that one wake will serve, on the process's monotonic clock. */
  private gathered: { readonly firstAt: number; lastAt: number; readonly timer: NodeJS.Timeout } | null =
    null;

  /**
   * @param gatherMs how long a wake waits after each call for further ones
   * @param gatherMaxMs how long it waits at most after the first call
   */
  constructor(
    private readonly gatherMs: number,
    private readonly gatherMaxMs: number,
  ) {}

  wake(): void {
    this.forgetGathered();
    this.woken = true;
    this.end?.();
  }

  /** Wakes once no call has come for a moment. Under load one wake thus serves more calls. */
  soon(): void {
    if (this.woken) return;
    if (this.gatherMs <= 0) {
      this.wake();
      return;
    }
    const now = performance.now();
    if (this.gathered !== null) this.gathered.lastAt = now;
    else this.gather(now, now, this.gatherMs);
  }

  /** Forgets earlier wakes, since the look that follows sees what they announced. */
  clear(): void {
    this.forgetGathered();
    this.woken = false;
  }

  for(ms: number): Promise<void> {
    if (this.woken) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(finish, ms);
      const sleeper = this;
      function finish(): void {
        clearTimeout(timer);
        sleeper.end = null;
        resolve();
      }
      this.end = finish;
    });
  }

  private gather(firstAt: number, lastAt: number, ms: number): void {
    this.gathered = { firstAt, lastAt, timer: setTimeout(() => this.askGathered(), ms) };
  }

  private askGathered(): void {
    if (this.gathered === null) return;
    const { firstAt, lastAt } = this.gathered;
    const now = performance.now();
    const quietIn = lastAt + this.gatherMs - now;
    const longestWait = firstAt + this.gatherMaxMs - now;
    // A timer may fire a little early.
    if (quietIn > 1 && longestWait > 1) this.gather(firstAt, lastAt, Math.min(quietIn, longestWait));
    else this.wake();
  }

  private forgetGathered(): void {
    if (this.gathered !== null) clearTimeout(this.gathered.timer);
    this.gathered = null;
  }
}
