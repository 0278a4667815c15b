/** What goes wrong on demand, what is done to the workspace from outside, and what went to and fro. */
import type { ActResult } from './actions';

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

export type AdminAction =
  | { readonly do: 'archive_channel'; readonly channel: string; readonly archived: boolean }
  | { readonly do: 'delete_channel'; readonly channel: string }
  | { readonly do: 'remove_member'; readonly channel: string; readonly user: string }
  | { readonly do: 'add_member'; readonly channel: string; readonly user: string }
  | { readonly do: 'deactivate'; readonly user: string }
  | { readonly do: 'delete_message'; readonly channel: string; readonly ts: string }
  /**
   * Slack renews every connection, as it does every few hours: `warning` now, `refresh_requested` ten seconds of the
   * sandbox's clock later, and closed five seconds after that. Until then payloads go to it as to any other.
   */
  | { readonly do: 'renew_sockets' }
  /** Slack tells every connection to go and closes it at once; `warning` is said only. */
  | { readonly do: 'disconnect_sockets'; readonly reason: 'warning' | 'refresh_requested' | 'link_disabled' }
  /** Every connection breaks off, without a word. */
  | { readonly do: 'drop_sockets' }
  /**
   * While held, what the app sends on its connections is on its way to Slack: a stand-in for the distance. What Slack
   * sends meanwhile, and a goodbye of the app, then cross.
   */
  | { readonly do: 'hold_sockets'; readonly held: boolean }
  /** Somebody switches Socket Mode off (connections get `link_disabled`, no new ones open) or on again. */
  | { readonly do: 'socket_mode'; readonly enabled: boolean }
  /**
   * The sandbox's clock jumps by so many ms: triggers, response URLs and rate limits age, retries and everything
   * scheduled that became due comes now.
   */
  | { readonly do: 'advance_clock'; readonly ms: number }
  /** Send the last delivery again, as Slack does when an ack is lost; or one of type `type`. */
  | { readonly do: 'redeliver'; readonly seq: number }
  /** The app is taken out of the workspace: its token dies, app_uninstalled and tokens_revoked are sent. */
  | { readonly do: 'uninstall' }
  /** The bot token dies (`token_revoked`) and tokens_revoked is sent; the app stays installed. */
  | { readonly do: 'revoke_token' }
  /** A workflow reaches a custom step of the app; answers with the id of the execution. */
  | {
      readonly do: 'run_step';
      readonly callbackId: string;
      readonly inputs: Readonly<Record<string, unknown>>;
    }
  /** How an execution stands: running, completed (with outputs) or failed (with the failure's words). */
  | { readonly do: 'step'; readonly executionId: string }
  | { readonly do: 'reset' };

export type Traffic =
  | {
      readonly seq: number;
      readonly at: number;
      readonly kind: 'delivery';
      readonly via: 'socket' | 'http';
      readonly type: 'slash_commands' | 'interactive' | 'events_api' | 'options';
      readonly name: string;
      readonly attempt: number;
      readonly outcome: ActResult['delivery'];
      readonly ms: number;
      readonly payload: unknown;
      readonly response: unknown;
      readonly fault?: DeliveryEffect;
    }
  | {
      readonly seq: number;
      readonly at: number;
      readonly kind: 'call';
      readonly method: string;
      readonly args: unknown;
      readonly response: { readonly ok: boolean; readonly error?: string };
      readonly status: number;
      readonly ms: number;
      readonly fault?: CallEffect;
    };
