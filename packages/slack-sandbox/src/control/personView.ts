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
  Waiting,
  Workspace as WorkspaceInfo,
} from '../protocol';
import { fileJson } from '../slackJson';
import { type Channel, isDirect, type Member, type Message } from '../workspace/model';
import type { StoredView } from '../workspace/views';

export function personInfo(member: Member): Person {
  const { id, name, realName, title, tz, isAdmin, isBot, deleted, isStranger, color } = member;
  return { id, name, realName, title, tz, isAdmin, isBot, deleted, isStranger, color };
}

/** The people and the app of the workspace, the same for every viewer. */
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
    clock: { now: core.clock(), movable: core.time.isFollowed },
  };
}

/** Only the page asks for it: counting takes a pass over all direct messages. */
export function waiting(core: Core): Waiting {
  const { people, channels } = core.workspace;
  const directs = [...channels.values()].filter(({ kind }) => kind === 'im');
  const counts = [...people.values()].map((person) => {
    const mine = directs.filter(({ members }) => members.has(person.id));
    return [person.id, mine.reduce((sum, channel) => sum + unreadIn(channel, person), 0)] as const;
  });
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

/** Limits a view to some messages, for clients that poll a workspace with many. */
export interface MessageFilter {
  /** Ids or names of the conversations whose messages the view has. */
  readonly conversations: ReadonlySet<string>;
  /** Leaves out messages up to this timestamp. `0` keeps all. */
  readonly after: string;
}

/** Everything that one person can see, and nothing else. A filter limits the messages. */
export function personView(core: Core, me: Member, filter?: MessageFilter): PersonView {
  const { workspace, views, notices } = core;
  const mine = [...workspace.channels.values()].filter((channel) => channel.members.has(me.id));
  const selected = mine.filter(
    ({ id, name }) => filter === undefined || filter.conversations.has(id) || filter.conversations.has(name),
  );
  const after = filter?.after ?? '0';
  const home = views.homeOf(me.id);
  return {
    me: personInfo(me),
    conversations: mine.map((channel) => conversationOf(core, channel, me)),
    messages: Object.fromEntries(
      selected.map((channel) => {
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

/** Counts of replies by the root's timestamp, in one pass over the channel. */
function replyCounts(channel: Channel): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { threadTs, ephemeralTo } of channel.messages)
    if (threadTs !== undefined && ephemeralTo === undefined)
      counts.set(threadTs, (counts.get(threadTs) ?? 0) + 1);
  return counts;
}

/** The messages that a person sees in a channel, without other people's ephemeral ones. */
export function visibleMessages(channel: Channel, me: Member): Message[] {
  return channel.messages.filter(
    (message) => message.ephemeralTo === undefined || message.ephemeralTo === me.id,
  );
}

function conversationOf(core: Core, channel: Channel, me: Member): Conversation {
  const other =
    channel.kind === 'im' ? ([...channel.members].find((id) => id !== me.id) ?? me.id) : undefined;
  return {
    id: channel.id,
    // People see a group conversation as a private channel that is named after its members.
    kind: channel.kind === 'mpim' ? 'group' : channel.kind,
    name: other === undefined ? channel.name : (core.workspace.people.get(other)?.realName ?? other),
    topic: channel.topic,
    isArchived: channel.isArchived,
    memberIds: [...channel.members],
    ...(other === undefined ? {} : { withUserId: other }),
    unread: unreadIn(channel, me),
  };
}

function unreadIn(channel: Channel, me: Member): number {
  const mark = channel.readMarks.get(me.id) ?? '0';
  const threads = threadsOf(channel, me);
  return visibleMessages(channel, me).filter(
    (message) =>
      compareTs(message.ts, mark) > 0 &&
      message.userId !== me.id &&
      // Replies count as unread only in threads that this person takes part in, and where the channel shows them.
      (inChannel(message) || isDirect(channel) || threads.has(message.threadTs ?? '')),
  ).length;
}

/** A message of the channel itself, or a reply that it shows too. */
const inChannel = ({ threadTs, subtype }: Message): boolean =>
  threadTs === undefined || subtype === 'thread_broadcast';

/** Timestamps of the roots of threads that this person wrote in or is mentioned in. */
function threadsOf(channel: Channel, me: Member): ReadonlySet<string> {
  const concerned = channel.messages.filter(
    (message) =>
      message.userId === me.id || message.text.includes(`<@${me.id}>`) || idsIn(message).has(me.id),
  );
  return new Set(concerned.map((message) => message.threadTs ?? message.ts));
}

const NOBODY: ReadonlySet<string> = new Set();
/** User ids in the blocks of a message. Messages are immutable, so that one result serves every viewer. */
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
    ...(message.subtype === 'thread_broadcast' ? { broadcast: true as const } : {}),
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
    // The sandbox validated it when the app sent it, so that it fits the type of @slack/types.
    view: stored.view as unknown as SlackView,
    state: stored.state,
    errors: stored.errors,
    ...(stored.failure === undefined ? {} : { failure: stored.failure }),
  };
}
