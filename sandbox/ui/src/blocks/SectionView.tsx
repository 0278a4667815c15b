import type { ContextBlock, SectionBlock } from '@slack/types';
import { ActionElement } from '../elements/ActionElement';
import { useSandbox } from '../live/sandbox';
import { plainLine } from '../text/mrkdwn';
import { imageUrl } from './imageUrl';
import { TextObjectView } from './TextObjectView';

/** These need the whole width; the others stand to the right of the text. */
const WIDE: ReadonlySet<string> = new Set(['checkboxes', 'radio_buttons']);

export function SectionView({ block, blockId }: { readonly block: SectionBlock; readonly blockId: string }) {
  const { workspace } = useSandbox();
  const { accessory, text, fields } = block;
  const wide = accessory !== undefined && (WIDE.has(accessory.type) || accessory.type.startsWith('multi_'));
  return (
    <div className={wide ? 'section-block wide' : 'section-block'}>
      <div className="section-text">
        {text !== undefined && <TextObjectView text={text} />}
        {fields !== undefined && (
          <div className="fields">
            {fields.map((field, index) => (
              <div key={index}>
                <TextObjectView text={field} />
              </div>
            ))}
          </div>
        )}
      </div>
      {accessory !== undefined && (
        <div className="accessory">
          {accessory.type === 'image' ? (
            <img src={imageUrl(accessory)} alt={accessory.alt_text} className="thumbnail" />
          ) : (
            <ActionElement
              element={accessory}
              blockId={blockId}
              label={text === undefined ? accessory.type : plainLine(text.text, workspace.people)}
            />
          )}
        </div>
      )}
    </div>
  );
}

export function ContextView({ block }: { readonly block: ContextBlock }) {
  return (
    <div className="context-block">
      {block.elements.map((element, index) =>
        element.type === 'image' ? (
          <img key={index} src={imageUrl(element)} alt={element.alt_text} />
        ) : (
          <div key={index}>
            <TextObjectView text={element} />
          </div>
        ),
      )}
    </div>
  );
}
