import type { Block as SlackBlock, View as SlackView } from '@slack/types';
import type { Core } from '../core';
import { compareTs } from '../ids';
import type {
  Conversation,
  Person,
  PersonView,
  SeenAttachment,
  SeenMessage,
  SeenView,
  Workspace as WorkspaceInfo,
} from '../protocol';
import { fileJson } from '../slackJson';
import { type Channel, isDirect, type Member, type Message } from '../workspace/model';
import type { StoredView } from '../workspace/views';

export function personInfo(member: Member): Person {
  const { id, name, realName, title, tz, isAdmin, isBot, deleted, isStranger, color } = member;
  return { id, name, realName, title, tz, isAdmin, isBot, deleted, isStranger, color };
}

/** Who and what there is in the workspace, the same for everybody. */
export function workspaceInfo(core: Core): WorkspaceInfo {
  const { workspace, manifest } = core;
  return {
    teamId: workspace.team.id,
    teamName: workspace.team.name,
    people: [...workspace.people.values()].map(personInfo),
    app: {
      appId: workspace.app.appId,
      name: workspace.app.name,
      botUserId: workspace.app.botUserId,
      commands: manifest.commands.map(({ command, description, usageHint }) => ({
        command,
        description,
        usageHint,
      })),
      shortcuts: manifest.shortcuts,
      homeTab: manifest.homeTab,
      messagesTab: manifest.messagesTab,
      connected: core.deliverer.connected,
      connections: core.deliverer.connections,
    },
  };
}

/** A part of what somebody sees, for whoever looks often at a workspace with many messages. */
export interface Part {
  /** Whose messages are looked at: ids or names. */
  readonly conversations: ReadonlySet<string>;
  /** Messages after this timestamp only; `0` for all. */
  readonly after: string;
}

/** Everything one person can see now, and nothing else; of the messages perhaps a part. */
export function personView(core: Core, me: Member, part?: Part): PersonView {
  const { workspace, views, notices } = core;
  const mine = [...workspace.channels.values()].filter((channel) => channel.members.has(me.id));
  const lookedAt = mine.filter(
    ({ id, name }) => part === undefined || part.conversations.has(id) || part.conversations.has(name),
  );
  const after = part?.after ?? '0';
  const home = views.homeOf(me.id);
  return {
    me: personInfo(me),
    conversations: mine.map((channel) => conversationOf(core, channel, me)),
    messages: Object.fromEntries(
      lookedAt.map((channel) => {
        const replies = replyCounts(channel);
        const messages = visibleMessages(channel, me)
          .filter(({ ts }) => compareTs(ts, after) > 0)
          .sort((a, b) => compareTs(a.ts, b.ts));
        return [
          channel.id,
          messages.map((message) => seenMessage(core, channel, message, replies.get(message.ts) ?? 0)),
        ];
      }),
    ),
    modals: views.stackOf(me.id).map(seenView),
    home: home === undefined ? null : seenView(home),
    notices: notices.of(me.id),
    seq: workspace.changes.seq,
  };
}

/** By the root's timestamp: counted once, not for each message anew. */
function replyCounts(channel: Channel): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { threadTs, ephemeralTo } of channel.messages)
    if (threadTs !== undefined && ephemeralTo === undefined)
      counts.set(threadTs, (counts.get(threadTs) ?? 0) + 1);
  return counts;
}

/** Messages of a channel as this person finds them: other people's ephemeral ones are not there. */
export function visibleMessages(channel: Channel, me: Member): Message[] {
  return channel.messages.filter(
    (message) => message.ephemeralTo === undefined || message.ephemeralTo === me.id,
  );
}

function conversationOf(core: Core, channel: Channel, me: Member): Conversation {
  const other =
    channel.kind === 'im' ? ([...channel.members].find((id) => id !== me.id) ?? me.id) : undefined;
  const mark = channel.readMarks.get(me.id) ?? '0';
  const threads = threadsOf(channel, me);
  const unread = visibleMessages(channel, me).filter(
    (message) =>
      compareTs(message.ts, mark) > 0 &&
      message.userId !== me.id &&
      // Replies count as unread only in threads this person takes part in.
      (message.threadTs === undefined || isDirect(channel) || threads.has(message.threadTs)),
  ).length;
  return {
    id: channel.id,
    // To people it is a private channel, named after those in it.
    kind: channel.kind === 'mpim' ? 'group' : channel.kind,
    name: other === undefined ? channel.name : (core.workspace.people.get(other)?.realName ?? other),
    topic: channel.topic,
    isArchived: channel.isArchived,
    memberIds: [...channel.members],
    ...(other === undefined ? {} : { withUserId: other }),
    unread,
  };
}

/** The threads that this person wrote in or is named in, by the root's timestamp. */
function threadsOf(channel: Channel, me: Member): ReadonlySet<string> {
  const concerned = channel.messages.filter(
    (message) =>
      message.userId === me.id || message.text.includes(`<@${me.id}>`) || idsIn(message).has(me.id),
  );
  return new Set(concerned.map((message) => message.threadTs ?? message.ts));
}

const NOBODY: ReadonlySet<string> = new Set();
/** Ids in its blocks. Messages do not change, and everybody who looks asks the same. */
const ids = new WeakMap<Message, ReadonlySet<string>>();

function idsIn(message: Message): ReadonlySet<string> {
  const known = ids.get(message);
  if (known !== undefined) return known;
  const { blocks, attachments = [] } = message;
  if (blocks.length + attachments.length === 0) return NOBODY;
  const words = JSON.stringify([blocks, attachments]);
  const found = new Set(words.match(/\b[UW][A-Z0-9]{5,}\b/g));
  ids.set(message, found);
  return found;
}

function seenMessage(core: Core, channel: Channel, message: Message, replyCount: number): SeenMessage {
  const { workspace } = core;
  return {
    channel: channel.id,
    ts: message.ts,
    ...(message.threadTs === undefined ? {} : { threadTs: message.threadTs }),
    userId: message.userId,
    ...(message.botId === undefined ? {} : { botId: message.botId }),
    text: message.text,
    blocks: message.blocks as readonly SlackBlock[],
    ...(message.attachments?.length ? { attachments: message.attachments as readonly SeenAttachment[] } : {}),
    edited: message.edited !== undefined,
    ephemeral: message.ephemeralTo !== undefined,
    replyCount,
    reactions: message.reactions,
    files: message.files.map((file) => ({
      id: file.id,
      name: file.name,
      mimetype: file.mimetype,
      size: file.content.length,
      url: String(fileJson(workspace, file, core.baseUrl()).permalink),
    })),
    ...(message.metadata === undefined ? {} : { metadata: message.metadata }),
  };
}

function seenView(stored: StoredView): SeenView {
  return {
    id: stored.id,
    hash: stored.hash,
    // Validated when the app sent it; from here on it is a view of @slack/types.
    view: stored.view as unknown as SlackView,
    state: stored.state,
    errors: stored.errors,
    ...(stored.failure === undefined ? {} : { failure: stored.failure }),
  };
}
