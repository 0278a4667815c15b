/** All migrations, in order. */
import { initial } from './001-initial';
import { reconcilerAtWork } from './002-reconciler-at-work';
import { settings } from './003-settings';
import { offers } from './004-offers';
import { shown } from './005-shown';
import { notices } from './006-notices';
import { remarks } from './007-remarks';
import { uninstalled } from './008-uninstalled';
import { competitorKeys } from './009-competitor-keys';
import { drafts } from './010-drafts';
import { sweeps } from './011-sweeps';
import { sharedChannels } from './012-shared-channels';
import { channelsAsked } from './013-channels-asked';
import { guests } from './014-guests';
import { accountKeys } from './015-account-keys';
import { rescueCases } from './016-rescue-cases';
import { insights } from './017-insights';
import { remarksByPlace } from './018-remarks-by-place';
import { givesUsed } from './019-gives-used';
import { questions } from './020-questions';
import { practices } from './021-practices';
import { confirmedReasons } from './022-confirmed-reasons';
import { promises } from './023-promises';
import { losses } from './024-losses';
import { exports } from './025-exports';
import { playbookVersions } from './026-playbook-versions';
import { wakesOfPeople } from './027-wakes-of-people';
import { personMarks } from './028-person-marks';
import type { Migration } from './migration';

export const MIGRATIONS: readonly Migration[] = [
  initial,
  reconcilerAtWork,
  settings,
  offers,
  shown,
  notices,
  remarks,
  uninstalled,
  competitorKeys,
  drafts,
  sweeps,
  sharedChannels,
  channelsAsked,
  guests,
  accountKeys,
  rescueCases,
  insights,
  remarksByPlace,
  givesUsed,
  questions,
  practices,
  confirmedReasons,
  promises,
  losses,
  exports,
  playbookVersions,
  wakesOfPeople,
  personMarks,
];
