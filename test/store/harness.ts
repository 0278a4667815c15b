/** Stores in temporary folders, and waiting for a condition. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OpenOptions, openStore } from '../../src/store/open';
import type { Claim, Store } from '../../src/store/store';
import { copyEmptyDatabase } from '../emptyDatabase';
import { NOON } from './builder';

export interface OpenedStore {
  readonly store: Store;
  /** Closes the store, and deletes what it stored. */
  dispose(): Promise<void>;
}

/** Opens an empty store. */
export type OpenForTest = () => Promise<OpenedStore>;

/** The parts of a store that the suite tests. */
export type StoreUnderTest = Pick<
  Store,
  'deals' | 'drafts' | 'practices' | 'work' | 'workspace' | 'buckets' | 'insights' | 'ping'
>;

/** For use in a `describe`: each test gets its own store. */
export function storeOfEachTest(open: OpenForTest): StoreUnderTest {
  let opened: OpenedStore;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.dispose());
  return {
    get deals() {
      return opened.store.deals;
    },
    get drafts() {
      return opened.store.drafts;
    },
    get practices() {
      return opened.store.practices;
    },
    get work() {
      return opened.store.work;
    },
    get workspace() {
      return opened.store.workspace;
    },
    get buckets() {
      return opened.store.buckets;
    },
    get insights() {
      return opened.store.insights;
    },
    ping: () => opened.store.ping(),
  };
}

export interface TempFolder {
  readonly path: string;
  file(name: string): string;
  url(name: string): string;
  remove(): void;
}

export function tempFolder(): TempFolder {
  const path = mkdtempSync(join(tmpdir(), 'lostdeal-store-'));
  const file = (name: string): string => join(path, name);
  return {
    path,
    file,
    url: (name) => `file:${file(name)}`,
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

export async function openSqliteForTest(options: OpenOptions = {}): Promise<OpenedStore> {
  const folder = tempFolder();
  copyEmptyDatabase(folder.file('test.db'));
  const store = await openStore(folder.url('test.db'), options);
  return {
    store,
    async dispose() {
      await store.close();
      folder.remove();
    },
  };
}

/** Asks until the answer is not null or undefined; the test's own timeout ends it otherwise. */
export async function until<T>(ask: () => Promise<T | null | undefined>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** The code of the error that a promise ends with. */
export async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  const error: unknown = await promise.then(
    () => new Error('nothing was thrown'),
    (thrown: unknown) => thrown,
  );
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : error;
}

/** Claims the first deal that is due. @throws when none is */
export async function claimFirst(
  store: Pick<Store, 'work'>,
  owner = 'one',
  now = NOON,
  leaseMs = 60_000,
): Promise<Claim> {
  const [claim] = await store.work.claim(owner, now, 1, leaseMs);
  if (claim === undefined) throw new Error('nothing to claim');
  return claim;
}
