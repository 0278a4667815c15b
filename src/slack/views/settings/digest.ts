/** The digest: how often, to whom, and whether managers hear of three losses. */
import type { TeamSettings } from '../../../coach/settings/settingsSchema';
import { fieldId } from '../../ids';
import type { Part } from '../../text';
import { channelField, peopleField, radioField, selectField } from '../fields';
import { fault, readChannel, readOneOf, readOption, readPeople, valid } from '../values';
import type { SettingsForm } from './form';
import { channelParts, peopleParts } from './valueText';

export const DIGEST_FIELDS = {
  every: fieldId('digest_every'),
  people: fieldId('digest_people'),
  channel: fieldId('digest_channel'),
  team: fieldId('digest_team'),
  losses: fieldId('tell_losses'),
} as const;

type DigestValue = Pick<TeamSettings, 'digestPeople' | 'digestChannel' | 'digestTeam' | 'tellLosses'> & {
  /** Null: never. */
  readonly every: 'week' | 'month' | null;
};

/** The option for all teams; ids of teams are never empty. */
const ALL = 'all';

export const digestForm: SettingsForm<DigestValue> = {
  title: 'Digest',
  of: ({ digest, digestPeople, digestChannel, digestTeam, tellLosses }) => ({
    every: digest?.every ?? null,
    digestPeople,
    digestChannel,
    digestTeam,
    tellLosses,
  }),
  blocks: (value, { teams }) => [
    radioField({
      block: DIGEST_FIELDS.every,
      label: 'Send what we learned',
      required: true,
      initial: value?.every ?? 'never',
      options: [
        { value: 'never', label: 'Never' },
        { value: 'week', label: 'Every week' },
        { value: 'month', label: 'Every month' },
      ],
    }),
    peopleField({
      block: DIGEST_FIELDS.people,
      label: 'To these people',
      hint: 'In their working hours. It counts only deals they may see, and they can stop it.',
      initial: value?.digestPeople,
    }),
    channelField({
      block: DIGEST_FIELDS.channel,
      label: 'To a private channel',
      hint: 'Everybody there reads reasons, competitors and figures, but no account and no words of a buyer.',
      onlyPrivate: true,
      initial: value?.digestChannel,
    }),
    ...(teams.length === 0
      ? []
      : [
          selectField({
            block: DIGEST_FIELDS.team,
            label: 'The channel reads figures of',
            initial: value?.digestTeam ?? ALL,
            options: [
              { value: ALL, label: 'All teams' },
              ...teams.map(({ id, name }) => ({ value: id, label: name })),
            ],
          }),
        ]),
    radioField({
      block: DIGEST_FIELDS.losses,
      label: 'After three losses to one competitor for one reason',
      required: true,
      initial: value?.tellLosses === false ? 'nobody' : 'manager',
      options: [
        { value: 'manager', label: "Tell the team's manager" },
        { value: 'nobody', label: 'Tell nobody' },
      ],
    }),
  ],
  read(values) {
    const team = readOption(values, DIGEST_FIELDS.team);
    const value: DigestValue = {
      every: readOneOf(values, DIGEST_FIELDS.every, ['week', 'month'] as const),
      digestPeople: [...readPeople(values, DIGEST_FIELDS.people)],
      digestChannel: readChannel(values, DIGEST_FIELDS.channel),
      digestTeam: team === ALL ? null : team,
      tellLosses: readOneOf(values, DIGEST_FIELDS.losses, ['nobody'] as const) === null,
    };
    return value.every !== null && value.digestPeople.length === 0 && value.digestChannel === null
      ? fault(DIGEST_FIELDS.people, 'Pick somebody, or a private channel.')
      : valid(value);
  },
  put: ({ digest }, _item, { every, ...rest }, { now }) =>
    valid({
      ...rest,
      // Who switches it on gets nothing of before.
      digest: every === null ? null : digest?.every === every ? digest : { every, since: now },
    }),
};

/** For the first screen of the settings. */
export function digestParts({
  digest,
  digestPeople,
  digestOwn,
  digestChannel,
  tellLosses,
}: TeamSettings): Part[][] {
  const channel = digestChannel === null ? [] : channelParts(digestChannel, '');
  const both = digestPeople.length > 0 && channel.length > 0;
  const to: Part[] = [
    ...(digestPeople.length === 0 ? [] : peopleParts(digestPeople)),
    ...(both ? [' and '] : []),
    ...channel,
  ];
  const isChosen = digest !== null && to.length > 0;
  const own = digestOwn.filter((it) => !it.stopped).length;
  const stopped = digestOwn.filter((it) => it.stopped && digestPeople.includes(it.user)).length;
  return [
    ...(isChosen ? [[`Every ${digest.every} to `, ...to, '.']] : own === 0 ? [['Nobody gets one.']] : []),
    ...(own === 0 ? [] : [[`${people(own)} chose it for themselves.`]]),
    ...(isChosen && stopped > 0 ? [[`${people(stopped)} stopped it for themselves.`]] : []),
    [
      tellLosses
        ? 'A manager hears of three losses to one competitor for one reason.'
        : 'Nobody hears of three losses to one competitor.',
    ],
  ];
}

const people = (count: number): string => (count === 1 ? '1 person' : `${count} people`);
