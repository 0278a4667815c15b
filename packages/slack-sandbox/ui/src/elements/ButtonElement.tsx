import type { Button, FeedbackButtons, IconButton, WorkflowButton } from '@slack/types';
import { useSurface } from '../blocks/surface';
import { useConfirm } from '../modal/confirm';
import { plain } from '../text/plain';
import { usePending } from './usePending';

interface ButtonElementProps {
  readonly element: Button | WorkflowButton | IconButton;
  readonly blockId: string;
}

export function ButtonElement({ element, blockId }: ButtonElementProps) {
  const surface = useSurface();
  const confirm = useConfirm();
  const [pending, run] = usePending();
  const style = 'style' in element && element.style !== undefined ? ` ${element.style}` : '';
  const className = `button${style}${pending ? ' pending' : ''}`;
  const click = () =>
    run(async () => {
      if (await confirm(element.confirm)) await surface.click(blockId, element.action_id ?? '');
    });

  if (element.type === 'button' && element.url !== undefined) {
    return (
      <a
        className={className}
        href={element.url}
        target="_blank"
        rel="noreferrer noopener"
        aria-label={element.accessibility_label}
        data-action-id={element.action_id}
        onClick={() => void click()}
      >
        {plain(element.text)}
      </a>
    );
  }
  return (
    <button
      type="button"
      className={className}
      aria-label={element.accessibility_label}
      aria-busy={pending || undefined}
      data-action-id={element.action_id}
      onClick={() => void click()}
    >
      <span className="button-label">{plain(element.text)}</span>
    </button>
  );
}

interface FeedbackProps {
  readonly element: FeedbackButtons;
  readonly blockId: string;
}

export function FeedbackButtonsElement({ element, blockId }: FeedbackProps) {
  const surface = useSurface();
  const [pending, run] = usePending();
  return (
    <>
      {[element.positive_button, element.negative_button].map((button) => (
        <button
          key={button.value}
          type="button"
          className={pending ? 'button pending' : 'button'}
          aria-label={button.accessibility_label}
          onClick={() =>
            void run(() =>
              surface.click(blockId, element.action_id ?? '', { type: element.type, value: button.value }),
            )
          }
        >
          <span className="button-label">{plain(button.text)}</span>
        </button>
      ))}
    </>
  );
}
