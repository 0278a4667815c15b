/** Makes Slack show the slots of one owner, one operation at a time, with a new plan after each. */
import type { Privacy, StoredSlot } from '../../store/store';
import type { WantedSlot } from '../types';
import { contentHash } from './contentHash';
import { editSlot } from './editSlot';
import { lookUpSlot } from './lookUp';
import type { PassContext } from './passContext';
import { type Hold, type LastShown, type Operation, plan } from './plan';
import { postSlot } from './postSlot';

/** What Slack should show. */
export interface Content {
  readonly wanted: readonly WantedSlot[];
  readonly privacy: Privacy;
  /** Until when the thread waits to learn who can read its channel, ms UTC; null: it is known. */
  readonly unsureUntil: number | null;
}

export interface Renderer {
  /** Called before each operation, since a new thread may have other readers. */
  content(stored: readonly StoredSlot[]): Promise<Content>;
  /** This release's rendering of the state that Slack shows; null: unknown, so every difference is edited. */
  lastShown(privacy: Privacy, stored: readonly StoredSlot[]): Promise<LastShown | null>;
  /** Called when Slack shows all of it. */
  shown(content: Content): void;
}

/** More than any thread needs; a pass that reaches this repeats itself. */
const MAX_OPERATIONS = 200;

/** @returns when the first waiting operation can go on, ms UTC; null: Slack shows everything */
export async function bringUpToDate(pass: PassContext, renderer: Renderer): Promise<number | null> {
  let before: LastShown | null = null;
  for (let count = 0; count < MAX_OPERATIONS; count++) {
    const stored = await pass.stored();
    const content = await renderer.content(stored);
    const planned = (lastShown: LastShown | null) =>
      plan({
        wanted: content.wanted,
        stored,
        owner: pass.owner,
        now: pass.now(),
        timing: pass.timing,
        lastShown,
        held: (slot) => pass.retryState.held(slot) ?? (slot.inThread ? unsure(pass, content) : null),
      });
    if (before?.privacy !== content.privacy) before = null;
    let { operations, waitUntil } = planned(before);
    if (before === null && operations[0]?.do === 'edit') {
      before = await renderer.lastShown(content.privacy, stored);
      ({ operations, waitUntil } = planned(before));
    }
    const next = operations[0];
    if (next === undefined) {
      if (waitUntil === null) renderer.shown(content);
      return waitUntil;
    }
    await perform(pass, next);
  }
  pass.log('error', { operations: MAX_OPERATIONS }, 'a pass needs more operations than its thread can have');
  return pass.now() + pass.timing.slowRetryMs;
}

/** A new thread waits until its readers are known, since messages that say too little would stay so. */
function unsure(pass: PassContext, { unsureUntil }: Content): Hold | null {
  return unsureUntil === null
    ? null
    : { until: Math.max(unsureUntil, pass.now() + 1), alone: false, turn: false };
}

async function perform(pass: PassContext, operation: Operation): Promise<void> {
  switch (operation.do) {
    case 'drop':
      return pass.drop(operation.key, operation.why);
    case 'look_up':
    case 'look_for_duplicate':
      return lookUpSlot(pass, operation);
    case 'post':
      return postSlot(pass, operation);
    case 'edit':
      return editSlot(pass, operation);
  }
}

export const hashesOf = (slots: readonly WantedSlot[]): ReadonlyMap<string, string> =>
  new Map(slots.map((slot) => [slot.key, contentHash(slot)]));
