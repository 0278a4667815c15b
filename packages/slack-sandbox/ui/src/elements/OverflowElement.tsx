import type { Overflow } from '@slack/types';
import { useSurface } from '../blocks/surface';
import { useConfirm } from '../modal/confirm';
import { Menu } from '../page/Menu';
import { plain } from '../text/plain';
import { usePending } from './usePending';

export function OverflowElement({
  element,
  blockId,
}: {
  readonly element: Overflow;
  readonly blockId: string;
}) {
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
