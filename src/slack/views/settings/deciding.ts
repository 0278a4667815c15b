/** The manager's deadline, and the people whom the ask goes to when nobody answers. */
import type { TeamSettings } from '../../../coach/settings/settingsSchema';
import { fieldId } from '../../ids';
import { channelField, personField, radioField, textField } from '../fields';
import { fault, readChannel, readNumber, readOption, readPerson, required, together, valid } from '../values';
import type { SettingsForm } from './form';

export const DECIDING = {
  response: fieldId('response'),
  person: fieldId('fallback_person'),
  channel: fieldId('fallback_channel'),
  own: fieldId('own_manager'),
} as const;

type DecidingValue = Pick<TeamSettings, 'responseMinutes' | 'fallback' | 'ownManagerAllowed'>;

export const decidingForm: SettingsForm<DecidingValue> = {
  title: 'Response time',
  of: ({ responseMinutes, fallback, ownManagerAllowed }) => ({
    responseMinutes,
    fallback,
    ownManagerAllowed,
  }),
  blocks: (value) => [
    textField({
      block: DECIDING.response,
      label: 'Working hours a manager has',
      hint: 'Used when nothing else sets the deadline. A promised call or a signing date can come first.',
      required: true,
      initial: value === null ? null : String(value.responseMinutes / 60),
      max: 10,
    }),
    personField({
      block: DECIDING.person,
      label: 'If nobody answers, ask',
      hint: 'After the manager and the stand-ins. Pick a person or a channel, not both.',
      initial: value?.fallback?.kind === 'person' ? value.fallback.userId : null,
    }),
    channelField({
      block: DECIDING.channel,
      label: 'Or this channel',
      initial: value?.fallback?.kind === 'channel' ? value.fallback.channel : null,
    }),
    radioField({
      block: DECIDING.own,
      label: 'Can a rep decide about their own deal?',
      required: true,
      initial: value?.ownManagerAllowed === true ? 'yes' : 'no',
      options: [
        { value: 'no', label: 'No' },
        { value: 'yes', label: 'Yes, a rep can be their own manager' },
      ],
    }),
  ],
  read(values) {
    const person = readPerson(values, DECIDING.person);
    const channel = readChannel(values, DECIDING.channel);
    const message = 'Type hours from 0.25 to 80, such as 4 or 1.5.';
    const hours = readNumber(values, DECIDING.response, {
      decimals: 2,
      min: 0.25,
      max: 80,
      unit: 'h',
      message,
    });
    return together<DecidingValue>({
      responseMinutes: hours.ok
        ? required(hours.value === null ? null : Math.round(hours.value * 60), DECIDING.response, message)
        : hours,
      fallback:
        person !== null && channel !== null
          ? fault(DECIDING.channel, 'Pick a person or a channel, not both.')
          : valid(fallbackOf(person, channel)),
      ownManagerAllowed: valid(readOption(values, DECIDING.own) === 'yes'),
    });
  },
  put(settings, _item, value) {
    const own = settings.teams.find(({ manager, reps }) => manager !== null && reps.includes(manager));
    return !value.ownManagerAllowed && settings.ownManagerAllowed && own !== undefined
      ? fault(DECIDING.own, `In the team “${own.name}” the manager is a rep too. Change that first.`)
      : valid({ ...value, responseChosen: true });
  },
};

function fallbackOf(person: string | null, channel: string | null): TeamSettings['fallback'] {
  if (person !== null) return { kind: 'person', userId: person };
  return channel === null ? null : { kind: 'channel', channel };
}
