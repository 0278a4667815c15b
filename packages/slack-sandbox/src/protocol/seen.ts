/** What there is, and what a person sees of it. */
import type { AnyBlock as SlackBlock, View as SlackView } from '@slack/types';

export interface Person {
  readonly id: string;
  /** Short handle, unique: `robin`. Tests and the UI name people by it. */
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
  /** Is at least one Socket Mode connection open, or an HTTP request URL set. */
  readonly connected: boolean;
  /** Its Socket Mode connections, oldest first: those that are open, and the last that were. */
  readonly connections: readonly ConnectionInfo[];
}

export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets';

export interface ConnectionInfo {
  /** 1 is the first. */
  readonly number: number;
  /** What Slack said of its end. */
  readonly told: readonly DisconnectReason[];
  /** Envelopes that were sent on it. */
  readonly sent: number;
  /** How many of them were acked, and on it. */
  readonly acked: number;
  /**
   * Null while it is open. The code with which it was closed: 1000 properly, 1006 it broke off (RFC 6455, 7.4.1). And how
   * many others were open then: 0 and nobody listened any more.
   */
  readonly end: { readonly code: number; readonly leftOpen: number } | null;
}

export interface Workspace {
  readonly teamId: string;
  readonly teamName: string;
  readonly people: readonly Person[];
  readonly app: AppInfo;
}

export interface Conversation {
  readonly id: string;
  readonly kind: 'channel' | 'group' | 'im';
  /** `lost-deals` for channels; for an `im`, the other person's real name. */
  readonly name: string;
  readonly topic: string;
  readonly isArchived: boolean;
  readonly memberIds: readonly string[];
  /** Of an `im`: the other one. */
  readonly withUserId?: string;
  /** Messages newer than this person's read mark, threads they are in included. */
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
  /** Which of its texts are mrkdwn. */
  readonly mrkdwn_in?: readonly string[];
}

export interface SeenMessage {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs?: string;
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
  /** Of a file_input: Slack's file objects. Given with `input`, only their `id` counts. */
  readonly files?: readonly unknown[];
}
export type StateValues = Readonly<Record<string, Readonly<Record<string, ElementState>>>>;

export interface SeenView {
  readonly id: string;
  readonly hash: string;
  readonly view: SlackView;
  /** Held by the sandbox; `input`, `click` and `submit` change it; an update keeps it where ids stay. */
  readonly state: StateValues;
  /** Inline errors by block id, after a submission that was answered with `errors`. */
  readonly errors: Readonly<Record<string, string>>;
  /** An error line above the buttons: "We had some trouble connecting. Try again?" */
  readonly failure?: string;
}

/** What Slack itself tells a person, for example that a command timed out. Newest last. */
export interface Notice {
  readonly seq: number;
  readonly channel?: string;
  readonly text: string;
}

export interface PersonView {
  readonly me: Person;
  readonly conversations: readonly Conversation[];
  /** By channel id; root messages and replies together, oldest first. */
  readonly messages: Readonly<Record<string, readonly SeenMessage[]>>;
  /** The modal's stack, bottom first; empty when none is open. */
  readonly modals: readonly SeenView[];
  readonly home: SeenView | null;
  readonly notices: readonly Notice[];
  readonly seq: number;
}
