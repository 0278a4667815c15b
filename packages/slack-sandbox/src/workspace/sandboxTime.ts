import type { Clock } from '../ids';

interface Alarm {
  readonly run: () => void;
  /** Real milliseconds for one of the sandbox's. */
  readonly scale: number;
  /** Of the sandbox's time, when it was last armed. */
  remainingMs: number;
  armedAt: number;
  timer: NodeJS.Timeout | undefined;
}

/** The sandbox's own time: goes on as its base clock does, and jumps when it is told to. Alarms jump with it. */
export class SandboxTime {
  private jumped = 0;
  private readonly alarms = new Set<Alarm>();

  constructor(private readonly base: Clock) {}

  /** Epoch ms. */
  readonly now: Clock = () => this.base() + this.jumped;

  /**
   * Runs something once, after this many ms of the sandbox's time.
   * @param scale 0.001: a thousand times sooner
   * @returns how to call it off
   */
  after(ms: number, run: () => void, scale = 1): () => void {
    const alarm: Alarm = { run, scale, remainingMs: ms, armedAt: 0, timer: undefined };
    this.alarms.add(alarm);
    this.arm(alarm);
    return () => this.disarm(alarm);
  }

  /** Jumps by so many ms, back if negative. What became due is run before this returns, the earliest first. */
  advance(ms: number): void {
    this.jumped += ms;
    const waiting = [...this.alarms];
    for (const alarm of waiting) {
      clearTimeout(alarm.timer);
      alarm.remainingMs -= (performance.now() - alarm.armedAt) / Math.max(alarm.scale, 1e-9) + ms;
    }
    const due = waiting.filter((alarm) => alarm.remainingMs <= 0);
    for (const alarm of waiting) if (alarm.remainingMs > 0) this.arm(alarm);
    for (const alarm of due.sort((a, b) => a.remainingMs - b.remainingMs)) this.fire(alarm);
  }

  /** Calls off everything. */
  stop(): void {
    for (const alarm of [...this.alarms]) this.disarm(alarm);
  }

  private arm(alarm: Alarm): void {
    alarm.armedAt = performance.now();
    alarm.timer = setTimeout(() => this.fire(alarm), alarm.remainingMs * alarm.scale);
    alarm.timer.unref();
  }

  private disarm(alarm: Alarm): void {
    clearTimeout(alarm.timer);
    this.alarms.delete(alarm);
  }

  private fire(alarm: Alarm): void {
    // One that was due before it may have called it off.
    if (this.alarms.delete(alarm)) alarm.run();
  }
}
