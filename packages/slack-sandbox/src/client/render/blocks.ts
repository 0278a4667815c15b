import { isObject, type JsonObject, objectsOf, stringOf } from '../../json';
import type { ElementState, SeenAttachment, StateValues } from '../../protocol';
import { channelMention, mention, type Reader } from './reader';
import { renderMrkdwn, renderRichText, renderText } from './text';

/** Typed values and inline errors of blocks that are part of a view. */
export interface Filled {
  readonly state: StateValues;
  readonly errors: Readonly<Record<string, string>>;
}

const NOTHING: Filled = { state: {}, errors: {} };

/** Renders blocks as plain text, in reading order, with buttons as `[Label]`. */
export function renderBlocks(
  reader: Reader,
  blocks: readonly JsonObject[],
  filled: Filled = NOTHING,
): string {
  return blocks
    .map((block) => renderBlock(reader, block, filled))
    .filter((text) => text !== '')
    .join('\n');
}

function lines(...texts: readonly (string | undefined)[]): string {
  return texts.filter((text) => text !== undefined && text !== '').join('\n');
}

function renderBlock(reader: Reader, block: JsonObject, filled: Filled): string {
  const text = (value: unknown) => renderText(reader, value);
  const blockId = stringOf(block.block_id) ?? '';
  const control = (element: JsonObject) =>
    renderElement(reader, element, filled.state[blockId]?.[stringOf(element.action_id) ?? '']);
  switch (block.type) {
    case 'section': {
      const accessory = isObject(block.accessory) ? control(block.accessory) : undefined;
      return lines(text(block.text), ...objectsOf(block.fields).map(text), accessory);
    }
    case 'header':
    case 'alert':
      return text(block.text);
    case 'divider':
      return '---';
    case 'context':
      return objectsOf(block.elements)
        .map((element) => (element.type === 'image' ? `(${String(element.alt_text)})` : text(element)))
        .join(' ');
    case 'actions':
    case 'context_actions':
      return objectsOf(block.elements).map(control).join(' ');
    case 'input': {
      const label = `${text(block.label)}${block.optional === true ? ' (optional)' : ''}`;
      const error = filled.errors[blockId];
      return lines(
        label,
        isObject(block.element) ? control(block.element) : '',
        text(block.hint),
        error && `! ${error}`,
      );
    }
    case 'rich_text':
      return renderRichText(reader, block);
    case 'markdown':
      return stringOf(block.text) ?? '';
    case 'image':
      return lines(text(block.title), `(image: ${String(block.alt_text)})`);
    case 'video':
      return lines(text(block.title), text(block.description), `(video: ${String(block.alt_text)})`);
    case 'table':
    case 'data_table':
      return lines(stringOf(block.caption), ...renderRows(reader, block.rows, control));
    case 'card':
      return lines(
        text(block.title),
        text(block.subtitle),
        text(block.body),
        text(block.subtext),
        objectsOf(block.actions).map(control).join(' '),
      );
    case 'carousel':
      return renderBlocks(reader, objectsOf(block.elements), filled);
    case 'container':
      return lines(
        isObject(block.rich_text_title) ? renderRichText(reader, block.rich_text_title) : text(block.title),
        text(block.subtitle),
        renderBlocks(reader, objectsOf(block.child_blocks), filled),
      );
    case 'task_card':
      return lines(
        `${String(block.title)} (${String(block.status)})`,
        isObject(block.details) ? renderRichText(reader, block.details) : '',
      );
    case 'plan':
      return lines(stringOf(block.title), renderBlocks(reader, objectsOf(block.tasks), filled));
    default:
      return `(${String(block.type)})`;
  }
}

function renderRows(
  reader: Reader,
  rows: unknown,
  control: (element: JsonObject) => string,
): readonly string[] {
  const cell = (value: JsonObject): string => {
    if (value.type === 'rich_text') return renderRichText(reader, value);
    if (isObject(value.element)) return control(value.element);
    return stringOf(value.text) ?? String(value.value ?? '');
  };
  return (Array.isArray(rows) ? rows : []).map((row) => objectsOf(row).map(cell).join(' | '));
}

/** Renders one element as it looks while closed. */
function renderElement(reader: Reader, element: JsonObject, state: ElementState | undefined): string {
  const text = (value: unknown) => renderText(reader, value);
  const placeholder = text(element.placeholder);
  const optionText = (option: unknown) => (isObject(option) ? text(option.text) : '');
  switch (element.type) {
    case 'button':
    case 'workflow_button':
    case 'icon_button':
      return `[${text(element.text)}]`;
    case 'feedback_buttons':
      return [element.positive_button, element.negative_button]
        .map((button) => `[${isObject(button) ? text(button.text) : ''}]`)
        .join(' ');
    case 'overflow':
      return '[…]';
    case 'image':
      return `(image: ${String(element.alt_text)})`;
    case 'radio_buttons': {
      const chosen = state === undefined ? element.initial_option : state.selected_option;
      return listOptions(element, (option) => (sameOption(option, chosen) ? '(•)' : '( )'), text);
    }
    case 'checkboxes': {
      const chosen = objectsOf(state === undefined ? element.initial_options : state.selected_options);
      return listOptions(
        element,
        (option) => (chosen.some((other) => sameOption(option, other)) ? '[x]' : '[ ]'),
        text,
      );
    }
    case 'static_select':
    case 'external_select':
      return `${optionText(state === undefined ? element.initial_option : state.selected_option) || placeholder || 'Select an option'} ▾`;
    case 'multi_static_select':
    case 'multi_external_select': {
      const chosen = objectsOf(state === undefined ? element.initial_options : state.selected_options);
      return `${chosen.map(optionText).join(', ') || placeholder || 'Select options'} ▾`;
    }
    case 'users_select':
      return `${named(state?.selected_user ?? element.initial_user, (id) => mention(reader, id)) || placeholder || 'Select a user'} ▾`;
    case 'multi_users_select':
      return `${namedAll(state?.selected_users ?? element.initial_users, (id) => mention(reader, id)) || placeholder || 'Select users'} ▾`;
    case 'conversations_select':
    case 'channels_select': {
      const chosen =
        state?.selected_conversation ??
        state?.selected_channel ??
        element.initial_conversation ??
        element.initial_channel;
      return `${named(chosen, (id) => channelMention(reader, id)) || placeholder || 'Select a channel'} ▾`;
    }
    case 'multi_conversations_select':
    case 'multi_channels_select': {
      const chosen =
        state?.selected_conversations ?? state?.selected_channels ?? element.initial_conversations;
      return `${namedAll(chosen, (id) => channelMention(reader, id)) || placeholder || 'Select channels'} ▾`;
    }
    case 'datepicker':
      return (
        stringOf(state === undefined ? element.initial_date : state.selected_date) ??
        (placeholder || 'Select a date')
      );
    case 'timepicker':
      return (
        stringOf(state === undefined ? element.initial_time : state.selected_time) ??
        (placeholder || 'Select a time')
      );
    case 'datetimepicker': {
      const chosen = state === undefined ? element.initial_date_time : state.selected_date_time;
      if (typeof chosen !== 'number') return 'Select a date and time';
      return new Intl.DateTimeFormat('en-US', {
        timeZone: reader.tz,
        dateStyle: 'medium',
        timeStyle: 'short',
      })
        .format(chosen * 1000)
        .replace(/\u202f/g, ' ');
    }
    case 'rich_text_input': {
      const value = state === undefined ? element.initial_value : state.rich_text_value;
      return isObject(value) ? renderRichText(reader, value) : placeholder || '____';
    }
    case 'file_input':
      return [
        ...objectsOf(state?.files).map((file) => `(file: ${String(file.name)})`),
        '[Upload a file]',
      ].join(' ');
    default:
      return stringOf(state === undefined ? element.initial_value : state.value) ?? (placeholder || '____');
  }
}

function listOptions(
  element: JsonObject,
  mark: (option: JsonObject) => string,
  text: (value: unknown) => string,
): string {
  return objectsOf(element.options)
    .map((option) => lines(`${mark(option)} ${text(option.text)}`, text(option.description)))
    .join('\n');
}

function sameOption(option: JsonObject, other: unknown): boolean {
  return isObject(other) && option.value === other.value;
}

function named(id: unknown, name: (id: string) => string): string {
  return typeof id === 'string' ? name(id) : '';
}

function namedAll(ids: unknown, name: (id: string) => string): string {
  return Array.isArray(ids) ? ids.map((id) => name(String(id))).join(', ') : '';
}

/** Renders a secondary attachment as plain text: its blocks if it has any, else its fields from top to bottom. */
export function renderAttachment(reader: Reader, attachment: SeenAttachment): string {
  if (attachment.blocks !== undefined) return renderBlocks(reader, objectsOf(attachment.blocks));
  const { pretext, author_name, title, text, fields = [], footer } = attachment;
  const pairs = fields.map((field) => `${field.title ?? ''}: ${field.value ?? ''}`);
  return [pretext, author_name, title, text, ...pairs, footer]
    .filter((line) => line !== undefined && line !== '')
    .map((line) => renderMrkdwn(reader, line ?? ''))
    .join('\n');
}
