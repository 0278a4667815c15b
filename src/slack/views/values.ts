/** Reads the values that a person typed and picked on a screen. All inputs share the action id `input`. */
import type { AnyBlock, InputBlock } from '@slack/types';
import { formatMoney, type Money, parseMoney } from '../../deal/model/money';
import { clip, plainTyped, tidyName, tidyText } from '../../deal/model/typed';
import { ACTIONS } from '../ids';
import { amountProblem, cut } from '../text';
import { TEXT_MAX } from './fields';

/** Fits into the section of a screen that says why nothing was saved. */
export const TYPED_MAX = 2_500;

/** The value of an input, as in `view.state.values[block][action]`. */
export interface ViewValue {
  readonly value?: string | null;
  readonly selected_date?: string | null;
  readonly selected_date_time?: number | null;
  readonly selected_time?: string | null;
  readonly selected_user?: string | null;
  readonly selected_users?: readonly string[];
  readonly selected_conversation?: string | null;
  readonly selected_option?: { readonly value: string } | null;
  readonly selected_options?: readonly { readonly value: string }[];
}
export type ViewValues = Readonly<Record<string, Readonly<Record<string, ViewValue>>>>;

/** The values of a submitted modal, or the errors by block id. */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

export function valid<T>(value: T): Read<T> {
  return { ok: true, value };
}

/** An error at one input. */
export function fault(block: string, message: string): Read<never> {
  return { ok: false, errors: { [block]: message } };
}

/** A required value; `message` asks for it at its input. */
export function required<T>(value: T | null | undefined, block: string, message: string): Read<T> {
  return value === null || value === undefined ? fault(block, message) : valid(value);
}

/** Combines several inputs into one value, or reports all their errors at once. */
export function together<T extends object>(reads: { readonly [K in keyof T]: Read<T[K]> }): Read<T> {
  const all = Object.entries<Read<unknown>>(reads);
  const errors = all.map(([, read]) => (read.ok ? {} : read.errors));
  if (all.some(([, read]) => !read.ok)) return { ok: false, errors: Object.assign({}, ...errors) };
  return valid(Object.fromEntries(all.map(([key, read]) => [key, read.ok ? read.value : null])) as T);
}

/** Everything that a person typed on a screen, for a screen that takes its place. */
export function allTyped(values: ViewValues): string {
  const texts = Object.values(values)
    .flatMap((inputs) => Object.values(inputs).map(({ value }) => (value ?? '').trim()))
    .filter((text) => text !== '');
  return cut(texts.join('\n'), TYPED_MAX);
}

/** Maps a value that was read. */
export function mapRead<A, B>(read: Read<A>, make: (value: A) => B): Read<B> {
  return read.ok ? valid(make(read.value)) : read;
}

/**
 * A screen with the values of its own inputs only. Slack may also send those of an earlier screen of the same modal
 * (https://github.com/slackapi/bolt-js/issues/625).
 */
export function withOwnValues<
  View extends {
    readonly blocks: readonly { readonly block_id?: string }[];
    readonly state?: { readonly values: object } | undefined;
  },
>(view: View): View {
  if (view.state === undefined) return view;
  const shown = new Set(view.blocks.map(({ block_id }) => block_id));
  const own = Object.entries(view.state.values).filter(([block]) => shown.has(block));
  return { ...view, state: { ...view.state, values: Object.fromEntries(own) } };
}

function valueAt(values: ViewValues, block: string): ViewValue | undefined {
  return values[block]?.[ACTIONS.input];
}

/** The text without invisible characters around it; null when it has no visible character. */
export function readText(values: ViewValues, block: string, max = TEXT_MAX): string | null {
  const text = tidyText(valueAt(values, block)?.value ?? '');
  // Slack enforces `max_length`; a request that bypasses Slack must not fill our database.
  return text === '' ? null : clip(text, max);
}

/** A name on one line; null when it has no visible character. */
export function readName(values: ViewValues, block: string, max = TEXT_MAX): string | null {
  const name = tidyName(valueAt(values, block)?.value ?? '');
  return name === '' ? null : clip(name, max);
}

/** Reads a number as people type it, or says the error. Null when the person typed nothing. */
export function readNumber(
  values: ViewValues,
  block: string,
  number: {
    readonly decimals: 0 | 1 | 2;
    readonly min: number;
    readonly max: number;
    /** A unit that may follow the number, such as "%". */
    readonly unit?: string;
    /** The error, which says what to type. */
    readonly message: string;
  },
): Read<number | null> {
  const text = readText(values, block);
  if (text === null) return valid(null);
  const { decimals, min, max, unit = '', message } = number;
  const typed = plainTyped(text)?.toLowerCase() ?? '';
  const bare = unit !== '' && typed.endsWith(unit) ? typed.slice(0, -unit.length).trimEnd() : typed;
  const [, whole, fraction = ''] = /^(\d{1,6})(?:[.,](\d+))?$/u.exec(bare) ?? [];
  const value =
    whole === undefined || fraction.length > decimals ? Number.NaN : Number(`${whole}.${fraction}`);
  return value >= min && value <= max ? valid(value) : fault(block, message);
}

/** Reads a date as people type it into `YYYY-MM-DD`; null: no such day exists. */
export function dayOf(text: string): string | null {
  const typed = plainTyped(text) ?? '';
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(typed)) return null;
  const at = new Date(`${typed}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(typed) ? typed : null;
}

/** Reads an amount as people type it; `currency` applies when they name none. Null when they typed nothing. */
export function readMoney(
  values: ViewValues,
  block: string,
  currency: string,
  { zero = false }: { readonly zero?: boolean } = {},
): Read<Money | null> {
  const text = readText(values, block);
  if (text === null) return valid(null);
  const parsed = parseMoney(text, currency, { zero });
  return parsed.ok ? valid(parsed.money) : fault(block, amountProblem(parsed.problem));
}

/**
 * The question at the field of a cost in another currency than the worth of its deal, with which people and limits compare
 * it; null: there is none.
 */
export function otherCurrency(cost: Money, worth: Money | null): string | null {
  if (worth === null || cost.minor === 0 || cost.currency === worth.currency) return null;
  return `This deal is in ${worth.currency}. About how much is ${formatMoney(cost)} in ${worth.currency}? Type it like 4,000.`;
}

/** The value of the chosen option; null: none. */
export function readOption(values: ViewValues, block: string): string | null {
  return valueAt(values, block)?.selected_option?.value ?? null;
}

/** The chosen option, if it is one of `known`; else null. */
export function readOneOf<T extends string>(
  values: ViewValues,
  block: string,
  known: readonly T[],
): T | null {
  const chosen = readOption(values, block);
  return known.find((it) => it === chosen) ?? null;
}

/** The values of the chosen options. */
export function readOptions(values: ViewValues, block: string): string[] {
  return (valueAt(values, block)?.selected_options ?? []).map((option) => option.value);
}

/** `YYYY-MM-DD`; null: none. */
export function readDate(values: ViewValues, block: string): string | null {
  return dayOf(valueAt(values, block)?.selected_date ?? '');
}

/** Ms UTC; null: none. */
export function readMoment(values: ViewValues, block: string): number | null {
  const at = valueAt(values, block)?.selected_date_time;
  return at === null || at === undefined ? null : at * 1000;
}

/** Minutes from midnight; null: none. */
export function readTime(values: ViewValues, block: string): number | null {
  const [, hours, minutes] = /^(\d{2}):(\d{2})$/u.exec(valueAt(values, block)?.selected_time ?? '') ?? [];
  return hours === undefined || minutes === undefined ? null : Number(hours) * 60 + Number(minutes);
}

/** User id; null: nobody. */
export function readPerson(values: ViewValues, block: string): string | null {
  return valueAt(values, block)?.selected_user ?? null;
}

/** User ids, each once. */
export function readPeople(values: ViewValues, block: string): string[] {
  return [...new Set(valueAt(values, block)?.selected_users ?? [])];
}

/** Channel id; null: none. */
export function readChannel(values: ViewValues, block: string): string | null {
  return valueAt(values, block)?.selected_conversation ?? null;
}

/** The field in a submission's values for each `initial_…` of an element. */
export const INITIALS: Readonly<Record<string, keyof ViewValue>> = {
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

/** The initial values of a screen, as if somebody had submitted it untouched. */
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

// `AnyBlock` also includes kinds of blocks that we do not know, so its type alone does not tell inputs apart.
export const isInput = (block: AnyBlock): block is InputBlock => block.type === 'input' && 'element' in block;
