/**
 * One screen of the settings: its inputs, their values, and the settings they lead to. Pure. A screen changes only the
 * fields that its person changed: somebody else may have changed the others meanwhile.
 */
import type { AnyBlock, ModalView } from '@slack/types';
import type { TeamSettings } from '../../../coach/settings/settingsSchema';
import { VIEWS } from '../../ids';
import { quiet } from '../blocks';
import { modal } from '../modal';
import type { Read, ViewValues } from '../values';

export interface FormContext {
  /** Ids for what is new. */
  readonly newId: string;
  /** The person who looks at it, and saves it. */
  readonly savedBy: string;
  /** ms UTC */
  readonly now: number;
  /** False: the manager of a team, who sees what concerns their own teams. */
  readonly isAdmin: boolean;
  /** Reasons of the playbooks, while the team has none of its own. */
  readonly reasons: readonly { readonly id: string; readonly label: string }[];
}

/** The change to the settings, or the errors by block id. */
export type Put = Read<Partial<TeamSettings>>;

export interface SettingsForm<T extends object = object> {
  readonly title: string;
  readonly newTitle?: string;
  /** The current value; null: this entry of a list does not exist, or not any more. */
  of(settings: TeamSettings, item: string | null, context: FormContext): T | null;
  /** `value` null: an empty screen for a new entry. */
  blocks(value: T | null, settings: TeamSettings, context: FormContext): readonly AnyBlock[];
  read(values: ViewValues, settings: TeamSettings): Read<T>;
  /** The settings with this value; `item` null: a new entry. */
  put(settings: TeamSettings, item: string | null, value: T, context: FormContext): Put;
}

/** A screen; each of `notes`, by block id, stands beneath its input. */
export function formView<T extends object>(
  id: string,
  form: SettingsForm<T>,
  settings: TeamSettings,
  item: string | null,
  context: FormContext,
  notes: Readonly<Record<string, string>> = {},
): ModalView {
  const value = item === null && form.newTitle !== undefined ? null : form.of(settings, item, context);
  return modal({
    id: VIEWS.settingsForm,
    title: value === null ? (form.newTitle ?? form.title) : form.title,
    submit: 'Save',
    ref: { section: id, ...(item === null ? {} : { item: item }) },
    blocks: form.blocks(value, settings, context).flatMap((block): AnyBlock[] => {
      const note = block.block_id === undefined ? undefined : notes[block.block_id];
      return note === undefined ? [block] : [block, quiet(note)];
    }),
  });
}

/** `now` with the differences between `shown` and `typed`. Without `now` or `shown` it is `typed`. */
export function merged<T extends object>(now: T | null, shown: T | null, typed: T): T {
  if (now === null || shown === null) return typed;
  const changed = Object.entries(typed).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(shown[key as keyof T]),
  );
  return { ...now, ...(Object.fromEntries(changed) as Partial<T>) };
}

/** A list with `value` in the place of its entry, or at the end when the entry is new. */
export function withEntry<T>(list: readonly T[], isEntry: (it: T) => boolean, value: T): T[] {
  return list.some(isEntry) ? list.map((it) => (isEntry(it) ? value : it)) : [...list, value];
}
