/**
 * The fields of Slack's payloads and the types of their values, from json-logs/samples of slackapi/java-slack-sdk (August
 * 2026). A sample there unites everything ever seen of its kind, so that most fields are optional. The insides of blocks,
 * attachments and files are left out. s: string, n: number, b: boolean, o: object, a: array.
 */

const under = (prefix: string, fields: string): string =>
  fields
    .trim()
    .split(/\s+/)
    .map((field) => `${prefix}.${field}`)
    .join(' ');

const ENTERPRISE = 'id:s name:s';
const TEAM = 'id:s domain:s enterprise_id:s enterprise_name:s';
const USER = 'id:s username:s name:s team_id:s';
const TEXT = 'type:s text:s emoji:b';
const FUNCTION =
  'bot_access_token:s function_data.execution_id:s function_data.function.callback_id:s ' +
  'interactivity.interactivity_pointer:s interactivity.interactor.id:s interactivity.interactor.secret:s';
const BOT_PROFILE =
  'id:s deleted:b name:s updated:n app_id:s icons.image_36:s icons.image_48:s icons.image_72:s team_id:s';

const VIEW = `id:s team_id:s type:s blocks:a private_metadata:s callback_id:s external_id:s state:o hash:s
  clear_on_close:b notify_on_close:b submit_disabled:b root_view_id:s previous_view_id:s app_id:s
  app_installed_team_id:s bot_id:s ${under('title', TEXT)} ${under('submit', TEXT)} ${under('close', TEXT)}`;

const INTERACTION = `type:s api_app_id:s token:s is_enterprise_install:b ${FUNCTION}
  ${under('enterprise', ENTERPRISE)} ${under('team', TEAM)} ${under('user', USER)}`;

const ACTION = `action_id:s block_id:s value:s type:s style:s action_ts:s ${under('text', TEXT)}`;

const STORED = `client_msg_id:s type:s subtype:s user:s team:s bot_id:s text:s blocks:a attachments:a upload:b
  display_as_bot:b thread_ts:s parent_user_id:s hidden:b is_locked:b subscribed:b ts:s user_team:s source_team:s
  is_starred:b reply_count:n reply_users_count:n latest_reply:s last_read:s edited.user:s edited.ts:s
  ${under('bot_profile', BOT_PROFILE)}`;

const EVENT = `token:s enterprise_id:s team_id:s api_app_id:s type:s authed_users:a authed_teams:a authorizations:a
  authorizations[].enterprise_id:s authorizations[].team_id:s authorizations[].user_id:s authorizations[].is_bot:b
  authorizations[].is_enterprise_install:b is_ext_shared_channel:b event_id:s event_time:n event_context:s`;

const MESSAGE_EVENT = `client_msg_id:s type:s team:s channel:s user:s bot_id:s text:s blocks:a attachments:a
  metadata.event_type:s ts:s parent_user_id:s thread_ts:s event_ts:s channel_type:s edited.user:s edited.ts:s
  ${under('bot_profile', BOT_PROFILE)}`;

const CHANGE = 'type:s subtype:s channel:s hidden:b event_ts:s ts:s channel_type:s';

/** `path:type` of each field, separated by spaces. */
export const SAMPLE_FIELDS = {
  'slash command': `token:s api_app_id:s team_id:s team_domain:s enterprise_id:s enterprise_name:s channel_id:s
    channel_name:s user_id:s user_name:s command:s text:s response_url:s trigger_id:s is_enterprise_install:b`,
  view_submission: `${INTERACTION} trigger_id:s is_cleared:b ${under('view', VIEW)}`,
  view_closed: `${INTERACTION} is_cleared:b ${under('view', VIEW)}`,
  'block_actions in a modal': `${INTERACTION} trigger_id:s container.type:s container.view_id:s actions:a
    ${under('actions[]', ACTION)} ${under('view', VIEW)}`,
  'block_actions in a message': `${INTERACTION} trigger_id:s response_url:s container.type:s container.message_ts:s
    container.channel_id:s container.is_ephemeral:b container.thread_ts:s container.is_app_unfurl:b
    container.app_unfurl_url:s container.attachment_id:n container.text:s channel.id:s channel.name:s state:o
    message.type:s message.subtype:s message.team:s message.channel:s message.user:s message.username:s message.text:s
    message.blocks:a message.attachments:a message.ts:s message.thread_ts:s message.app_id:s message.bot_id:s
    message.bot_link:s message.display_as_bot:b message.is_intro:b message.is_starred:b message.wibblr:b
    message.pinned_to:a message.reactions:a message.icons:o message.file:o actions:a
    ${under('actions[]', ACTION)} ${under('message.bot_profile', BOT_PROFILE)}`,
  'message of a person': `${EVENT} ${under('event', MESSAGE_EVENT)}`,
  'message of a bot': `${EVENT} ${under('event', MESSAGE_EVENT)}`,
  'message in a thread': `${EVENT} ${under('event', MESSAGE_EVENT)}`,
  'message changed': `${EVENT} ${under('event', CHANGE)} ${under('event.message', STORED)}
    ${under('event.previous_message', STORED)}`,
  'message deleted': `${EVENT} ${under('event', CHANGE)} event.deleted_ts:s
    ${under('event.previous_message', STORED)}`,
  'channel shared': `${EVENT} event.type:s event.connected_team_id:s event.channel:s event.event_ts:s`,
  'channel unshared': `${EVENT} event.type:s event.previously_connected_team_id:s event.channel:s
    event.is_ext_shared:b event.event_ts:s`,
  app_home_opened: `${EVENT} event.type:s event.user:s event.channel:s event.tab:s event.event_ts:s
    ${under('event.view', VIEW)}`,
} as const;

export type Payload = keyof typeof SAMPLE_FIELDS;

/** Fields of the samples that the sandbox never sends, with the reason. The first pattern that matches counts. */
export const NEVER_SENT: readonly (readonly [RegExp, string])[] = [
  [/enterprise_(id|name)$|^enterprise\./, 'the workspace is in no Enterprise Grid: absent or null'],
  [/^(bot_access_token|function_data|interactivity)/, 'only in interactions of a custom step'],
  [/submit_disabled$/, 'only for configuration modals, whose views the sandbox refuses'],
  [/authed_(users|teams)$/, 'removed from Slack’s events in 2021; `authorizations` replaced them'],
  [/previous_view_id$/, 'null in a root view'],
  [/attachment/, 'only in messages with attachments; these have none'],
  [/app_unfurl/, 'the sandbox unfurls nothing'],
  [/^container\.text$/, 'only in messages from before Block Kit'],
  [
    /(display_as_bot|username|icons|bot_link|wibblr|is_intro|is_starred|pinned_to)$/,
    'in bots and messages from before Block Kit; stars and pins, which the sandbox lacks',
  ],
  [/(last_read|previous_message\.(user_team|source_team))$/, 'Slack sends it only sometimes'],
  [/message\.(file|channel)$/, 'in file comments from before 2018'],
];

/** Fields of the samples that a payload has only after something else happened, with the reason. */
export const NOT_IN_THIS_PAYLOAD: Readonly<Partial<Record<Payload, readonly (readonly [RegExp, string])[]>>> =
  {
    view_submission: [[/^is_cleared$/, 'only in view_closed']],
    'block_actions in a message': [
      [/thread_ts$/, 'the message is in no thread'],
      [/message\.(subtype|reactions)$/, 'the message is plain and without reactions'],
      [/\.(value|style)$/, 'the button has neither'],
    ],
    'message of a person': [
      [/bot_/, 'only in messages of bots'],
      [/thread_ts|parent_user_id/, 'only in threads'],
      [/edited|metadata/, 'a new message, without metadata'],
    ],
    'message of a bot': [
      [/client_msg_id/, 'only in messages of people'],
      [/thread_ts|parent_user_id/, 'only in threads'],
      [/edited/, 'a new message'],
    ],
    'message in a thread': [
      [/bot_/, 'only in messages of bots'],
      [/edited|metadata/, 'a new message, without metadata'],
    ],
    'message changed': [
      [/bot_/, 'only in messages of bots'],
      [/message\.(subtype|hidden|upload)$/, 'a plain message without files'],
      [/thread_ts|parent_user_id|reply_|latest_reply|is_locked|subscribed/, 'only in threads'],
      [/previous_message\.edited/, 'nobody had edited it before'],
    ],
    'message deleted': [
      [/bot_/, 'only in messages of bots'],
      [/message\.(subtype|hidden|upload)$/, 'a plain message without files'],
      [/thread_ts|parent_user_id|reply_|latest_reply|is_locked|subscribed/, 'only in threads'],
      [/edited/, 'nobody edited it'],
    ],
    app_home_opened: [[/view\.(submit|close)/, 'null: a Home tab has no buttons of its own']],
  };

/** Fields that the sandbox sends and the samples lack, with the source. */
export const EXTRA: readonly (readonly [RegExp, string])[] = [
  [/^context_(team|enterprise)_id$/, 'newer than the samples: changelog of bolt-js 5.0.0'],
  [/^enterprise$/, 'null outside Enterprise Grid: https://docs.slack.dev/reference/interaction-payloads'],
  [/context_enterprise_id$|enterprise_id$/, 'null outside Enterprise Grid'],
  [/^response_urls$/, 'https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload'],
  [/(previous_view_id|view\.submit|view\.close)$/, 'null where there is none'],
  [/app_id$/, 'in messages that apps post; the docs of bot messages have it, this sample lacks it'],
  [
    /^message\.metadata|event_payload/,
    'the metadata in full: https://docs.slack.dev/messaging/message-metadata',
  ],
  [/message\.reply_users$/, 'https://docs.slack.dev/reference/events/message/message_replied'],
];

/** Fields with another type than the sample, with the reason. */
export const OTHER_TYPE: Readonly<Partial<Record<Payload, readonly (readonly [RegExp, string])[]>>> = {
  'slash command': [
    [
      /^is_enterprise_install$/,
      'a command is a form, so that it has the word `false` instead of the boolean',
    ],
  ],
};
