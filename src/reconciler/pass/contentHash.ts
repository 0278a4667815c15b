/** Hashes the content of a message, so that a stored hash tells whether Slack shows it. */
import { createHash } from 'node:crypto';
import type { WantedSlot } from '../types';
import { canonicalJson } from './canonicalJson';

/** Cached, since a pass needs the hashes again after each operation. */
const known = new WeakMap<object, string>();

export function contentHash(slot: Pick<WantedSlot, 'text' | 'blocks'>): string {
  const before = known.get(slot);
  if (before !== undefined) return before;
  const hash = createHash('sha256')
    .update(canonicalJson([slot.text, slot.blocks]))
    .digest('base64url')
    .slice(0, 27);
  known.set(slot, hash);
  return hash;
}
