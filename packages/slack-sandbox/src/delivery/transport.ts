import type { JsonObject } from '../json';

/** One request of Slack to the app. `payload` is the content of the HTTP body. */
export interface Delivery {
  readonly type: 'slash_commands' | 'interactive' | 'events_api' | 'options';
  /** Name in the traffic log: the command, the callback or action id, or the event's type. */
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
  /** 0 is the first attempt; retries are 1, 2 and 3. */
  readonly number: number;
  readonly reason?: RetryReason;
}

/** The app's answer. */
export interface Answer {
  readonly outcome: 'acked' | 'timeout' | 'failed' | 'not_connected';
  /** The body of the ack; undefined if it is empty. */
  readonly body: unknown;
  readonly reason: RetryReason;
  /** The app declines retries of this event (`x-slack-no-retry: 1`). */
  readonly noRetry?: boolean;
}

/** Socket Mode or HTTP. */
export interface Transport {
  readonly via: 'socket' | 'http';
  readonly connected: boolean;
  send(delivery: Delivery, attempt: Attempt): Promise<Answer>;
  stop(): Promise<void>;
}
