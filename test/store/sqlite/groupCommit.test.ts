/** Commits of requests that come together: one transaction, and each for itself all the same. */
import { Kysely } from 'kysely';
import { createDealsStore } from '../../../src/store/deals/deals';
import { sqliteStoreDialect } from '../../../src/store/dialect';
import { openStore } from '../../../src/store/open';
import type { Database } from '../../../src/store/schema';
import { createSqliteCommit } from '../../../src/store/sqlite/commit';
import { openSqlite } from '../../../src/store/sqlite/connection';
import { connectSqlite } from '../../../src/store/sqlite/connectSqlite';
import {
  createGroupCommit,
  type GroupCommit,
  type Transactions,
} from '../../../src/store/sqlite/groupCommit';
import { LostdealSqliteDialect } from '../../../src/store/sqlite/kysely';
import type { Store } from '../../../src/store/store';
import { ACME, aDeal, commitOf, NOON, next } from '../builder';
import { codeOf, type TempFolder, tempFolder } from '../harness';

describe('commits that come together', () => {
  let folder: TempFolder;
  let store: Store;
  let statements: string[];
  const commits = () => statements.filter((sql) => sql === 'commit').length;

  beforeEach(async () => {
    folder = tempFolder();
    statements = [];
    store = await openStore(folder.url('a.db'), { onQuery: ({ sql }) => statements.push(sql) });
    statements.length = 0;
  });
  afterEach(async () => {
    await store.close();
    folder.remove();
  });

  it('share one transaction, and are all on the disk when the first is told', async () => {
    const deals = ['D1', 'D2', 'D3', 'D4'].map((id) => aDeal({ id }));
    const told: string[] = [];
    const results = deals.map(async (deal) => {
      const result = await store.deals.commit(commitOf(deal));
      if (told.length === 0) {
        const other = connectSqlite(folder.file('a.db'), { readonly: true });
        told.push(...(other.prepare('select id from deals order by id').pluck().all() as string[]));
        other.close();
      }
      return result;
    });
    expect(await Promise.all(results)).toEqual(Array(4).fill('committed'));
    expect(told).toEqual(['D1', 'D2', 'D3', 'D4']);
    expect(commits()).toBe(1);
  });

  it('one that comes too late for its revision, or a second time, takes nothing of the others with it', async () => {
    const deal = aDeal();
    await store.deals.commit(commitOf(deal, { deliveryKey: 'first' }));
    const one = next(deal, { account: 'By one' });
    const other = next(deal, { account: 'By the other' });
    const elsewhere = aDeal({ id: 'D2' });
    const results = await Promise.all([
      store.deals.commit(commitOf(one, { deliveryKey: 'one' })),
      store.deals.commit(commitOf(other, { deliveryKey: 'other' })),
      store.deals.commit(commitOf(next(deal), { deliveryKey: 'first' })),
      store.deals.commit(commitOf(elsewhere, { deliveryKey: 'third' })),
    ]);
    expect(results).toEqual(['committed', 'conflict', 'duplicate', 'committed']);
    expect((await store.deals.load(ACME, deal.id))?.account).toBe('By one');
    expect(await store.deals.events(ACME, deal.id)).toHaveLength(2);
    // What was taken back took its delivery along: the person's second try has its effect.
    const again = next(one, { account: 'By the other' });
    expect(await store.deals.commit(commitOf(again, { deliveryKey: 'other' }))).toBe('committed');
  });

  it('are decided in the order in which they came', async () => {
    const deal = aDeal();
    await store.deals.commit(commitOf(deal));
    const [second, third] = [next(deal), next(next(deal))];
    const results = await Promise.all([
      store.deals.commit(commitOf(second)),
      store.deals.commit(commitOf(third)),
    ]);
    expect(results).toEqual(['committed', 'committed']);
    expect((await store.deals.load(ACME, deal.id))?.revision).toBe(3);
  });

  it('wait for a transaction that is under way, and are not part of it', async () => {
    const slow = store.workspace.changeSettings(ACME, NOON, 'UADMIN', () => ({
      settings: { a: 1 },
      history: [],
    }));
    const result = store.deals.commit(commitOf(aDeal()));
    expect(await Promise.all([slow.then(() => 'saved'), result])).toEqual(['saved', 'committed']);
  });

  it('are loaded as they were written, and not parsed again', async () => {
    const deal = aDeal();
    await store.deals.commit(commitOf(deal));
    const loaded = await store.deals.load(ACME, deal.id);
    expect(loaded).toStrictEqual(deal);
    expect(await store.deals.load(ACME, deal.id)).toBe(loaded);
  });

  it('what another connection wrote is seen, although the deal is remembered', async () => {
    const deal = aDeal();
    await store.deals.commit(commitOf(deal));
    await store.deals.load(ACME, deal.id);
    const other = connectSqlite(folder.file('a.db'));
    const state = JSON.stringify(next(deal, { account: 'Written elsewhere' }));
    other.prepare('update deals set revision = 2, state = ? where id = ?').run(state, deal.id);
    other.close();
    expect((await store.deals.load(ACME, deal.id))?.account).toBe('Written elsewhere');
  });

  it('on a full disk are refused, each is told, and what was there stays', async () => {
    await store.deals.commit(commitOf(aDeal()));
    await store.close();
    const path = folder.file('a.db');
    const connection = openSqlite(path);
    const db = new Kysely<Database>({ dialect: new LostdealSqliteDialect(connection, path) });
    const deals = createDealsStore(
      db,
      sqliteStoreDialect,
      createSqliteCommit(connection, db, path, undefined),
    );
    connection.pragma(`max_page_count = ${Number(connection.pragma('page_count', { simple: true })) + 2}`);
    const account = 'x'.repeat(40_000);
    const large = (id: string) => deals.commit(commitOf(aDeal({ id, account })));

    expect(await Promise.all(['D2', 'D3', 'D4'].map((id) => codeOf(large(id))))).toEqual(
      Array(3).fill('store_full'),
    );
    expect(await deals.load(ACME, 'D2')).toBeNull();
    expect(await deals.load(ACME, 'D1')).not.toBeNull();
    connection.pragma('max_page_count = 10000');
    expect(await large('D2')).toBe('committed');

    await db.destroy();
    store = await openStore(folder.url('a.db'));
  });
});

describe('a shared transaction', () => {
  /** A database in which these steps fail. */
  function failing(broken: { readonly at: 'begin' | 'commit' | 'write'; readonly loses?: boolean }) {
    const done: string[] = [];
    let open = false;
    const step = (name: string, then: () => void) => () => {
      if (name === broken.at) throw new Error(`${name} fails`);
      done.push(name);
      then();
    };
    const nothing = () => undefined;
    const transactions: Transactions = {
      begin: step('begin', () => {
        open = true;
      }),
      commit: step('commit', () => {
        open = false;
      }),
      rollback: step('rollback', () => {
        open = false;
      }),
      savepoint: nothing,
      release: nothing,
      rollbackToSavepoint: step('take back', nothing),
      isOpen: () => open,
    };
    const group: GroupCommit = createGroupCommit(
      transactions,
      async (work) => work(),
      (error) => error,
    );
    const good = (result: string) => group.commit(() => ({ keep: true, result }));
    const bad = () =>
      group.commit<string>(() => {
        // As SQLite does after an I/O error.
        if (broken.loses) open = false;
        throw new Error('write fails');
      });
    return { done, good, bad };
  }

  const outcomes = async (all: readonly Promise<string>[]) =>
    (await Promise.allSettled(all)).map((it) =>
      it.status === 'fulfilled' ? it.value : (it.reason as { message: string }).message,
    );

  it.each([['begin'], ['commit']] as const)('that cannot %s fails for everybody in it', async (at) => {
    const { good, done } = failing({ at });
    expect(await outcomes([good('one'), good('two')])).toEqual([`${at} fails`, `${at} fails`]);
    expect(done).toEqual(at === 'begin' ? [] : ['begin', 'rollback']);
  });

  it('goes on without the one write that fails alone', async () => {
    const { good, bad, done } = failing({ at: 'write' });
    expect(await outcomes([good('one'), bad(), good('three')])).toEqual(['one', 'write fails', 'three']);
    expect(done).toEqual(['begin', 'take back', 'commit']);
  });

  it('that the database gave up with one write fails for everybody, those before it too', async () => {
    const { good, bad, done } = failing({ at: 'write', loses: true });
    expect(await outcomes([good('one'), bad(), good('three')])).toEqual(Array(3).fill('write fails'));
    expect(done).toEqual(['begin']);
  });

  it('that failed is followed by another', async () => {
    const { good, bad } = failing({ at: 'write', loses: true });
    expect(await outcomes([bad()])).toEqual(['write fails']);
    expect(await outcomes([good('later')])).toEqual(['later']);
  });
});
