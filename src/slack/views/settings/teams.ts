/** Teams: reps, the manager who decides about their deals, and the channel of their threads. */
import type { SalesTeam } from '../../../coach/settings/settingsSchema';
import { fieldId } from '../../ids';
import { personField, readPerson, readText, textField } from '../form';
import { channelField, peopleField, readChannel, readPeople } from '../pickers';
import { Reading, type SettingsForm } from './form';
import type { SettingsList } from './list';
import { channelParts, peopleParts } from './words';

export const TEAM = {
  name: fieldId('team_name'),
  channel: fieldId('team_channel'),
  manager: fieldId('team_manager'),
  reps: fieldId('team_reps'),
} as const;

const NAME_MAX = 60;

type TeamValue = Omit<SalesTeam, 'id'>;

export const teamForm: SettingsForm<TeamValue> = {
  title: 'Team',
  newTitle: 'New team',
  of(settings, item) {
    const team = settings.teams.find(({ id }) => id === item);
    return team === undefined ? null : withoutId(team);
  },
  blocks: (team) => [
    textField({ block: TEAM.name, label: 'Name', required: true, initial: team?.name, max: NAME_MAX }),
    personField({
      block: TEAM.manager,
      label: 'Manager',
      hint: 'Decides about the deals of these reps, unless a rep names somebody else.',
      initial: team?.manager ?? null,
    }),
    peopleField({
      block: TEAM.reps,
      label: 'Reps',
      hint: 'A rep is in one team.',
      initial: team?.reps ?? [],
    }),
    channelField({
      block: TEAM.channel,
      label: 'Channel for their threads',
      hint: 'None: the channel of the workspace. Threads that have begun stay where they are.',
      initial: team?.channel ?? null,
    }),
  ],
  read(values) {
    const reading = new Reading();
    const name = readText(values, TEAM.name);
    if (name === null) reading.fail(TEAM.name, 'Please give the team a name.');
    const manager = readPerson(values, TEAM.manager);
    const reps = readPeople(values, TEAM.reps);
    return reading.done({ name: name ?? '', manager, reps, channel: readChannel(values, TEAM.channel) });
  },
  put({ teams, ownManagerAllowed }, item, value, { newId }) {
    const others = teams.filter(({ id }) => id !== item);
    const reading = new Reading();
    const sameName = others.some(({ name }) => name.toLowerCase() === value.name.toLowerCase());
    if (sameName)
      reading.fail(TEAM.name, `There is a team “${value.name}” already. Please choose another name.`);
    const taken = others.find(({ reps }) => reps.some((rep) => value.reps.includes(rep)));
    if (taken !== undefined) {
      reading.fail(
        TEAM.reps,
        `One of them is in the team “${taken.name}” already. Take them out there first.`,
      );
    }
    if (!ownManagerAllowed && value.manager !== null && value.reps.includes(value.manager)) {
      reading.fail(TEAM.reps, 'The manager cannot be a rep of the same team. Take them out of the reps.');
    }
    if (Object.keys(reading.errors).length > 0) return { ok: false, errors: reading.errors };
    const team = { id: item ?? newId, ...value };
    const known = teams.some(({ id }) => id === item);
    return {
      ok: true,
      patch: { teams: known ? teams.map((it) => (it.id === item ? team : it)) : [...teams, team] },
    };
  },
};

const withoutId = ({ id, ...team }: SalesTeam): TeamValue => team;

export const teamsList: SettingsList = {
  title: 'Teams',
  intro: 'A rep’s deals go to the manager and the channel of their team.',
  empty: 'There are no teams yet. Until there are, each rep names a manager when it matters.',
  add: 'Add a team',
  form: 'team',
  entries: ({ teams }) =>
    teams.map(({ id, name, manager, reps, channel }) => ({
      id,
      lines: [
        [{ bold: name }, '  ·  ', ...channelParts(channel, 'the workspace’s channel')],
        [
          'Manager: ',
          ...peopleParts(manager === null ? [] : [manager], 'none'),
          '. Reps: ',
          ...peopleParts(reps, 'none'),
          '.',
        ],
      ],
      removal: `The team “${name}” is removed. Its deals stay as they are.`,
    })),
  without: ({ teams }, entry) => ({ teams: teams.filter(({ id }) => id !== entry) }),
};
