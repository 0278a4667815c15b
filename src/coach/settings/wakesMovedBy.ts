/** Whose deals a change of the settings or of a person concerns: when these are next due is worked out anew. */
import type { UserId } from '../../deal/model/deal';
import type { SettingsChange } from '../../store/store';
import type { SettingsField, TeamSettings } from './settingsSchema';

/** All deals of the workspace. */
export const EVERYBODY = '';

/**
 * `item`: the entries of a list are of one person, whose deals alone it concerns. Deadlines and days that people have read
 * are part of a deal and stay, so what only these were computed from concerns nobody.
 */
const MOVES: Readonly<Record<SettingsField, 'everybody' | 'item' | 'nobody'>> = {
  workingDay: 'everybody',
  quietHours: 'item',
  silenceDays: 'everybody',
  fallback: 'everybody',
  standIns: 'item',
  ownManagerAllowed: 'everybody',
  responseMinutes: 'nobody',
  reEngageBeforeDays: 'nobody',
  limits: 'nobody',
  gives: 'nobody',
  defaultLimit: 'nobody',
  currency: 'nobody',
  rates: 'nobody',
  admins: 'everybody',
  guestsAsReps: 'nobody',
  teams: 'nobody',
  channel: 'nobody',
  publicThreads: 'nobody',
  tellWins: 'nobody',
  reasons: 'nobody',
  retentionMonths: 'nobody',
  sight: 'nobody',
  digest: 'nobody',
  digestPeople: 'nobody',
  digestOwn: 'nobody',
  digestChannel: 'nobody',
  digestTeam: 'nobody',
  tellLosses: 'nobody',
  responseChosen: 'nobody',
  invited: 'nobody',
  setupHidden: 'nobody',
};

const isField = (field: string): field is SettingsField => Object.hasOwn(MOVES, field);

/** @returns the people, `EVERYBODY` among them for all deals */
export function wakesMovedBy(settings: TeamSettings, history: readonly SettingsChange[]): readonly string[] {
  const moved = history.flatMap(({ field, item }) => {
    const whose = isField(field) ? MOVES[field] : 'nobody';
    if (whose === 'nobody') return [];
    return whose === 'item' && item !== null && !isNamed(settings, item) ? [item] : [EVERYBODY];
  });
  return [...new Set(moved)];
}

/**
 * True when the settings give this person a part in deals that do not name them: as the next to ask, or as an approver.
 */
export function isNamed({ fallback, limits, defaultLimit, standIns }: TeamSettings, user: UserId): boolean {
  return (
    (fallback?.kind === 'person' && fallback.userId === user) ||
    limits.some(({ approver }) => approver === user) ||
    defaultLimit?.approver === user ||
    standIns.some(({ standIn }) => standIn === user)
  );
}
