/** Small blocks that many screens share. */
import type { ContextBlock, DividerBlock, HeaderBlock } from '@slack/types';
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
