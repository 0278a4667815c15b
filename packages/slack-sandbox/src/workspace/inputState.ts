import { elementsOf, findElement, flatBlocks, optionsOf } from '../blockkit/walk';
import { ControlRefusal } from '../errors';
import { isObject, type JsonObject, objectsOf, stringOf, stringsOf } from '../json';
import type { ElementState, StateValues } from '../protocol';

/** Where an element type keeps its value: the key in `view.state`, and the property with the initial value. */
interface StateRule {
  readonly key: Exclude<keyof ElementState, 'type'>;
  readonly initial: string;
  readonly many?: true;
}

const RULES: Readonly<Record<string, StateRule>> = {
  plain_text_input: { key: 'value', initial: 'initial_value' },
  email_text_input: { key: 'value', initial: 'initial_value' },
  url_text_input: { key: 'value', initial: 'initial_value' },
  number_input: { key: 'value', initial: 'initial_value' },
  rich_text_input: { key: 'rich_text_value', initial: 'initial_value' },
  static_select: { key: 'selected_option', initial: 'initial_option' },
  external_select: { key: 'selected_option', initial: 'initial_option' },
  radio_buttons: { key: 'selected_option', initial: 'initial_option' },
  multi_static_select: { key: 'selected_options', initial: 'initial_options', many: true },
  multi_external_select: { key: 'selected_options', initial: 'initial_options', many: true },
  checkboxes: { key: 'selected_options', initial: 'initial_options', many: true },
  users_select: { key: 'selected_user', initial: 'initial_user' },
  multi_users_select: { key: 'selected_users', initial: 'initial_users', many: true },
  conversations_select: { key: 'selected_conversation', initial: 'initial_conversation' },
  multi_conversations_select: { key: 'selected_conversations', initial: 'initial_conversations', many: true },
  channels_select: { key: 'selected_channel', initial: 'initial_channel' },
  multi_channels_select: { key: 'selected_channels', initial: 'initial_channels', many: true },
  datepicker: { key: 'selected_date', initial: 'initial_date' },
  timepicker: { key: 'selected_time', initial: 'initial_time' },
  file_input: { key: 'files', initial: 'none', many: true },
  datetimepicker: { key: 'selected_date_time', initial: 'initial_date_time' },
};

type MutableState = Record<string, Record<string, ElementState>>;

/** The key in `view.state` for an element's value; undefined for elements without a value, such as buttons. */
export function stateKey(type: string): StateRule['key'] | undefined {
  return Object.hasOwn(RULES, type) ? RULES[type]?.key : undefined;
}

/**
 * The state after an update of a view. As on Slack, a typed value stays where block_id, action_id and type stay, and
 * new initial values do not count there. Everywhere else they do.
 */
export function carryState(before: StateValues, blocks: readonly JsonObject[]): StateValues {
  const state: MutableState = {};
  for (const block of flatBlocks(blocks)) {
    const blockId = stringOf(block.block_id) ?? '';
    for (const element of elementsOf(block)) {
      const type = stringOf(element.type) ?? '';
      const rule = Object.hasOwn(RULES, type) ? RULES[type] : undefined;
      const actionId = stringOf(element.action_id) ?? '';
      if (rule === undefined) continue;
      const kept = before[blockId]?.[actionId];
      const values = state[blockId] ?? {};
      state[blockId] = values;
      values[actionId] =
        kept !== undefined && kept.type === type && stillOffered(kept, element)
          ? kept
          : ({ type, [rule.key]: element[rule.initial] ?? (rule.many ? [] : null) } as ElementState);
    }
  }
  return state;
}

/** The options that the app offered last in an external menu; undefined if the app was never asked. */
export type Offered = (blockId: string, actionId: string) => readonly JsonObject[] | undefined;

/**
 * Applies what a person typed or chose.
 * @param suggested options of external menus, besides their initial options and present choices
 * @throws ControlRefusal if there is no such input or option
 */
export function applyInput(
  blocks: readonly JsonObject[],
  state: StateValues,
  change: StateValues,
  suggested: Offered = () => undefined,
): StateValues {
  const next: MutableState = Object.fromEntries(
    Object.entries(state).map(([id, values]) => [id, { ...values }]),
  );
  for (const [blockId, actions] of Object.entries(change)) {
    for (const [actionId, given] of Object.entries(actions)) {
      const found = findElement(blocks, blockId, actionId);
      if (found === undefined) {
        throw new ControlRefusal(
          'no_such_input',
          `there is no input with block_id "${blockId}" and action_id "${actionId}"`,
        );
      }
      const values = next[blockId] ?? {};
      next[blockId] = values;
      values[actionId] = readElementState(
        withSuggestions(found.element, suggested(blockId, actionId), values[actionId]),
        given,
      );
    }
  }
  return next;
}

/** An external menu with the app's offer as its options, so that nothing else can be chosen. */
export function withSuggestions(
  element: JsonObject,
  suggested: readonly JsonObject[] = [],
  held?: ElementState,
): JsonObject {
  if (!isExternal(element.type)) return element;
  const known = [
    ...suggested,
    ...objectsOf([element.initial_option, held?.selected_option]),
    ...objectsOf(element.initial_options),
    ...objectsOf(held?.selected_options),
  ];
  return { ...element, options: known };
}

function isExternal(type: unknown): boolean {
  return type === 'external_select' || type === 'multi_external_select';
}

/** Normalizes a state: options as the app wrote them, null for empty text. @throws ControlRefusal */
export function readElementState(element: JsonObject, given: ElementState): ElementState {
  const type = stringOf(element.type) ?? '';
  const rule = Object.hasOwn(RULES, type) ? RULES[type] : undefined;
  if (rule === undefined) throw new ControlRefusal('no_such_input', `a ${type} holds no value`);
  const value: unknown = given[rule.key];
  if (rule.key === 'selected_option') {
    return { type, selected_option: value === null || value === undefined ? null : offered(element, value) };
  }
  if (rule.key === 'selected_options') {
    const chosen = objectsOf(value).map((option) => offered(element, option));
    const max = element.max_selected_items;
    if (typeof max === 'number' && chosen.length > max) {
      throw new ControlRefusal('too_many_choices', `at most ${max} can be chosen`);
    }
    return { type, selected_options: chosen };
  }
  if (type === 'file_input') return { type, files: acceptedFiles(element, objectsOf(value)) };
  if (rule.many) return { type, [rule.key]: stringsOf(value) };
  if (rule.key === 'value' && value === '') return { type, value: null };
  return { type, [rule.key]: value ?? null } as ElementState;
}

const MAX_FILES = 10;

/** Slack's client prevents more files and other types. @throws ControlRefusal too_many_files, wrong_file_type */
function acceptedFiles(element: JsonObject, files: readonly JsonObject[]): readonly JsonObject[] {
  const most = typeof element.max_files === 'number' ? element.max_files : MAX_FILES;
  if (files.length > most) throw new ControlRefusal('too_many_files', `at most ${most} can be chosen`);
  const kinds = stringsOf(element.filetypes).map((kind) => kind.toLowerCase());
  const wrong = files.find((file) => kinds.length > 0 && !kinds.includes(String(file.filetype)));
  if (wrong !== undefined)
    throw new ControlRefusal('wrong_file_type', `${String(wrong.name)} is none of ${kinds.join(', ')}`);
  return files;
}

function offered(element: JsonObject, option: unknown): unknown {
  const value = isObject(option) ? option.value : undefined;
  const found = optionsOf(element).find((candidate) => candidate.value === value);
  if (found === undefined)
    throw new ControlRefusal('no_such_option', `there is no option with value "${String(value)}"`);
  return found;
}

function stillOffered(kept: ElementState, element: JsonObject): boolean {
  if (isExternal(kept.type)) return true;
  const chosen = isObject(kept.selected_option) ? [kept.selected_option] : objectsOf(kept.selected_options);
  const values = new Set(optionsOf(element).map((option) => option.value));
  return chosen.every((option) => values.has(option.value));
}

/** True if it holds no value. */
export function isEmpty(state: ElementState | undefined): boolean {
  if (state === undefined) return true;
  const rule = Object.hasOwn(RULES, state.type) ? RULES[state.type] : undefined;
  const value: unknown = rule === undefined ? undefined : state[rule.key];
  return (
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

/**
 * Faults that Slack's own client refuses before it asks the app, by block_id: empty required inputs, wrong lengths,
 * and text that is no number, address or link.
 */
export function findInputErrors(
  blocks: readonly JsonObject[],
  state: StateValues,
): Readonly<Record<string, string>> {
  const errors: Record<string, string> = {};
  for (const block of flatBlocks(blocks)) {
    if (block.type !== 'input' || !isObject(block.element)) continue;
    const blockId = stringOf(block.block_id) ?? '';
    const { element } = block;
    const held = state[blockId]?.[stringOf(element.action_id) ?? ''];
    const error = isEmpty(held)
      ? block.optional === true
        ? undefined
        : 'Please complete this required field.'
      : findTextError(element, held?.value ?? '');
    if (error !== undefined) errors[blockId] = error;
  }
  return errors;
}

function findTextError(element: JsonObject, value: string): string | undefined {
  const limit = (key: string): number | undefined => {
    const raw = element[key];
    return raw === undefined || raw === null ? undefined : Number(raw);
  };
  switch (element.type) {
    case 'plain_text_input': {
      const min = limit('min_length');
      const max = limit('max_length') ?? 3000;
      if (min !== undefined && value.length < min) return `Enter at least ${min} characters.`;
      return value.length > max ? `Enter no more than ${max} characters.` : undefined;
    }
    case 'email_text_input':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? undefined : 'Enter a valid email address.';
    case 'url_text_input':
      return URL.canParse(value) && /^https?:/i.test(value) ? undefined : 'Enter a valid URL.';
    case 'number_input': {
      const numeral = element.is_decimal_allowed === true ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
      if (!numeral.test(value))
        return element.is_decimal_allowed === true ? 'Enter a number.' : 'Enter a whole number.';
      const min = limit('min_value');
      const max = limit('max_value');
      if (min !== undefined && Number(value) < min) return `Enter a number of at least ${min}.`;
      return max !== undefined && Number(value) > max ? `Enter a number of at most ${max}.` : undefined;
    }
    default:
      return undefined;
  }
}
