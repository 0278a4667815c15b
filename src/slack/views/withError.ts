import type { ModalView, SectionBlock } from '@slack/types';
import { ERROR_BLOCK } from '../ids';
import { plain } from '../text';

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
