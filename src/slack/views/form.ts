/** Inputs of our modals, and reading back what was typed into them. All inputs share the action id `input`. */
import type { InputBlock, InputBlockElement, PlainTextOption } from '@slack/types';
import type { Limit } from '../../deal/model/commands';
import type { Deal } from '../../deal/model/deal';
import { type Money, parseMoney } from '../../deal/model/money';
import { ACTIONS } from '../ids';
import { amountProblem, plain, wellFormed } from '../text';

/** What an input holds, as `view.state.values[block][action]` says. */
export interface ViewValue {
  readonly value?: string | null;
  readonly selected_date?: string | null;
  readonly selected_date_time?: number | null;
  readonly selected_user?: string | null;
  readonly selected_option?: { readonly value: string } | null;
  readonly selected_options?: readonly { readonly value: string }[];
}
export type ViewValues = Readonly<Record<string, Readonly<Record<string, ViewValue>>>>;

/** What a submitted modal says, or what to put right, by block id. */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

/** A limit as a person is told of it. */
export type LimitShown = Pick<Limit, 'amount' | 'percent' | 'approver'>;

/** What a parser may need besides what was typed. */
export interface ReadContext {
  /** ISO 4217, meant where an amount names none. */
  readonly currency: string;
  readonly deal?: Deal;
  /** Of the person who decides, if they have one. */
  readonly limit?: LimitShown | null;
}

export interface Field {
  readonly block: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** Default: optional. */
  readonly required?: boolean;
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** Longest text we keep of one answer. */
export const TEXT_MAX = 3000;

/** A place to type: one line, or several with `multiline`. */
export function textField(
  field: Field & {
    readonly multiline?: boolean;
    readonly placeholder?: string | undefined;
    readonly initial?: string | null | undefined;
    readonly max?: number;
    readonly focus?: boolean;
  },
): InputBlock {
  const max = field.max ?? TEXT_MAX;
  const initial = field.initial ?? '';
  return input(field, {
    type: 'plain_text_input',
    action_id: ACTIONS.input,
    multiline: field.multiline ?? false,
    max_length: max,
    ...(field.placeholder === undefined ? {} : { placeholder: plain(field.placeholder, 150) }),
    ...(initial === '' ? {} : { initial_value: wellFormed(initial.slice(0, max)) }),
    ...(field.focus === true ? { focus_on_load: true } : {}),
  });
}

/** One of a few, all in sight. */
export function radioField(
  field: Field & { readonly options: readonly Option[]; readonly initial?: string | null | undefined },
): InputBlock {
  const options = field.options.slice(0, 10).map(toOption);
  const initial = options.find((option) => option.value === field.initial);
  return input(field, {
    type: 'radio_buttons',
    action_id: ACTIONS.input,
    options,
    ...(initial === undefined ? {} : { initial_option: initial }),
  });
}

/** One of many. */
export function selectField(
  field: Field & {
    readonly options: readonly Option[];
    readonly initial?: string | null | undefined;
    readonly placeholder?: string;
  },
): InputBlock {
  const options = field.options.slice(0, 100).map(toOption);
  const initial = options.find((option) => option.value === field.initial);
  return input(field, {
    type: 'static_select',
    action_id: ACTIONS.input,
    options,
    placeholder: plain(field.placeholder ?? 'Choose', 150),
    ...(initial === undefined ? {} : { initial_option: initial }),
  });
}

/** Any number out of a list: boxes in sight when they are few, a menu when they are many. */
export function manyField(
  field: Field & { readonly options: readonly Option[]; readonly initial?: readonly string[] | undefined },
): InputBlock {
  const options = field.options.slice(0, 100).map(toOption);
  const initial = options.filter(({ value }) => value !== undefined && (field.initial ?? []).includes(value));
  const chosen = initial.length === 0 ? {} : { initial_options: initial };
  if (options.length <= 6) {
    return input(field, { type: 'checkboxes', action_id: ACTIONS.input, options, ...chosen });
  }
  return input(field, {
    type: 'multi_static_select',
    action_id: ACTIONS.input,
    options,
    placeholder: plain('Choose any that fit', 150),
    ...chosen,
  });
}

/** A calendar date, no time zone. */
export function dateField(field: Field & { readonly initial?: string | null | undefined }): InputBlock {
  return input(field, {
    type: 'datepicker',
    action_id: ACTIONS.input,
    placeholder: plain('Pick a date', 150),
    ...(field.initial === null || field.initial === undefined ? {} : { initial_date: field.initial }),
  });
}

/** A moment; Slack asks in the person's own time zone. `initial` in ms UTC. */
export function momentField(field: Field & { readonly initial?: number | null | undefined }): InputBlock {
  return input(field, {
    type: 'datetimepicker',
    action_id: ACTIONS.input,
    ...(field.initial === null || field.initial === undefined
      ? {}
      : { initial_date_time: Math.floor(field.initial / 1000) }),
  });
}

/** A colleague. Picking one tells us at once, so that their time zone is known when the screen is saved. */
export function personField(
  field: Field & { readonly initial?: string | null | undefined; readonly placeholder?: string },
): InputBlock {
  return {
    ...input(field, {
      type: 'users_select',
      action_id: ACTIONS.input,
      placeholder: plain(field.placeholder ?? 'Choose a person', 150),
      ...(field.initial === null || field.initial === undefined ? {} : { initial_user: field.initial }),
    }),
    dispatch_action: true,
  };
}

function input(field: Field, element: InputBlockElement): InputBlock {
  return {
    type: 'input',
    block_id: field.block,
    label: plain(field.label, 150),
    ...(field.hint === undefined ? {} : { hint: plain(field.hint, 300) }),
    optional: field.required !== true,
    element,
  };
}

function toOption(option: Option): PlainTextOption {
  return { text: plain(option.label, 75), value: option.value };
}

function valueAt(values: ViewValues, block: string): ViewValue | undefined {
  return values[block]?.[ACTIONS.input];
}

/** What was typed, without the space around it; null when nothing was. */
export function readText(values: ViewValues, block: string): string | null {
  const text = valueAt(values, block)?.value?.trim() ?? '';
  if (text === '') return null;
  // Slack enforces `max_length`; whoever goes round Slack does not fill our database.
  return text.slice(0, TEXT_MAX);
}

/** What was typed for `readMoney`: the amount, nothing, or what to put right. */
export type AmountRead =
  | { readonly ok: true; readonly amount: Money | null }
  | { readonly ok: false; readonly error: string };

/** An amount as people type it; `currency` is meant where none is named. */
export function readMoney(
  values: ViewValues,
  block: string,
  currency: string,
  { zero = false }: { readonly zero?: boolean } = {},
): AmountRead {
  const text = readText(values, block);
  if (text === null) return { ok: true, amount: null };
  const parsed = parseMoney(text, currency, { zero });
  return parsed.ok ? { ok: true, amount: parsed.money } : { ok: false, error: amountProblem(parsed.problem) };
}

/** The value of the option chosen; null when none was. */
export function readOption(values: ViewValues, block: string): string | null {
  return valueAt(values, block)?.selected_option?.value ?? null;
}

/** The values of the options chosen. */
export function readOptions(values: ViewValues, block: string): string[] {
  return (valueAt(values, block)?.selected_options ?? []).map((option) => option.value);
}

/** `YYYY-MM-DD`; null when none was picked. */
export function readDate(values: ViewValues, block: string): string | null {
  return valueAt(values, block)?.selected_date ?? null;
}

/** Ms UTC; null when none was picked. */
export function readMoment(values: ViewValues, block: string): number | null {
  const at = valueAt(values, block)?.selected_date_time;
  return at === null || at === undefined ? null : at * 1000;
}

/** User id; null when nobody was chosen. */
export function readPerson(values: ViewValues, block: string): string | null {
  return valueAt(values, block)?.selected_user ?? null;
}
