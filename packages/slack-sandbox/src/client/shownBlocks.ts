import { elementsOf, flatBlocks, optionsOf } from '../blockkit/walk';
import { SandboxError } from '../errors';
import { isObject, type JsonObject, objectsOf, stringOf } from '../json';
import type { ElementState, StateValues } from '../protocol';

import { type InputValue, stateFor } from './inputStates';
import { type Filled, renderBlocks } from './render/blocks';
import type { Reader } from './render/reader';
import { renderText } from './render/text';

/** Chooses among controls with the same label: the first at or below the text `near`, or the n-th, from 0. */
export interface Which {
  readonly near?: string;
  readonly nth?: number;
}

export interface Target {
  readonly blockId: string;
  readonly actionId: string;
  /** The new state, if the click chooses something. */
  readonly element?: ElementState;
}

interface Control {
  readonly label: string;
  readonly block: JsonObject;
  readonly element: JsonObject;
  readonly index: number;
}

/** Words to look for: a part of the text, or a pattern. */
export type Words = string | RegExp;

export function hasWords(text: string, words: Words): boolean {
  return typeof words === 'string' ? text.includes(words) : words.test(text);
}

/** Blocks as one person sees them. Finds inputs and controls by their visible labels. */
export class ShownBlocks {
  constructor(
    readonly reader: Reader,
    readonly blocks: readonly JsonObject[],
    readonly filled: Filled = { state: {}, errors: {} },
    /** Options of external menus, by block id and action id. */
    private readonly offers: ReadonlyMap<string, readonly JsonObject[]> = new Map(),
  ) {}

  text(): string {
    return renderBlocks(this.reader, this.blocks, this.filled);
  }

  buttons(): readonly string[] {
    return this.controls(isButton).map((control) => control.label);
  }

  /** Labels of the inputs, in reading order. */
  inputs(): readonly string[] {
    return this.controls(isInput).map((control) => control.label);
  }

  /** Labels of the options of an input; without a label, those of all overflow menus. */
  options(label?: string): readonly string[] {
    const controls =
      label === undefined ? this.controls((element) => element.type === 'overflow') : [this.input(label)];
    return controls.flatMap(({ element }) => optionsOf(element).map((option) => this.say(option.text)));
  }

  /** The file_input of this label. @throws SandboxError not_visible if the input takes no files */
  fileInput(label: string): Target & { readonly current: readonly unknown[] } {
    const { block, element } = this.input(label);
    if (element.type !== 'file_input') throw this.notVisible(`"${label}" takes no files`);
    const [blockId, actionId] = [stringOf(block.block_id) ?? '', stringOf(element.action_id) ?? ''];
    return { blockId, actionId, current: this.filled.state[blockId]?.[actionId]?.files ?? [] };
  }

  /**
   * The external menu of this label; undefined if the input is no external menu. @throws SandboxError not_visible if
   * there is no such input
   */
  externalMenu(label: string): Target | undefined {
    const { block, element } = this.input(label);
    if (element.type !== 'external_select' && element.type !== 'multi_external_select') return undefined;
    return { blockId: stringOf(block.block_id) ?? '', actionId: stringOf(element.action_id) ?? '' };
  }

  /** The same blocks, with these options in an external menu. */
  withOptions({ blockId, actionId }: Target, options: readonly JsonObject[]): ShownBlocks {
    const offers = new Map(this.offers).set(`${blockId} ${actionId}`, options);
    return new ShownBlocks(this.reader, this.blocks, this.filled, offers);
  }

  /** The value of an input in words: an option's label, a person's handle, a date. Null if it is empty. */
  value(label: string): InputValue {
    const { block, element } = this.input(label);
    const state = this.filled.state[stringOf(block.block_id) ?? '']?.[stringOf(element.action_id) ?? ''];
    if (state === undefined) return null;
    if (isObject(state.selected_option)) return this.say(state.selected_option.text);
    if (Array.isArray(state.selected_options))
      return objectsOf(state.selected_options).map((option) => this.say(option.text));
    if (state.files !== undefined) return objectsOf(state.files).map((file) => String(file.name));
    const name = (id: string) => this.reader.people.get(id)?.name ?? this.reader.channels.get(id) ?? id;
    const id = state.selected_user ?? state.selected_conversation ?? state.selected_channel;
    if (typeof id === 'string') return name(id);
    const ids = state.selected_users ?? state.selected_conversations ?? state.selected_channels;
    if (ids !== undefined) return ids.map(name);
    return state.value ?? state.selected_date ?? state.selected_time ?? state.selected_date_time ?? null;
  }

  errors(): Readonly<Record<string, string>> {
    const labels = new Map(
      flatBlocks(this.blocks).map((block) => [stringOf(block.block_id) ?? '', this.say(block.label)]),
    );
    return Object.fromEntries(
      Object.entries(this.filled.errors).map(([id, text]) => [labels.get(id) ?? id, text]),
    );
  }

  /** States of inputs, by their labels. `chosen` has the choices outside of input blocks, which each take a click. */
  fill(values: Readonly<Record<string, InputValue>>): {
    readonly typed: StateValues;
    readonly chosen: readonly Target[];
  } {
    const typed: Record<string, Record<string, ElementState>> = {};
    const chosen: Target[] = [];
    for (const [label, value] of Object.entries(values)) {
      const { block, element } = this.input(label);
      const blockId = stringOf(block.block_id) ?? '';
      const actionId = stringOf(element.action_id) ?? '';
      const state = stateFor(this.reader, element, value, label, (what) => this.notVisible(what));
      if (block.type === 'input') typed[blockId] = { ...typed[blockId], [actionId]: state };
      else chosen.push({ blockId, actionId, element: state });
    }
    return { typed, chosen };
  }

  /**
   * The element that a click on this label hits: a button, an entry of an overflow menu, or an option of a menu or
   * list.
   */
  find(label: Words, which: Which = {}): Target {
    const matches = (text: string) => (typeof label === 'string' ? text === label : label.test(text));
    const hits: { readonly target: Target; readonly index: number }[] = [];
    for (const { block, element, label: shown, index } of this.controls(() => true)) {
      const at = { blockId: stringOf(block.block_id) ?? '', actionId: stringOf(element.action_id) ?? '' };
      if (isButton(element)) {
        if (matches(shown)) hits.push({ target: at, index });
        continue;
      }
      for (const button of objectsOf([element.positive_button, element.negative_button])) {
        const pressed = { type: String(element.type), value: stringOf(button.value) ?? null };
        if (matches(this.say(button.text))) hits.push({ target: { ...at, element: pressed }, index });
      }
      for (const option of optionsOf(element)) {
        if (matches(this.say(option.text)))
          hits.push({ target: { ...at, element: this.choose(block, element, option) }, index });
      }
    }
    const from = which.near === undefined ? 0 : this.blockWith(which.near);
    const reachable = hits.filter((hit) => hit.index >= from);
    const hit = reachable[which.nth ?? 0];
    if (hit === undefined) throw this.notVisible(`nothing to click is called ${String(label)}`);
    if (reachable.length > 1 && which.nth === undefined && which.near === undefined) {
      throw this.notVisible(
        `${reachable.length} things are called ${String(label)}: say which, with {near} or {nth}`,
      );
    }
    return hit.target;
  }

  private say(text: unknown): string {
    return renderText(this.reader, text);
  }

  private notVisible(what: string): SandboxError {
    return new SandboxError('not_visible', `${what}. Visible:\n${this.text()}`);
  }

  private blockWith(text: string): number {
    const index = flatBlocks(this.blocks).findIndex((block) =>
      renderBlocks(this.reader, [block]).includes(text),
    );
    if (index < 0) throw this.notVisible(`no block says "${text}"`);
    return index;
  }

  private controls(wanted: (element: JsonObject) => boolean): readonly Control[] {
    return flatBlocks(this.blocks).flatMap((block, index) =>
      elementsOf(block)
        .filter(wanted)
        .map((element) => ({
          block,
          element: this.offered(block, element),
          index,
          label: this.labelOf(block, element),
        })),
    );
  }

  private offered(block: JsonObject, element: JsonObject): JsonObject {
    const options = this.offers.get(`${String(block.block_id)} ${String(element.action_id)}`);
    return options === undefined ? element : { ...element, options };
  }

  private labelOf(block: JsonObject, element: JsonObject): string {
    if (element.text !== undefined) return this.say(element.text);
    if (block.type === 'input') return this.say(block.label);
    if (block.type === 'section') return this.say(block.text);
    return this.say(element.placeholder) || (stringOf(element.action_id) ?? '');
  }

  private input(label: string): Control {
    const inputs = this.controls(isInput);
    const found = inputs.filter((control) => control.label === label);
    const [only] = found.length > 0 ? found : inputs.filter((control) => control.label.startsWith(label));
    if (only === undefined)
      throw this.notVisible(
        `no input is called "${label}" (there are: ${this.inputs().join(', ') || 'none'})`,
      );
    return only;
  }

  private choose(block: JsonObject, element: JsonObject, option: JsonObject): ElementState {
    const type = String(element.type);
    if (!['checkboxes', 'multi_static_select', 'multi_external_select'].includes(type))
      return { type, selected_option: option };
    const current = this.filled.state[stringOf(block.block_id) ?? '']?.[stringOf(element.action_id) ?? ''];
    const before = objectsOf(current?.selected_options ?? element.initial_options);
    const without = before.filter((other) => other.value !== option.value);
    return { type, selected_options: without.length < before.length ? without : [...before, option] };
  }
}

function isButton(element: JsonObject): boolean {
  return ['button', 'workflow_button', 'icon_button'].includes(String(element.type));
}

function isInput(element: JsonObject): boolean {
  return !isButton(element) && !['image', 'overflow', 'feedback_buttons'].includes(String(element.type));
}
