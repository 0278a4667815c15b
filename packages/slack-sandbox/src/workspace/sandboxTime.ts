import type { Clock } from '../ids';

/** An app that runs on the sandbox's clock. */
export interface ClockFollower {
  /** When the app next has something to do, epoch ms; null: nothing. */
  nextDue(): Promise<number | null>;
  /** Resolves when the app has done everything that is due. */
  settle(): Promise<void>;
}

interface Alarm {
  readonly run: () => void;
  /** Due at a date, such as a scheduled message. Others measure a wait, such as the life of a connection. */
  readonly dated: boolean;
  /** Real milliseconds for each of the sandbox's. */
  readonly scale: number;
  /** Ms of the sandbox's clock, as of `armedAt`. */
  remainingMs: number;
  armedAt: number;
  timer: NodeJS.Timeout | undefined;
}

/** Bounds a move through an app that always has something due. */
const MOST_STOPS = 1000;

/** The sandbox's clock. It runs with its base clock and can be moved. Alarms move with it. */
export class SandboxTime {
  private offsetMs = 0;
  private follower: ClockFollower | null = null;
  private moving = false;
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
    return this.add({ run, scale, dated: false, remainingMs: ms, armedAt: 0, timer: undefined });
  }

  /** Runs something once, when the clock has come this many ms further. @returns a function that cancels it */
  whenDue(ms: number, run: () => void): () => void {
    return this.add({ run, scale: 1, dated: true, remainingMs: ms, armedAt: 0, timer: undefined });
  }

  /** Whether people can move the clock: an app follows it. */
  get isFollowed(): boolean {
    return this.follower !== null;
  }

  get isMoving(): boolean {
    return this.moving;
  }

  follow(app: ClockFollower): void {
    this.follower = app;
  }

  /**
   * Moves the clock of the people to a later moment, epoch ms. Stops wherever the app has something to do until it is done,
   * so that each message has its time. Connections and retries wait their real time.
   * @param onStop called at each stop
   */
  async moveTo(at: number, onStop: () => void): Promise<void> {
    const app = this.follower;
    if (app === null) throw new Error('no app follows the clock');
    const stopAt = async (moment: number) => {
      this.move(Math.max(0, moment - this.now()), 'dated');
      onStop();
      await app.settle();
    };
    this.moving = true;
    try {
      await app.settle();
      for (let stops = 0; stops < MOST_STOPS; stops += 1) {
        const due = await app.nextDue();
        if (due === null || due >= at) break;
        await stopAt(due);
      }
      await stopAt(at);
    } finally {
      this.moving = false;
    }
  }

  /**
   * Moves the clock by this many ms, back if negative. Runs alarms that become due before it returns, the earliest
   * first.
   */
  advance(ms: number): void {
    this.move(ms, 'all');
  }

  private move(ms: number, which: 'all' | 'dated'): void {
    this.offsetMs += ms;
    const waiting = [...this.alarms].filter(({ dated }) => dated || which === 'all');
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

  private add(alarm: Alarm): () => void {
    this.alarms.add(alarm);
    this.arm(alarm);
    return () => this.cancel(alarm);
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
