/** Small blocks that many screens have. */
import type { ActionsBlock, AnyBlock, ContextBlock, DividerBlock, HeaderBlock } from '@slack/types';
import type { ActionId, Ref } from '../ids';
import { buttons, plain } from '../text';

/** A small grey line. Slack parses nothing in it. */
export function quiet(text: string): ContextBlock {
  return { type: 'context', elements: [plain(text, 2000)] };
}

/** A heading. */
export function heading(text: string): HeaderBlock {
  return { type: 'header', text: plain(text, 150) };
}

export function divider(): DividerBlock {
  return { type: 'divider' };
}

/** The entries of a list, with a divider between them. */
export function apart(items: readonly (readonly AnyBlock[])[]): AnyBlock[] {
  return items.flatMap((blocks, index) => (index === 0 ? [...blocks] : [divider(), ...blocks]));
}

export interface Pages {
  readonly action: ActionId;
  /** The page shown, from 0. */
  readonly page: number;
  /** True when there is a page after it. */
  readonly more: boolean;
  /** The rest of the reference in the buttons. */
  readonly ref?: Ref;
}

/**
 * The button to the previous page, if there is one. It stands in a row of its own because a row cannot hold an id
 * twice.
 */
export function pageBefore(label: string, { action, page, ref }: Pages): ActionsBlock[] {
  return page > 0 ? [buttons({ action, label, ref: { ...ref, page: page - 1 } })] : [];
}

/** The button to the next page, if there is one. */
export function pageAfter(label: string, { action, page, more, ref }: Pages): ActionsBlock[] {
  return more ? [buttons({ action, label, ref: { ...ref, page: page + 1 } })] : [];
}

/** `page`, limited to the range from 0 to the last of `pages`. */
export function within(page: number, pages: number): number {
  return Math.min(Math.max(page, 0), Math.max(pages, 1) - 1);
}
