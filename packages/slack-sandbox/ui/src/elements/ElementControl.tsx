import type { ElementState } from '../../../src/protocol';
import { type InteractiveElement, initialState } from '../blocks/elementState';
import { useSurface } from '../blocks/surface';
import { useSandbox } from '../live/sandbox';
import { useConfirm } from '../modal/confirm';
import { plain } from '../text/plain';
import { CheckList, RadioList } from './CheckList';
import { choiceOf, choicesOf } from './choices';
import type { ControlNaming } from './controlProps';
import { DateControl } from './DateControl';
import { ExternalMultiSelect, ExternalSelect } from './ExternalSelect';
import { FileInput } from './FileInput';
import { MultiSelect } from './MultiSelect';
import { SingleSelect } from './SingleSelect';
import { pickedMany, pickedOne, pickedOptions, withMany, withOne } from './selection';
import { RichTextInput, TextControl } from './TextControl';
import { usePending } from './usePending';

interface ElementControlProps {
  readonly element: InteractiveElement;
  readonly blockId: string;
  readonly actionId: string;
  readonly control: ControlNaming;
  /** Whether each change goes to the app: always in actions and sections, in inputs with dispatch_action. */
  readonly dispatch: boolean;
}

/** An element with a value, on a native control. */
export function ElementControl({ element, blockId, actionId, control, dispatch }: ElementControlProps) {
  const surface = useSurface();
  const { workspace, view } = useSandbox();
  const confirm = useConfirm();
  const [pending, run] = usePending();
  const state = surface.values[blockId]?.[actionId] ?? initialState(element);
  if (state === null) return <Unsupported type={element.type} />;

  const keep = (next: ElementState, byClick: boolean) => surface.change(blockId, actionId, next, byClick);
  const choose = async (next: ElementState) => {
    if (dispatch && 'confirm' in element && !(await confirm(element.confirm))) return;
    keep(next, dispatch);
    if (dispatch) await run(() => surface.click(blockId, actionId, next));
  };
  const placeholder =
    'placeholder' in element && element.placeholder !== undefined ? plain(element.placeholder) : undefined;

  switch (element.type) {
    case 'plain_text_input':
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input':
      return (
        <TextControl
          element={element}
          value={state.value ?? ''}
          control={control}
          placeholder={placeholder}
          dispatch={dispatch}
          onChange={(value, byClick) =>
            keep({ type: element.type, value: value === '' ? null : value }, byClick)
          }
          onDispatch={(value) =>
            surface.click(blockId, actionId, { type: element.type, value: value === '' ? null : value })
          }
          {...(surface.enter === undefined ? {} : { onEnter: surface.enter })}
        />
      );
    case 'rich_text_input':
      return (
        <RichTextInput
          value={state.rich_text_value}
          control={control}
          placeholder={placeholder}
          onChange={(value) => keep({ type: element.type, rich_text_value: value }, false)}
        />
      );
    case 'static_select':
    case 'users_select':
    case 'conversations_select':
    case 'channels_select':
      return (
        <SingleSelect
          choices={choicesOf(element, workspace, view)}
          picked={pickedOne(state)}
          control={control}
          pending={pending}
          placeholder={placeholder}
          onPick={(choice) => choose(withOne(element.type, choice))}
        />
      );
    case 'multi_static_select':
    case 'multi_users_select':
    case 'multi_conversations_select':
    case 'multi_channels_select':
      return (
        <MultiSelect
          choices={choicesOf(element, workspace, view)}
          picked={pickedMany(state)}
          control={control}
          placeholder={placeholder}
          max={element.max_selected_items}
          onPick={(choices) => choose(withMany(element.type, choices))}
        />
      );
    case 'external_select':
      return (
        <ExternalSelect
          {...{ element, blockId, actionId, control, placeholder, pending }}
          picked={pickedOptions(state)[0] ?? null}
          onPick={(choice) => choose(withOne(element.type, choice))}
        />
      );
    case 'multi_external_select':
      return (
        <ExternalMultiSelect
          {...{ element, blockId, actionId, control, placeholder, pending }}
          picked={pickedOptions(state)}
          onPick={(choices) => choose(withMany(element.type, choices))}
        />
      );
    case 'checkboxes':
      return (
        <CheckList
          options={element.options}
          picked={pickedMany(state)}
          control={control}
          onPick={(options) =>
            choose(
              withMany(
                element.type,
                options.map((option) => choiceOf(option)),
              ),
            )
          }
        />
      );
    case 'radio_buttons':
      return (
        <RadioList
          options={element.options}
          picked={pickedOne(state)}
          control={control}
          onPick={(option) => choose(withOne(element.type, choiceOf(option)))}
        />
      );
    case 'datepicker':
    case 'timepicker':
    case 'datetimepicker':
      return (
        <DateControl
          kind={element.type}
          state={state}
          tz={view.me.tz}
          control={control}
          delayed={dispatch}
          onChange={choose}
        />
      );
    case 'file_input':
      return (
        <FileInput
          element={element}
          files={state.files}
          control={control}
          onChange={(files) => choose({ type: element.type, files })}
        />
      );
    default:
      return <Unsupported type={element.type} />;
  }
}

function Unsupported({ type }: { readonly type: string }) {
  return (
    <p className="muted" role="note">
      The sandbox cannot show {type} yet.
    </p>
  );
}
