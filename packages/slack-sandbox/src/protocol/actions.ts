/** Actions of a person, and their results. */
import type { ElementState, StateValues } from './seen';

export type ClickTarget =
  | { readonly in: 'message'; readonly channel: string; readonly ts: string }
  | { readonly in: 'modal'; readonly viewId: string }
  | { readonly in: 'home' };

export type Action = { readonly as: string } & (
  | { readonly type: 'command'; readonly channel: string; readonly text: string }
  | { readonly type: 'post'; readonly channel: string; readonly text: string; readonly threadTs?: string }
  | { readonly type: 'edit'; readonly channel: string; readonly ts: string; readonly text: string }
  | { readonly type: 'delete'; readonly channel: string; readonly ts: string }
  /** Types or chooses in an input. The sandbox keeps the value; the app learns of it only with dispatch_action. */
  | { readonly type: 'input'; readonly viewId: string; readonly state: StateValues }
  /** Presses a button, or chooses in an actions or section block, where `element` is the new state. */
  | {
      readonly type: 'click';
      readonly target: ClickTarget;
      readonly blockId: string;
      readonly actionId: string;
      readonly element?: ElementState;
      readonly state?: StateValues;
    }
  /**
   * Opens an external menu or types into it. The sandbox asks the app for options (`block_suggestion`), but not while
   * `value` is shorter than the element's `min_query_length` (3 by default). Afterwards `input` or `click` can choose
   * among the app's options.
   */
  | {
      readonly type: 'suggest';
      readonly target: ClickTarget;
      readonly blockId: string;
      readonly actionId: string;
      /** The text typed so far; `''` right after opening the menu. */
      readonly value: string;
    }
  /** Uploads a file of at most 10 MB. Its id then goes into `files` of a file_input. */
  | {
      readonly type: 'upload';
      readonly name: string;
      /** Guessed from the name's extension if left out. */
      readonly mimetype?: string;
      readonly base64: string;
    }
  | { readonly type: 'submit'; readonly viewId: string; readonly state?: StateValues }
  /** Cancel closes one view; with `all`, the X closes the whole stack. */
  | { readonly type: 'close'; readonly viewId: string; readonly all?: boolean }
  | { readonly type: 'open_home' }
  | { readonly type: 'open_messages_tab' }
  | {
      readonly type: 'shortcut';
      readonly callbackId: string;
      readonly message?: { readonly channel: string; readonly ts: string };
    }
  | { readonly type: 'read'; readonly channel: string }
  /** Finds or opens the DM with somebody. The result has its channel. */
  | { readonly type: 'open_dm'; readonly userId: string }
);

/**
 * An option of an external menu, as the app wrote it. It goes into `selected_option` or `selected_options` unchanged.
 */
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
  /** The app's answer. `none` where the app gets no delivery, as for typing and reading. */
  readonly delivery: 'acked' | 'timeout' | 'failed' | 'not_connected' | 'none';
  /** Ms from sending to ack. */
  readonly ackMs?: number;
  /** Inline errors of a refused submission, by block id. */
  readonly errors?: Readonly<Record<string, string>>;
  /** For `suggest`: the app's options or groups of options. Neither if the answer was malformed. */
  readonly options?: readonly Suggestion[];
  readonly optionGroups?: readonly SuggestionGroup[];
  /** For `suggest`: the reason for an empty menu, in words for a person. */
  readonly failure?: string;
  /** For `upload`. */
  readonly fileId?: string;
  /** `ts` of a posted message; `channel` of an opened DM. */
  readonly ts?: string;
  readonly channel?: string;
}
