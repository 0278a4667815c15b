/** Faults that a test can order. */

/** The next `times` calls of `method` fail. `*` stands for any method. */
export interface Fault {
  readonly method: string;
  readonly times: number;
  readonly effect: CallEffect;
}

export type CallEffect =
  /** Answers HTTP 200 `{ok:false,error}` without doing the work. */
  | { readonly do: 'error'; readonly error: string }
  /** Answers HTTP 429 with Retry-After, in seconds, without doing the work. */
  | { readonly do: 'rate_limit'; readonly retryAfter: number }
  /** Answers HTTP 500 without doing the work. */
  | { readonly do: 'http_500' }
  /** Does the work, then closes the connection without a reply. */
  | { readonly do: 'drop_reply' }
  /** Does nothing and does not answer for this many ms, then closes the connection. */
  | { readonly do: 'hang'; readonly ms: number }
  /** Does the work, but answers only after this many ms. */
  | { readonly do: 'slow'; readonly ms: number }
  /** Does the work twice, as if the call had come twice. The answer is that of the second. */
  | { readonly do: 'twice' };

/**
 * The next `times` deliveries fail: those of a type (`events_api`, `slash_commands`, `interactive`), those of a name
 * in the traffic (`message`, `/probe`, `view_submission CALLBACK`), or any (`*`).
 */
export interface DeliveryFault {
  readonly delivery: string;
  readonly times: number;
  readonly effect: DeliveryEffect;
}

export type DeliveryEffect =
  /** Does not reach the app. The app first sees an event as retry 1; with `times: 2`, as retry 2. */
  | { readonly do: 'lose' }
  /** Reaches the app, but its ack is lost. Slack retries an event, and tells the person that anything else failed. */
  | { readonly do: 'lose_ack' }
  /** Reaches the app twice at once. The second copy of an event says that it is retry 1. */
  | { readonly do: 'twice' }
  /** Reaches the app this many ms of the sandbox's clock later. */
  | { readonly do: 'delay'; readonly ms: number }
  /** Reaches the app after the next delivery. */
  | { readonly do: 'swap' };
