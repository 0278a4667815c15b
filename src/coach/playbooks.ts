/**
 * Which version of a playbook is whose: a deal or practice call goes on with the one that it started with, and new calls
 * start with the one that their workspace uses. A version that the operators changed waits until an admin chooses it.
 */
import { LRUCache } from 'lru-cache';
import type { Deal, Tenant } from '../deal/model/deal';
import { playbookFromSource } from '../playbook/checking/loader';
import type { Playbook } from '../playbook/schema';
import type { LoadedVersion, PlaybookVersions } from '../store/store';
import type { Coach } from './context';

type From = Pick<Coach, 'store' | 'playbooks'>;

/** Playbooks by the hash of their content, so an entry never changes and belongs to no workspace. */
const earlier = new LRUCache<string, Playbook>({ max: 100 });

export async function playbookOf(coach: From, deal: Pick<Deal, 'id' | 'playbook'>): Promise<Playbook> {
  const { id, hash } = deal.playbook;
  const kept = await playbookKept(coach, hash);
  if (kept === null) throw new Error(`playbook ${id} (${hash}) of ${deal.id} is not in the database`);
  return kept;
}

/** The version with this hash; null: nobody kept it. */
export async function playbookKept({ store, playbooks }: From, hash: string): Promise<Playbook | null> {
  const known = playbooks.list().find((latest) => latest.hash === hash) ?? earlier.get(hash);
  if (known !== undefined) return known;
  const kept = await store.workspace.playbook(hash);
  if (kept === null) return null;
  const { source, practice } = kept;
  const read = { ...playbookFromSource(source, hash), ...(practice === null ? {} : { practice }) };
  earlier.set(hash, read);
  return read;
}

/**
 * Keeps every loaded playbook, so that deals can finish with the version they started with, and finds those that have
 * changed. Runs at start.
 * @param how `use`: the operators want every new version used at once
 */
export async function keepPlaybooks(coach: From, how: 'wait' | 'use' = 'wait'): Promise<void> {
  const loaded: LoadedVersion[] = [];
  for (const { hash, practice, ...source } of coach.playbooks.list()) {
    // Before anything names it, so that a crash in between leaves no name without content.
    await coach.store.workspace.savePlaybook(hash, source, practice ?? null);
    loaded.push({ playbookId: source.id, hash, isOwn: coach.playbooks.isOwn(source.id) });
  }
  await coach.store.workspace.versionsLoaded(loaded, how);
}

/** The versions with which new calls of a workspace start, in the order in which they are offered. */
export async function playbooksInUse(coach: From, tenant: Tenant): Promise<readonly Playbook[]> {
  const versions = await coach.store.workspace.playbookVersions(tenant);
  return Promise.all(coach.playbooks.list().map((loaded) => inUse(coach, loaded, versions)));
}

/**
 * The version with which a new call of a workspace starts.
 * @param id null, or of no playbook: the default one
 * @param shown the hash of the version that the person has on their screen; absent: none
 */
export async function playbookInUse(
  coach: From,
  tenant: Tenant,
  id: string | null,
  shown?: string,
): Promise<Playbook> {
  const { playbooks, store } = coach;
  const loaded = playbooks.latest(id ?? playbooks.default) ?? playbooks.latest(playbooks.default);
  if (loaded === null) throw new Error(`there is no playbook ${playbooks.default}`);
  const seen = shown === undefined ? null : await playbookKept(coach, shown);
  if (seen?.id === loaded.id) return seen;
  return inUse(coach, loaded, await store.workspace.playbookVersions(tenant));
}

/** The same for a call that begins, from which on this version is the one in use. */
export async function playbookToBegin(
  coach: From,
  tenant: Tenant,
  id: string | null,
  shown?: string,
): Promise<Playbook> {
  const playbook = await playbookInUse(coach, tenant, id, shown);
  const { workspace } = coach.store;
  if ((await workspace.playbookVersions(tenant)).some(({ playbookId }) => playbookId === playbook.id))
    return playbook;
  const isOwn = coach.playbooks.isOwn(playbook.id);
  await workspace.useFirstVersion(tenant, { playbookId: playbook.id, hash: playbook.hash, isOwn });
  // Another instance, which has loaded other files, may have been first.
  return playbookInUse(coach, tenant, playbook.id, shown);
}

/** The kind of notice that admins get of a new version. */
export const PLAYBOOK_WAITS = 'playbook_waits';

/** What such a notice is about. */
export interface VersionWaits {
  readonly playbookId: string;
  readonly hash: string;
}

/** What became of the version of a notice. */
export interface VersionTold {
  /** Null: no version with this hash is kept. */
  readonly playbook: Playbook | null;
  /** `past`: the files have another one. */
  readonly state: 'waits' | 'kept_out' | 'in_use' | 'past';
}

export async function versionTold(
  coach: From,
  tenant: Tenant,
  { playbookId, hash }: VersionWaits,
): Promise<VersionTold> {
  const versions = await coach.store.workspace.playbookVersions(tenant);
  const used = versions.find((it) => it.playbookId === playbookId);
  const playbook = await playbookKept(coach, hash);
  if (used?.hash === hash) return { playbook, state: 'in_use' };
  if (used?.next?.hash !== hash) return { playbook, state: 'past' };
  return { playbook, state: used.next.isKeptOut ? 'kept_out' : 'waits' };
}

export interface WaitingPlaybook {
  readonly inUse: Playbook;
  readonly next: Playbook;
  /** An admin keeps the version in use. */
  readonly isKeptOut: boolean;
}

/** New versions that this workspace does not use yet, or that its admins keep out. */
export async function playbooksWaiting(coach: From, tenant: Tenant): Promise<readonly WaitingPlaybook[]> {
  const versions = await coach.store.workspace.playbookVersions(tenant);
  // A playbook whose file is gone is offered no more, so nobody chooses a version of it.
  const waiting = versions.flatMap(({ playbookId, next }) => {
    const loaded = coach.playbooks.latest(playbookId);
    return loaded === null || next === null ? [] : [{ loaded, next }];
  });
  const read = await Promise.all(
    waiting.map(async ({ loaded, next }) => ({
      inUse: await inUse(coach, loaded, versions),
      next: await playbookKept(coach, next.hash),
      isKeptOut: next.isKeptOut,
    })),
  );
  return read.flatMap(({ next, ...rest }) =>
    next === null || next.hash === rest.inUse.hash ? [] : [{ ...rest, next }],
  );
}

async function inUse(
  coach: From,
  loaded: Playbook,
  versions: readonly PlaybookVersions[],
): Promise<Playbook> {
  const used = versions.find(({ playbookId }) => playbookId === loaded.id);
  if (used === undefined || used.hash === loaded.hash) return loaded;
  if (!used.isOwn && !coach.playbooks.isOwn(loaded.id)) return loaded;
  // A rep who has lost a deal needs some script rather than none.
  return (await playbookKept(coach, used.hash)) ?? loaded;
}
