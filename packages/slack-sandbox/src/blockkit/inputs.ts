import { stringOf } from '../json';
import { boolean, integer, list, type Report, string } from './checks';
import { dispatchConfig } from './composition';
import { action, type ElementRules, element, everywhere, focus, placeholder } from './elementRule';
import { richText } from './richText';

const typed = { ...action, ...focus, ...placeholder, dispatch_action_config: dispatchConfig };
const numeral = string({ like: /^-?\d+(\.\d+)?$/ });

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

function checkNumbers(value: Readonly<Record<string, unknown>>, at: string, report: Report): void {
  const given = (key: string) => (typeof value[key] === 'string' ? Number(value[key]) : undefined);
  const [min, max, initial] = [given('min_value'), given('max_value'), given('initial_value')];
  if (min !== undefined && max !== undefined && min > max)
    report.add('min_value must not exceed max_value', at);
  if (initial !== undefined && ((min !== undefined && initial < min) || (max !== undefined && initial > max)))
    report.add('initial_value must be between min_value and max_value', at);
  if (
    value.is_decimal_allowed === false &&
    [min, max, initial].some((item) => item && !Number.isInteger(item))
  )
    report.add('decimals are not allowed', at);
}

/** Elements that a person types or uploads into: https://docs.slack.dev/reference/block-kit/block-elements */
export const INPUTS: ElementRules = {
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
      checkNumbers,
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
      action,
      {
        ...typed,
        initial_value: richText,
        min_lines: integer({ min: 1, max: 100 }),
        max_lines: integer({ min: 1, max: 100 }),
      },
      (value, at, report) => {
        const { min_lines: min, max_lines: max } = value;
        if (typeof min === 'number' && typeof max === 'number' && min > max)
          report.add('min_lines must not exceed max_lines', at);
      },
    ),
  },
};
