import type { Clock } from '../ids';

interface Alarm {
  readonly run: () => void;
  /** Real milliseconds for each of the sandbox's. */
  readonly scale: number;
  /** Ms of the sandbox's clock, as of `armedAt`. */
  remainingMs: number;
  armedAt: number;
  timer: NodeJS.Timeout | undefined;
}

/** The sandbox's clock. It runs with its base clock and can be moved. Alarms move with it. */
export class SandboxTime {
  private offsetMs = 0;
  private readonly alarms = new Set<Alarm>();

  constructor(private readonly base: Clock) {}

  /** Epoch ms. */
  readonly now: Clock = () => this.base() + this.offsetMs;

  /**
   * Runs something once, after this many ms of the sandbox's clock.
   * @param scale 0.001: a thousand times sooner
   * @returns a function that cancels it
   */
  after(ms: number, run: () => void, scale = 1): () => void {
    const alarm: Alarm = { run, scale, remainingMs: ms, armedAt: 0, timer: undefined };
    this.alarms.add(alarm);
    this.arm(alarm);
    return () => this.cancel(alarm);
  }

  /**
   * Moves the clock by this many ms, back if negative. Runs alarms that become due before it returns, the earliest
   * first.
   */
  advance(ms: number): void {
    this.offsetMs += ms;
    const waiting = [...this.alarms];
    for (const alarm of waiting) {
      clearTimeout(alarm.timer);
      alarm.remainingMs -= (performance.now() - alarm.armedAt) / Math.max(alarm.scale, 1e-9) + ms;
    }
    const due = waiting.filter((alarm) => alarm.remainingMs <= 0);
    for (const alarm of waiting) if (alarm.remainingMs > 0) this.arm(alarm);
    for (const alarm of due.sort((a, b) => a.remainingMs - b.remainingMs)) this.fire(alarm);
  }

  /** Cancels all alarms. */
  stop(): void {
    for (const alarm of [...this.alarms]) this.cancel(alarm);
  }

  private arm(alarm: Alarm): void {
    alarm.armedAt = performance.now();
    alarm.timer = setTimeout(() => this.fire(alarm), alarm.remainingMs * alarm.scale);
    alarm.timer.unref();
  }

  private cancel(alarm: Alarm): void {
    clearTimeout(alarm.timer);
    this.alarms.delete(alarm);
  }

  private fire(alarm: Alarm): void {
    // An alarm that was due earlier may have cancelled this one.
    if (this.alarms.delete(alarm)) alarm.run();
  }
}
