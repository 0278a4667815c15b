/**
 * Message events. The deal keeps replies beneath its messages, and follows their edits and deletions. Our own posts
 * resolve intents whose reply was lost. Marks our messages that people delete as gone. Tries a channel again when it
 * can be used again.
 */
import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { RoleNotConfirmedError } from '../../coach/identity';
import { deleteRemark, editRemark, keepRemark } from '../../coach/remarks';
import { channelIsBack } from '../../coach/threads';
import type { UserId } from '../../deal/model/deal';
import { slotOfMetadata } from '../messages/slot';
import { notKept } from '../views/whichOne';
import {
  appMentioned,
  directMessageDeleted,
  directMessageEdited,
  directMessagePosted,
} from './directMessages';
import { listenForEvent } from './dispatch';
import {
  type Deletion,
  deletionIn,
  isPlainDm,
  isReworded,
  type Message,
  type MessageEvent,
  messageIn,
  type Of,
} from './messageEvents';
import { wordsOfReply } from './replyWords';
import { confirmActor, type Request, requestOf, type SlackDeps, workspaceOf } from './request';

/** Long enough to find a post whose reply was lost. */
const RESOLVED_WITHIN_MS = 10 * 60_000;

/** A reply beneath a message of ours whose post has no reply yet. We do not ack it, so Slack sends it again. */
class NotYetKnownError extends Error {
  readonly code = 'message_not_known_yet';
}

/** Writes on Slack's behalf, in every workspace. */
const SLACKBOT = 'USLACKBOT';

const msOf = (ts: string): number => Number(ts) * 1000;

export function registerMessages(app: App, deps: SlackDeps): void {
  listenForEvent(app, 'message', async ({ event, body, client }) => {
    const message = messageIn(event);
    const request = requestOf(deps, {
      ...workspaceOf(body),
      userId: message.user ?? '',
      userTeamId: message.user_team ?? message.team,
      deliveryKey: body.event_id,
      handler: 'message',
    });
    if (request === null) return;
    try {
      await handle(request, event, message, client).catch(async (error: unknown) => {
        if (!(error instanceof RoleNotConfirmedError)) throw error;
        // Without an ack Slack sends the reply again, but much later from the second time on.
        await confirmActor(request);
        await handle(request, event, message, client);
      });
    } catch (error) {
      const facts = { err: error, channel: event.channel, ts: message.ts };
      if (error instanceof NotYetKnownError) {
        request.log.info(facts, 'a reply came before our message was known; Slack sends it again');
      } else if (error instanceof RoleNotConfirmedError) {
        request.log.info(facts, 'a reply came before its author was known; Slack sends it again');
        describe(request, error.userId);
      } else request.log.error(facts, 'a message could not be kept');
      throw error;
    }
  });
}

async function handle(
  request: Request,
  event: MessageEvent,
  message: Message,
  client: WebClient,
): Promise<void> {
  const { coach, deps, who } = request;
  const ours = deps.installations.forTenant(who.tenant);
  const isOurs = ({ bot_id }: Message): boolean => bot_id !== undefined && bot_id === ours?.botId;
  if (makesChannelUsable(event, ours?.botUserId)) return channelIsBack(coach, who.tenant, event.channel);
  const deleted = deletionIn(event);
  if (deleted !== null) {
    const { was } = deleted;
    if (was === null || isOurs(was)) return ourMessageDeleted(request, deleted);
    // A tombstone that changes once more tells nothing new.
    if (was.user === SLACKBOT) return;
    return isPlainDm(event, was)
      ? directMessageDeleted(request, deleted, was)
      : replyDeleted(request, deleted, was);
  }
  if (message.user === SLACKBOT) return;
  if (event.subtype === 'message_changed') {
    return isPlainDm(event, message)
      ? directMessageEdited(request, event, message, client)
      : replyEdited(request, event, message);
  }
  if (isOurs(message)) return ourMessagePosted(request, event, message);
  if (message.bot_id !== undefined || message.user === undefined) return;
  if (message.thread_ts !== undefined && message.thread_ts !== message.ts) {
    return replyPosted(request, event, message, { client, botUserId: ours?.botUserId });
  }
  const isOfPerson = event.subtype === undefined || event.subtype === 'file_share';
  if (!isOfPerson) return;
  if (isPlainDm(event, message)) await directMessagePosted(request, event, message, client);
  else if (isMentioned(message, ours?.botUserId)) await appMentioned(request, event, client);
}

const isMentioned = ({ text = '' }: Message, botUserId: string | undefined): boolean =>
  botUserId !== undefined && text.includes(`<@${botUserId}>`);

async function ourMessageDeleted(
  { coach, who: { tenant } }: Request,
  { channel, ts }: Deletion,
): Promise<void> {
  const slot = await coach.store.work.findByMessage(tenant, channel, ts);
  await coach.store.work.markGone(tenant, channel, ts);
  if (slot) coach.changed(tenant, slot.dealId);
}

async function replyDeleted(
  { coach, who }: Request,
  { channel, ts }: Deletion,
  { thread_ts, user, bot_id }: Message,
): Promise<void> {
  if (thread_ts === undefined || user === undefined || bot_id !== undefined) return;
  const reply = { channel, threadTs: thread_ts, ts };
  await deleteRemark(coach, { ...who, userId: user }, reply);
}

async function replyEdited(
  request: Request,
  event: Of<'message_changed'>,
  { thread_ts, user, bot_id, text, ts, edited }: Message,
): Promise<void> {
  if (bot_id !== undefined || thread_ts === undefined || user === undefined || !isReworded(event)) return;
  const words = await wordsOfReply(request, text ?? '');
  const reply = { channel: event.channel, threadTs: thread_ts, ts, text: words };
  await editRemark(
    request.coach,
    { ...request.who, userId: user },
    { ...reply, ...(edited?.ts === undefined ? {} : { editedTs: edited.ts }) },
  );
}

async function ourMessagePosted(
  { coach, deps, who: { tenant } }: Request,
  { channel }: MessageEvent,
  { metadata, ts }: Message,
): Promise<void> {
  const slot = slotOfMetadata(metadata);
  if (slot === null) return;
  const resolved = await coach.store.work.resolveIntent(tenant, slot.owner, slot.key, channel, ts);
  if (!resolved) await deps.duplicateSeen(tenant, slot.owner, slot.key, ts);
}

async function replyPosted(
  request: Request,
  event: MessageEvent,
  { thread_ts = '', ts, text, parent_user_id }: Message,
  { client, botUserId }: { readonly client: WebClient; readonly botUserId: string | undefined },
): Promise<void> {
  const { coach, who, deps, log } = request;
  const { channel } = event;
  const reply = { channel, threadTs: thread_ts, ts, text: await wordsOfReply(request, text ?? '') };
  const kept = await keepRemark(coach, who, reply);
  const isBeneathOurs = parent_user_id !== undefined && parent_user_id === botUserId;
  if (kept === null && isBeneathOurs && coach.clock.now() - msOf(thread_ts) < RESOLVED_WITHIN_MS) {
    throw new NotYetKnownError();
  }
  // In a channel others read the reply all the same.
  if (kept?.ok === false && 'channel_type' in event && event.channel_type === 'im') {
    deps.backgroundTasks.run(log, 'that a reply is not kept could not be said', () =>
      client.chat.postEphemeral({ channel, user: who.userId, thread_ts, ...notKept(kept) }),
    );
  }
  // A screen of the deal needs the author's name; the deal keeps the reply without it.
  describe(request, who.userId);
}

/** Asks Slack who the author of a reply is. */
function describe({ deps, log, who }: Request, author: UserId): void {
  deps.backgroundTasks.run(log, 'the author of a reply could not be looked up', () =>
    deps.ensurePeople(who.tenant, [author]),
  );
}

/**
 * True when a channel was unarchived, or we have joined it. For private channels Slack may name a group instead
 * (https://docs.slack.dev/reference/events/message/group_unarchive).
 */
function makesChannelUsable(event: MessageEvent, ourUserId: string | undefined): boolean {
  switch (event.subtype as string | undefined) {
    case 'channel_unarchive':
    case 'group_unarchive':
      return true;
    case 'channel_join':
    case 'group_join':
      return ourUserId !== undefined && messageIn(event).user === ourUserId;
    default:
      return false;
  }
}
