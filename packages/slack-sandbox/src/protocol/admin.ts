/** What an administrator of the workspace, or Slack itself, does. */

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
