import { ariaOf, type ControlNaming } from './controlProps';

interface RichTextInputProps {
  readonly value: unknown;
  readonly control: ControlNaming;
  readonly placeholder: string | undefined;
  readonly onChange: (value: unknown) => void;
}

/** A rich text input without formatting: what is typed becomes one section of text. */
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
