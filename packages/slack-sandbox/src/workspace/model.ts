import type { Attachment } from '../blockkit/attachments';
import type { Block } from '../blockkit/fillIds';
import type { JsonObject } from '../json';
import type { Person } from '../protocol';

/** A person or the app's bot user, with what `users.info` tells beyond the protocol's Person. */
export interface Member extends Person {
  readonly teamId: string;
  readonly email: string;
  readonly isOwner: boolean;
  /** Seconds. */
  readonly updated: number;
}

export interface FileRecord {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly mimetype: string;
  readonly created: number;
  readonly userId: string;
  readonly content: Buffer;
  /** Somebody submitted it to the app in a modal. */
  readonly withApp?: boolean;
}

export interface MessageMetadata {
  readonly event_type: string;
  readonly event_payload: JsonObject;
}

/** One message. Immutable: an edit replaces it, so that events can carry what it was before. */
export interface Message {
  readonly ts: string;
  readonly userId: string;
  /** Set on messages of the app. */
  readonly botId?: string;
  readonly subtype?: 'file_share' | 'thread_broadcast' | 'tombstone' | NoticeSubtype;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly attachments?: readonly Attachment[];
  /** The root's ts; on replies only. */
  readonly threadTs?: string;
  readonly edited?: { readonly user: string; readonly ts: string };
  readonly metadata?: MessageMetadata;
  readonly reactions: readonly { readonly name: string; readonly userIds: readonly string[] }[];
  readonly files: readonly FileRecord[];
  /** Only this person sees it; the Web API never returns it. */
  readonly ephemeralTo?: string;
  readonly clientMsgId?: string;
  /** Of somebody who was brought into a channel. */
  readonly inviterId?: string;
}

/** What Slack itself says in a channel about it; in private ones it is called a group. */
export type NoticeSubtype = `${'channel' | 'group'}_${'join' | 'archive' | 'unarchive'}`;

/** `mpim`: a direct conversation of more than two. */
export type ChannelKind = 'channel' | 'group' | 'im' | 'mpim';

/** Nobody is in it by invitation: it is between those it began with. */
export function isDirect({ kind }: Pick<Channel, 'kind'>): boolean {
  return kind === 'im' || kind === 'mpim';
}

export interface Channel {
  readonly id: string;
  readonly kind: ChannelKind;
  readonly name: string;
  readonly topic: string;
  readonly created: number;
  readonly creator: string;
  isArchived: boolean;
  readonly members: Set<string>;
  /** Oldest first, replies included. */
  messages: Message[];
  /** Up to which ts each person has read. */
  readonly readMarks: Map<string, string>;
}

/** Who the app is in this workspace. */
export interface AppIdentity {
  readonly appId: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly name: string;
}

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
}

/** What happened in the workspace, for whoever must be told. */
export type WorkspaceEvent =
  | { readonly type: 'message_posted'; readonly channel: Channel; readonly message: Message }
  | {
      readonly type: 'message_changed';
      readonly channel: Channel;
      readonly message: Message;
      readonly previous: Message;
    }
  | { readonly type: 'message_deleted'; readonly channel: Channel; readonly previous: Message }
  | {
      readonly type: 'member_joined';
      readonly channel: Channel;
      readonly userId: string;
      readonly inviterId?: string;
    }
  | { readonly type: 'member_left'; readonly channel: Channel; readonly userId: string }
  | { readonly type: 'user_changed'; readonly member: Member }
  | {
      readonly type: 'channel_archived' | 'channel_unarchived' | 'channel_deleted';
      readonly channel: Channel;
      readonly userId: string;
    }
  | {
      readonly type: 'reaction_added';
      readonly channel: Channel;
      readonly message: Message;
      readonly userId: string;
      readonly reaction: string;
    }
  | {
      readonly type: 'home_opened';
      readonly userId: string;
      readonly channel: Channel;
      readonly tab: 'home' | 'messages';
    };
