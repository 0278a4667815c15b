import type { InputBlock } from '@slack/types';
import { ElementControl } from '../elements/ElementControl';
import { plain } from '../text/plain';
import { actionIdOf } from './elementState';
import { useSurface } from './surface';

/** Elements that are a group of controls, which a legend names instead of a label. */
const GROUPS: ReadonlySet<string> = new Set(['checkboxes', 'radio_buttons']);

/** An input block: label, control, hint and error. */
export function InputBlockView({ block, blockId }: { readonly block: InputBlock; readonly blockId: string }) {
  const surface = useSurface();
  const controlId = `${surface.id}-${blockId}`;
  const error = surface.errors[blockId];
  const { element } = block;
  const isGroup = GROUPS.has(element.type) || element.type.startsWith('multi_');
  const hintId = block.hint === undefined ? undefined : `${controlId}-hint`;
  const errorId = error === undefined ? undefined : `${controlId}-error`;
  const describedBy = [errorId, hintId].filter((id) => id !== undefined).join(' ');
  const label = (
    <>
      {plain(block.label)}
      {block.optional === true && <span className="optional"> (optional)</span>}
    </>
  );
  return (
    <div
      className={error === undefined ? 'input-block' : 'input-block invalid'}
      data-focus-on-load={('focus_on_load' in element && element.focus_on_load === true) || undefined}
    >
      {isGroup ? (
        <div id={`${controlId}-label`} className="input-label">
          {label}
        </div>
      ) : (
        <label htmlFor={controlId} className="input-label">
          {label}
        </label>
      )}
      <ElementControl
        element={element}
        blockId={blockId}
        actionId={actionIdOf(element)}
        control={{
          id: controlId,
          invalid: error !== undefined,
          required: block.optional !== true,
          ...(isGroup ? { labelledBy: `${controlId}-label` } : {}),
          ...(describedBy === '' ? {} : { describedBy }),
        }}
        dispatch={block.dispatch_action === true}
      />
      {error !== undefined && (
        <p id={errorId} className="input-error" role="alert">
          {error}
        </p>
      )}
      {block.hint !== undefined && (
        <p id={hintId} className="input-hint">
          {plain(block.hint)}
        </p>
      )}
    </div>
  );
}
