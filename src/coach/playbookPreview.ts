/** Admins look at a version of a playbook before their workspace uses it, and choose. */

import type { Tenant } from '../deal/model/deal';
import { changesBetween, type PlaybookChange, type ReasonChanges, reasonChanges } from '../playbook/changes';
import { REASONS_ID } from '../playbook/checking/loader';
import type { Playbook, Reason } from '../playbook/schema';
import { actorFor, refuseUnconfirmed } from './act';
import type { Coach, Who } from './context';
import {
  playbookInUse,
  playbooksInUse,
  playbooksWaiting,
  reasonsInUse,
  reasonsWaiting,
  type WaitingPlaybook,
  type WaitingReasons,
} from './playbooks';
import { type PracticeScene, previewScene, startPreview } from './practice';
import { maySet, teamSettings } from './settings/settings';

/** The version that a button names. */
export interface VersionNamed {
  readonly playbookId: string;
  /** Its hash; absent: the version in use. */
  readonly version?: string | undefined;
}

/** `past`: the version asked for neither waits nor is in use, so the one in use is shown instead. */
type VersionState = 'in_use' | 'waits' | 'kept_out' | 'past';

export interface PlaybookOffer {
  readonly kind: 'playbook';
  /** The first screen of the practice that begins. */
  readonly scene: PracticeScene;
  readonly state: VersionState;
  /** Compared with the version in use. Empty: nothing changed. */
  readonly changes: readonly PlaybookChange[];
}

/** A list of reasons has no screens to walk through. */
export interface ReasonsOffer {
  readonly kind: 'reasons';
  readonly reasons: readonly Reason[];
  readonly hash: string;
  readonly state: VersionState;
  readonly changes: ReasonChanges;
}

/** Null: this person is no admin. @throws RoleNotConfirmedError */
async function admins<T>(coach: Coach, who: Who, see: () => Promise<T>): Promise<T | null> {
  const actor = await actorFor(coach, who);
  if (maySet(actor, who)) return see();
  refuseUnconfirmed(actor);
  return null;
}

/** Null: this person is no admin. */
export const previewPlaybook = (
  coach: Coach,
  who: Who,
  of: VersionNamed,
): Promise<PlaybookOffer | ReasonsOffer | null> =>
  admins(coach, who, async () => {
    if (of.playbookId === REASONS_ID) return reasonsOffer(coach, who, of);
    const { inUse, waiting, state } = await versionNamed(coach, who, of);
    const playbook = waiting?.next ?? inUse;
    const scene = await previewScene(coach, who, { id: coach.ids.deal(), playbook });
    const changes = changesBetween(sourceOf(inUse), sourceOf(playbook));
    return { kind: 'playbook', scene, state, changes };
  });

async function reasonsOffer(coach: Coach, { tenant }: Who, { version }: VersionNamed): Promise<ReasonsOffer> {
  const inUse = await reasonsInUse(coach, tenant);
  const waiting = await reasonsWaiting(coach, tenant);
  const isWaiting = waiting !== null && waiting.hash === version;
  const reasons = isWaiting ? waiting.next : inUse;
  const hash = version ?? coach.playbooks.reasonsHash;
  const changes = reasonChanges(inUse, reasons);
  const versions = await coach.store.workspace.playbookVersions(tenant);
  const used = versions.find(({ playbookId }) => playbookId === REASONS_ID)?.hash;
  const isUsed = [undefined, used, coach.playbooks.reasonsHash].includes(version);
  const state = isWaiting ? (waiting.isKeptOut ? 'kept_out' : 'waits') : isUsed ? 'in_use' : 'past';
  return { kind: 'reasons', reasons, hash, state, changes };
}

/** Walks through a version; its screens are those of a practice. Null: this person is no admin. */
export const beginPreview = (
  coach: Coach,
  who: Who,
  { practice, ...of }: VersionNamed & { readonly practice: string },
): Promise<PracticeScene | null> =>
  admins(coach, who, async () => {
    const { inUse, waiting } = await versionNamed(coach, who, of);
    return startPreview(coach, who, { id: practice, playbook: waiting?.next ?? inUse });
  });

/**
 * New calls of this workspace start with the version that waits, or go on with the one in use. Another workspace chooses
 * for itself.
 * @returns false when this person is no admin. A version that no longer waits changes nothing
 */
export async function chooseVersion(
  coach: Coach,
  who: Who,
  { playbookId, version, how }: VersionNamed & { readonly how: 'use' | 'keep' },
): Promise<boolean> {
  const chosen = await admins(coach, who, async () => {
    if (version === undefined) return true;
    const versions = await coach.store.workspace.playbookVersions(who.tenant);
    const before = versions.find((it) => it.playbookId === playbookId)?.hash ?? version;
    const change = { item: playbookId, part: null, to: shortHash(version) };
    await coach.store.workspace.changeSettings(
      who.tenant,
      coach.clock.now(),
      who.userId,
      (stored) => ({
        settings: stored ?? {},
        history: [
          how === 'use'
            ? { field: 'playbook', ...change, from: shortHash(before) }
            : { field: 'playbookKeptOut', ...change, from: null },
        ],
        chooses: { playbookId, hash: version, how },
      }),
      who.delivery,
    );
    return true;
  });
  return chosen === true;
}

/** The form in which screens name a version. */
export const shortHash = (hash: string): string => hash.slice(0, 8);

export interface PlaybookListed {
  readonly inUse: Playbook;
  /** Null: the files have the version in use. */
  readonly waiting: WaitingPlaybook | null;
}

export interface VersionList {
  readonly playbooks: readonly PlaybookListed[];
  /** Null: the files have the list in use, or the settings have one. */
  readonly reasons: WaitingReasons | null;
}

/** Every playbook with its versions. Null: this person is no admin. */
export const playbookList = (coach: Coach, who: Who): Promise<VersionList | null> =>
  admins(coach, who, async () => {
    const [used, { playbooks, reasons }] = await Promise.all([
      playbooksInUse(coach, who.tenant),
      versionsWaiting(coach, who.tenant),
    ]);
    const listed = used.map((inUse) => ({
      inUse,
      waiting: playbooks.find(({ next }) => next.id === inUse.id) ?? null,
    }));
    return { playbooks: listed, reasons };
  });

export interface WaitingVersions {
  readonly playbooks: readonly WaitingPlaybook[];
  /** Null: none waits. */
  readonly reasons: WaitingReasons | null;
}

const NOTHING: WaitingVersions = { playbooks: [], reasons: null };

/** The versions that this workspace does not use yet, also those that an admin turned down. */
async function versionsWaiting(coach: Coach, tenant: Tenant): Promise<WaitingVersions> {
  const { reasons: own } = await teamSettings(coach.store, tenant);
  return {
    playbooks: await playbooksWaiting(coach, tenant),
    reasons: own === null ? await reasonsWaiting(coach, tenant) : null,
  };
}

/** The versions that wait until an admin chooses. */
export async function versionsOpen(coach: Coach, tenant: Tenant): Promise<WaitingVersions> {
  const { playbooks, reasons } = await versionsWaiting(coach, tenant);
  return {
    playbooks: playbooks.filter(({ isKeptOut }) => !isKeptOut),
    reasons: reasons?.isKeptOut === false ? reasons : null,
  };
}

export const countOf = ({ playbooks, reasons }: WaitingVersions): number =>
  playbooks.length + (reasons === null ? 0 : 1);

/** The versions that wait for this person to choose. Empty for anybody who is no admin. */
export async function versionsToChoose(coach: Coach, who: Who): Promise<WaitingVersions> {
  const open = await versionsOpen(coach, who.tenant);
  return countOf(open) > 0 && maySet(await actorFor(coach, who), who) ? open : NOTHING;
}

async function versionNamed(coach: Coach, { tenant }: Who, { playbookId, version }: VersionNamed) {
  const inUse = await playbookInUse(coach, tenant, playbookId);
  const all = await playbooksWaiting(coach, tenant);
  const waiting = all.find(({ next }) => next.id === playbookId && next.hash === version) ?? null;
  const isUsed = version === undefined || version === inUse.hash;
  const state: VersionState =
    waiting === null ? (isUsed ? 'in_use' : 'past') : waiting.isKeptOut ? 'kept_out' : 'waits';
  return { inUse, waiting, state };
}

/** The content of a version, without its hash and its practice. */
function sourceOf({ hash: _, practice: __, ...source }: Playbook) {
  return source;
}
