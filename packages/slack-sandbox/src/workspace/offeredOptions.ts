import { forgetOldest } from '../ids';
import type { JsonObject } from '../json';

/** Of menus that were asked for longer ago, only what is chosen already can be chosen. */
const REMEMBERED = 1000;
/** Of one menu: what came with the last words typed, and with those before. */
const PER_MENU = 200;

/** What the app has offered in each external menu; only that can be chosen there. */
export class Suggestions {
  private readonly offered = new Map<string, readonly JsonObject[]>();

  /** @param surface the id of a view, or the ts of a message */
  keep(surface: string, blockId: string, actionId: string, options: readonly JsonObject[]): void {
    const key = keyOf(surface, blockId, actionId);
    const fresh = new Set(options.map(({ value }) => value));
    const before = (this.offered.get(key) ?? []).filter(({ value }) => !fresh.has(value));
    this.offered.delete(key);
    this.offered.set(key, [...options, ...before].slice(0, PER_MENU));
    forgetOldest(this.offered, REMEMBERED);
  }

  of(surface: string, blockId: string, actionId: string): readonly JsonObject[] | undefined {
    return this.offered.get(keyOf(surface, blockId, actionId));
  }

  clear(): void {
    this.offered.clear();
  }
}

function keyOf(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}
