/** How far an admin has come with setting Lostdeal up for a team. */
import { actorFor } from './act';
import type { Coach, Who } from './context';
import { maySet, type TeamSettings, teamSettings } from './settings/settings';
import { teamSettingsSchema } from './settings/settingsSchema';

export interface Setup {
  /** The channel of threads; null: nobody has chosen one. */
  readonly channel: string | null;
  /** Teams that have a manager and reps. */
  readonly teams: number;
  readonly responseMinutes: number;
  readonly fallback: TeamSettings['fallback'];
  /** Somebody has changed who answers, and in which time. */
  readonly isResponseChosen: boolean;
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
  const met = await Promise.all(
    coach.playbooks.list().map(({ id }) => coach.store.practices.met(who.tenant, who.userId, id)),
  );
  const setup: Setup = {
    channel: settings.channel ?? installationChannel,
    teams: teams.filter(({ manager, reps }) => manager !== null && reps.length > 0).length,
    responseMinutes,
    fallback,
    isResponseChosen: fallback !== null || responseMinutes !== DEFAULTS.responseMinutes,
    hasPracticed: met.some((prospects) => prospects.length > 0),
    isInvited: invited,
  };
  return isDone(setup) ? null : setup;
}

/** Whether this person has neither logged nor practiced a call here. */
export async function isNewHere({ store, playbooks }: Coach, { tenant, userId }: Who): Promise<boolean> {
  // Nearly everybody has a deal, and a screen waits for this.
  if (await store.deals.hasDeal(tenant, userId)) return false;
  const met = await Promise.all(playbooks.list().map(({ id }) => store.practices.met(tenant, userId, id)));
  return met.every((prospects) => prospects.length === 0);
}

const isDone = ({ channel, teams, isResponseChosen, hasPracticed, isInvited }: Setup): boolean =>
  channel !== null && teams > 0 && isResponseChosen && hasPracticed && isInvited;
