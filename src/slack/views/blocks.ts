/** Small blocks that many screens have. */
import type { ActionsBlock, AnyBlock, ContextBlock, DividerBlock, HeaderBlock } from '@slack/types';
import type { ActionId, Ref } from '../ids';
import { buttons, plain } from '../text';

/** A quiet line, small and grey. Slack parses nothing in it. */
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

/** Things of a list, with a line between each and the next. */
export function apart(items: readonly (readonly AnyBlock[])[]): AnyBlock[] {
  return items.flatMap((blocks, index) => (index === 0 ? [...blocks] : [divider(), ...blocks]));
}

export interface Pages {
  readonly action: ActionId;
  /** The page shown, from 0. */
  readonly page: number;
  /** True when there is a page after it. */
  readonly more: boolean;
  /** What else the buttons refer to. */
  readonly ref?: Ref;
}

/** The button to the page before, where there is one. Each stands in a row of its own: one row holds an id once. */
export function pageBefore(label: string, { action, page, ref }: Pages): ActionsBlock[] {
  return page > 0 ? [buttons({ action, label, ref: { ...ref, page: page - 1 } })] : [];
}

/** The button to the page after, where there is one. */
export function pageAfter(label: string, { action, page, more, ref }: Pages): ActionsBlock[] {
  return more ? [buttons({ action, label, ref: { ...ref, page: page + 1 } })] : [];
}

/** `page` brought within 0 and the last of `pages`. */
export function within(page: number, pages: number): number {
  return Math.min(Math.max(page, 0), Math.max(pages, 1) - 1);
}
