import type { ContextActionsBlockElement, Overflow } from '@slack/types';
import { actionIdOf, type InteractiveElement } from '../blocks/elementState';
import { useSurface } from '../blocks/surface';
import { useConfirm } from '../modal/confirm';
import { Menu } from '../page/Menu';
import { plain } from '../text/plain';
import { ButtonElement, FeedbackButtonsElement } from './ButtonElement';
import { ElementControl } from './ElementControl';
import { usePending } from './usePending';

interface ActionElementProps {
  readonly element: InteractiveElement | ContextActionsBlockElement;
  readonly blockId: string;
  /** The accessible name of a control without a placeholder: the text of its section, or its type. */
  readonly label: string;
}

/** An element of an actions block, or the accessory of a section. Every change of it goes to the app. */
export function ActionElement({ element, blockId, label }: ActionElementProps) {
  const surface = useSurface();
  switch (element.type) {
    case 'button':
    case 'workflow_button':
    case 'icon_button':
      return <ButtonElement element={element} blockId={blockId} />;
    case 'feedback_buttons':
      return <FeedbackButtonsElement element={element} blockId={blockId} />;
    case 'overflow':
      return <OverflowElement element={element} blockId={blockId} />;
    default: {
      const named =
        'placeholder' in element && element.placeholder !== undefined ? plain(element.placeholder) : label;
      return (
        <ElementControl
          element={element}
          blockId={blockId}
          actionId={actionIdOf(element)}
          control={{
            id: `${surface.id}-${blockId}-${actionIdOf(element)}`,
            invalid: false,
            required: false,
            label: named,
          }}
          dispatch
        />
      );
    }
  }
}

function OverflowElement({ element, blockId }: { readonly element: Overflow; readonly blockId: string }) {
  const surface = useSurface();
  const confirm = useConfirm();
  const [pending, run] = usePending();
  return (
    <Menu
      label="More options"
      className={pending ? 'button icon pending' : 'button icon'}
      icon="more"
      items={element.options.map((option) => ({
        key: option.value ?? option.text.text,
        label: plain(option.text),
        ...(option.description === undefined ? {} : { description: plain(option.description) }),
        onPick: () =>
          void run(async () => {
            if (!(await confirm(element.confirm))) return;
            if (option.url !== undefined) window.open(option.url, '_blank', 'noopener');
            await surface.click(blockId, element.action_id ?? '', {
              type: element.type,
              selected_option: option,
            });
          }),
      }))}
    />
  );
}
