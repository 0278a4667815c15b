import type { SectionBlock } from '@slack/types';
import { ActionElement } from '../elements/ActionElement';
import { useSandbox } from '../live/sandbox';
import { plainLine } from '../text/mrkdwn';
import { LibraryBlock } from './LibraryBlock';

/** These need the whole width; the others stand to the right of the text. */
const WIDE: ReadonlySet<string> = new Set(['checkboxes', 'radio_buttons']);

interface SectionViewProps {
  readonly block: SectionBlock;
  readonly accessory: NonNullable<SectionBlock['accessory']>;
  readonly blockId: string;
}

/** A section with something to touch beside its text; the text by the library, which has no callbacks. */
export function SectionView({ block, accessory, blockId }: SectionViewProps) {
  const { workspace } = useSandbox();
  const { accessory: _, ...words } = block;
  const wide = WIDE.has(accessory.type) || accessory.type.startsWith('multi_');
  return (
    <div className={wide ? 'section-block wide' : 'section-block'}>
      <div className="section-text">
        <LibraryBlock block={words} />
      </div>
      <div className="accessory">
        <ActionElement
          element={accessory}
          blockId={blockId}
          label={block.text === undefined ? accessory.type : plainLine(block.text.text, workspace.people)}
        />
      </div>
    </div>
  );
}
