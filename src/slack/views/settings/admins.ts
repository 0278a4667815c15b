/** Who may change the settings besides Slack's own admins and owners. */
import { fieldId } from '../../ids';
import { peopleField, readPeople } from '../pickers';
import type { SettingsForm } from './form';

export const ADMINS = { people: fieldId('admins') } as const;

export const adminsForm: SettingsForm<{ readonly admins: string[] }> = {
  title: 'Admins',
  of: ({ admins }) => ({ admins }),
  blocks: (value) => [
    peopleField({
      block: ADMINS.people,
      label: 'Also admins of Lostdeal',
      hint: 'They see all deals, may decide about them, and change these settings. Slack’s admins and owners always may.',
      initial: value?.admins ?? [],
    }),
  ],
  read: (values) => ({ ok: true, value: { admins: readPeople(values, ADMINS.people) } }),
  put: (_settings, _item, value) => ({ ok: true, patch: { admins: [...value.admins] } }),
};
