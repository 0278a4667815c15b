/** Screens that keep their inputs while a person types. */
import type { InputBlock, InputBlockElement, ModalView, Option } from '@slack/types';
import * as z from 'zod';
import { clip } from '../../deal/model/typed';
import { ACTIONS } from '../ids';
import { wellFormed } from '../text';
import { INITIALS, isInput, type ViewValue, type ViewValues } from './values';

/** The same screen; Slack reports each keystroke and choice in its inputs. */
export const keptWhileTyped = (view: ModalView): ModalView =>
  withInputs(view, (block) => ({ ...block, dispatch_action: true, element: reportingKeys(block.element) }));

const reportingKeys = (element: InputBlockElement): InputBlockElement =>
  element.type === 'plain_text_input'
    ? { ...element, dispatch_action_config: { trigger_actions_on: ['on_character_entered'] } }
    : element;

const option = z.object({ value: z.string() });
const value = z.object({
  value: z.string().nullable().exactOptional(),
  selected_date: z.string().nullable().exactOptional(),
  selected_date_time: z.number().nullable().exactOptional(),
  selected_time: z.string().nullable().exactOptional(),
  selected_user: z.string().nullable().exactOptional(),
  selected_users: z.array(z.string()).exactOptional(),
  selected_conversation: z.string().nullable().exactOptional(),
  selected_option: option.nullable().exactOptional(),
  selected_options: z.array(option).exactOptional(),
});
const values = z.record(z.string(), z.record(z.string(), value));

/** A person's inputs without Slack's additions; null when the screen has no form that we know. */
export function draftOf(given: unknown) {
  const parsed = values.safeParse(given);
  return parsed.success ? parsed.data : null;
}

/** The same screen with the person's draft. Inputs that the draft does not name stay as they are. */
export const withDraft = (view: ModalView, draft: ViewValues): ModalView =>
  withInputs(view, (block) => {
    const typed = draft[block.block_id ?? '']?.[ACTIONS.input];
    return typed === undefined ? block : { ...block, element: filled(block.element, typed) };
  });

function filled(element: InputBlockElement, typed: ViewValue): InputBlockElement {
  const bare = Object.entries(element).filter(([name]) => INITIALS[name] === undefined);
  const initials = Object.entries(INITIALS).flatMap(([name, key]) => {
    const initial = initialOf(element, typed[key]);
    return initial === null ? [] : [[name, initial] as const];
  });
  return Object.fromEntries([...bare, ...initials]) as unknown as InputBlockElement;
}

/** The draft's value, if the input still takes it; null: none. */
function initialOf(element: InputBlockElement, typed: ViewValue[keyof ViewValue]): unknown {
  if (typed === undefined || typed === null || typed === '') return null;
  if (typeof typed === 'string') {
    const max = 'max_length' in element ? element.max_length : undefined;
    return wellFormed(max === undefined ? typed : clip(typed, max));
  }
  if (typeof typed === 'number') return typed;
  const offered = offeredIn(element);
  if ('value' in typed) return offered.find((it) => it.value === typed.value) ?? null;
  const chosen = typed.flatMap<unknown>((one) =>
    typeof one === 'string' ? [one] : offered.filter((it) => it.value === one.value),
  );
  return chosen.length === 0 ? null : chosen;
}

/** The options of a menu, of its groups too. */
function offeredIn(element: InputBlockElement): readonly Option[] {
  const options = 'options' in element ? (element.options ?? []) : [];
  const groups = 'option_groups' in element ? (element.option_groups ?? []) : [];
  return [...options, ...groups.flatMap((group) => group.options)];
}

const withInputs = (view: ModalView, change: (block: InputBlock) => InputBlock): ModalView => ({
  ...view,
  blocks: view.blocks.map((block) => (isInput(block) ? change(block) : block)),
});
