/** How a store is opened, whichever database it is on. */

export interface OpenOptions {
  /** 32 bytes as base64 or hex; with it bot tokens are encrypted at rest. */
  readonly encryptionKey?: string | undefined;
  /** Told what was done at start: a pino logger fits. */
  readonly logger?: StoreLogger | undefined;
  /** ms from any start, for what one instance keeps in memory: rate limits. Default: a clock that is never set back. */
  readonly now?: (() => number) | undefined;
  /** Told of every statement, with the time it took: for metrics, and for tests that look at query plans. */
  readonly onQuery?: ((query: QueryReport) => void) | undefined;
  /**
   * With it, a server that does not answer is waited for, and the log says so, until this is aborted; without, that
   * is an error. One that refuses us is an error in any case.
   */
  readonly waitForServer?: AbortSignal | undefined;
}

export interface StoreLogger {
  info(details: object, message: string): void;
  warn?(details: object, message: string): void;
}

export interface QueryReport {
  readonly sql: string;
  readonly durationMs: number;
}
