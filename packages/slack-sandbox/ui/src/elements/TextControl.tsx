import type { EmailInput, NumberInput, PlainTextInput, URLInput } from '@slack/types';
import type { KeyboardEvent } from 'react';
import { ariaOf, type ControlNaming } from './controlProps';

interface TextControlProps {
  readonly element: PlainTextInput | NumberInput | EmailInput | URLInput;
  readonly value: string;
  readonly control: ControlNaming;
  readonly placeholder: string | undefined;
  readonly dispatch: boolean;
  /** @param byClick whether onDispatch also sends this change to the app */
  readonly onChange: (value: string, byClick: boolean) => void;
  readonly onDispatch: (value: string) => Promise<void>;
  /** Enter in a single-line input. Absent without a form to submit. */
  readonly onEnter?: () => void;
}

const INPUT_TYPES = {
  plain_text_input: 'text',
  number_input: 'text',
  email_text_input: 'email',
  url_text_input: 'url',
} as const;

/** Text, number, email and URL inputs. With several lines Enter adds a line, and Ctrl or Cmd with Enter submits. */
export function TextControl({
  element,
  value,
  control,
  placeholder,
  dispatch,
  onChange,
  onDispatch,
  onEnter,
}: TextControlProps) {
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed'];
  const change = (next: string) => {
    const atOnce = dispatch && triggers.includes('on_character_entered');
    onChange(next, atOnce);
    if (atOnce) void onDispatch(next);
  };
  const enter = () => {
    if (dispatch && triggers.includes('on_enter_pressed')) void onDispatch(value);
    else onEnter?.();
  };
  const aria = ariaOf(control);

  if (element.type === 'plain_text_input' && element.multiline === true) {
    return (
      <>
        <textarea
          {...aria}
          className="field"
          rows={4}
          value={value}
          placeholder={placeholder}
          onChange={(event) => change(event.target.value)}
          onKeyDown={(event) => {
            if (!isPlainEnter(event) || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            enter();
          }}
        />
        <Remaining max={element.max_length} length={value.length} />
      </>
    );
  }
  return (
    <>
      <input
        {...aria}
        className="field"
        type={INPUT_TYPES[element.type]}
        inputMode={element.type === 'number_input' ? 'decimal' : undefined}
        autoComplete="off"
        value={value}
        placeholder={placeholder}
        onChange={(event) => change(event.target.value)}
        onKeyDown={(event) => {
          if (!isPlainEnter(event)) return;
          event.preventDefault();
          enter();
        }}
      />
      <Remaining
        max={element.type === 'plain_text_input' ? element.max_length : undefined}
        length={value.length}
      />
    </>
  );
}

/** Excludes the Enter that ends the composition of an input method. */
const isPlainEnter = (event: KeyboardEvent) => event.key === 'Enter' && !event.nativeEvent.isComposing;

/** The characters left, once four fifths are used. Negative above the limit. */
function Remaining({ max, length }: { readonly max: number | undefined; readonly length: number }) {
  if (max === undefined || length < max * 0.8) return null;
  const left = max - length;
  return <p className={left < 0 ? 'remaining over' : 'remaining'}>{left} characters left</p>;
}

interface RichTextInputProps {
  readonly value: unknown;
  readonly control: ControlNaming;
  readonly placeholder: string | undefined;
  readonly onChange: (value: unknown) => void;
}

/** A rich text input without formatting. Its text becomes one section. */
export function RichTextInput({ value, control, placeholder, onChange }: RichTextInputProps) {
  return (
    <textarea
      {...ariaOf(control)}
      className="field"
      rows={4}
      placeholder={placeholder}
      value={textIn(value)}
      onChange={(event) => onChange(event.target.value === '' ? null : sectionOf(event.target.value))}
    />
  );
}

const sectionOf = (text: string) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
});

function textIn(value: unknown): string {
  if (Array.isArray(value)) return value.map(textIn).join('');
  if (typeof value !== 'object' || value === null) return '';
  if ('text' in value && typeof value.text === 'string') return value.text;
  return 'elements' in value ? textIn(value.elements) : '';
}
