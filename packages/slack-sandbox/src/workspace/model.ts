import type { Attachment } from '../blockkit/attachments';
import type { Block } from '../blockkit/fillIds';
import type { GuestKind } from '../config/seed';
import type { JsonObject } from '../json';
import type { Person } from '../protocol';

/** A person or the app's bot user, with the fields of `users.info` that the protocol's Person lacks. */
export interface Member extends Person {
  /** Their home workspace. */
  readonly teamId: string;
  /** Other workspaces of the organization that they are in; absent: none. */
  readonly otherTeams?: readonly string[];
  readonly email: string;
  readonly isOwner: boolean;
  /** Absent: no guest of the workspace. */
  readonly guest?: GuestKind;
  /** Epoch seconds. */
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
  /** The end of its upload URL; absent for what a person uploaded. */
  readonly uploadKey?: string;
  /** True once somebody has submitted it to the app in a modal. */
  readonly withApp?: boolean;
}

export interface MessageMetadata {
  readonly event_type: string;
  readonly event_payload: JsonObject;
}

/** One message. Immutable: an edit replaces it, so that an event can carry the previous version. */
export interface Message {
  readonly ts: string;
  readonly userId: string;
  /** On messages of the app only. */
  readonly botId?: string;
  readonly subtype?: 'file_share' | 'thread_broadcast' | 'tombstone' | SystemSubtype;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly attachments?: readonly Attachment[];
  /** The ts of the root, on replies only. */
  readonly threadTs?: string;
  readonly edited?: { readonly user: string; readonly ts: string };
  readonly metadata?: MessageMetadata;
  readonly reactions: readonly { readonly name: string; readonly userIds: readonly string[] }[];
  readonly files: readonly FileRecord[];
  /** Only this person sees it. The Web API never returns it. */
  readonly ephemeralTo?: string;
  readonly clientMsgId?: string;
  /** Who added the person to the channel, on messages about that only. */
  readonly inviterId?: string;
}

/** Slack's own messages in a channel. Private channels are called groups there. */
export type SystemSubtype = `${'channel' | 'group'}_${'join' | 'archive' | 'unarchive'}`;

/** The workspace of another company that a channel is shared with. */
export const OTHER_TEAM = 'T0OTHERCO1';

/** `mpim` is a direct conversation of more than two. */
export type ChannelKind = 'channel' | 'group' | 'im' | 'mpim';

/** True for conversations whose members never change. */
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
  /** Whether people of another workspace read it (Slack Connect), or are invited to. */
  sharing: 'none' | 'pending' | 'shared';
  readonly members: Set<string>;
  /** Oldest first, replies included. */
  messages: Message[];
  /** The last ts that each person has read. */
  readonly readMarks: Map<string, string>;
}

/** The app's identity in this workspace. */
export interface AppIdentity {
  readonly appId: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly name: string;
}

/** The workspaces that a person is in, their home first. */
export const teamsOf = ({ teamId, otherTeams = [] }: Member): readonly string[] => [
  teamId,
  ...otherTeams.filter((it) => it !== teamId),
];

/** Changes in the workspace that may concern the app. */
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
  | { readonly type: 'channel_shared' | 'channel_unshared'; readonly channel: Channel }
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
