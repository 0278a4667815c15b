/** How far an admin has come with setting Lostdeal up for a team. */
import { actorFor } from './act';
import type { Coach, Who } from './context';
import { mayPractise } from './practice';
import { maySet, type TeamSettings, teamSettings } from './settings/settings';
import { teamSettingsSchema } from './settings/settingsSchema';

export interface Setup {
  /** The channel of threads; null: nobody has chosen one. */
  readonly channel: string | null;
  /** Teams that have a manager and reps. */
  readonly teams: number;
  readonly responseMinutes: number;
  readonly fallback: TeamSettings['fallback'];
  /** An admin has saved who answers, and in which time. */
  readonly isResponseChosen: boolean;
  /** They have come to the end of a practice call. */
  readonly hasPracticed: boolean;
  readonly isInvited: boolean;
}

const DEFAULTS = teamSettingsSchema.parse({});

/**
 * @param installationChannel the channel for threads when the settings name none; null: none
 * @returns null for everybody but admins, when an admin has hidden it, and when all is done
 */
export async function setupOf(
  coach: Coach,
  who: Who,
  installationChannel: string | null,
): Promise<Setup | null> {
  const settings = await teamSettings(coach.store, who.tenant);
  if (settings.setupHidden || !maySet(await actorFor(coach, who), who)) return null;
  const { teams, responseMinutes, fallback, invited } = settings;
  const setup: Setup = {
    channel: settings.channel ?? installationChannel,
    teams: teams.filter(({ manager, reps }) => manager !== null && reps.length > 0).length,
    responseMinutes,
    fallback,
    isResponseChosen:
      settings.responseChosen || fallback !== null || responseMinutes !== DEFAULTS.responseMinutes,
    hasPracticed: await coach.store.practices.hasEnded(who.tenant, who.userId),
    isInvited: invited,
  };
  return isDone(setup) ? null : setup;
}

/**
 * Whether what this person sees first offers practice: true once, for somebody who may practice and has neither logged nor
 * practiced a call here.
 */
export async function offersPractice(coach: Coach, who: Who): Promise<boolean> {
  const { store } = coach;
  const { tenant, userId } = who;
  if (await store.workspace.wasOfferedPractice(tenant, userId)) return false;
  if (!(await mayPractise(coach, who))) return false;
  const isNew =
    !(await store.deals.hasDeal(tenant, userId)) && !(await store.practices.hasBegun(tenant, userId));
  await store.workspace.saveOfferedPractice(tenant, userId);
  return isNew;
}

const isDone = ({ channel, teams, isResponseChosen, hasPracticed, isInvited }: Setup): boolean =>
  channel !== null && teams > 0 && isResponseChosen && hasPracticed && isInvited;
