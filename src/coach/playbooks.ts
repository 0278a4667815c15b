/**
 * Finds the version of a playbook. A deal or practice call keeps the version that it started with. New calls start with
 * the version that their workspace uses. A version that the operators changed waits until an admin chooses it.
 */
import { LRUCache } from 'lru-cache';
import type { Deal, Tenant } from '../deal/model/deal';
import { playbookFromSource, REASONS_ID } from '../playbook/checking/loader';
import type { Playbook, Reason } from '../playbook/schema';
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

/** The version with this hash; null: it is not stored. */
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
 * Stores every loaded playbook, so that deals can finish with the version they started with, and notes which ones have
 * changed. Runs at start.
 * @param how `use`: the operators want every new version used at once
 */
export async function keepPlaybooks(coach: From, how: 'wait' | 'use' = 'wait'): Promise<void> {
  const loaded: LoadedVersion[] = [];
  for (const { hash, practice, ...source } of coach.playbooks.list()) {
    // Stored before anything names it, so that a crash in between leaves no name without content.
    await coach.store.workspace.savePlaybook(hash, source, practice ?? null);
    loaded.push({ playbookId: source.id, hash, isOwn: coach.playbooks.isOwn(source.id) });
  }
  const { reasons, reasonsHash } = coach.playbooks;
  await coach.store.workspace.saveReasons(reasonsHash, reasons);
  loaded.push({ playbookId: REASONS_ID, hash: reasonsHash, isOwn: coach.playbooks.isOwn(REASONS_ID) });
  await coach.store.workspace.versionsLoaded(loaded, how);
}

/** Lists of reasons by the hash of their content. */
const earlierReasons = new LRUCache<string, readonly Reason[]>({ max: 100 });

/** The list of a workspace whose settings have none. A new list waits like a new version of a playbook. */
export async function reasonsInUse(coach: From, tenant: Tenant): Promise<readonly Reason[]> {
  const { playbooks, store } = coach;
  const versions = await store.workspace.playbookVersions(tenant);
  const used = versions.find(({ playbookId }) => playbookId === REASONS_ID);
  if (used === undefined || isLoaded(coach, REASONS_ID, playbooks.reasonsHash, used))
    return playbooks.reasons;
  return (await reasonsKept(coach, used.hash)) ?? playbooks.reasons;
}

/** Null: this version is not stored. */
async function reasonsKept({ playbooks, store }: From, hash: string): Promise<readonly Reason[] | null> {
  if (hash === playbooks.reasonsHash) return playbooks.reasons;
  const known = earlierReasons.get(hash) ?? (await store.workspace.reasons(hash));
  if (known !== null) earlierReasons.set(hash, known);
  return known;
}

export interface WaitingReasons {
  readonly inUse: readonly Reason[];
  readonly next: readonly Reason[];
  /** Of the new list. */
  readonly hash: string;
  /** An admin chose to keep the list in use. */
  readonly isKeptOut: boolean;
}

/** A new list of reasons that this workspace does not use yet; null: none. */
export async function reasonsWaiting(coach: From, tenant: Tenant): Promise<WaitingReasons | null> {
  const versions = await coach.store.workspace.playbookVersions(tenant);
  const next = versions.find(({ playbookId }) => playbookId === REASONS_ID)?.next ?? null;
  const kept = next === null ? null : await reasonsKept(coach, next.hash);
  return next === null || kept === null
    ? null
    : { inUse: await reasonsInUse(coach, tenant), next: kept, ...next };
}

/** The versions with which new calls of a workspace start, in the order in which they are offered. */
export async function playbooksInUse(coach: From, tenant: Tenant): Promise<readonly Playbook[]> {
  const versions = await coach.store.workspace.playbookVersions(tenant);
  return Promise.all(coach.playbooks.list().map((loaded) => inUse(coach, loaded, versions)));
}

/**
 * The version with which a new call of a workspace starts.
 * @param id null or unknown: the default playbook
 * @param shown the hash of the version on the person's screen, which then counts; absent: none
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

/** The same for a call that begins. The first call of a workspace makes the loaded version the one in use. */
export async function playbookToBegin(
  coach: From,
  tenant: Tenant,
  id: string | null,
  shown?: string,
): Promise<Playbook> {
  const playbook = await playbookInUse(coach, tenant, id, shown);
  const { workspace } = coach.store;
  const used = new Set((await workspace.playbookVersions(tenant)).map(({ playbookId }) => playbookId));
  if (used.has(playbook.id) && used.has(REASONS_ID)) return playbook;
  const begins = [
    // A form may show an earlier version. Admins would not hear of the loaded one if that one were in use.
    { playbookId: playbook.id, hash: coach.playbooks.latest(playbook.id)?.hash ?? playbook.hash },
    { playbookId: REASONS_ID, hash: coach.playbooks.reasonsHash },
  ].filter(({ playbookId }) => !used.has(playbookId));
  for (const version of begins)
    await workspace.useFirstVersion(tenant, { ...version, isOwn: coach.playbooks.isOwn(version.playbookId) });
  // An instance with other files may have been first.
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
  /** Null: no version with this hash is stored. */
  readonly what: { readonly kind: 'playbook'; readonly title: string } | { readonly kind: 'reasons' } | null;
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
  const what = await namedBy(coach, { playbookId, hash });
  if (used?.hash === hash) return { what, state: 'in_use' };
  if (used?.next?.hash !== hash) return { what, state: 'past' };
  return { what, state: used.next.isKeptOut ? 'kept_out' : 'waits' };
}

async function namedBy(coach: From, { playbookId, hash }: VersionWaits): Promise<VersionTold['what']> {
  if (playbookId === REASONS_ID) return { kind: 'reasons' };
  const playbook = await playbookKept(coach, hash);
  return playbook === null ? null : { kind: 'playbook', title: playbook.title };
}

export interface WaitingPlaybook {
  readonly inUse: Playbook;
  readonly next: Playbook;
  /** An admin chose to keep the version in use. */
  readonly isKeptOut: boolean;
}

/** New versions that this workspace does not use yet, also those that an admin turned down. */
export async function playbooksWaiting(coach: From, tenant: Tenant): Promise<readonly WaitingPlaybook[]> {
  const versions = await coach.store.workspace.playbookVersions(tenant);
  // Nobody can start a playbook whose file is gone, so nobody chooses a version of it.
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
  if (used === undefined || isLoaded(coach, loaded.id, loaded.hash, used)) return loaded;
  // A rep who has lost a deal needs some script rather than none.
  return (await playbookKept(coach, used.hash)) ?? loaded;
}

/** Whether the workspace uses what the files have: the same version, or a release's version that nobody edited. */
const isLoaded = ({ playbooks }: From, id: string, hash: string, used: PlaybookVersions): boolean =>
  used.hash === hash || (!used.isOwn && !playbooks.isOwn(id));
