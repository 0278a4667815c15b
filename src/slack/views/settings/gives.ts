/** Offers that reps may give on a call without asking. Admins set them for any team, managers for their own. */
import type { Give, TeamSettings } from '../../../coach/settings/settingsSchema';
import { fieldId } from '../../ids';
import { cut } from '../../text';
import { amountField, dateField, selectField, textField } from '../fields';
import { giveLimits } from '../offers';
import {
  fault,
  readDate,
  readMoney,
  readNumber,
  readOption,
  readText,
  required,
  together,
  valid,
} from '../values';
import { type SettingsForm, withEntry } from './form';
import type { SettingsList } from './list';
import { reasonsOf } from './reasons';

export const GIVE = {
  terms: fieldId('give_terms'),
  inReturn: fieldId('give_in_return'),
  reason: fieldId('give_reason'),
  team: fieldId('give_team'),
  cost: fieldId('give_cost'),
  worth: fieldId('give_worth'),
  until: fieldId('give_until'),
  times: fieldId('give_times'),
} as const;

/** In place of a team's id: everybody's reps. */
const ALL_TEAMS = 'all';
/** As long as a line that is read out. */
const TERMS_MAX = 300;

const TIMES = { decimals: 0, min: 1, max: 999, message: 'Type how often, such as 3.' } as const;

type GiveValue = Omit<Give, 'id' | 'by'>;

export const giveForm: SettingsForm<GiveValue> = {
  title: 'Pre-approved',
  newTitle: 'Pre-approve an offer',
  of(settings, item) {
    const found = settings.gives.find(({ id }) => id === item);
    if (found === undefined) return null;
    const { id: _id, by: _by, ...value } = found;
    return value;
  },
  blocks: (give, settings, context) => {
    const reasons = reasonsOf(settings, context).filter(({ id, retired }) => !retired || id === give?.reason);
    const teams = settings.teams.map(({ id, name }) => ({ value: id, label: name }));
    const { currency } = settings;
    return [
      textField({
        block: GIVE.terms,
        label: "Here's what we can do for you: …",
        hint: "Finish the rep's line, as they'll say it to the customer.",
        placeholder: '60 days to pay',
        required: true,
        initial: give?.terms,
        max: TERMS_MAX,
      }),
      textField({
        block: GIVE.inReturn,
        label: "In return, we'd need …",
        initial: give?.inReturn,
        max: TERMS_MAX,
      }),
      selectField({
        block: GIVE.reason,
        label: 'For which loss reason?',
        required: true,
        initial: give?.reason,
        options: reasons.map(({ id, label }) => ({ value: id, label })),
      }),
      selectField({
        block: GIVE.team,
        label: 'Whose reps?',
        required: true,
        initial: give === null ? undefined : (give.team ?? ALL_TEAMS),
        options: [...(context.isAdmin ? [{ value: ALL_TEAMS, label: 'All reps' }] : []), ...teams],
      }),
      amountField({
        block: GIVE.cost,
        label: 'What does it cost us at most?',
        hint: "Counts against the limit of whoever saves this, if they have one. Reps don't see it.",
        initial: give?.cost,
        currency,
        example: '4,000',
      }),
      amountField({
        block: GIVE.worth,
        label: 'Only for deals worth up to',
        initial: give?.worthUpTo,
        currency,
      }),
      dateField({ block: GIVE.until, label: 'Until', initial: give?.until }),
      textField({
        block: GIVE.times,
        label: 'How often a quarter?',
        hint: 'All these reps together. Leave it empty for any number of times.',
        placeholder: '3',
        initial: give?.perQuarter == null ? null : String(give.perQuarter),
      }),
    ];
  },
  read(values, { currency }) {
    const team = readOption(values, GIVE.team);
    return together<GiveValue>({
      terms: required(readText(values, GIVE.terms, TERMS_MAX), GIVE.terms, 'Type what they may offer.'),
      inReturn: valid(readText(values, GIVE.inReturn, TERMS_MAX)),
      reason: required(readOption(values, GIVE.reason), GIVE.reason, 'Pick a loss reason.'),
      team: team === null ? fault(GIVE.team, 'Pick whose reps.') : valid(team === ALL_TEAMS ? null : team),
      cost: readMoney(values, GIVE.cost, currency, { zero: true }),
      worthUpTo: readMoney(values, GIVE.worth, currency),
      until: valid(readDate(values, GIVE.until)),
      perQuarter: readNumber(values, GIVE.times, TIMES),
    });
  },
  put({ gives }, item, value, { newId, savedBy }) {
    const give: Give = { id: item ?? newId, by: savedBy, ...value };
    return valid({ gives: withEntry(gives, ({ id }) => id === item, give) });
  },
};

export const givesList: SettingsList = {
  title: 'Pre-approved',
  intro: 'What reps may offer on a call without asking. It counts as the yes of whoever saved it last.',
  empty: 'Reps ask about everything.',
  add: 'Pre-approve an offer',
  form: 'give',
  entries: (settings, context) =>
    settings.gives.map((give) => {
      const reason = reasonsOf(settings, context).find(({ id }) => id === give.reason)?.label ?? give.reason;
      const limits = giveLimits(give);
      return {
        id: give.id,
        name: cut(give.terms, 60),
        lines: [
          [{ bold: reason }, `: ${cut(give.terms, 200)}${limits === '' ? '' : `, ${limits}`}.`],
          [teamName(settings, give), '. ', { user: give.by }, ' said yes.'],
        ],
        removal: 'Reps then ask for it again.',
      };
    }),
  without: ({ gives }, entry) => ({ gives: gives.filter(({ id }) => id !== entry) }),
};

const teamName = ({ teams }: TeamSettings, { team }: Give): string =>
  team === null ? 'All reps' : (teams.find(({ id }) => id === team)?.name ?? "A team that's gone");

/** The settings as the manager of some teams sees them here: those teams alone. */
export function ofManager(settings: TeamSettings, manager: string): TeamSettings {
  const teams = settings.teams.filter((team) => team.manager === manager);
  return {
    ...settings,
    teams,
    gives: settings.gives.filter(({ team }) => teams.some(({ id }) => id === team)),
  };
}
