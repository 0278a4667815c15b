/** The frame of every modal: what Slack requires, once. */
import type { AnyBlock, ModalView } from '@slack/types';
import { encodeRef, type Ref, type ViewId } from '../ids';
import { plain } from '../text';

export interface ModalOptions {
  readonly id: ViewId;
  /** At most 24 characters. */
  readonly title: string;
  /** Absent: nothing to submit. */
  readonly submit?: string | null;
  readonly close?: string;
  readonly ref?: Ref;
  readonly blocks: readonly AnyBlock[];
  /** Tell us when the person closes it. */
  readonly notifyOnClose?: boolean;
}

const SHORT = 24;

/** A modal within Slack's limits for its frame; its blocks are the caller's. */
export function modal(options: ModalOptions): ModalView {
  return {
    type: 'modal',
    callback_id: options.id,
    title: plain(options.title, SHORT),
    ...(options.submit === null || options.submit === undefined
      ? {}
      : { submit: plain(options.submit, SHORT) }),
    close: plain(options.close ?? 'Close', SHORT),
    private_metadata: encodeRef(options.ref ?? {}),
    ...(options.notifyOnClose === true ? { notify_on_close: true } : {}),
    blocks: [...options.blocks],
  };
}
