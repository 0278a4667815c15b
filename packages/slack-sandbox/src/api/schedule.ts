import { SlackError } from '../errors';
import type { JsonObject } from '../json';
import { botProfile } from '../slackJson';
import type { ScheduledMessage } from '../workspace/scheduledMessages';
import { type Handler, missing } from './call';
import { POST_TEXT, readContent, readMetadata, readThread } from './chat';
import { paginate, visibleChannel, writableChannel } from './lookup';

/** Limits of docs.slack.dev/reference/methods/chat.scheduleMessage, "Restrictions". */
const FARTHEST_SECONDS = 120 * 24 * 3600;
const WINDOW_SECONDS = 5 * 60;
const MOST_IN_WINDOW = 30;
/** A message that is due within a minute cannot be deleted any more (reference of chat.deleteScheduledMessage). */
const TOO_LATE_SECONDS = 60;

/** Parses `post_at`, in seconds. @throws SlackError invalid_time, time_in_past, time_too_far */
function readPostAt(text: string | undefined, now: number): number {
  if (text === undefined) throw missing('post_at');
  const postAt = Number(text);
  if (!Number.isInteger(postAt)) throw new SlackError('invalid_time');
  if (postAt <= now) throw new SlackError('time_in_past');
  if (postAt > now + FARTHEST_SECONDS) throw new SlackError('time_too_far');
  return postAt;
}

/** @returns true if one more message would exceed thirty within some five minutes of this channel */
function isTooMany(pending: readonly ScheduledMessage[], channelId: string, postAt: number): boolean {
  const times = pending.filter((message) => message.channelId === channelId).map((message) => message.postAt);
  return [...times, postAt]
    .filter((start) => start <= postAt && postAt < start + WINDOW_SECONDS)
    .some(
      (start) =>
        times.filter((time) => time >= start && time < start + WINDOW_SECONDS).length >= MOST_IN_WINDOW,
    );
}

export const scheduleMessage: Handler = (call) => {
  const { core, args } = call;
  const { workspace, scheduled } = core;
  const channel = writableChannel(call, args.string('channel') ?? '');
  const postAt = readPostAt(args.string('post_at'), workspace.seconds());
  const content = readContent(core, args, POST_TEXT);
  const metadata = readMetadata(args);
  const threadTs = readThread(core, channel, args);
  if (isTooMany(scheduled.pending(), channel.id, postAt)) throw new SlackError('restricted_too_many');
  const { app, team } = workspace;
  const id = core.ids.next('Q');
  scheduled.add({
    id,
    channelId: channel.id,
    postAt,
    createdAt: workspace.seconds(),
    hasMetadata: metadata !== undefined && metadata !== null,
    draft: {
      ...content,
      userId: app.botUserId,
      botId: app.botId,
      ...(threadTs === undefined ? {} : { threadTs }),
      ...(threadTs !== undefined && args.boolean('reply_broadcast')
        ? { subtype: 'thread_broadcast' as const }
        : {}),
    },
  });
  return {
    channel: channel.id,
    scheduled_message_id: id,
    post_at: postAt,
    message: {
      type: 'delayed_message',
      text: content.text,
      user: app.botUserId,
      bot_id: app.botId,
      app_id: app.appId,
      team: team.id,
      bot_profile: botProfile(workspace),
      ...(content.blocks.length === 0 ? {} : { blocks: content.blocks }),
    },
  };
};

export const deleteScheduledMessage: Handler = ({ core, args }) => {
  const channel = visibleChannel(core, args.required('channel'));
  const id = args.required('scheduled_message_id');
  const found = core.scheduled
    .pending()
    .find((message) => message.id === id && message.channelId === channel.id);
  if (found === undefined || found.postAt - core.workspace.seconds() < TOO_LATE_SECONDS)
    throw new SlackError('invalid_scheduled_message_id');
  core.scheduled.remove(found);
  return {};
};

/** @throws SlackError invalid_channel, which the reference of this method names instead of channel_not_found */
export const listScheduledMessages: Handler = ({ core, args }) => {
  const channelId = args.string('channel');
  if (channelId !== undefined && core.workspace.channels.get(channelId) === undefined)
    throw new SlackError('invalid_channel');
  const from = args.integer('oldest', 0);
  const until = args.integer('latest', Number.MAX_SAFE_INTEGER);
  const found = core.scheduled
    .pending()
    .filter((message) => channelId === undefined || message.channelId === channelId)
    .filter(({ postAt }) => postAt >= from && postAt <= until);
  const { items, nextCursor } = paginate(found, args.string('cursor'), args.integer('limit', 100));
  return {
    scheduled_messages: items.map(
      (message): JsonObject => ({
        id: message.id,
        channel_id: message.channelId,
        post_at: message.postAt,
        date_created: message.createdAt,
        text: message.draft.text,
      }),
    ),
    response_metadata: { next_cursor: nextCursor },
  };
};
