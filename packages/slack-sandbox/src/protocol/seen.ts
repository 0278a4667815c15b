/** The workspace, and what a person sees of it. */
import type { AnyBlock as SlackBlock, View as SlackView } from '@slack/types';

export interface Person {
  readonly id: string;
  /** Short, unique handle, such as `robin`. Tests and the page name people by it. */
  readonly name: string;
  readonly realName: string;
  readonly title: string;
  /** IANA zone, `Europe/Berlin`. */
  readonly tz: string;
  readonly isAdmin: boolean;
  readonly isBot: boolean;
  readonly deleted: boolean;
  /** From another workspace (Slack Connect). */
  readonly isStranger: boolean;
  /** CSS colour of the avatar tile. */
  readonly color: string;
}

export interface SlashCommandInfo {
  readonly command: string;
  readonly description: string;
  readonly usageHint: string;
}

export interface ShortcutInfo {
  readonly type: 'global' | 'message';
  readonly name: string;
  readonly callbackId: string;
  readonly description: string;
}

export interface AppInfo {
  readonly appId: string;
  readonly name: string;
  readonly botUserId: string;
  readonly commands: readonly SlashCommandInfo[];
  readonly shortcuts: readonly ShortcutInfo[];
  readonly homeTab: boolean;
  readonly messagesTab: boolean;
  /** True if at least one Socket Mode connection is open, or an HTTP request URL is set. */
  readonly connected: boolean;
  /** Socket Mode connections, oldest first: all open ones, and the last closed ones. */
  readonly connections: readonly ConnectionInfo[];
}

export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets';

export interface ConnectionInfo {
  /** 1 is the first. */
  readonly number: number;
  /** Reasons of the disconnect messages that Slack sent on it. */
  readonly disconnects: readonly DisconnectReason[];
  /** Count of envelopes sent on it. */
  readonly sent: number;
  /** Count of these envelopes whose ack came on the same connection. */
  readonly acked: number;
  /**
   * Null while it is open. `code`: the close code, 1000 for a proper close, 1006 for a break-off (RFC 6455, 7.4.1).
   * `leftOpen`: how many others were open at that moment; 0 means that nobody listened.
   */
  readonly end: { readonly code: number; readonly leftOpen: number } | null;
}

export interface Workspace {
  readonly teamId: string;
  readonly teamName: string;
  readonly people: readonly Person[];
  readonly app: AppInfo;
  readonly clock: ClockInfo;
}

/** The clock that messages have their times from. */
export interface ClockInfo {
  /** Epoch ms. It runs with real time and may be far from it. */
  readonly now: number;
  /** True if an app follows it, so that people can move it. */
  readonly movable: boolean;
}

/** Counts of unread direct messages by the person's id, those of the app included. Leaves out people without any. */
export type Waiting = Readonly<Record<string, number>>;

export interface Conversation {
  readonly id: string;
  readonly kind: 'channel' | 'group' | 'im';
  /** `requests` for channels; the other person's real name for an `im`. */
  readonly name: string;
  readonly topic: string;
  readonly isArchived: boolean;
  readonly memberIds: readonly string[];
  /** For an `im`: the other person. */
  readonly withUserId?: string;
  /** Count of messages after this person's read mark, including those in threads that the person takes part in. */
  readonly unread: number;
}

export interface SeenAttachment {
  readonly id: number;
  readonly fallback: string;
  readonly blocks?: readonly SlackBlock[];
  /** `good`, `warning`, `danger`, or hex digits with or without `#`. */
  readonly color?: string;
  readonly pretext?: string;
  readonly author_name?: string;
  readonly author_link?: string;
  readonly author_icon?: string;
  readonly title?: string;
  readonly title_link?: string;
  readonly text?: string;
  readonly fields?: readonly { readonly title?: string; readonly value?: string; readonly short?: boolean }[];
  readonly image_url?: string;
  readonly thumb_url?: string;
  readonly footer?: string;
  readonly footer_icon?: string;
  readonly ts?: string | number;
  /** Names of the fields that are mrkdwn. */
  readonly mrkdwn_in?: readonly string[];
}

export interface SeenMessage {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs?: string;
  /** True: a reply that the channel shows too. */
  readonly broadcast?: true;
  readonly userId: string;
  readonly botId?: string;
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
  /** Secondary attachments, as Slack's message objects have them. */
  readonly attachments?: readonly SeenAttachment[];
  readonly edited: boolean;
  /** True: only this person sees it. */
  readonly ephemeral: boolean;
  readonly replyCount: number;
  readonly reactions: readonly { readonly name: string; readonly userIds: readonly string[] }[];
  readonly files: readonly {
    readonly id: string;
    readonly name: string;
    readonly mimetype: string;
    readonly size: number;
    readonly url: string;
  }[];
  readonly metadata?: {
    readonly event_type: string;
    readonly event_payload: Readonly<Record<string, unknown>>;
  };
}

/** As Slack's `view.state.values[block_id][action_id]`. */
export interface ElementState {
  readonly type: string;
  readonly value?: string | null;
  readonly selected_option?: unknown;
  readonly selected_options?: readonly unknown[];
  readonly selected_user?: string | null;
  readonly selected_users?: readonly string[];
  readonly selected_conversation?: string | null;
  readonly selected_conversations?: readonly string[];
  readonly selected_channel?: string | null;
  readonly selected_channels?: readonly string[];
  readonly selected_date?: string | null;
  readonly selected_time?: string | null;
  readonly selected_date_time?: number | null;
  readonly rich_text_value?: unknown;
  /** For a file_input: Slack's file objects. In an `input` action only their `id` counts. */
  readonly files?: readonly unknown[];
}
export type StateValues = Readonly<Record<string, Readonly<Record<string, ElementState>>>>;

export interface SeenView {
  readonly id: string;
  readonly hash: string;
  readonly view: SlackView;
  /**
   * Kept by the sandbox. `input`, `click` and `submit` change it. An update of the view keeps the values whose ids
   * stay.
   */
  readonly state: StateValues;
  /** Inline errors by block id, after the app answered a submission with `errors`. */
  readonly errors: Readonly<Record<string, string>>;
  /** An error line above the buttons: "We had some trouble connecting. Try again?" */
  readonly failure?: string;
}

/** A message of Slack's own to one person, for example that a command timed out. Newest last. */
export interface Notice {
  readonly seq: number;
  readonly channel?: string;
  readonly text: string;
}

export interface PersonView {
  readonly me: Person;
  readonly conversations: readonly Conversation[];
  /** By channel id: root messages and replies together, oldest first. */
  readonly messages: Readonly<Record<string, readonly SeenMessage[]>>;
  /** The stack of the modal, bottom first. Empty if none is open. */
  readonly modals: readonly SeenView[];
  readonly home: SeenView | null;
  readonly notices: readonly Notice[];
  readonly seq: number;
}
