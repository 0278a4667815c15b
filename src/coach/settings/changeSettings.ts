/**
 * The only write of a team's settings, with its audit trail, in one transaction. The same delivery changes them once.
 */
import { isDeepStrictEqual } from 'node:util';
import type { UserId } from '../../deal/model/deal';
import { actorFor, type KnownActor, refuseUnconfirmed } from '../act';
import type { Coach, Who } from '../context';
import { threadsMoved } from '../threads';
import { aboutAdmins, adminsChanged } from './adminsChanged';
import { maySet, parseSettings, type TeamSettings, teamSettings } from './settings';
import { settingsPastBound, type TooMany } from './settingsBounds';
import { settingsDiff } from './settingsDiff';
import type { SettingsField } from './settingsSchema';
import { wakesMovedBy } from './wakesMovedBy';

/** Computes a change from the settings as they stand at that moment; null: no change. */
export type SettingsEdit = (current: TeamSettings) => Partial<TeamSettings> | null;

export type SettingsChanged =
  | { readonly ok: true; readonly settings: TeamSettings }
  | { readonly ok: false; readonly code: 'not_allowed' }
  | ({ readonly ok: false; readonly code: 'too_many' } & TooMany);

/** An admin changes any setting. The edit is computed anew, so other people's changes meanwhile stay. */
export async function changeSettings(coach: Coach, who: Who, edit: SettingsEdit): Promise<SettingsChanged> {
  const actor = await actorFor(coach, who);
  if (!maySet(actor, who)) refuseUnconfirmed(actor);
  if (!maySet(actor, who)) return { ok: false, code: 'not_allowed' };
  return write(coach, who, edit);
}

/** The manager of a team changes what its reps may give without asking, and nothing else; an admin changes it for all. */
export async function changeGives(coach: Coach, who: Who, edit: SettingsEdit): Promise<SettingsChanged> {
  const actor = await actorFor(coach, who);
  if (maySet(actor, who)) return write(coach, who, edit);
  if (!(await leadsTeam(coach, who, actor))) {
    refuseUnconfirmed(actor);
    return { ok: false, code: 'not_allowed' };
  }
  let isOwn = true;
  const changed = await write(coach, who, (current) => {
    const patch = edit(current);
    isOwn = patch === null || isOfOwnTeams(current, patch, who.userId);
    return isOwn ? patch : null;
  });
  return isOwn ? changed : { ok: false, code: 'not_allowed' };
}

/** Members who manage a team of the settings. */
export async function leadsTeam(
  { store }: Pick<Coach, 'store'>,
  { tenant, userId }: Who,
  { role }: Pick<KnownActor, 'role'>,
): Promise<boolean> {
  const { teams } = await teamSettings(store, tenant);
  return role === 'member' && teams.some(({ manager }) => manager === userId);
}

/** Every entry that the edit adds, changes or removes is of a team that this person manages, before and after. */
function isOfOwnTeams(
  { gives, teams }: TeamSettings,
  patch: Partial<TeamSettings>,
  manager: UserId,
): boolean {
  const { gives: after = gives, ...others } = patch;
  if (Object.keys(others).length > 0) return false;
  const own = new Set(teams.filter((it) => it.manager === manager).map(({ id }) => id));
  const changed = [
    ...gives.filter((it) => !after.some((now) => isDeepStrictEqual(now, it))),
    ...after.filter((it) => !gives.some((was) => isDeepStrictEqual(was, it))),
  ];
  return changed.every(({ team }) => team !== null && own.has(team));
}

/** A person changes their own settings. The caller makes sure that the edit touches nothing else. */
export async function changeOwn(coach: Coach, who: Who, edit: SettingsEdit): Promise<SettingsChanged> {
  const actor = await actorFor(coach, who);
  if (actor.role === 'unknown') refuseUnconfirmed(actor);
  if (actor.role !== 'member') return { ok: false, code: 'not_allowed' };
  return write(coach, who, edit);
}

/** The settings that decide where threads go, and whose are posted. */
const THREAD_FIELDS: readonly SettingsField[] = ['channel', 'teams', 'guestsAsReps'];

async function write(coach: Coach, who: Who, edit: SettingsEdit): Promise<SettingsChanged> {
  let current = parseSettings(null);
  let settings = current;
  let moves = false;
  let tooMany: TooMany | null = null;
  const change = (stored: unknown) => {
    current = parseSettings(stored);
    const patch = edit(current);
    settings = patch === null ? current : parseSettings({ ...current, ...patch });
    tooMany = settingsPastBound(current, settings);
    if (patch === null || tooMany !== null) return null;
    moves = THREAD_FIELDS.some((it) => it in patch);
    const history = settingsDiff(current, settings);
    const admins = adminsChanged(who.userId, current.admins, settings.admins);
    return {
      settings,
      history,
      moveWakesOf: wakesMovedBy(settings, history),
      adminsChanged: admins === null ? [] : [aboutAdmins(admins)],
    };
  };
  const { workspace } = coach.store;
  const written = await workspace.changeSettings(
    who.tenant,
    coach.clock.now(),
    who.userId,
    change,
    who.delivery,
  );
  if (written === 'duplicate') return { ok: true, settings: current };
  if (tooMany !== null) return { ok: false, code: 'too_many', ...(tooMany as TooMany) };
  // Tries deals at once at the new place if their thread could not be written at the old one.
  if (moves) await threadsMoved(coach, who.tenant);
  return { ok: true, settings };
}
