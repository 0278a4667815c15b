/**
 * Message events. The deal keeps replies beneath its messages, and follows their edits and deletions. Our own posts
 * resolve intents whose reply was lost. Marks our messages that people delete as gone. Tries a channel again when it
 * can be used again.
 */
import type { App, KnownEventFromType } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { RoleNotConfirmedError } from '../../coach/identity';
import { deleteRemark, editRemark, keepRemark } from '../../coach/remarks';
import { channelIsBack } from '../../coach/threads';
import type { UserId } from '../../deal/model/deal';
import { slotOfMetadata } from '../messages/slot';
import { listenForEvent } from './dispatch';
import { wordsOfReply } from './replyWords';
import { confirmActor, type Request, requestOf, type SlackDeps, workspaceOf } from './request';

type MessageEvent = KnownEventFromType<'message'>;

/** The fields that we read of a message; each of Slack's subtypes has some of them. */
interface Message {
  readonly subtype?: string;
  readonly user?: string;
  readonly bot_id?: string;
  readonly text?: string;
  readonly ts: string;
  readonly thread_ts?: string;
  /** The last edit. */
  readonly edited?: { readonly ts?: string };
  /** Author of the message that the reply answers. */
  readonly parent_user_id?: string;
  readonly user_team?: string;
  readonly team?: string;
  readonly metadata?: { readonly event_type?: string; readonly event_payload?: Record<string, unknown> };
}

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
    return was.user === SLACKBOT ? undefined : replyDeleted(request, deleted, was);
  }
  if (message.user === SLACKBOT) return;
  if (event.subtype === 'message_changed') return replyEdited(request, event, message);
  if (isOurs(message)) return ourMessagePosted(request, event, message);
  if (message.bot_id !== undefined || message.user === undefined) return;
  if (message.thread_ts !== undefined && message.thread_ts !== message.ts) {
    return replyPosted(request, event, message, ours?.botUserId);
  }
  if (event.channel_type === 'im' && event.subtype === undefined) {
    explainByMessage(request, event.channel, message.user, client);
  }
}

type Of<Subtype> = Extract<MessageEvent, { subtype: Subtype }>;

interface Deletion {
  readonly channel: string;
  readonly ts: string;
  /** The message that stood there; null where Slack does not say. */
  readonly was: Message | null;
}

/** The message that people deleted. A root with replies changes into a tombstone, which is Slackbot's. */
function deletionIn(event: MessageEvent): Deletion | null {
  const { channel } = event;
  if (event.subtype === 'message_deleted') {
    return { channel, ts: event.deleted_ts, was: asMessage(event.previous_message) };
  }
  if (event.subtype !== 'message_changed') return null;
  const now = messageIn(event);
  return now.subtype === 'tombstone' ? { channel, ts: now.ts, was: asMessage(event.previous_message) } : null;
}

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
  const before = asMessage(event.previous_message);
  // Unfurls and reply counts also arrive as changes; only a changed text matters.
  if (bot_id !== undefined || thread_ts === undefined || user === undefined || before?.text === text) return;
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
  { channel }: MessageEvent,
  { thread_ts = '', ts, text, parent_user_id }: Message,
  botUserId: string | undefined,
): Promise<void> {
  const { coach, who } = request;
  const reply = { channel, threadTs: thread_ts, ts, text: await wordsOfReply(request, text ?? '') };
  const kept = await keepRemark(coach, who, reply);
  const isBeneathOurs = parent_user_id !== undefined && parent_user_id === botUserId;
  if (kept === null && isBeneathOurs && coach.clock.now() - msOf(thread_ts) < RESOLVED_WITHIN_MS) {
    throw new NotYetKnownError();
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

/** Answers a direct message to the app with its instructions. */
function explainByMessage({ deps, log }: Request, channel: string, user: string, client: WebClient): void {
  const text =
    'They said no? Type /lostdeal and the company. To say something about a deal, reply in its thread. /lostdeal help has the rest.';
  deps.backgroundTasks.run(log, 'the answer to a direct message could not be sent', () =>
    client.chat.postEphemeral({ channel, user, text }),
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

/** The message itself; `message_changed` nests it. */
function messageIn(event: MessageEvent): Message {
  const message = event.subtype === 'message_changed' ? event.message : event;
  return asMessage(message) ?? { ts: event.ts };
}

function asMessage(message: unknown): Message | null {
  return typeof message === 'object' && message !== null && 'ts' in message ? (message as Message) : null;
}
