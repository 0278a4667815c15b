/** Inputs of our modals. All inputs share the action id `input`; the block id tells them apart. */
import type { InputBlock, InputBlockElement, PlainTextElement, PlainTextOption } from '@slack/types';
import { formatMoney, type Money } from '../../deal/model/money';
import { clip } from '../../deal/model/typed';
import { ACTIONS } from '../ids';
import { plain, wellFormed } from '../text';

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

/** A text input: one line, or several with `multiline`. */
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
    ...(initial === '' ? {} : { initial_value: wellFormed(clip(initial, max)) }),
    ...(field.focus === true ? { focus_on_load: true } : {}),
  });
}

/**
 * An amount of money. `example` shows a way to type it. The example of a cost is lower than that of a deal; else a yes
 * would seem to cost as much as the deal is worth.
 */
export function amountField(
  field: Field & {
    readonly initial?: Money | null | undefined;
    /** ISO 4217; applies to an amount without a currency. */
    readonly currency: string;
    readonly example?: '48,000' | '4,000';
  },
): InputBlock {
  const { initial, currency, example = '48,000' } = field;
  return textField({
    ...field,
    placeholder: `${example} ${currency}`,
    initial: amountText(initial),
    max: 60,
  });
}

/** An amount as text for an input: "48,000 EUR" reads back as the same amount in any locale. */
function amountText(money: Money | null | undefined): string | null {
  if (money === null || money === undefined) return null;
  const digits = /\d[\d.,]*/u.exec(formatMoney(money))?.[0] ?? '';
  return `${digits} ${money.currency}`;
}

/** Slack's limits: radio buttons or boxes of one input, options of one menu or group, and groups. */
const MOST_IN_SIGHT = 10;
const MOST_IN_GROUP = 100;
/** The most options of one menu, in groups. The code that adds an option refuses more. */
export const MOST_OPTIONS = 1_000;

/** One choice of a few, all in sight. A menu replaces them when there are more than Slack shows so. */
export function radioField(
  field: Field & { readonly options: readonly Option[]; readonly initial?: string | null | undefined },
): InputBlock {
  if (field.options.length > MOST_IN_SIGHT) return selectField(field);
  const options = field.options.map(toOption);
  const initial = options.find((option) => option.value === field.initial);
  return input(field, {
    type: 'radio_buttons',
    action_id: ACTIONS.input,
    options,
    ...(initial === undefined ? {} : { initial_option: initial }),
  });
}

/** One choice of many, as a menu. */
export function selectField(
  field: Field & { readonly options: readonly Option[]; readonly initial?: string | null | undefined },
): InputBlock {
  const options = field.options.map(toOption);
  const initial = options.find((option) => option.value === field.initial);
  return input(field, {
    type: 'static_select',
    action_id: ACTIONS.input,
    ...menuOf(options),
    placeholder: plain('Choose', 150),
    ...(initial === undefined ? {} : { initial_option: initial }),
  });
}

/** Boxes above this number become a menu, unless they have to stay in sight. */
const FEW = 6;

/** Any number of choices: boxes when they are few or `inSight` (at most 10), else a menu. */
export function manyField(
  field: Field & {
    readonly options: readonly Option[];
    readonly initial?: readonly string[] | undefined;
    readonly inSight?: boolean;
  },
): InputBlock {
  const options = field.options.map(toOption);
  const initial = options.filter(({ value }) => value !== undefined && (field.initial ?? []).includes(value));
  const chosen = initial.length === 0 ? {} : { initial_options: initial };
  if (options.length <= (field.inSight === true ? MOST_IN_SIGHT : FEW)) {
    return input(field, { type: 'checkboxes', action_id: ACTIONS.input, options, ...chosen });
  }
  return input(field, {
    type: 'multi_static_select',
    action_id: ACTIONS.input,
    ...menuOf(options),
    placeholder: plain('Choose any that fit', 150),
    ...chosen,
  });
}

/** A calendar date, without a time zone. */
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

/** A time of day, in minutes from midnight. */
export function timeField(field: Field & { readonly initial?: number | null | undefined }): InputBlock {
  return input(field, {
    type: 'timepicker',
    action_id: ACTIONS.input,
    placeholder: plain('Pick a time', 150),
    ...(field.initial === null || field.initial === undefined
      ? {}
      : { initial_time: clockText(field.initial) }),
  });
}

/** `17:00`; midnight at the end of a day is `00:00`. */
export function clockText(minute: number): string {
  const inDay = minute % 1440;
  return `${String(Math.floor(inDay / 60)).padStart(2, '0')}:${String(inDay % 60).padStart(2, '0')}`;
}

/**
 * A colleague. Slack reports the choice at once, so that we know the person's time zone before they submit the screen.
 */
export function personField(field: Field & { readonly initial?: string | null | undefined }): InputBlock {
  return reporting(
    input(field, {
      type: 'users_select',
      action_id: ACTIONS.input,
      placeholder: plain('Choose a person', 150),
      ...(field.initial === null || field.initial === undefined ? {} : { initial_user: field.initial }),
    }),
  );
}

/**
 * Any number of colleagues. Slack reports each choice at once, so that we know the people before somebody submits the
 * screen.
 */
export function peopleField(field: Field & { readonly initial?: readonly string[] | undefined }): InputBlock {
  const { initial = [] } = field;
  return reporting(
    input(field, {
      type: 'multi_users_select',
      action_id: ACTIONS.input,
      placeholder: plain('Choose people', 150),
      ...(initial.length === 0 ? {} : { initial_users: [...initial] }),
    }),
  );
}

/** A channel, also a private one. Slack reports the choice at once, so that we can say whether we may write there. */
export function channelField(
  field: Field & { readonly initial?: string | null | undefined; readonly onlyPrivate?: boolean },
): InputBlock {
  return reporting(
    input(field, {
      type: 'conversations_select',
      action_id: ACTIONS.input,
      placeholder: plain('Choose a channel', 150),
      filter:
        field.onlyPrivate === true
          ? { include: ['private'], exclude_bot_users: true, exclude_external_shared_channels: true }
          : { include: ['public', 'private'], exclude_bot_users: true },
      ...(field.initial === null || field.initial === undefined
        ? {}
        : { initial_conversation: field.initial }),
    }),
  );
}

/** An input that also sends each choice at once, before the submission. */
function reporting(block: InputBlock): InputBlock {
  return { ...block, dispatch_action: true };
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

/** The options of a menu, in groups when there are too many for one list. Slack filters both as a person types. */
function menuOf(
  options: PlainTextOption[],
):
  | { options: PlainTextOption[] }
  | { option_groups: { label: PlainTextElement; options: PlainTextOption[] }[] } {
  if (options.length <= MOST_IN_GROUP) return { options };
  const count = Math.ceil(options.length / MOST_IN_GROUP);
  return {
    option_groups: Array.from({ length: count }, (_, index) => {
      const start = index * MOST_IN_GROUP;
      const group = options.slice(start, start + MOST_IN_GROUP);
      return { label: plain(`${start + 1} to ${start + group.length}`, 75), options: group };
    }),
  };
}

function toOption(option: Option): PlainTextOption {
  return { text: plain(option.label, 75), value: option.value };
}
