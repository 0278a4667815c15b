/** The parts, in the order of the page. */
import { acks } from './acks';
import { drafts } from './drafts';
import { footprint } from './footprint';
import { growth } from './growth';
import { instances } from './instances';
import { learn } from './learn';
import type { Part } from './part';
import { reconciler } from './reconciler';
import { strangers } from './strangers';
import { worstDeal } from './worstDeal';

export const PARTS: readonly Part[] = [
  acks,
  drafts,
  growth,
  learn,
  reconciler,
  instances,
  footprint,
  strangers,
  worstDeal,
];
