import { isObject, stringOf } from '../json';
import { type Check, integer, list, object, oneOf, string, url } from './checks';
import {
  checkOptions,
  confirm,
  exactlyOneOf,
  overflowOption,
  plainText,
  richOption,
  slackFile,
} from './composition';
import {
  action,
  control,
  type ElementRules,
  element,
  everywhere,
  focus,
  type Parent,
  pick,
  userId,
} from './elementRule';
import { INPUTS } from './inputs';
import { MENUS } from './menus';

const timezone: Check = (value, at, report) => {
  if (typeof value !== 'string' || !isTimeZone(value)) report.add('invalid time zone', at);
};

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const button = element(
  'button',
  { text: plainText(75) },
  {
    ...action,
    confirm,
    value: string({ max: 2000 }),
    url: url(),
    style: oneOf('primary', 'danger'),
    accessibility_label: string({ max: 75 }),
  },
);
const feedbackButton = object(
  { text: plainText(75), value: string({ min: 1, max: 2000 }) },
  { accessibility_label: string({ max: 75 }) },
);

/** Places, surfaces and shape of every element. */
export const ELEMENTS: ElementRules = {
  ...MENUS,
  ...INPUTS,
  button: { in: ['section', 'actions', 'card', 'cell'], on: everywhere, check: button },
  image: {
    in: ['section', 'context', 'frame'],
    on: everywhere,
    check: element(
      'image',
      { alt_text: string({ min: 1, max: 2000 }) },
      {
        image_url: url(),
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
      { ...pick, initial_time: string({ like: /^([01]\d|2[0-3]):[0-5]\d$/ }), timezone },
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
  workflow_button: {
    in: ['section', 'actions'],
    on: ['message'],
    check: element(
      'workflow_button',
      {
        ...action,
        text: plainText(75),
        workflow: object({
          trigger: object(
            { url: string({ min: 1 }) },
            { customizable_input_parameters: list(object({ name: string(), value: string() })) },
          ),
        }),
      },
      { confirm, style: oneOf('primary', 'danger'), accessibility_label: string({ max: 75 }) },
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
      { icon: oneOf('trash'), text: plainText(3000) },
      {
        ...action,
        confirm,
        value: string({ max: 2000 }),
        accessibility_label: string({ max: 75 }),
        visible_to_user_ids: list(userId, { min: 1, max: 10 }),
      },
    ),
  },
};

/** Checks an element that stands in this block. */
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
