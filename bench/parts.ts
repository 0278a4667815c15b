/** The parts, in the order of the page. */
import { acks } from './acks';
import { footprint } from './footprint';
import { growth } from './growth';
import type { Part } from './part';

export const PARTS: readonly Part[] = [acks, growth, footprint];
