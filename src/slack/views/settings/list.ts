/** A list in the settings, page by page, with a button to open each entry. */
import type { AnyBlock, ModalView } from '@slack/types';
import type { TeamSettings } from '../../../coach/settings/settingsSchema';
import { ACTIONS, VIEWS } from '../../ids';
import { buttons, line, type Part, rich } from '../../text';
import { pageAfter, pageBefore, quiet, within } from '../blocks';
import { modal } from '../modal';
import type { FormContext } from './form';
import type { FormId, ListId } from './screenIds';

export interface SettingsList {
  readonly title: string;
  readonly intro: string;
  readonly empty: string;
  readonly add: string;
  readonly form: FormId;
  entries(settings: TeamSettings, context: FormContext): readonly ListEntry[];
  /** The settings without an entry; null: nobody removes entries of this list. */
  without(settings: TeamSettings, entry: string): Partial<TeamSettings> | null;
}

export interface ListEntry {
  readonly id: string;
  /** Tells its buttons from those of others for people who hear the screen; it holds no mention, which is not read. */
  readonly name: string;
  readonly lines: readonly (readonly Part[])[];
  /** The question before a person removes it, with the consequence; null: nobody can remove it. */
  readonly removal: string | null;
}

/** Each entry takes two of Slack's 100 blocks. */
const PER_PAGE = 40;

export function listView(
  id: ListId,
  list: SettingsList,
  settings: TeamSettings,
  context: FormContext,
  page = 0,
): ModalView {
  const entries = list.entries(settings, context);
  const pages = Math.ceil(entries.length / PER_PAGE);
  const at = within(page, pages);
  const turn = { action: ACTIONS.settingsList, page: at, more: at < pages - 1, ref: { section: id } };
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
      ...pageBefore('Earlier', turn),
      ...pageAfter('More', turn),
    ],
  });
}

function entryBlocks(id: ListId, list: SettingsList, entry: ListEntry): AnyBlock[] {
  return [
    rich(...entry.lines.map((parts) => line(...parts))),
    buttons(
      {
        action: ACTIONS.settingsForm,
        label: 'Change',
        ref: { section: list.form, item: entry.id },
        about: entry.name,
      },
      ...(entry.removal === null
        ? []
        : [
            {
              action: ACTIONS.settingsRemove,
              label: 'Remove',
              about: entry.name,
              ref: { section: id, item: entry.id },
              confirm: { title: 'Remove this?', text: entry.removal, yes: 'Remove' },
            },
          ]),
    ),
  ];
}
