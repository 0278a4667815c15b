import type { Option } from '@slack/types';
import type { ElementState } from '../../../src/protocol';
import { type Choice, choiceOf } from './choices';

const optionValue = (option: unknown): string | null =>
  typeof option === 'object' && option !== null && 'value' in option && typeof option.value === 'string'
    ? option.value
    : null;

/** The value or id of a single choice. Null without a choice. */
export function pickedOne(state: ElementState): string | null {
  return (
    optionValue(state.selected_option) ??
    state.selected_user ??
    state.selected_conversation ??
    state.selected_channel ??
    null
  );
}

/** The values or ids of a multiple choice. */
export function pickedMany(state: ElementState): readonly string[] {
  if (state.selected_options !== undefined)
    return state.selected_options.map(optionValue).filter((value) => value !== null);
  return state.selected_users ?? state.selected_conversations ?? state.selected_channels ?? [];
}

const isOption = (option: unknown): option is Option =>
  optionValue(option) !== null && typeof option === 'object' && option !== null && 'text' in option;

/** The app's own options that are chosen. */
export const pickedOptions = (state: ElementState): readonly Choice[] =>
  [state.selected_option, ...(state.selected_options ?? [])]
    .filter(isOption)
    .map((option) => choiceOf(option));

const optionOf = (choice: Choice | null): Option | null => choice?.option ?? null;

/** The state of a single choice. Null clears it. */
export function withOne(type: string, choice: Choice | null): ElementState {
  switch (type) {
    case 'users_select':
      return { type, selected_user: choice?.value ?? null };
    case 'conversations_select':
      return { type, selected_conversation: choice?.value ?? null };
    case 'channels_select':
      return { type, selected_channel: choice?.value ?? null };
    default:
      return { type, selected_option: optionOf(choice) };
  }
}

/** The state of a multiple choice. */
export function withMany(type: string, choices: readonly Choice[]): ElementState {
  const values = choices.map((choice) => choice.value);
  switch (type) {
    case 'multi_users_select':
      return { type, selected_users: values };
    case 'multi_conversations_select':
      return { type, selected_conversations: values };
    case 'multi_channels_select':
      return { type, selected_channels: values };
    default:
      return { type, selected_options: choices.map(optionOf) };
  }
}
