/** Options of opening a store, for both databases. */

export interface OpenOptions {
  /** 32 bytes as base64 or hex; encrypts bot tokens at rest. */
  readonly encryptionKey?: string | undefined;
  /** Logs what the start did; a pino logger fits. */
  readonly logger?: StoreLogger | undefined;
  /**
   * ms from any start, for the rate limits that one instance keeps in memory. Default: a clock that is never set back.
   */
  readonly now?: (() => number) | undefined;
  /** Receives every statement and its time: for metrics, and for tests that look at query plans. */
  readonly onQuery?: ((query: QueryReport) => void) | undefined;
  /**
   * If given, opening waits for a server that does not answer, and says so in the log, until this signal is aborted.
   * Otherwise that is an error. A server that refuses us is an error in any case.
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
