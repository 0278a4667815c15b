/** All settings, by screen. */
import { calendarForm } from './calendar';
import { decidingForm } from './deciding';
import { digestForm } from './digest';
import { followingForm } from './following';
import type { SettingsForm } from './form';
import { giveForm, givesList } from './gives';
import { defaultLimitForm, limitForm, limitsList } from './limits';
import type { SettingsList } from './list';
import { ratesForm } from './rates';
import { reasonForm, reasonsList } from './reasons';
import { FORM_IDS, type FormId, LIST_IDS, type ListId } from './screenIds';
import { standInForm, standInsList } from './standIns';
import { teamForm, teamsList } from './teams';
import { adminsForm, threadsForm } from './visibility';

const FORMS = {
  team: teamForm,
  threads: threadsForm,
  limit: limitForm,
  default_limit: defaultLimitForm,
  give: giveForm,
  stand_in: standInForm,
  deciding: decidingForm,
  calendar: calendarForm,
  following: followingForm,
  rates: ratesForm,
  digest: digestForm,
  reason: reasonForm,
  admins: adminsForm,
} as const satisfies Record<FormId, unknown>;

export const LISTS: Readonly<Record<ListId, SettingsList>> = {
  teams: teamsList,
  limits: limitsList,
  gives: givesList,
  stand_ins: standInsList,
  reasons: reasonsList,
};

/** Null when this release has no such screen. */
export function formOf(id: string | undefined): SettingsForm | null {
  const known = FORM_IDS.find((it) => it === id);
  // Each form reads only its own layout, so values of two forms never mix.
  return known === undefined ? null : (FORMS[known] as unknown as SettingsForm);
}

export function listIdOf(id: string | undefined): ListId | null {
  return LIST_IDS.find((it) => it === id) ?? null;
}

/** The list that holds the entries of a form. */
export function listOfForm(id: string): ListId | null {
  return LIST_IDS.find((list) => LISTS[list].form === id) ?? null;
}
