import { forgetOldest } from '../ids';
import type { JsonObject } from '../json';

/** Menus that were asked longest ago are dropped. Only their present choices can be chosen from then on. */
const MAX_MENUS = 1000;
/** Options of one menu: those for the last typed text and for texts before it. */
const MAX_PER_MENU = 200;

/** The app's offers in external menus. Nothing else can be chosen there. */
export class OfferedOptions {
  private readonly offered = new Map<string, readonly JsonObject[]>();

  /** @param ownerId id of a view, or ts of a message */
  keep(ownerId: string, blockId: string, actionId: string, options: readonly JsonObject[]): void {
    const key = keyOf(ownerId, blockId, actionId);
    const fresh = new Set(options.map(({ value }) => value));
    const before = (this.offered.get(key) ?? []).filter(({ value }) => !fresh.has(value));
    this.offered.delete(key);
    this.offered.set(key, [...options, ...before].slice(0, MAX_PER_MENU));
    forgetOldest(this.offered, MAX_MENUS);
  }

  of(ownerId: string, blockId: string, actionId: string): readonly JsonObject[] | undefined {
    return this.offered.get(keyOf(ownerId, blockId, actionId));
  }

  clear(): void {
    this.offered.clear();
  }
}

function keyOf(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}
