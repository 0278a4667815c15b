/**
 * A token bucket that gives out appointments instead of refusals (GCRA: it keeps only the time at which it would be
 * full again). Who comes too early is told when to come, and that turn stays theirs; so nobody waits inside, nobody
 * is overtaken by latecomers, and nobody polls.
 */

/** An appointment not kept for this long, in ms, is forgotten. */
const FORGOTTEN_AFTER_MS = 60_000;

export class Bucket {
  /** When the bucket is full again, ms. */
  private fullAt = 0;
  /** By holder, in the order they were made. */
  private readonly appointments = new Map<string, number>();

  constructor(
    private intervalMs: number,
    private readonly burst: number,
  ) {}

  /** When `holder` may go; the same answer until `redeem`. Not later than `now`: at once. */
  book(holder: string, now: number): number {
    this.forgetOld(now);
    const appointed = this.appointments.get(holder);
    if (appointed !== undefined) return appointed;
    const fullAt = Math.max(this.fullAt, now);
    const at = Math.max(now, fullAt - (this.burst - 1) * this.intervalMs);
    this.fullAt = fullAt + this.intervalMs;
    this.appointments.set(holder, at);
    return at;
  }

  /** The holder goes now. */
  redeem(holder: string): void {
    this.appointments.delete(holder);
  }

  /** Nobody goes before `until`, and then one by one. */
  closeUntil(until: number, now: number): void {
    if (until <= now) return;
    const shift = until - now;
    for (const [holder, at] of this.appointments) this.appointments.set(holder, Math.max(at, now) + shift);
    this.fullAt = Math.max(this.fullAt, now + (this.burst - 1) * this.intervalMs) + shift;
  }

  /** Applies to those who book from now on. */
  setInterval(intervalMs: number): void {
    this.intervalMs = intervalMs;
  }

  isIdle(now: number): boolean {
    this.forgetOld(now);
    return this.fullAt <= now && this.appointments.size === 0;
  }

  private forgetOld(now: number): void {
    for (const [holder, at] of this.appointments) {
      if (at > now - FORGOTTEN_AFTER_MS) break;
      this.appointments.delete(holder);
    }
  }
}
