/** One instance of Lostdeal, which starts again after each exit, as under a supervisor. */
import { setTimeout as pause } from 'node:timers/promises';
import type { AppProcess, Environment } from '../test/faults/support/appProcess';

export interface InstanceOptions {
  readonly name: string;
  readonly start: (env: Environment) => AppProcess;
  /** Called for each process: how Slack reaches it may change. */
  readonly environment: () => Environment;
  /** Called once it logs that it runs, with the port of its web server. */
  readonly isUp: (port: number) => Promise<void>;
}

const RUNS = /Lostdeal is ready|Lostdeal runs/u;
const PORT = /"port":(\d+)/u;
const AGAIN_AFTER_MS = 1_000;
const LOOK_EVERY_MS = 50;

export class Instance {
  readonly processes: AppProcess[] = [];
  /** Exits that the run did not cause, each with the last lines of output. */
  readonly unexpectedExits: string[] = [];
  /** How long each start took until it ran, ms. */
  readonly startedIn: number[] = [];
  private shouldRun = false;
  private supervision: Promise<void> = Promise.resolve();
  private killing = false;
  private isUp = false;

  constructor(readonly options: InstanceOptions) {}

  start(): void {
    this.shouldRun = true;
    this.supervision = this.supervise();
  }

  /** Waits until it runs. @throws when that takes longer than `withinMs` */
  async up(withinMs: number): Promise<void> {
    for (const until = Date.now() + withinMs; !this.isUp; await pause(LOOK_EVERY_MS)) {
      if (Date.now() > until) throw new Error(`${this.options.name} is not up within ${withinMs} ms`);
    }
  }

  /** Kills it without warning, as when a machine dies. The next process starts after the pause. */
  async kill(pauseMs: number): Promise<void> {
    const app = this.processes.at(-1);
    if (app === undefined || this.killing) return;
    this.killing = true;
    await app.kill('SIGKILL');
    await pause(pauseMs);
    this.killing = false;
  }

  /** Ends it for good with SIGTERM. */
  async stop(): Promise<void> {
    this.shouldRun = false;
    this.killing = true;
    await this.processes.at(-1)?.kill('SIGTERM');
    await this.supervision;
  }

  output(): string {
    return this.processes.map((app, index) => `--- process ${index + 1}\n${app.output()}`).join('\n');
  }

  private async supervise(): Promise<void> {
    while (this.shouldRun) {
      const since = performance.now();
      const app = this.options.start(this.options.environment());
      this.processes.push(app);
      const said = await app.says(RUNS).catch(() => null);
      if (said !== null) {
        this.startedIn.push(performance.now() - since);
        await this.options.isUp(Number(PORT.exec(said)?.[1] ?? 0));
        this.isUp = true;
      }
      const exit = await app.ended;
      this.isUp = false;
      if (!this.killing) {
        this.unexpectedExits.push(
          `${this.options.name} ended by itself (${exit.code ?? exit.signal}): ${tail(app)}`,
        );
        await pause(AGAIN_AFTER_MS);
      }
      while (this.killing && this.shouldRun) await pause(LOOK_EVERY_MS);
    }
  }
}

const tail = (app: AppProcess): string =>
  app.output().trimEnd().split('\n').slice(-12).join(' | ').slice(-1_500);
