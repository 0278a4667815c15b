/** Slots as the renderer makes them, with only what the reconciler reads. */
import type { WantedSlot } from '../../src/reconciler/types';
import type { StoredSlot } from '../../src/store/store';

type Change = Partial<Pick<WantedSlot, 'overtaken' | 'notifies' | 'broadcast'>>;

function slot(key: string, place: WantedSlot['place'], words: string, change: Change = {}): WantedSlot {
  return {
    key,
    place,
    text: words,
    blocks: [
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: words }] }],
      },
    ],
    notifies: false,
    overtaken: false,
    ...change,
  };
}

export const root = (words = 'summary') => slot('summary', { in: 'root' }, words);
export const reply = (key: string, words = key, change: Change = {}) =>
  slot(key, { in: 'thread' }, words, change);
export const direct = (key: string, user: string, words = key, change: Change = {}) =>
  slot(key, { in: 'dm', user }, words, change);

export function stored(key: string, change: Partial<StoredSlot> = {}): StoredSlot {
  return {
    key,
    channel: 'C1',
    ts: null,
    hash: null,
    state: 'intended',
    intentAt: null,
    lookups: 0,
    shows: null,
    ...change,
  };
}
