/** The digest as people choose it for themselves. Their own choice overrides that of the admins. */
import type { UserId } from '../deal/model/deal';
import { actorFor, refuseUnconfirmed } from './act';
import type { Coach, Who } from './context';
import { changeOwn, type SettingsEdit } from './settings/changeSettings';
import { teamSettings } from './settings/settings';
import type { TeamSettings } from './settings/settingsSchema';

type Digest = NonNullable<TeamSettings['digest']>;
export type Every = Digest['every'];

/** The digest that this person gets; null: none. */
export function digestFor(settings: TeamSettings, user: UserId): Digest | null {
  const chosen = settings.digestOwn.find((it) => it.user === user);
  if (chosen?.stopped === true) return null;
  return chosen?.own ?? fromAdmins(settings, user);
}

const fromAdmins = ({ digest, digestPeople }: TeamSettings, user: UserId): Digest | null =>
  digestPeople.includes(user) ? digest : null;

/** How often this person gets the digest; null: never. */
export async function digestEvery(
  { store }: Pick<Coach, 'store'>,
  { tenant, userId }: Who,
): Promise<Every | null> {
  return digestFor(await teamSettings(store, tenant), userId)?.every ?? null;
}

/**
 * @returns false when this is no member of the workspace, or the settings are full
 * @throws RoleNotConfirmedError
 */
export async function chooseDigest(coach: Coach, who: Who, every: Every | null): Promise<boolean> {
  if (every === null) return stopDigest(coach, who);
  return change(coach, who, (settings) => {
    const { userId: user } = who;
    const before = settings.digestOwn.find((it) => it.user === user);
    if (fromAdmins(settings, user)?.every === every) return others(settings, user);
    // The digest covers no time before they switched it on.
    const own =
      before?.own?.every === every && !before.stopped ? before.own : { every, since: coach.clock.now() };
    return [...others(settings, user), { user, own, stopped: false }];
  });
}

/** @returns as `chooseDigest` */
export const stopDigest = (coach: Coach, who: Who): Promise<boolean> =>
  change(coach, who, (settings) => {
    const own = settings.digestOwn.find(({ user }) => user === who.userId)?.own ?? null;
    return [...others(settings, who.userId), { user: who.userId, own, stopped: true }];
  });

/** Undoes `stopDigest`, and keeps the day. @returns as `chooseDigest` */
export const resumeDigest = (coach: Coach, who: Who): Promise<boolean> =>
  change(coach, who, (settings) => {
    const own = settings.digestOwn.find(({ user }) => user === who.userId)?.own ?? null;
    const rest = others(settings, who.userId);
    return own === null ? rest : [...rest, { user: who.userId, own, stopped: false }];
  });

const others = ({ digestOwn }: TeamSettings, user: UserId): TeamSettings['digestOwn'] =>
  digestOwn.filter((it) => it.user !== user);

async function change(
  coach: Coach,
  who: Who,
  edit: (settings: TeamSettings) => TeamSettings['digestOwn'],
): Promise<boolean> {
  // The digest brings figures, which need a confirmed role.
  refuseUnconfirmed(await actorFor(coach, who));
  const patch: SettingsEdit = (settings) => ({ digestOwn: edit(settings) });
  return (await changeOwn(coach, who, patch)).ok;
}
