/**
 * A pause that can be cut short: at once, or soon, so that many who call within a moment cost one look. A wake that
 * comes while nobody sleeps is not lost: the next pause is skipped.
 */
export class WakeableSleep {
  private woken = false;
  private end: (() => void) | null = null;
  /** Calls that are being gathered: of the first and the last of them, on the process's own clock. */
  private gathered: { readonly firstAt: number; lastAt: number; readonly timer: NodeJS.Timeout } | null =
    null;

  /**
   * @param gatherMs how long to wait for others after a call
   * @param gatherMaxMs how long at most, however many keep calling
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

  /** Wakes when nobody has called for a moment; the more there is to do, the more calls one wake answers. */
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

  /** Forgets earlier wakes: what they announced is about to be seen. */
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
    // A timer may come a little early.
    if (quietIn > 1 && longestWait > 1) this.gather(firstAt, lastAt, Math.min(quietIn, longestWait));
    else this.wake();
  }

  private forgetGathered(): void {
    if (this.gathered !== null) clearTimeout(this.gathered.timer);
    this.gathered = null;
  }
}
