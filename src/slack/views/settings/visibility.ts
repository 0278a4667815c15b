/** The channel for threads, their words in public channels, and the people who may read one deal or all. */
import type { TeamSettings } from '../../../coach/settings/settingsSchema';
import { fieldId } from '../../ids';
import { quiet } from '../blocks';
import { channelField, peopleField, radioField } from '../fields';
import { readChannel, readOneOf, readPeople, valid } from '../values';
import type { SettingsForm } from './form';

export const THREADS = {
  channel: fieldId('channel'),
  publicThreads: fieldId('public_threads'),
  sight: fieldId('sight'),
  tellWins: fieldId('tell_wins'),
} as const;

/** Stands on each screen that sets who may read a deal: everybody in a channel reads its threads anyway. */
export const AS_VISIBLE = 'Everybody in a channel can read its threads.';

type ThreadsValue = Pick<TeamSettings, 'channel' | 'publicThreads' | 'sight' | 'tellWins'>;

export const threadsForm: SettingsForm<ThreadsValue> = {
  title: 'Threads & visibility',
  of: ({ channel, publicThreads, sight, tellWins }) => ({ channel, publicThreads, sight, tellWins }),
  blocks: (value) => [
    channelField({
      block: THREADS.channel,
      label: 'Channel for threads',
      hint: 'For deals of reps in no team, or in a team without a channel. A private channel is best.',
      initial: value?.channel,
    }),
    radioField({
      block: THREADS.publicThreads,
      label: 'In public channels a thread says',
      required: true,
      initial: value?.publicThreads,
      options: [
        { value: 'short', label: 'No names, words, terms or amounts' },
        { value: 'full', label: 'Everything' },
      ],
    }),
    radioField({
      block: THREADS.tellWins,
      label: 'When a deal is back, tell',
      required: true,
      initial: value?.tellWins === false ? 'thread' : 'channel',
      options: [
        { value: 'channel', label: 'The whole channel' },
        { value: 'thread', label: 'Only its thread' },
      ],
    }),
    radioField({
      block: THREADS.sight,
      label: 'Details, lists and Home show a deal to',
      required: true,
      initial: value?.sight,
      options: [
        { value: 'parties', label: 'Its rep, their manager, stand-ins and admins' },
        { value: 'everyone', label: 'Everybody in the workspace, to read only' },
      ],
    }),
    quiet(AS_VISIBLE),
  ],
  read: (values) =>
    valid({
      channel: readChannel(values, THREADS.channel),
      publicThreads: readOneOf(values, THREADS.publicThreads, ['full'] as const) ?? 'short',
      sight: readOneOf(values, THREADS.sight, ['everyone'] as const) ?? 'parties',
      tellWins: readOneOf(values, THREADS.tellWins, ['thread'] as const) === null,
    }),
  put: (_settings, _item, value) => valid(value),
};

export const ADMINS = { people: fieldId('admins'), guests: fieldId('guests_as_reps') } as const;

/** People who may change the settings besides Slack's own admins and owners. */
export const adminsForm: SettingsForm<Pick<TeamSettings, 'admins' | 'guestsAsReps'>> = {
  title: 'Admins',
  of: ({ admins, guestsAsReps }) => ({ admins, guestsAsReps }),
  blocks: (value) => [
    peopleField({
      block: ADMINS.people,
      label: 'Also admins of Lostdeal',
      hint: 'They see all deals, can decide about them, and change these settings. So can Slack’s admins and owners.',
      initial: value?.admins,
    }),
    radioField({
      block: ADMINS.guests,
      label: 'May guests be reps?',
      required: true,
      initial: value?.guestsAsReps === true ? 'yes' : 'no',
      options: [
        { value: 'no', label: 'No' },
        { value: 'yes', label: 'Yes, for deals of their own' },
      ],
    }),
  ],
  read: (values) =>
    valid({
      admins: [...readPeople(values, ADMINS.people)],
      guestsAsReps: readOneOf(values, ADMINS.guests, ['yes'] as const) !== null,
    }),
  put: (_settings, _item, value) => valid(value),
};
