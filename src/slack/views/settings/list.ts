/** A list in the settings, page by page: each entry with its way in. */
import type { AnyBlock, ModalView } from '@slack/types';
import type { TeamSettings } from '../../../coach/settings/settingsSchema';
import { ACTIONS, VIEWS } from '../../ids';
import { type ButtonOptions, buttons, line, type Part, rich } from '../../text';
import { modal } from '../modal';
import { quiet } from '../small';
import type { FormContext } from './form';
import type { FormId, ListId } from './names';

export interface SettingsList {
  readonly title: string;
  readonly intro: string;
  readonly empty: string;
  readonly add: string;
  readonly form: FormId;
  entries(settings: TeamSettings, context: FormContext): readonly ListEntry[];
  /** The settings without an entry; null: entries of this list are not removed. */
  without(settings: TeamSettings, entry: string): Partial<TeamSettings> | null;
}

export interface ListEntry {
  readonly id: string;
  readonly lines: readonly (readonly Part[])[];
  /** What removing it means, asked before; null: it cannot be removed. */
  readonly removal: string | null;
}

/** Two blocks an entry, within Slack's 100. */
const PER_PAGE = 40;

export function listView(
  id: ListId,
  list: SettingsList,
  settings: TeamSettings,
  context: FormContext,
  page = 0,
): ModalView {
  const entries = list.entries(settings, context);
  const pages = Math.max(1, Math.ceil(entries.length / PER_PAGE));
  const at = Math.min(Math.max(page, 0), pages - 1);
  const turn = (label: string, to: number): ButtonOptions => ({
    action: ACTIONS.settingsList,
    label,
    ref: { section: id, page: to },
  });
  const turns = [
    ...(at > 0 ? [turn('Earlier', at - 1)] : []),
    ...(at < pages - 1 ? [turn('More', at + 1)] : []),
  ];
  return modal({
    id: VIEWS.settingsList,
    title: list.title,
    close: 'Back',
    ref: { section: id, page: at },
    blocks: [
      quiet(list.intro),
      ...entries.slice(at * PER_PAGE, (at + 1) * PER_PAGE).flatMap((entry) => entryBlocks(id, list, entry)),
      ...(entries.length === 0 ? [quiet(list.empty)] : []),
      buttons({
        action: ACTIONS.settingsForm,
        label: list.add,
        ref: { section: list.form },
        style: 'primary',
      }),
      // In a row of their own: buttons of one row may not share an id.
      ...turns.map((button) => buttons(button)),
    ],
  });
}

function entryBlocks(id: ListId, list: SettingsList, entry: ListEntry): AnyBlock[] {
  return [
    rich(...entry.lines.map((parts) => line(...parts))),
    buttons(
      { action: ACTIONS.settingsForm, label: 'Change', ref: { section: list.form, item: entry.id } },
      ...(entry.removal === null
        ? []
        : [
            {
              action: ACTIONS.settingsRemove,
              label: 'Remove',
              ref: { section: id, item: entry.id },
              confirm: { title: 'Remove this?', text: entry.removal, yes: 'Remove' },
            },
          ]),
    ),
  ];
}
