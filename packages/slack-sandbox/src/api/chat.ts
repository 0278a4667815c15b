import { type Attachment, readAttachments } from '../blockkit/attachments';
import { type Block, fillIds } from '../blockkit/fillIds';
import { checkPermitted } from '../blockkit/permissions';
import { validateMessageBlocks } from '../blockkit/validate';
import type { Core } from '../core';
import { SlackError } from '../errors';
import { isObject, stringOf } from '../json';
import { messageJson } from '../slackJson';
import type { Channel, Message, MessageMetadata } from '../workspace/model';
import type { Args, Handler } from './call';
import { knownPerson, namedChannel, visibleChannel, writableChannel } from './lookup';

export const POST_TEXT = 40_000;
const UPDATE_TEXT = 4_000;
const MARKDOWN_TEXT = 12_000;
const METADATA_BYTES = 8_000;

interface Content {
  readonly text: string;
  readonly blocks: readonly Block[];
  /** Absent: they stay as they were. */
  readonly attachments?: readonly Attachment[];
}

/** Reads the text, blocks and attachments of a call. @throws SlackError no_text, msg_too_long, invalid_blocks, … */
export function readContent(core: Core, args: Args, maxText: number, before?: Message): Content {
  const attachments = args.has('attachments')
    ? readAttachments(args.json('attachments'), core.ids, core.permissions())
    : undefined;
  const markdown = args.string('markdown_text');
  const text = args.string('text');
  if (markdown !== undefined) {
    if (text !== undefined || args.has('blocks')) throw new SlackError('markdown_text_conflict');
    if (markdown.length > MARKDOWN_TEXT) throw new SlackError('msg_too_long');
    return { text: markdown, blocks: fillIds([{ type: 'markdown', text: markdown }], core.ids) };
  }
  const blocks = readBlocks(core, args);
  // Blocks that are left out stay as they were. An empty array removes them.
  const kept = blocks ?? before?.blocks ?? [];
  const isBare = text === undefined && kept.length === 0 && !attachments?.length;
  if (isBare || (text === undefined && blocks === undefined && attachments === undefined))
    throw new SlackError('no_text');
  if (text !== undefined && text.length > maxText) throw new SlackError('msg_too_long');
  return { text: text ?? '', blocks: kept, ...(attachments === undefined ? {} : { attachments }) };
}

function readBlocks(core: Core, args: Args): readonly Block[] | undefined {
  if (!args.has('blocks')) return undefined;
  const raw = args.json('blocks');
  if (!Array.isArray(raw)) throw new SlackError('invalid_blocks_format');
  const blocks = validateMessageBlocks(raw);
  checkPermitted(blocks, core.permissions());
  return fillIds(blocks, core.ids);
}

/** @returns null for `{}`, which removes metadata; undefined if the call names none */
export function readMetadata(args: Args): MessageMetadata | null | undefined {
  if (!args.has('metadata')) return undefined;
  const raw = args.json('metadata');
  if (!isObject(raw)) throw new SlackError('invalid_metadata_format');
  if (Object.keys(raw).length === 0) return null;
  const type = stringOf(raw.event_type);
  if (type === undefined || type === '' || !isObject(raw.event_payload))
    throw new SlackError('invalid_metadata_schema');
  if (Buffer.byteLength(JSON.stringify(raw)) > METADATA_BYTES) throw new SlackError('metadata_too_large');
  return { event_type: type, event_payload: raw.event_payload };
}

/**
 * Reads the thread root from a call. @throws SlackError cannot_reply_to_message if there is none or it is itself a
 * reply
 */
export function readThread(core: Core, channel: Channel, args: Args): string | undefined {
  const threadTs = args.string('thread_ts');
  if (threadTs === undefined) return undefined;
  const root = core.workspace.findMessage(channel, threadTs);
  if (root === undefined || root.threadTs !== undefined || root.ephemeralTo !== undefined) {
    throw new SlackError('cannot_reply_to_message');
  }
  return threadTs;
}

export const postMessage: Handler = (call) => {
  const { core, args } = call;
  const { workspace } = core;
  const channel = writableChannel(call, args.string('channel') ?? '');
  const content = readContent(core, args, POST_TEXT);
  const metadata = readMetadata(args);
  const threadTs = readThread(core, channel, args);
  const { message } = workspace.post(channel, {
    ...content,
    userId: workspace.app.botUserId,
    botId: workspace.app.botId,
    ...(threadTs === undefined ? {} : { threadTs }),
    ...(threadTs !== undefined && args.boolean('reply_broadcast')
      ? { subtype: 'thread_broadcast' as const }
      : {}),
    ...(metadata ? { metadata } : {}),
  });
  return {
    channel: channel.id,
    ts: message.ts,
    message: messageJson(workspace, channel, message, { metadata: 'full', baseUrl: core.baseUrl() }),
  };
};

/**
 * Finds a message of the bot. A tombstone is Slackbot's.
 * @throws SlackError message_not_found, or `notOwn` for a message of somebody else
 */
function ownMessage(core: Core, channel: Channel, ts: string, notOwn: string): Message {
  const message = core.workspace.findMessage(channel, ts);
  if (message === undefined || message.ephemeralTo !== undefined) throw new SlackError('message_not_found');
  if (message.botId !== core.workspace.app.botId) throw new SlackError(notOwn);
  return message;
}

export const update: Handler = ({ core, args }) => {
  const { workspace } = core;
  const channel = visibleChannel(core, args.string('channel') ?? '');
  if (channel.isArchived) throw new SlackError('is_inactive');
  const before = ownMessage(core, channel, args.required('ts'), 'cant_update_message');
  const content = readContent(core, args, UPDATE_TEXT, before);
  const broadcasts = before.threadTs !== undefined && args.boolean('reply_broadcast');
  const changes = args.has('blocks') || args.has('attachments') || content.text !== before.text;
  if (broadcasts && changes && before.subtype !== 'thread_broadcast')
    throw new SlackError('no_dual_broadcast_content_update');
  const metadata = readMetadata(args);
  const { message } = workspace.edit(
    channel,
    before,
    {
      ...content,
      ...(metadata === undefined ? {} : { metadata }),
      ...(broadcasts ? { subtype: 'thread_broadcast' as const } : {}),
    },
    workspace.app.botUserId,
  );
  // Only here the message has no ts of its own, as in the SDK's type and the sample of slackapi/java-slack-sdk.
  const options = { metadata: 'full', baseUrl: core.baseUrl() } as const;
  const { ts: _ts, ...json } = messageJson(workspace, channel, message, options);
  return { channel: channel.id, ts: message.ts, text: message.text, message: json };
};

export const remove: Handler = ({ core, args }) => {
  const channel = visibleChannel(core, args.string('channel') ?? '');
  const message = ownMessage(core, channel, args.required('ts'), 'cant_delete_message');
  if (channel.isArchived) throw new SlackError('is_archived');
  void core.workspace.remove(channel, message);
  return { channel: channel.id, ts: message.ts };
};

export const postEphemeral: Handler = ({ core, args }) => {
  const { workspace } = core;
  const channel = namedChannel(core, args.string('channel') ?? '');
  if (!channel.members.has(workspace.app.botUserId)) throw new SlackError('not_in_channel');
  if (channel.isArchived) throw new SlackError('is_archived');
  const person = knownPerson(core, args.required('user'), 'user_not_in_channel');
  if (!channel.members.has(person.id)) throw new SlackError('user_not_in_channel');
  const content = readContent(core, args, POST_TEXT);
  const threadTs = readThread(core, channel, args);
  const { message } = workspace.post(channel, {
    ...content,
    userId: workspace.app.botUserId,
    botId: workspace.app.botId,
    ephemeralTo: person.id,
    ...(threadTs === undefined ? {} : { threadTs }),
  });
  return { message_ts: message.ts };
};

export const getPermalink: Handler = ({ core, args }) => {
  const { workspace } = core;
  const channel = visibleChannel(core, args.string('channel') ?? '');
  const message = workspace.findMessage(channel, args.required('message_ts'));
  if (message === undefined || message.ephemeralTo !== undefined) throw new SlackError('message_not_found');
  const thread = message.threadTs === undefined ? '' : `?thread_ts=${message.threadTs}&cid=${channel.id}`;
  return {
    channel: channel.id,
    permalink: `https://${workspace.team.domain}.slack.com/archives/${channel.id}/p${message.ts.replace('.', '')}${thread}`,
  };
};
