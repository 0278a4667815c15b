/**
 * The meaning of every failure of a Slack call, one row for each code; docs/operations.md shows the same table
 * (`npm run docs`). A call with an unknown code is retried with growing pauses, as it may have worked, and after
 * `TRIES_BEFORE_PARKED` its message is parked.
 *
 * Sources: docs.slack.dev reference of each method (its list of errors), and "Errors" of `chat.postMessage` for
 * `fatal_error` and `internal_error`, which Slack may return after it did part of the work.
 */
import type { ErrorPolicy } from './errorPolicy';

export interface ErrorRule {
  readonly policy: ErrorPolicy;
  /** The call may have worked all the same, so its message is looked for before it is posted again. */
  readonly mayHaveWorked: boolean;
  /** An outage of Slack: the workspace pauses, and the failure does not count against the message. */
  readonly outage: boolean;
}

type Rules = Readonly<Record<string, ErrorRule>>;

const refused = (policy: ErrorPolicy): ErrorRule => ({ policy, mayHaveWorked: false, outage: false });
const refusedAll = (policy: ErrorPolicy, codes: readonly string[]): Rules =>
  Object.fromEntries(codes.map((code) => [code, refused(policy)]));
const slackIsIll: ErrorRule = { policy: 'retry', mayHaveWorked: true, outage: true };

/** Codes of Slack's `error` field. */
export const SLACK_ERRORS: Rules = {
  service_unavailable: slackIsIll,
  request_timeout: slackIsIll,
  internal_error: slackIsIll,
  fatal_error: slackIsIll,
  update_failed: { policy: 'retry', mayHaveWorked: true, outage: false },
  ...refusedAll('retry', [
    'external_channel_migrating',
    'invalid_cursor',
    'message_limit_exceeded',
    'streaming_state_conflict',
  ]),
  file_update_failed: { policy: 'retry', mayHaveWorked: true, outage: false },

  ...refusedAll('rate_limited', ['accesslimited', 'rate_limited', 'ratelimited']),

  ...refusedAll('join', ['not_in_channel']),

  ...refusedAll('go_on', [
    'already_in_channel',
    'app_cannot_join_channel',
    'cant_invite',
    'cant_invite_self',
    'invitee_cant_see_channel',
    'no_external_invite_permission',
    'no_permission',
    'org_user_not_in_team',
    'ura_max_channels',
    'user_is_restricted',
    'user_not_in_channel',
  ]),

  ...refusedAll('message_gone', ['message_not_found']),

  ...refusedAll('thread_gone', ['cannot_reply_to_message', 'thread_not_found']),

  ...refusedAll('channel_unusable', [
    'channel_is_limited_access',
    'channel_not_found',
    'invalid_channel',
    'is_archived',
    'is_inactive',
    'method_not_supported_for_channel_type',
    'restricted_action',
    'restricted_action_non_threadable_channel',
    'restricted_action_read_only_channel',
    'restricted_action_thread_locked',
    'restricted_action_thread_only_channel',
    'too_many_members',
  ]),

  ...refusedAll('person_unreachable', [
    'cannot_dm',
    'cannot_dm_bot',
    'messages_tab_disabled',
    'user_disabled',
    'user_not_found',
    'user_not_visible',
  ]),

  ...refusedAll('leave', ['block_mismatch', 'cant_delete_message', 'edit_window_closed']),

  // A deleted root with replies turns into a message of Slackbot's.
  ...refusedAll('not_ours', ['cant_update_message']),

  ...refusedAll('screen_gone', [
    'exchanged_trigger_id',
    'expired_trigger_id',
    'hash_conflict',
    'invalid_trigger_id',
    'not_found',
  ]),

  ...refusedAll('no_file', [
    'blocked_file_type',
    'file_upload_size_restricted',
    'file_uploads_disabled',
    'posting_to_channel_denied',
    'storage_limit_reached',
  ]),

  // For a file, `missing_scope` is `no_file`: installations of earlier releases lack files:write.
  ...refusedAll('installation_unusable', [
    'access_denied',
    'account_inactive',
    'app_access_restricted',
    'ekm_access_denied',
    'enterprise_is_restricted',
    'forbidden_team',
    'invalid_auth',
    'missing_scope',
    'not_allowed_token_type',
    'not_authed',
    'not_enabled',
    'org_login_required',
    'team_access_not_granted',
    'team_added_to_org',
    'team_disabled',
    'token_expired',
    'token_revoked',
    'two_factor_setup_required',
    'user_removed_from_team',
  ]),

  // Slack refuses our content or our arguments.
  ...refusedAll('set_aside', [
    'as_user_not_supported',
    'bot_not_found',
    'bots_not_found',
    'deprecated_endpoint',
    'insecure_request',
    'invalid_arg_name',
    'invalid_arguments',
    'invalid_array_arg',
    'invalid_attachments',
    'invalid_blocks',
    'invalid_blocks_format',
    'invalid_charset',
    'invalid_form_data',
    'invalid_metadata_filter_keys',
    'invalid_metadata_format',
    'invalid_metadata_schema',
    'invalid_post_type',
    'invalid_ts_latest',
    'invalid_ts_oldest',
    'invalid_user_combination',
    'is_bot',
    'limit_required',
    'list_record_comment_fetch_failed',
    'markdown_text_conflict',
    'metadata_must_be_sent_from_app',
    'metadata_too_large',
    'method_deprecated',
    'missing_args',
    'missing_argument',
    'missing_post_type',
    'missing_profile_id',
    'msg_blocks_too_long',
    'msg_too_long',
    'no_text',
    'no_user',
    'not_enough_users',
    'not_implemented',
    'push_limit_reached',
    'team_not_found',
    'too_many_attachments',
    'too_many_users',
    'unknown_method',
    'users_list_not_supplied',
    'view_too_large',
  ]),

  // Concern parts of files and drafts that we never send, and broadcasts: `postSlot` then posts in the thread alone.
  ...refusedAll('set_aside', [
    'alt_txt_too_large',
    'attachment_payload_limit_exceeded',
    'cant_broadcast_message',
    'draft_already_deleted',
    'draft_already_sent',
    'draft_has_conflict',
    'draft_not_found',
    'duplicate_channel_not_found',
    'duplicate_external_id',
    'duplicate_message_not_found',
    'file_deleted',
    'file_is_deleted',
    'file_not_found',
    'file_share_limit_reached',
    'max_file_sharing_exceeded',
    'missing_file_data',
    'no_dual_broadcast_content_update',
    'send_on_behalf_not_allowed',
    'slack_connect_blocked_file_type',
    'slack_connect_canvas_sharing_blocked',
    'slack_connect_clip_sharing_blocked',
    'slack_connect_file_link_sharing_blocked',
    'slack_connect_file_upload_sharing_blocked',
    'slack_connect_lists_sharing_blocked',
    'snippet_too_large',
    'too_many_contact_cards',
    'unable_to_share_files',
    'unknown_snippet_type',
    'unknown_subtype',
  ]),
};

/** Failures without an answer of Slack's, under names of ours. */
export const TRANSPORT_ERRORS = {
  /** No connection was made, so nothing was sent. */
  not_connected: { policy: 'retry', mayHaveWorked: false, outage: true },
  /** Timed out or aborted: it is unknown whether the call worked. */
  no_reply: slackIsIll,
  /** Any status except 200 and 429. */
  http_error: slackIsIll,
} as const satisfies Rules;

/** Codes of Node's network layer that say a connection was never made. */
export const NEVER_CONNECTED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

export const UNKNOWN_ERROR: ErrorRule = { policy: 'retry', mayHaveWorked: true, outage: false };
