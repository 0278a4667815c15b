import { isObject, stringOf } from '../json';
import {
  boolean,
  type Check,
  type Fields,
  integer,
  list,
  object,
  oneOf,
  type Report,
  type Surface,
  string,
} from './checks';
import {
  checkOptions,
  confirm,
  conversationFilter,
  dispatchConfig,
  exactlyOneOf,
  optionGroup,
  overflowOption,
  plainOption,
  plainText,
  richOption,
  slackFile,
} from './composition';
import { richText } from './richText';

type Parent = 'section' | 'actions' | 'input' | 'context' | 'card' | 'context_actions';

interface ElementRule {
  readonly in: readonly Parent[];
  readonly on: readonly Surface[];
  readonly check: Check;
}

const everywhere: readonly Surface[] = ['message', 'modal', 'home'];
const control: readonly Parent[] = ['section', 'actions', 'input'];
const multi: readonly Parent[] = ['section', 'actions', 'input'];

const action = { action_id: string({ min: 1, max: 255 }) };
const focus = { focus_on_load: boolean };
const placeholder = { placeholder: plainText(150) };
const pick = { ...action, confirm, ...focus, ...placeholder };
const manyItems = { max_selected_items: integer({ min: 1 }) };
const userId = string({ like: /^[UW][A-Z0-9]+$/ });
const conversationId = string({ like: /^[CGD][A-Z0-9]+$/ });
const responseUrl = { response_url_enabled: boolean };
const typed = { ...action, ...focus, ...placeholder, dispatch_action_config: dispatchConfig };

function element(
  type: string,
  required: Fields,
  optional: Fields,
  also?: Parameters<typeof object>[2],
): Check {
  return object({ type: oneOf(type), ...required }, optional, also);
}

/** A static menu: options or groups, exactly one of them, and initial options that exist. */
function staticMenu(type: string, initial: Fields): Check {
  return element(
    type,
    {},
    {
      ...pick,
      ...initial,
      options: list(plainOption, { min: 1, max: 100 }),
      option_groups: list(optionGroup, { min: 1, max: 100 }),
    },
    (value, at, report) => {
      exactlyOneOf('options', 'option_groups')(value, at, report);
      checkOptions(value, at, report);
    },
  );
}

function checkLengths(value: Readonly<Record<string, unknown>>, at: string, report: Report): void {
  const { min_length: min, max_length: max } = value;
  if (typeof min === 'number' && typeof max === 'number' && min > max)
    report.add('min_length must not exceed max_length', at);
  const initial = stringOf(value.initial_value);
  if (initial === undefined) return;
  if (typeof max === 'number' && initial.length > max) {
    report.add(`must be less than ${max + 1} characters`, `${at}/initial_value`);
  }
  if (typeof min === 'number' && initial.length > 0 && initial.length < min) {
    report.add(`must be more than ${min - 1} characters`, `${at}/initial_value`);
  }
}

const numeral = string({ like: /^-?\d+(\.\d+)?$/ });
const button = element(
  'button',
  { text: plainText(75) },
  {
    ...action,
    confirm,
    value: string({ max: 2000 }),
    url: string({ max: 3000 }),
    style: oneOf('primary', 'danger'),
    accessibility_label: string({ max: 75 }),
  },
);
const feedbackButton = object(
  { text: plainText(75), value: string({ min: 1, max: 2000 }) },
  { accessibility_label: string({ max: 75 }) },
);

/** Every element: where it may stand, on which surface, and its shape. */
export const ELEMENTS: Readonly<Record<string, ElementRule>> = {
  button: { in: ['section', 'actions', 'card'], on: everywhere, check: button },
  image: {
    in: ['section', 'context', 'card'],
    on: everywhere,
    check: element(
      'image',
      { alt_text: string({ min: 1, max: 2000 }) },
      {
        image_url: string({ min: 1, max: 3000 }),
        slack_file: slackFile,
        image_width: integer(),
        image_height: integer(),
        image_bytes: integer(),
      },
      exactlyOneOf('image_url', 'slack_file'),
    ),
  },
  overflow: {
    in: ['section', 'actions'],
    on: everywhere,
    check: element(
      'overflow',
      { options: list(overflowOption, { min: 1, max: 5 }) },
      { ...action, confirm },
      checkOptions,
    ),
  },
  checkboxes: {
    in: control,
    on: everywhere,
    check: element(
      'checkboxes',
      { options: list(richOption, { min: 1, max: 10 }) },
      { ...action, confirm, ...focus, initial_options: list(richOption, { min: 1, max: 10 }) },
      checkOptions,
    ),
  },
  radio_buttons: {
    in: control,
    on: everywhere,
    check: element(
      'radio_buttons',
      { options: list(richOption, { min: 1, max: 10 }) },
      { ...action, confirm, ...focus, initial_option: richOption },
      checkOptions,
    ),
  },
  datepicker: {
    in: control,
    on: everywhere,
    check: element('datepicker', {}, { ...pick, initial_date: string({ like: /^\d{4}-\d{2}-\d{2}$/ }) }),
  },
  timepicker: {
    in: control,
    on: everywhere,
    check: element(
      'timepicker',
      {},
      { ...pick, initial_time: string({ like: /^([01]\d|2[0-3]):[0-5]\d$/ }), timezone: string({ min: 1 }) },
    ),
  },
  datetimepicker: {
    in: ['actions', 'input'],
    on: ['message', 'modal'],
    check: element(
      'datetimepicker',
      {},
      {
        ...action,
        confirm,
        ...focus,
        initial_date_time: integer({ min: 1_000_000_000, max: 9_999_999_999 }),
      },
    ),
  },
  static_select: {
    in: control,
    on: everywhere,
    check: staticMenu('static_select', { initial_option: plainOption }),
  },
  multi_static_select: {
    in: multi,
    on: everywhere,
    check: staticMenu('multi_static_select', {
      initial_options: list(plainOption, { min: 1, max: 100 }),
      ...manyItems,
    }),
  },
  users_select: {
    in: control,
    on: everywhere,
    check: element('users_select', {}, { ...pick, initial_user: userId }),
  },
  multi_users_select: {
    in: multi,
    on: everywhere,
    check: element('multi_users_select', {}, { ...pick, ...manyItems, initial_users: list(userId) }),
  },
  conversations_select: {
    in: control,
    on: everywhere,
    check: element(
      'conversations_select',
      {},
      {
        ...pick,
        ...responseUrl,
        initial_conversation: conversationId,
        default_to_current_conversation: boolean,
        filter: conversationFilter,
      },
    ),
  },
  multi_conversations_select: {
    in: multi,
    on: everywhere,
    check: element(
      'multi_conversations_select',
      {},
      {
        ...pick,
        ...manyItems,
        initial_conversations: list(conversationId),
        default_to_current_conversation: boolean,
        filter: conversationFilter,
      },
    ),
  },
  channels_select: {
    in: control,
    on: everywhere,
    check: element('channels_select', {}, { ...pick, ...responseUrl, initial_channel: conversationId }),
  },
  multi_channels_select: {
    in: multi,
    on: everywhere,
    check: element(
      'multi_channels_select',
      {},
      { ...pick, ...manyItems, initial_channels: list(conversationId) },
    ),
  },
  external_select: {
    in: control,
    on: everywhere,
    check: element(
      'external_select',
      {},
      { ...pick, initial_option: plainOption, min_query_length: integer({ min: 0 }) },
    ),
  },
  multi_external_select: {
    in: multi,
    on: everywhere,
    check: element(
      'multi_external_select',
      {},
      { ...pick, ...manyItems, initial_options: list(plainOption), min_query_length: integer({ min: 0 }) },
    ),
  },
  plain_text_input: {
    in: ['input'],
    on: everywhere,
    check: element(
      'plain_text_input',
      {},
      {
        ...typed,
        initial_value: string({ max: 3000 }),
        multiline: boolean,
        min_length: integer({ min: 0, max: 3000 }),
        max_length: integer({ min: 1, max: 3000 }),
      },
      checkLengths,
    ),
  },
  email_text_input: {
    in: ['input'],
    on: ['modal'],
    check: element('email_text_input', {}, { ...typed, initial_value: string() }),
  },
  url_text_input: {
    in: ['input'],
    on: ['modal'],
    check: element('url_text_input', {}, { ...typed, initial_value: string() }),
  },
  number_input: {
    in: ['input'],
    on: ['modal'],
    check: element(
      'number_input',
      { is_decimal_allowed: boolean },
      { ...typed, initial_value: numeral, min_value: numeral, max_value: numeral },
    ),
  },
  file_input: {
    in: ['input'],
    on: ['modal'],
    check: element(
      'file_input',
      {},
      { ...action, filetypes: list(string({ min: 1 })), max_files: integer({ min: 1, max: 10 }) },
    ),
  },
  rich_text_input: {
    in: ['input', 'actions'],
    on: ['modal', 'home'],
    check: element(
      'rich_text_input',
      {},
      {
        ...typed,
        initial_value: richText,
        min_lines: integer({ min: 1, max: 100 }),
        max_lines: integer({ min: 1, max: 100 }),
      },
    ),
  },
  workflow_button: {
    in: ['section', 'actions'],
    on: ['message'],
    check: element(
      'workflow_button',
      {
        text: plainText(75),
        workflow: object({
          trigger: object(
            { url: string({ min: 1 }) },
            { customizable_input_parameters: list(object({ name: string(), value: string() })) },
          ),
        }),
      },
      { ...action, confirm, style: oneOf('primary', 'danger'), accessibility_label: string({ max: 75 }) },
    ),
  },
  feedback_buttons: {
    in: ['context_actions'],
    on: ['message'],
    check: element(
      'feedback_buttons',
      { positive_button: feedbackButton, negative_button: feedbackButton },
      action,
    ),
  },
  icon_button: {
    in: ['context_actions'],
    on: ['message'],
    check: element(
      'icon_button',
      { icon: string({ min: 1 }), text: plainText(75) },
      {
        ...action,
        confirm,
        value: string({ max: 2000 }),
        accessibility_label: string({ max: 75 }),
        visible_to_user_ids: list(userId),
      },
    ),
  },
};

/** The check for an element that stands in a given block. */
export function elementIn(parent: Parent): Check {
  return (value, at, report) => {
    if (!isObject(value)) return report.add('must provide an object', at);
    const type = stringOf(value.type);
    if (type === undefined) return report.add('missing required field: type', at);
    const rule = Object.hasOwn(ELEMENTS, type) ? ELEMENTS[type] : undefined;
    if (rule === undefined || !rule.in.includes(parent) || !rule.on.includes(report.surface)) {
      return report.add(`unsupported type: ${type}`, `${at}/type`);
    }
    rule.check(value, at, report);
  };
}
