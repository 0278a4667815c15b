import type { ModalView } from '@slack/types';
import { VIEWS } from '../ids';
import { line, type Part, quote, rich } from '../text';
import { modal } from './modal';

/**
 * A screen that only informs: the deal moved on, or it is not this person's to act on. The person can copy `typed` from
 * it.
 */
export function notice(title: string, text: string | readonly Part[], typed?: string): ModalView {
  const lost = (typed ?? '').trim();
  return modal({
    id: VIEWS.notice,
    title,
    blocks: [
      rich(
        line(...(typeof text === 'string' ? [text] : text)),
        ...(lost === '' ? [] : [line("Here's what you typed:"), quote(lost)]),
      ),
    ],
  });
}
