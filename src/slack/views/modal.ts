/** The frame of every modal: Slack's requirements in one place. */
import type { AnyBlock, ModalView, SectionBlock } from '@slack/types';
import { ERROR_BLOCK, encodeRef, type Ref, type ViewId } from '../ids';
import { plain, toldApart } from '../text';

export interface ModalOptions {
  readonly id: ViewId;
  /** At most 24 characters. */
  readonly title: string;
  /** The label of the submit button; absent or null: there is none. */
  readonly submit?: string | null;
  /** Default: *Cancel* beside a submit button, else *Close*. */
  readonly close?: string;
  readonly ref?: Ref;
  readonly blocks: readonly AnyBlock[];
  /** Slack reports when the person closes it. */
  readonly notifyOnClose?: boolean;
}

/** Slack's limit, in characters, for the title and the two buttons of the frame. */
const FRAME_MAX = 24;

/** A modal within Slack's limits for its frame; its blocks are the caller's. */
export function modal({ id, title, submit = null, ref, blocks, ...options }: ModalOptions): ModalView {
  return {
    type: 'modal',
    callback_id: id,
    title: plain(title, FRAME_MAX),
    ...(submit === null ? {} : { submit: plain(submit, FRAME_MAX) }),
    close: plain(options.close ?? (submit === null ? 'Close' : 'Cancel'), FRAME_MAX),
    private_metadata: encodeRef(ref ?? {}),
    ...(options.notifyOnClose === true ? { notify_on_close: true } : {}),
    blocks: toldApart(blocks),
  };
}

/**
 * The same screen with a message on top, in place of an earlier message. Ids stay the same, so that Slack keeps what
 * the person typed.
 */
export function withError(view: ModalView, message: string): ModalView {
  const blocks = view.blocks.filter((block) => block.block_id !== ERROR_BLOCK);
  return { ...view, blocks: [errorBlock(message), ...blocks].slice(0, 100) };
}

/** The error line itself. */
export function errorBlock(message: string): SectionBlock {
  return { type: 'section', block_id: ERROR_BLOCK, text: plain(`⚠ ${message}`, 500) };
}
