/** Faults that a test asks for. */

/** The next `times` calls of `method` (`*`: any) go wrong. */
export interface Fault {
  readonly method: string;
  readonly times: number;
  readonly effect: CallEffect;
}

export type CallEffect =
  /** Answer HTTP 200 `{ok:false,error}` without doing the work. */
  | { readonly do: 'error'; readonly error: string }
  /** HTTP 429 with Retry-After, seconds. */
  | { readonly do: 'rate_limit'; readonly retryAfter: number }
  /** HTTP 500 without doing the work. */
  | { readonly do: 'http_500' }
  /** Do the work, then close the connection without a reply. */
  | { readonly do: 'drop_reply' }
  /** Do not answer for this many ms, and do nothing. */
  | { readonly do: 'hang'; readonly ms: number }
  /** Do the work, but answer only after this many ms. */
  | { readonly do: 'slow'; readonly ms: number }
  /** Do the work twice, as if the call had come twice; the answer is the second one's. */
  | { readonly do: 'twice' };

/**
 * The next `times` deliveries go wrong: those of a type (`events_api`, `slash_commands`, `interactive`), of a name
 * as in the traffic (`message`, `/probe`, `view_submission CALLBACK`), or any (`*`).
 */
export interface DeliveryFault {
  readonly delivery: string;
  readonly times: number;
  readonly effect: DeliveryEffect;
}

export type DeliveryEffect =
  /** Never reaches the app. An event is then first seen as a retry; `times: 2` and it is first seen as the second. */
  | { readonly do: 'lose' }
  /** The app takes it, but its ack is lost: an event comes again, a person is told that it failed. */
  | { readonly do: 'lose_ack' }
  /** Comes two times at once; an event's second copy says that it is retry 1. */
  | { readonly do: 'twice' }
  /** Comes this many ms of the sandbox's clock later. */
  | { readonly do: 'delay'; readonly ms: number }
  /** Waits until another delivery has overtaken it. */
  | { readonly do: 'swap' };
