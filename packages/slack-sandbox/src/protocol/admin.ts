/** Actions of an administrator of the workspace, or of Slack itself. */

/** A person's role in the workspace; the last two are guests of several channels, and of one. */
export type Role = 'member' | 'admin' | 'multi_channel' | 'single_channel';

export type AdminAction =
  | { readonly do: 'archive_channel'; readonly channel: string; readonly archived: boolean }
  /** Shares a channel with another workspace (Slack Connect), invites it (`pending`), or ends both. */
  | {
      readonly do: 'share_channel';
      readonly channel: string;
      readonly sharing: 'none' | 'pending' | 'shared';
    }
  | { readonly do: 'delete_channel'; readonly channel: string }
  | { readonly do: 'remove_member'; readonly channel: string; readonly user: string }
  | { readonly do: 'add_member'; readonly channel: string; readonly user: string }
  | { readonly do: 'deactivate'; readonly user: string }
  | { readonly do: 'change_role'; readonly user: string; readonly role: Role }
  | { readonly do: 'delete_message'; readonly channel: string; readonly ts: string }
  /**
   * Renews every connection, as Slack does every few hours: `warning` now, `refresh_requested` ten seconds of the
   * sandbox's clock later, the close five seconds after that. Until the close, deliveries go to it as to any other.
   */
  | { readonly do: 'renew_sockets' }
  /** Sends a disconnect message on every connection and closes it at once. `warning` only sends the message. */
  | { readonly do: 'disconnect_sockets'; readonly reason: 'warning' | 'refresh_requested' | 'link_disabled' }
  /** Breaks off every connection without a frame. */
  | { readonly do: 'drop_sockets' }
  /**
   * While held, frames that the app sends stay on their way to Slack, so that a test can have the moment in which
   * they cross with frames of Slack, close frames included.
   */
  | { readonly do: 'hold_sockets'; readonly held: boolean }
  /** Switches Socket Mode off (connections get `link_disabled`, new ones are refused) or on again. */
  | { readonly do: 'socket_mode'; readonly enabled: boolean }
  /**
   * Moves the sandbox's clock by this many ms. Triggers, response URLs and rate limits age. Retries and everything
   * scheduled that becomes due run at once.
   */
  | { readonly do: 'advance_clock'; readonly ms: number }
  /**
   * Moves the clock of the people to a later moment, epoch ms, with the app that follows it: `Sandbox.clock`. Ends when
   * the app has done everything that was due by then. Connections and retries stay on real time.
   */
  | { readonly do: 'move_clock'; readonly to: number }
  /** Repeats the delivery with this number in the traffic, as Slack does after a lost ack. */
  | { readonly do: 'redeliver'; readonly seq: number }
  /** Uninstalls the app: its token dies, and it gets app_uninstalled and tokens_revoked. */
  | { readonly do: 'uninstall' }
  /** Revokes the bot token (`token_revoked`) and sends tokens_revoked. The app stays installed. */
  | { readonly do: 'revoke_token' }
  /** Runs a custom step of the app, as a workflow does. Answers with the id of the execution. */
  | {
      readonly do: 'run_step';
      readonly callbackId: string;
      readonly inputs: Readonly<Record<string, unknown>>;
    }
  /** Reports an execution: running, completed (with outputs) or failed (with the app's error text). */
  | { readonly do: 'step'; readonly executionId: string }
  | { readonly do: 'reset' };
