/** Admins look at a version of a playbook before their workspace uses it, and choose. */
import { changesBetween, type PlaybookChange } from '../playbook/changes';
import type { Playbook } from '../playbook/schema';
import { actorFor, refuseUnconfirmed } from './act';
import type { Coach, Who } from './context';
import { playbookInUse, playbooksInUse, playbooksWaiting, type WaitingPlaybook } from './playbooks';
import { type PracticeScene, previewScene, startPreview } from './practice';
import { maySet } from './settings/settings';

/** A version as a button names it. */
export interface VersionNamed {
  readonly playbookId: string;
  /** Its hash; absent: the version in use. */
  readonly version?: string | undefined;
}

export interface PreviewOffer {
  /** The first screen of the practice that begins. */
  readonly scene: PracticeScene;
  readonly inUse: Playbook;
  /** `past`: the version asked for neither waits nor is in use, so this is the one in use. */
  readonly state: 'in_use' | 'waits' | 'kept_out' | 'past';
  /** Against the version in use. Empty: none. */
  readonly changes: readonly PlaybookChange[];
}

/** Null: this person is no admin. @throws RoleNotConfirmedError */
async function admins<T>(coach: Coach, who: Who, see: () => Promise<T>): Promise<T | null> {
  const actor = await actorFor(coach, who);
  if (maySet(actor, who)) return see();
  refuseUnconfirmed(actor);
  return null;
}

/** Null: this person is no admin. */
export const previewPlaybook = (coach: Coach, who: Who, of: VersionNamed): Promise<PreviewOffer | null> =>
  admins(coach, who, async () => {
    const { inUse, waiting, state } = await versionNamed(coach, who, of);
    const playbook = waiting?.next ?? inUse;
    const scene = await previewScene(coach, who, { id: coach.ids.deal(), playbook });
    return { scene, inUse, state, changes: changesBetween(sourceOf(inUse), sourceOf(playbook)) };
  });

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
    const { hash: before } = await playbookInUse(coach, who.tenant, playbookId);
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

/** As screens name a version. */
export const shortHash = (hash: string): string => hash.slice(0, 8);

export interface PlaybookListed {
  readonly inUse: Playbook;
  /** Null: the files have the version in use. */
  readonly waiting: WaitingPlaybook | null;
}

/** Every playbook with its versions. Null: this person is no admin. */
export const playbookList = (coach: Coach, who: Who): Promise<readonly PlaybookListed[] | null> =>
  admins(coach, who, async () => {
    const [used, waiting] = await Promise.all([
      playbooksInUse(coach, who.tenant),
      playbooksWaiting(coach, who.tenant),
    ]);
    return used.map((inUse) => ({
      inUse,
      waiting: waiting.find(({ next }) => next.id === inUse.id) ?? null,
    }));
  });

/** New versions that wait for a choice of this person. Empty for everybody but admins. */
export async function playbooksToChoose(coach: Coach, who: Who): Promise<readonly WaitingPlaybook[]> {
  const waiting = await playbooksWaiting(coach, who.tenant);
  const open = waiting.filter(({ isKeptOut }) => !isKeptOut);
  return open.length > 0 && maySet(await actorFor(coach, who), who) ? open : [];
}

async function versionNamed(coach: Coach, { tenant }: Who, { playbookId, version }: VersionNamed) {
  const inUse = await playbookInUse(coach, tenant, playbookId);
  const all = await playbooksWaiting(coach, tenant);
  const waiting = all.find(({ next }) => next.id === playbookId && next.hash === version) ?? null;
  const isUsed = version === undefined || version === inUse.hash;
  const state: PreviewOffer['state'] =
    waiting === null ? (isUsed ? 'in_use' : 'past') : waiting.isKeptOut ? 'kept_out' : 'waits';
  return { inUse, waiting, state };
}

/** The version alone, without its name and its practice. */
function sourceOf({ hash: _, practice: __, ...source }: Playbook) {
  return source;
}
