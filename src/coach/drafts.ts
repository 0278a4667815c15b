/**
 * Keeps words while a person types them. Slack reports each keystroke. We ack a keystroke when the commit that holds
 * it, or a newer one, has ended. So many keystrokes share one commit, and none is lost without an error.
 */
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { nameKey } from '../deal/model/typed';
import type { Draft, DraftKey, DraftStore } from '../store/store';
import type { Clock } from './context';

/** The deal id of a draft whose deal begins when its form is saved. */
export const NO_DEAL_YET = '';

/** The time from the start of one commit of a screen to the start of the next, ms. */
const EVERY_MS = 300;

/** A commit of a screen waits this long for the commit of a click, ms, so that both share one sync of the disk. */
const PATIENCE_MS = 60;

/** The time for which we keep an unfinished screen, from its last keystroke. */
export const DRAFT_KEPT_MS = 14 * 24 * 60 * 60_000;

type Screen = DraftKey & { readonly viewId: string };
type Keystroke = Omit<Draft, 'savedAt'> & {
  /** Words of inputs that the screen does not show now stay with the draft. */
  readonly keepsHidden?: boolean;
};

/** The form of a deal that begins when it is saved. The draft names the company by a hash alone. */
export const formOfNew = (form: string, account: string): string =>
  `${form}:${createHash('sha256').update(nameKey(account)).digest('hex').slice(0, 32)}`;

export interface Drafts {
  /** @throws what the store throws when the database does not answer; the draft may not be stored then */
  keep(typed: Keystroke): Promise<void>;
  /** The last typed values that the person did not save; null: none. */
  values(key: DraftKey): Promise<Draft['values'] | null>;
  /** The person saved the screen: deletes its words, and those of keystrokes that are still under way. */
  settle(screen: Screen): Promise<void>;
}

interface Typing {
  newest: Keystroke | null;
  waiting: { readonly done: () => void; readonly failed: (error: unknown) => void }[];
  /** Ends with the commit that is under way. Never rejects. */
  committing: Promise<void> | null;
  timer: NodeJS.Timeout | null;
}

export function createDrafts(store: DraftStore, clock: Clock): Drafts {
  const screens = new Map<string, Typing>();
  let released: Promise<void> = Promise.resolve();

  /** Acks one keystroke after the other. A click that has come meanwhile is answered in between. */
  const release = (waiting: Typing['waiting']) => {
    released = released.then(async () => {
      for (const { done } of waiting) {
        done();
        await nextTurn();
      }
    });
  };

  const begin = (key: string): Typing => {
    const typing = { newest: null, waiting: [], committing: null, timer: null };
    screens.set(key, typing);
    return typing;
  };

  async function commit(key: string, typing: Typing): Promise<void> {
    const { newest, waiting } = typing;
    typing.newest = null;
    typing.waiting = [];
    if (newest === null) return;
    typing.timer = setTimeout(() => {
      typing.timer = null;
      next(key, typing);
    }, EVERY_MS);
    try {
      const { keepsHidden, ...draft } = newest;
      const before = keepsHidden === true ? await store.values(newest) : null;
      await store.save(
        { ...draft, values: { ...before, ...draft.values }, savedAt: clock.now() },
        PATIENCE_MS,
      );
      release(waiting);
    } catch (error) {
      for (const { failed } of waiting) failed(error);
    }
  }

  /** Begins a commit, unless one is under way or the last one began a moment ago. */
  function next(key: string, typing: Typing): void {
    if (typing.committing !== null || typing.timer !== null) return;
    if (typing.newest === null) {
      screens.delete(key);
      return;
    }
    typing.committing = commit(key, typing).finally(() => {
      typing.committing = null;
      next(key, typing);
    });
  }

  /** Commits at once whatever waits for its turn. */
  async function flush(key: string): Promise<void> {
    const typing = screens.get(key);
    if (typing === undefined) return;
    await typing.committing;
    if (typing.timer !== null) clearTimeout(typing.timer);
    typing.timer = null;
    next(key, typing);
    await typing.committing;
  }

  return {
    keep(typed) {
      const key = keyOf(typed);
      const typing = screens.get(key) ?? begin(key);
      if (typing.newest === null || typing.newest.actionTs < typed.actionTs) typing.newest = typed;
      return new Promise((done, failed) => {
        typing.waiting.push({ done, failed });
        next(key, typing);
      });
    },

    async values(key) {
      await flush(keyOf(key));
      return store.values(key);
    },

    async settle(screen) {
      const now = clock.now();
      await store.settle({ ...screen, actionTs: now * 1000, savedAt: now });
    },
  };
}

const keyOf = ({ tenant, dealId, userId, form }: DraftKey): string =>
  JSON.stringify([tenant.enterpriseId, tenant.teamId, dealId, userId, form]);
