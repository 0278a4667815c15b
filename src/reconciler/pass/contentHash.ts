/** Names what a message says, so that what stands in Slack can be compared without asking Slack. */
import { createHash } from 'node:crypto';
import type { WantedSlot } from '../types';
import { canonicalJson } from './canonicalJson';

export function contentHash(slot: Pick<WantedSlot, 'text' | 'blocks'>): string {
  return createHash('sha256')
    .update(canonicalJson([slot.text, slot.blocks]))
    .digest('base64url')
    .slice(0, 27);
}
