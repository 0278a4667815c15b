/** The one write of a team's settings: who may, what it becomes, and its audit trail, in one transaction. */
import type { Actor } from '../../deal/model/commands';
import { actorFor } from '../act';
import type { Coach, Who } from '../context';
import { threadsMoved } from '../heldDeals';
import { parseSettings, type TeamSettings } from './settings';
import { settingsDiff } from './settingsDiff';
import type { SettingsField } from './settingsSchema';

/** What is to change, computed from the settings as they stand at that moment; null: nothing. */
export type SettingsEdit = (current: TeamSettings) => Partial<TeamSettings> | null;

export type SettingsChanged =
  | { readonly ok: true; readonly settings: TeamSettings }
  | { readonly ok: false; readonly code: 'not_allowed' };

/** Slack's admins and owners, and the people the settings name; nobody from outside. */
export const maySet = (actor: Actor, who: Who): boolean =>
  actor.isAdmin && actor.teamId === who.tenant.teamId;

/** For admins: anything. What others changed meanwhile stays, as the edit is asked anew then. */
export async function changeSettings(coach: Coach, who: Who, edit: SettingsEdit): Promise<SettingsChanged> {
  if (!maySet(await actorFor(coach, who), who)) return { ok: false, code: 'not_allowed' };
  return write(coach, who, edit);
}

/** For what people choose for themselves; the caller has made sure that it is their own. */
export async function changeOwn(coach: Coach, who: Who, edit: SettingsEdit): Promise<SettingsChanged> {
  const actor = await actorFor(coach, who);
  if (actor.teamId !== who.tenant.teamId) return { ok: false, code: 'not_allowed' };
  return write(coach, who, edit);
}

/** What says where threads go. */
const PLACES: readonly SettingsField[] = ['channel', 'teams'];

async function write(coach: Coach, who: Who, edit: SettingsEdit): Promise<SettingsChanged> {
  let settings: TeamSettings | null = null;
  let moves = false;
  await coach.store.workspace.changeSettings(who.tenant, coach.clock.now(), who.userId, (stored) => {
    const current = parseSettings(stored);
    const patch = edit(current);
    settings = patch === null ? current : parseSettings({ ...current, ...patch });
    const history = settingsDiff(current, settings);
    moves = patch !== null && PLACES.some((it) => it in patch);
    return history.length === 0 ? null : { settings, history };
  });
  if (settings === null) throw new Error('the settings were not read');
  // What could not be written where threads went until now is tried at once where they go from now on.
  if (moves) await threadsMoved(coach, who.tenant);
  return { ok: true, settings };
}
