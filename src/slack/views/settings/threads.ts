/** Where threads go, what they say in public channels, and who may read a deal. */
import type { TeamSettings } from '../../../coach/settings/settingsSchema';
import { fieldId } from '../../ids';
import { radioField, readOption } from '../form';
import { channelField, readChannel } from '../pickers';
import { quiet } from '../small';
import type { SettingsForm } from './form';

export const THREADS = {
  channel: fieldId('channel'),
  publicThreads: fieldId('public_threads'),
  sight: fieldId('sight'),
} as const;

/** Said wherever sight is set: it is no more than a channel shows. */
export const AS_VISIBLE = 'Threads are as visible as their channel: whoever is in it reads them.';

type ThreadsValue = Pick<TeamSettings, 'channel' | 'publicThreads' | 'sight'>;

export const threadsForm: SettingsForm<ThreadsValue> = {
  title: 'Threads and sight',
  of: ({ channel, publicThreads, sight }) => ({ channel, publicThreads, sight }),
  blocks: (value) => [
    channelField({
      block: THREADS.channel,
      label: 'Channel for threads',
      hint: 'For deals of reps in no team, or in a team without a channel. A private channel is best.',
      initial: value?.channel ?? null,
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
  read: (values) => ({
    ok: true,
    value: {
      channel: readChannel(values, THREADS.channel),
      publicThreads: readOption(values, THREADS.publicThreads) === 'full' ? 'full' : 'short',
      sight: readOption(values, THREADS.sight) === 'everyone' ? 'everyone' : 'parties',
    },
  }),
  put: (_settings, _item, value) => ({ ok: true, patch: value }),
};
