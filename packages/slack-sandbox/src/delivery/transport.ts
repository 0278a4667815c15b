import type { JsonObject } from '../json';

/** One thing the app is told. `payload` is what Slack sends in the HTTP body. */
export interface Delivery {
  readonly type: 'slash_commands' | 'interactive' | 'events_api' | 'options';
  /** For the traffic log: the command, the callback or action id, the event's type. */
  readonly name: string;
  readonly payload: JsonObject;
}

export type RetryReason =
  | 'http_timeout'
  | 'too_many_redirects'
  | 'connection_failed'
  | 'ssl_error'
  | 'http_error'
  | 'timeout'
  | 'unknown_error';

export interface Attempt {
  /** 0 at first, then 1, 2, 3. */
  readonly number: number;
  readonly reason?: RetryReason;
}

/** How the app took it. */
export interface Answer {
  readonly outcome: 'acked' | 'timeout' | 'failed' | 'not_connected';
  /** What the ack said; undefined for an empty one. */
  readonly body: unknown;
  readonly reason: RetryReason;
  /** The app asked not to be sent this event again (`x-slack-no-retry: 1`). */
  readonly noRetry?: boolean;
}

/** A way to the app: Socket Mode or HTTP. */
export interface Transport {
  readonly via: 'socket' | 'http';
  readonly connected: boolean;
  send(delivery: Delivery, attempt: Attempt): Promise<Answer>;
  stop(): Promise<void>;
}
