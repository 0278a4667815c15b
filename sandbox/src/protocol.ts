/**
 * The control protocol: how a browser or a test acts as a person of the sandbox workspace and reads what that
 * person sees. Plain JSON over HTTP on the sandbox's own port, under `/control`; one SSE stream tells of changes.
 *
 *   GET  /control/workspace            → Workspace
 *   GET  /control/view?as=U…           → PersonView: everything this person can see now
 *   GET  /control/stream               → SSE; each `data:` line is a ChangeNotice (something changed: read again)
 *   POST /control/act        Action    → ActResult (after the app's ack, or its absence after 3 s)
 *   GET  /control/changes?after=SEQ&wait=MS → ChangeNotice, as soon as something changed after SEQ (long poll)
 *   GET  /control/traffic?after=SEQ    → Traffic[]  (deliveries to the app and its Web API calls, oldest first)
 *   POST /control/faults     (Fault | DeliveryFault)[] → {ok:true}  (replaces the list of pending faults)
 *   POST /control/admin      AdminAction → {ok:true, ...} (archive a channel, remove the bot, deactivate a person…)
 *
 * A refused request answers HTTP 400 with `{ok:false, error}`: a short code and, in `detail`, words for a person.
 */
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

export type ClickTarget =
  | { readonly in: 'message'; readonly channel: string; readonly ts: string }
  | { readonly in: 'modal'; readonly viewId: string }
  | { readonly in: 'home' };

export type Action = { readonly as: string } & (
  | { readonly type: 'command'; readonly channel: string; readonly text: string }
  | { readonly type: 'post'; readonly channel: string; readonly text: string; readonly threadTs?: string }
  | { readonly type: 'edit'; readonly channel: string; readonly ts: string; readonly text: string }
  | { readonly type: 'delete'; readonly channel: string; readonly ts: string }
  /** Typing or choosing in an input: kept in the sandbox, told to the app only with dispatch_action. */
  | { readonly type: 'input'; readonly viewId: string; readonly state: StateValues }
  /** A button, or a choice in an actions/section block (then `element` is its new state). */
  | {
      readonly type: 'click';
      readonly target: ClickTarget;
      readonly blockId: string;
      readonly actionId: string;
      readonly element?: ElementState;
      readonly state?: StateValues;
    }
  /**
   * Opens an external menu, or types into it: the app is asked for options (`block_suggestion`). Not asked, and no
   * options come, as long as `value` is shorter than the element's `min_query_length` (3 if it names none). What the
   * app has offered is what can then be chosen, with `input` or `click`.
   */
  | {
      readonly type: 'suggest';
      readonly target: ClickTarget;
      readonly blockId: string;
      readonly actionId: string;
      /** What is typed so far; `''` when the menu was only opened. */
      readonly value: string;
    }
  /** Uploads a file, at most 10 MB, for a file_input: its id then goes into that input's `files`. */
  | {
      readonly type: 'upload';
      readonly name: string;
      /** By the name's ending if left out. */
      readonly mimetype?: string;
      readonly base64: string;
    }
  | { readonly type: 'submit'; readonly viewId: string; readonly state?: StateValues }
  /** Cancel (one view) or, with `all`, the X (the whole stack). */
  | { readonly type: 'close'; readonly viewId: string; readonly all?: boolean }
  | { readonly type: 'open_home' }
  | { readonly type: 'open_messages_tab' }
  | {
      readonly type: 'shortcut';
      readonly callbackId: string;
      readonly message?: { readonly channel: string; readonly ts: string };
    }
  | { readonly type: 'read'; readonly channel: string }
  /** Opens (or finds) the DM with somebody; answers with its channel. */
  | { readonly type: 'open_dm'; readonly userId: string }
);

/** An option of an external menu, as the app wrote it; put it into `selected_option` or `selected_options` unchanged. */
export interface Suggestion {
  readonly text: { readonly type: 'plain_text'; readonly text: string; readonly emoji?: boolean };
  readonly value: string;
  readonly description?: { readonly type: 'plain_text'; readonly text: string; readonly emoji?: boolean };
}

export interface SuggestionGroup {
  readonly label: { readonly type: 'plain_text'; readonly text: string; readonly emoji?: boolean };
  readonly options: readonly Suggestion[];
}

export interface ActResult {
  readonly ok: true;
  /** How the app answered; `none` where nothing is delivered (typing, reading). */
  readonly delivery: 'acked' | 'timeout' | 'failed' | 'not_connected' | 'none';
  /** From sending to ack, ms. */
  readonly ackMs?: number;
  /** Inline errors of a refused submission, by block id. */
  readonly errors?: Readonly<Record<string, string>>;
  /** Of a `suggest`: what the app offers. Either options or groups; neither if it did not answer as it should. */
  readonly options?: readonly Suggestion[];
  readonly optionGroups?: readonly SuggestionGroup[];
  /** Of a `suggest`: why nothing is offered, in words for a person. */
  readonly failure?: string;
  /** Of an `upload`. */
  readonly fileId?: string;
  /** `ts` of a message that was posted; channel of a DM that was opened. */
  readonly ts?: string;
  readonly channel?: string;
}

export interface ControlError {
  readonly ok: false;
  readonly error: string;
  readonly detail: string;
}

export interface ChangeNotice {
  readonly seq: number;
}

export type Traffic =
  | {
      readonly seq: number;
      readonly at: number;
      readonly kind: 'delivery';
      readonly via: 'socket' | 'http';
      readonly type: 'slash_commands' | 'interactive' | 'events_api' | 'options';
      readonly name: string;
      readonly attempt: number;
      readonly outcome: ActResult['delivery'];
      readonly ms: number;
      readonly payload: unknown;
      readonly response: unknown;
      readonly fault?: DeliveryEffect;
    }
  | {
      readonly seq: number;
      readonly at: number;
      readonly kind: 'call';
      readonly method: string;
      readonly args: unknown;
      readonly response: { readonly ok: boolean; readonly error?: string };
      readonly status: number;
      readonly ms: number;
      readonly fault?: CallEffect;
    };

/** The next `times` calls of `method` (`*`: any) go wrong. */
export interface Fault {
  readonly method: string;
  readonly times: number;
  readonly effect: CallEffect;
}

export type CallEffect =
  /** Answer HTTP 200 `{ok:false,error}` without doing the work. */
  | { readonly do: 'error'; readonly error: string }
  /** HTTP 429 with Retry-After, seconds. */
  | { readonly do: 'rate_limit'; readonly retryAfter: number }
  /** HTTP 500 without doing the work. */
  | { readonly do: 'http_500' }
  /** Do the work, then close the connection without a reply. */
  | { readonly do: 'drop_reply' }
  /** Do not answer for this many ms, and do nothing. */
  | { readonly do: 'hang'; readonly ms: number }
  /** Do the work, but answer only after this many ms. */
  | { readonly do: 'slow'; readonly ms: number }
  /** Do the work twice, as if the call had come twice; the answer is the second one's. */
  | { readonly do: 'twice' };

/**
 * The next `times` deliveries go wrong: those of a type (`events_api`, `slash_commands`, `interactive`), of a name
 * as in the traffic (`message`, `/probe`, `view_submission CALLBACK`), or any (`*`).
 */
export interface DeliveryFault {
  readonly delivery: string;
  readonly times: number;
  readonly effect: DeliveryEffect;
}

export type DeliveryEffect =
  /** Never reaches the app. An event is then first seen as a retry; `times: 2` and it is first seen as the second. */
  | { readonly do: 'lose' }
  /** The app takes it, but its ack is lost: an event comes again, a person is told that it failed. */
  | { readonly do: 'lose_ack' }
  /** Comes two times at once; an event's second copy says that it is retry 1. */
  | { readonly do: 'twice' }
  /** Comes this many ms of the sandbox's clock later. */
  | { readonly do: 'delay'; readonly ms: number }
  /** Waits until another delivery has overtaken it. */
  | { readonly do: 'swap' };

export type AdminAction =
  | { readonly do: 'archive_channel'; readonly channel: string; readonly archived: boolean }
  | { readonly do: 'delete_channel'; readonly channel: string }
  | { readonly do: 'remove_member'; readonly channel: string; readonly user: string }
  | { readonly do: 'add_member'; readonly channel: string; readonly user: string }
  | { readonly do: 'deactivate'; readonly user: string }
  | { readonly do: 'delete_message'; readonly channel: string; readonly ts: string }
  /** Slack tells every connection to go, politely; `warning` comes ten seconds ahead of `refresh_requested`. */
  | { readonly do: 'disconnect_sockets'; readonly reason: 'warning' | 'refresh_requested' | 'link_disabled' }
  /** Every connection breaks off, without a word. */
  | { readonly do: 'drop_sockets' }
  /** Somebody switches Socket Mode off (connections get `link_disabled`, no new ones open) or on again. */
  | { readonly do: 'socket_mode'; readonly enabled: boolean }
  /**
   * The sandbox's clock jumps by so many ms: triggers, response URLs and rate limits age, retries and everything
   * scheduled that became due comes now.
   */
  | { readonly do: 'advance_clock'; readonly ms: number }
  /** Send the last delivery again, as Slack does when an ack is lost; or one of type `type`. */
  | { readonly do: 'redeliver'; readonly seq: number }
  /** The app is taken out of the workspace: its token dies, app_uninstalled and tokens_revoked are sent. */
  | { readonly do: 'uninstall' }
  /** The bot token dies (`token_revoked`) and tokens_revoked is sent; the app stays installed. */
  | { readonly do: 'revoke_token' }
  /** A workflow reaches a custom step of the app; answers with the id of the execution. */
  | {
      readonly do: 'run_step';
      readonly callbackId: string;
      readonly inputs: Readonly<Record<string, unknown>>;
    }
  /** How an execution stands: running, completed (with outputs) or failed (with the failure's words). */
  | { readonly do: 'step'; readonly executionId: string }
  | { readonly do: 'reset' };
