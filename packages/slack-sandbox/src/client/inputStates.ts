import { optionsOf } from '../blockkit/walk';
import { SandboxError } from '../errors';
import type { JsonObject } from '../json';
import type { ElementState } from '../protocol';
import type { Reader } from './render/reader';
import { renderText } from './render/text';

/**
 * Value for an input: text, an option's label, the name of a person or channel, or several of them. Null empties it.
 */
export type InputValue = string | number | Date | readonly string[] | null;

interface About {
  readonly reader: Reader;
  readonly notVisible: (what: string) => SandboxError;
}

/**
 * The state of an element that holds this value.
 * @param notVisible makes the error for a value that the element does not offer
 * @throws SandboxError not_visible
 */
export function stateFor(
  reader: Reader,
  element: JsonObject,
  value: InputValue,
  label: string,
  notVisible: About['notVisible'],
): ElementState {
  const about: About = { reader, notVisible };
  const type = String(element.type);
  const words = value === null ? null : value instanceof Date ? value.toISOString() : String(value);
  const many = Array.isArray(value) ? value.map(String) : words === null ? [] : [words];
  switch (type) {
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { type, selected_option: words === null ? null : option(about, element, words, label) };
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return { type, selected_options: many.map((item) => option(about, element, item, label)) };
    case 'users_select':
      return { type, selected_user: words === null ? null : personId(about, words) };
    case 'multi_users_select':
      return { type, selected_users: many.map((item) => personId(about, item)) };
    case 'conversations_select':
      return { type, selected_conversation: words === null ? null : channelId(about, words) };
    case 'multi_conversations_select':
      return { type, selected_conversations: many.map((item) => channelId(about, item)) };
    case 'channels_select':
      return { type, selected_channel: words === null ? null : channelId(about, words) };
    case 'multi_channels_select':
      return { type, selected_channels: many.map((item) => channelId(about, item)) };
    case 'datepicker':
      return { type, selected_date: words };
    case 'timepicker':
      return { type, selected_time: words };
    case 'datetimepicker':
      return { type, selected_date_time: value === null ? null : secondsOf(value) };
    case 'rich_text_input':
      return { type, rich_text_value: words === null ? null : richTextOf(words) };
    case 'file_input':
      throw new SandboxError('not_visible', `"${label}" is a ${type}: attach files to it`);
    default:
      return { type, value: words };
  }
}

function option(about: About, element: JsonObject, wanted: string, label: string): JsonObject {
  const options = optionsOf(element);
  const say = (text: unknown) => renderText(about.reader, text);
  const found =
    options.find((option) => say(option.text) === wanted) ??
    options.find((option) => option.value === wanted);
  if (found === undefined) {
    throw about.notVisible(
      `"${label}" offers no "${wanted}", only: ${options.map((option) => say(option.text)).join(', ')}`,
    );
  }
  return found;
}

function personId({ reader, notVisible }: About, name: string): string {
  const wanted = name.replace(/^@/, '');
  for (const person of reader.people.values()) {
    if (person.id === wanted || person.name === wanted || person.realName === wanted) return person.id;
  }
  throw notVisible(`nobody is called "${name}"`);
}

function channelId({ reader, notVisible }: About, name: string): string {
  const wanted = name.replace(/^#/, '');
  for (const [id, channel] of reader.channels) if (id === wanted || channel === wanted) return id;
  throw notVisible(`there is no channel "${name}"`);
}

function secondsOf(value: string | number | Date | readonly string[]): number {
  if (typeof value === 'number') return value;
  return Math.floor((value instanceof Date ? value.getTime() : Date.parse(String(value))) / 1000);
}

function richTextOf(text: string): JsonObject {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }] };
}
