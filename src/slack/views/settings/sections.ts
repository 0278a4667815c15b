/** Everything that can be set, by the screen it is set on. */
import { adminsForm } from './admins';
import { calendarForm } from './calendar';
import { decidingForm } from './deciding';
import { followingForm } from './following';
import type { SettingsForm } from './form';
import { limitForm, limitsList } from './limits';
import type { SettingsList } from './list';
import { reasonForm, reasonsList } from './reasons';
import { standInForm, standInsList } from './standIns';
import { teamForm, teamsList } from './teams';
import { threadsForm } from './threads';

export const FORMS = {
  team: teamForm,
  threads: threadsForm,
  limit: limitForm,
  stand_in: standInForm,
  deciding: decidingForm,
  calendar: calendarForm,
  following: followingForm,
  reason: reasonForm,
  admins: adminsForm,
} as const;
export type FormId = keyof typeof FORMS;

export const LISTS = {
  teams: teamsList,
  limits: limitsList,
  stand_ins: standInsList,
  reasons: reasonsList,
} as const satisfies Record<string, SettingsList>;
export type ListId = keyof typeof LISTS;

/** Null when there is no such screen (any more). */
export function formOf(id: string | undefined): SettingsForm | null {
  // Each form reads what it has laid out itself, so their values never mix.
  return id !== undefined && Object.hasOwn(FORMS, id)
    ? (FORMS[id as FormId] as unknown as SettingsForm)
    : null;
}

export function listIdOf(id: string | undefined): ListId | null {
  return id !== undefined && Object.hasOwn(LISTS, id) ? (id as ListId) : null;
}

/** The list in which entries of a form stand. */
export function listOfForm(id: string): ListId | null {
  return (Object.keys(LISTS) as ListId[]).find((list) => LISTS[list].form === id) ?? null;
}
