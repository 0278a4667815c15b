/** What a person does, and what becomes of it. */
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
