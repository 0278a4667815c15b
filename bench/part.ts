/**
 * The frame of the benchmark: the input and the result of every part. A part is one section of docs/benchmarks.md; it
 * measures Lostdeal as it runs in production, started from `dist`, with the disk syncing.
 */
import type { RunningApp } from './process';
import type { SlackStub } from './slackStub';

export interface Bench {
  /** Empty at the start of a part, on the disk of the project, and removed after it. */
  readonly folder: string;
  /** Slack, faked in this process; the apps run in theirs. */
  readonly slack: SlackStub;
  /**
   * Starts the built Lostdeal on the database at `databaseUrl`. The benchmark stops it after the part, if the part does
   * not.
   */
  lostdeal(databaseUrl: string, env?: Readonly<Record<string, string>>): Promise<RunningApp>;
  /** Starts the app written in a day on the SQLite file at `path`. */
  day(path: string): Promise<RunningApp>;
  /** Starts the bare Bolt app. */
  bare(): Promise<RunningApp>;
  /** Prints the progress for the person who waits; it is not for the page. */
  say(words: string): void;
}

export interface Part {
  /** For `npm run bench -- <name>`. */
  readonly name: string;
  /** Heading of its section. */
  readonly title: string;
  /** @returns the section beneath its heading, as Markdown: the method, the figures, and their limits */
  measure(bench: Bench): Promise<string>;
}
