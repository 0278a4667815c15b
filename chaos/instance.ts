/** One running Lostdeal, started again whenever it ended, as a supervisor does. */
import { setTimeout as pause } from 'node:timers/promises';
import type { AppProcess, Environment } from '../test/faults/support/appProcess';

export interface InstanceOptions {
  readonly name: string;
  readonly start: (env: Environment) => AppProcess;
  /** For each life anew: how Slack reaches it may change. */
  readonly environment: () => Environment;
  /** Called when it says that it runs, with the port of its web server. */
  readonly isUp: (port: number) => Promise<void>;
}

const RUNS = /Lostdeal is ready|Lostdeal runs/u;
const PORT = /"port":(\d+)/u;
const AGAIN_AFTER_MS = 1_000;
const LOOK_EVERY_MS = 50;

export class Instance {
  readonly lives: AppProcess[] = [];
  /** Ends that nobody brought about, with what it last wrote. */
  readonly ownEnds: string[] = [];
  /** ms from a start to running. */
  readonly startedIn: number[] = [];
  private wanted = false;
  private life: Promise<void> = Promise.resolve();
  private killing = false;
  private isUp = false;

  constructor(readonly options: InstanceOptions) {}

  start(): void {
    this.wanted = true;
    this.life = this.supervise();
  }

  /** Waits until it runs. @throws when it does not within so many ms */
  async up(withinMs: number): Promise<void> {
    for (const until = Date.now() + withinMs; !this.isUp; await pause(LOOK_EVERY_MS)) {
      if (Date.now() > until) throw new Error(`${this.options.name} is not up within ${withinMs} ms`);
    }
  }

  /** As a machine dies. The next one starts after the pause. */
  async kill(pauseMs: number): Promise<void> {
    const app = this.lives.at(-1);
    if (app === undefined || this.killing) return;
    this.killing = true;
    await app.kill('SIGKILL');
    await pause(pauseMs);
    this.killing = false;
  }

  /** For good, and politely. */
  async stop(): Promise<void> {
    this.wanted = false;
    this.killing = true;
    await this.lives.at(-1)?.kill('SIGTERM');
    await this.life;
  }

  output(): string {
    return this.lives.map((app, index) => `--- life ${index + 1}\n${app.output()}`).join('\n');
  }

  private async supervise(): Promise<void> {
    while (this.wanted) {
      const since = performance.now();
      const app = this.options.start(this.options.environment());
      this.lives.push(app);
      const said = await app.says(RUNS).catch(() => null);
      if (said !== null) {
        this.startedIn.push(performance.now() - since);
        await this.options.isUp(Number(PORT.exec(said)?.[1] ?? 0));
        this.isUp = true;
      }
      const exit = await app.ended;
      this.isUp = false;
      if (!this.killing) {
        this.ownEnds.push(`${this.options.name} ended by itself (${exit.code ?? exit.signal}): ${tail(app)}`);
        await pause(AGAIN_AFTER_MS);
      }
      while (this.killing && this.wanted) await pause(LOOK_EVERY_MS);
    }
  }
}

const tail = (app: AppProcess): string =>
  app.output().trimEnd().split('\n').slice(-12).join(' | ').slice(-1_500);
