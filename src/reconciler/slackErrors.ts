/**
 * What every failure of a Slack call means for a message. Data, not scattered ifs: a code that is not here is
 * retried with growing pauses, and its call may have worked.
 *
 * Sources: docs.slack.dev reference of each method (its list of errors), and "Errors" of `chat.postMessage` for
 * `fatal_error` and `internal_error`, which may come after part of the work was done.
 */

/**
 * - `retry`: the same again later
 * - `rate_limited`: when Slack says so
 * - `join`: enter the public channel, then the same again
 * - `message_gone`: the message to change does not stand there any more
 * - `thread_gone`: the thread's root does not
 * - `channel_unusable`: tell the rep by DM, go on by DM, look again slowly
 * - `person_unreachable`: nobody to tell; the message is dropped
 * - `leave`: this message can never be changed again; it stays as it stands
 * - `set_aside`: Slack refuses what we wrote; a fault of ours, retried ever more slowly
 * - `installation_unusable`: an admin has to do something; everything for this workspace waits
 */
export type Remedy =
  | 'retry'
  | 'rate_limited'
  | 'join'
  | 'message_gone'
  | 'thread_gone'
  | 'channel_unusable'
  | 'person_unreachable'
  | 'leave'
  | 'set_aside'
  | 'installation_unusable';

export interface ErrorRule {
  readonly remedy: Remedy;
  /** Whether the call may have done its work all the same; then its message is looked for before it is repeated. */
  readonly mayHaveWorked: boolean;
}

const refused = (remedy: Remedy): ErrorRule => ({ remedy, mayHaveWorked: false });
const uncertain: ErrorRule = { remedy: 'retry', mayHaveWorked: true };

/** Codes of Slack's `error` field. */
export const SLACK_ERRORS: Readonly<Record<string, ErrorRule>> = {
  ratelimited: refused('rate_limited'),
  rate_limited: refused('rate_limited'),
  message_limit_exceeded: refused('retry'),
  service_unavailable: uncertain,
  request_timeout: uncertain,
  internal_error: uncertain,
  fatal_error: uncertain,

  not_in_channel: refused('join'),

  message_not_found: refused('message_gone'),
  thread_not_found: refused('thread_gone'),
  cannot_reply_to_message: refused('thread_gone'),

  channel_not_found: refused('channel_unusable'),
  is_archived: refused('channel_unusable'),
  is_inactive: refused('channel_unusable'),
  restricted_action: refused('channel_unusable'),
  restricted_action_read_only_channel: refused('channel_unusable'),
  restricted_action_thread_only_channel: refused('channel_unusable'),
  restricted_action_non_threadable_channel: refused('channel_unusable'),
  method_not_supported_for_channel_type: refused('channel_unusable'),

  user_not_found: refused('person_unreachable'),
  user_disabled: refused('person_unreachable'),
  user_not_visible: refused('person_unreachable'),
  cannot_dm_bot: refused('person_unreachable'),
  cannot_dm: refused('person_unreachable'),
  messages_tab_disabled: refused('person_unreachable'),

  cant_update_message: refused('leave'),
  cant_delete_message: refused('leave'),
  edit_window_closed: refused('leave'),
  block_mismatch: refused('leave'),

  invalid_blocks: refused('set_aside'),
  invalid_blocks_format: refused('set_aside'),
  invalid_attachments: refused('set_aside'),
  invalid_arguments: refused('set_aside'),
  invalid_metadata_format: refused('set_aside'),
  invalid_metadata_schema: refused('set_aside'),
  metadata_too_large: refused('set_aside'),
  missing_argument: refused('set_aside'),
  msg_too_long: refused('set_aside'),
  msg_blocks_too_long: refused('set_aside'),
  no_text: refused('set_aside'),

  not_authed: refused('installation_unusable'),
  invalid_auth: refused('installation_unusable'),
  account_inactive: refused('installation_unusable'),
  token_revoked: refused('installation_unusable'),
  token_expired: refused('installation_unusable'),
  missing_scope: refused('installation_unusable'),
  not_allowed_token_type: refused('installation_unusable'),
  access_denied: refused('installation_unusable'),
  ekm_access_denied: refused('installation_unusable'),
  org_login_required: refused('installation_unusable'),
  team_access_not_granted: refused('installation_unusable'),
  team_added_to_org: refused('installation_unusable'),
};

/** Failures before Slack had an opinion, by names of ours. */
export const TRANSPORT_ERRORS = {
  /** No connection came about, so nothing was sent. */
  not_connected: refused('retry'),
  /** Timed out or broken off: nobody knows. */
  no_reply: uncertain,
  /** Any status but 200 and 429. */
  http_error: uncertain,
} as const satisfies Readonly<Record<string, ErrorRule>>;

/** Codes of Node's network layer that say a connection was never made. */
export const NEVER_CONNECTED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

export const UNKNOWN_ERROR = uncertain;
