/** The playbook a deal or a practice call started with: the library's if it is still that version, else the copy kept in the database. */
import { LRUCache } from 'lru-cache';
import type { Deal } from '../deal/model/deal';
import { playbookFromSource } from '../playbook/checking/loader';
import type { Playbook } from '../playbook/schema';
import type { Coach } from './context';

/** Playbooks by the hash of their content, so an entry never changes and belongs to no workspace. */
const earlier = new LRUCache<string, Playbook>({ max: 100 });

export async function playbookOf(coach: Coach, deal: Pick<Deal, 'id' | 'playbook'>): Promise<Playbook> {
  const { id, hash } = deal.playbook;
  const kept = await playbookKept(coach, hash);
  if (kept === null) throw new Error(`playbook ${id} (${hash}) of ${deal.id} is not in the database`);
  return kept;
}

/** The version with this hash; null: nobody kept it. */
export async function playbookKept({ store, playbooks }: Coach, hash: string): Promise<Playbook | null> {
  const known = playbooks.list().find((latest) => latest.hash === hash) ?? earlier.get(hash);
  if (known !== undefined) return known;
  const kept = await store.workspace.playbook(hash);
  if (kept === null) return null;
  const read = playbookFromSource(kept, hash);
  earlier.set(hash, read);
  return read;
}

/** Keeps every loaded playbook, so that deals can finish with the version they started with. Runs at start. */
export async function keepPlaybooks(coach: Pick<Coach, 'store' | 'playbooks'>): Promise<void> {
  for (const { hash, practice: _, ...source } of coach.playbooks.list()) {
    await coach.store.workspace.savePlaybook(hash, source);
  }
}
