/** Names what a message says, so that what stands in Slack can be compared without asking Slack. */
import { createHash } from 'node:crypto';
import type { WantedSlot } from '../types';
import { canonicalJson } from './canonicalJson';

/** A pass asks again after each operation. */
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
