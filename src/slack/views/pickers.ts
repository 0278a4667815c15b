/** Inputs that only few screens have: several people, a channel, a time of day; and what stood in inputs at first. */
import type { AnyBlock, InputBlock, InputBlockElement } from '@slack/types';
import { ACTIONS } from '../ids';
import { plain } from '../text';
import type { Field, ViewValue, ViewValues } from './form';

/** Any number of colleagues. Picking tells us at once, so that we know who they are when the screen is saved. */
export function peopleField(field: Field & { readonly initial: readonly string[] }): InputBlock {
  return {
    ...input(field, {
      type: 'multi_users_select',
      action_id: ACTIONS.input,
      placeholder: plain('Choose people', 150),
      ...(field.initial.length === 0 ? {} : { initial_users: [...field.initial] }),
    }),
    dispatch_action: true,
  };
}

/** A channel, private ones too. Picking one tells us at once, so that we can say whether we may write there. */
export function channelField(field: Field & { readonly initial: string | null }): InputBlock {
  return {
    ...input(field, {
      type: 'conversations_select',
      action_id: ACTIONS.input,
      placeholder: plain('Choose a channel', 150),
      filter: { include: ['public', 'private'], exclude_bot_users: true },
      ...(field.initial === null ? {} : { initial_conversation: field.initial }),
    }),
    dispatch_action: true,
  };
}

/** A time of day, in minutes from midnight. */
export function timeField(field: Field & { readonly initial: number | null }): InputBlock {
  return input(field, {
    type: 'timepicker',
    action_id: ACTIONS.input,
    placeholder: plain('Pick a time', 150),
    ...(field.initial === null ? {} : { initial_time: clockText(field.initial) }),
  });
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

/** `17:00`; midnight at the end of a day is `00:00`. */
export function clockText(minute: number): string {
  const inDay = minute % 1440;
  return `${String(Math.floor(inDay / 60)).padStart(2, '0')}:${String(inDay % 60).padStart(2, '0')}`;
}

interface PickedValue extends ViewValue {
  readonly selected_users?: readonly string[];
  readonly selected_conversation?: string | null;
  readonly selected_time?: string | null;
}

const at = (values: ViewValues, block: string): PickedValue | undefined => values[block]?.[ACTIONS.input];

/** User ids, each once. */
export function readPeople(values: ViewValues, block: string): string[] {
  return [...new Set(at(values, block)?.selected_users ?? [])];
}

/** Channel id; null when none was chosen. */
export function readChannel(values: ViewValues, block: string): string | null {
  return at(values, block)?.selected_conversation ?? null;
}

/** Minutes from midnight; null when none was picked. */
export function readTime(values: ViewValues, block: string): number | null {
  const [, hours, minutes] = /^(\d{2}):(\d{2})$/u.exec(at(values, block)?.selected_time ?? '') ?? [];
  return hours === undefined || minutes === undefined ? null : Number(hours) * 60 + Number(minutes);
}

/** What each `initial_…` of an element becomes in the values of a submission. */
const INITIALS: Readonly<Record<string, keyof PickedValue>> = {
  initial_value: 'value',
  initial_date: 'selected_date',
  initial_date_time: 'selected_date_time',
  initial_user: 'selected_user',
  initial_users: 'selected_users',
  initial_conversation: 'selected_conversation',
  initial_time: 'selected_time',
  initial_option: 'selected_option',
  initial_options: 'selected_options',
};

/** What a screen said before anybody touched it, as if it had been submitted so. */
export function shownValues(blocks: readonly AnyBlock[]): ViewValues {
  return Object.fromEntries(
    blocks.flatMap((block) => {
      if (!isInput(block) || block.block_id === undefined) return [];
      const entries = Object.entries(block.element).flatMap(([name, value]) =>
        INITIALS[name] === undefined ? [] : [[INITIALS[name], value] as const],
      );
      return [[block.block_id, { [ACTIONS.input]: Object.fromEntries(entries) as ViewValue }]];
    }),
  );
}

// `AnyBlock` holds blocks of kinds yet unknown, so its type alone does not tell.
const isInput = (block: AnyBlock): block is InputBlock => block.type === 'input' && 'element' in block;
