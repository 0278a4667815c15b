/** Teams: the reps, the manager who decides about their deals, and the channel for their threads. */
import type { SalesTeam } from '../../../coach/settings/settingsSchema';
import { nameKey } from '../../../deal/model/typed';
import { fieldId } from '../../ids';
import { channelField, peopleField, personField, textField } from '../fields';
import {
  fault,
  mapRead,
  readChannel,
  readName,
  readPeople,
  readPerson,
  required,
  together,
  valid,
} from '../values';
import { type SettingsForm, withEntry } from './form';
import type { SettingsList } from './list';
import { channelParts, peopleParts } from './valueText';

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
      initial: team?.manager,
    }),
    peopleField({
      block: TEAM.reps,
      label: 'Reps',
      hint: 'A rep is in one team.',
      initial: team?.reps,
    }),
    channelField({
      block: TEAM.channel,
      label: 'Channel for their threads',
      hint: 'Leave it empty for the workspace’s channel. Threads stay where they began.',
      initial: team?.channel,
    }),
  ],
  read: (values) =>
    together<TeamValue>({
      name: required(readName(values, TEAM.name), TEAM.name, 'Give the team a name.'),
      manager: valid(readPerson(values, TEAM.manager)),
      reps: valid(readPeople(values, TEAM.reps)),
      channel: valid(readChannel(values, TEAM.channel)),
    }),
  put({ teams, ownManagerAllowed }, item, value, { newId }) {
    const { manager, reps } = value;
    const others = teams.filter(({ id }) => id !== item);
    const sameName = others.some(({ name }) => nameKey(name) === nameKey(value.name));
    const taken = others.find((team) => team.reps.some((rep) => reps.includes(rep)));
    const isOwnManager = !ownManagerAllowed && manager !== null && reps.includes(manager);
    const checked = together({
      name: sameName
        ? fault(TEAM.name, `There's already a team “${value.name}”. Pick another name.`)
        : valid(value.name),
      reps:
        taken !== undefined
          ? fault(TEAM.reps, `One of them is already in the team “${taken.name}”. Take them out there first.`)
          : isOwnManager
            ? fault(TEAM.reps, "The manager can't be a rep of the same team. Take them out of the reps.")
            : valid(reps),
    });
    return mapRead(checked, () => ({
      teams: withEntry(teams, ({ id }) => id === item, { id: item ?? newId, ...value }),
    }));
  },
};

const withoutId = ({ id, ...team }: SalesTeam): TeamValue => team;

export const teamsList: SettingsList = {
  title: 'Teams',
  intro: 'A rep’s deals go to the manager and the channel of their team.',
  empty: 'There are no teams yet. Until then, each rep names a manager when it matters.',
  add: 'Add a team',
  form: 'team',
  entries: ({ teams }) =>
    teams.map(({ id, name, manager, reps, channel }) => ({
      id,
      name,
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
