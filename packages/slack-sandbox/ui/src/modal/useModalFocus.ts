import type { ModalView } from '@slack/types';
import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { SeenView } from '../../../src/protocol';
import { blockIdOf, isKnownBlock } from '../blocks/elementState';
import { openDialog } from './Dialog';

const CONTROLS = 'input:not([type=search]), textarea, select, button, a[href]';

/** The ids of the blocks with controls. Another set of them is another screen. */
function screenOf(modal: ModalView): readonly string[] {
  return modal.blocks.flatMap((block, index) =>
    isKnownBlock(block) && (block.type === 'input' || block.type === 'actions' || hasAccessory(block))
      ? [blockIdOf(block, index)]
      : [],
  );
}

const hasAccessory = (block: object): boolean => 'accessory' in block && block.accessory !== undefined;

/**
 * Moves the focus of a new screen to its first input, or to the one with `focus_on_load`. Without inputs it goes to the
 * submit button, else to the first button, so that Enter never closes the modal. A refused submission moves it to the
 * first field with an error. An update of the same screen leaves it where it is. The focus moves before the screen is
 * painted: a key that answers what somebody sees never goes to another element.
 */
export function useModalFocus(
  body: RefObject<HTMLDivElement | null>,
  seen: SeenView,
  modal: ModalView,
): void {
  const before = useRef<{ readonly title: string; readonly ids: readonly string[] } | null>(null);
  const ids = screenOf(modal);
  const title = modal.title.text;
  const key = `${title} ${ids.join(' ')}`;

  // The key identifies the screen, so it is the only dependency.
  useLayoutEffect(() => {
    const element = body.current;
    if (element === null) return;
    const sameScreen =
      before.current !== null &&
      (before.current.ids.some((id) => ids.includes(id)) ||
        (ids.length === 0 && before.current.ids.length === 0 && before.current.title === title));
    before.current = { title, ids };
    const dialog = element.closest('dialog');
    if (dialog !== null) openDialog(dialog);
    const focusKept = dialog?.contains(document.activeElement) === true;
    if (sameScreen && focusKept) return;
    if (!sameScreen) element.scrollTop = 0;
    const wanted = element.querySelector<HTMLElement>(`[data-focus-on-load] :is(${CONTROLS})`);
    const input = wanted ?? element.querySelector<HTMLElement>(`.input-block :is(${CONTROLS})`);
    const submit = dialog?.querySelector<HTMLElement>('.dialog-buttons .primary');
    const first = element.querySelector<HTMLElement>(CONTROLS);
    (input ?? submit ?? first ?? element).focus({ preventScroll: wanted === null });
  }, [key]);

  const errors = Object.keys(seen.errors).join(' ');
  useLayoutEffect(() => {
    if (errors === '') return;
    const field = body.current?.querySelector<HTMLElement>(`.invalid :is(${CONTROLS})`);
    field?.focus();
    field?.scrollIntoView({ block: 'center' });
  }, [errors, body]);
}
