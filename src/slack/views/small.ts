/** Small blocks that many screens share. */
import type { AnyBlock, ContextBlock, DividerBlock, HeaderBlock } from '@slack/types';
import { plain } from '../text';

/** A quiet line, small and grey. Never parsed. */
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
