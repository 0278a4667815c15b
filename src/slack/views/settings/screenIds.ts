/** Names of the settings screens, as buttons hold them. */

export const FORM_IDS = [
  'team',
  'threads',
  'limit',
  'default_limit',
  'give',
  'stand_in',
  'deciding',
  'calendar',
  'following',
  'rates',
  'digest',
  'reason',
  'admins',
] as const;
export type FormId = (typeof FORM_IDS)[number];

export const LIST_IDS = ['teams', 'limits', 'gives', 'stand_ins', 'reasons'] as const;
export type ListId = (typeof LIST_IDS)[number];
