import type { ContextActionsBlockElement } from '@slack/types';
import { actionIdOf, type InteractiveElement } from '../blocks/elementState';
import { useSurface } from '../blocks/surface';
import { plain } from '../text/plain';
import { ButtonElement, FeedbackButtonsElement } from './ButtonElement';
import { ElementControl } from './ElementControl';
import { OverflowElement } from './OverflowElement';

interface ActionElementProps {
  readonly element: InteractiveElement | ContextActionsBlockElement;
  readonly blockId: string;
  /** Names a control that has no words of its own: the text of its section, or its kind. */
  readonly label: string;
}

/** An element of an actions block or the accessory of a section: whatever happens to it is told to the app. */
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
