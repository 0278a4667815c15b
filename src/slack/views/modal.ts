/** The frame of every modal: what Slack requires, once. */
import type { AnyBlock, ModalView, SectionBlock } from '@slack/types';
import { ERROR_BLOCK, encodeRef, type Ref, type ViewId } from '../ids';
import { plain } from '../text';

export interface ModalOptions {
  readonly id: ViewId;
  /** At most 24 characters. */
  readonly title: string;
  /** Absent or null: nothing to submit. */
  readonly submit?: string | null;
  /** Default: *Cancel* where something can be submitted, else *Close*. */
  readonly close?: string;
  readonly ref?: Ref;
  readonly blocks: readonly AnyBlock[];
  /** Tell us when the person closes it. */
  readonly notifyOnClose?: boolean;
}

/** Slack's limit for a title and for the two buttons of the frame. */
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
    blocks: [...blocks],
  };
}

/**
 * The same screen with a message on top. Ids stay, so that Slack keeps what was typed. A message already there is
 * replaced.
 */
export function withError(view: ModalView, message: string): ModalView {
  const blocks = view.blocks.filter((block) => block.block_id !== ERROR_BLOCK);
  return { ...view, blocks: [errorBlock(message), ...blocks].slice(0, 100) };
}

/** The error line itself. */
export function errorBlock(message: string): SectionBlock {
  return { type: 'section', block_id: ERROR_BLOCK, text: plain(`⚠ ${message}`, 500) };
}
