/** Commits that come together share one transaction, and each still succeeds or fails alone. */
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
import type { Draft, Store } from '../../../src/store/store';
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

  it('share one transaction, and are all on the disk when the first resolves', async () => {
    const deals = ['D1', 'D2', 'D3', 'D4'].map((id) => aDeal({ id }));
    const onDisk: string[] = [];
    const results = deals.map(async (deal) => {
      const result = await store.deals.commit(commitOf(deal));
      if (onDisk.length === 0) {
        const other = connectSqlite(folder.file('a.db'), { readonly: true });
        onDisk.push(...(other.prepare('select id from deals order by id').pluck().all() as string[]));
        other.close();
      }
      return result;
    });
    expect(await Promise.all(results)).toEqual(Array(4).fill('committed'));
    expect(onDisk).toEqual(['D1', 'D2', 'D3', 'D4']);
    expect(commits()).toBe(1);
  });

  it('include a write that can wait, which is stored by itself when nothing else comes', async () => {
    const draft = (userId: string): Draft => ({
      ...{ tenant: ACME, dealId: '', userId, form: 'after' },
      ...{ viewId: 'V1', actionTs: 1, savedAt: NOON, values: { notes: 'Ninety days' } },
    });
    // It can wait so long that only the commit of the deal stores it.
    const kept = store.drafts.save(draft('UONE'), 600_000);
    await store.deals.commit(commitOf(aDeal()));
    await kept;
    expect(commits()).toBe(1);
    await Promise.all([store.drafts.save(draft('UTWO'), 1), store.drafts.save(draft('UTHREE'), 600_000)]);
    expect(commits()).toBe(2);
    const left = await Promise.all(['UONE', 'UTWO', 'UTHREE'].map((it) => store.drafts.values(draft(it))));
    expect(left).toEqual(Array(3).fill({ notes: 'Ninety days' }));
  });

  it('do not fail because one of them conflicts or is a duplicate', async () => {
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
    // The rollback also removed the delivery key, so the person's second try has its effect.
    const again = next(one, { account: 'By the other' });
    expect(await store.deals.commit(commitOf(again, { deliveryKey: 'other' }))).toBe('committed');
  });

  it('run in the order in which they came', async () => {
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

  it('wait for an open transaction, and do not join it', async () => {
    const slow = store.workspace.changeSettings(ACME, NOON, 'UADMIN', () => ({
      settings: { a: 1 },
      history: [],
    }));
    const result = store.deals.commit(commitOf(aDeal()));
    expect(await Promise.all([slow.then(() => 'saved'), result])).toEqual(['saved', 'committed']);
  });

  it('load as they were written, without parsing', async () => {
    const deal = aDeal();
    await store.deals.commit(commitOf(deal));
    const loaded = await store.deals.load(ACME, deal.id);
    expect(loaded).toStrictEqual(deal);
    expect(await store.deals.load(ACME, deal.id)).toBe(loaded);
  });

  it('do not hide what another connection wrote, although the deal is cached', async () => {
    const deal = aDeal();
    await store.deals.commit(commitOf(deal));
    await store.deals.load(ACME, deal.id);
    const other = connectSqlite(folder.file('a.db'));
    const state = JSON.stringify(next(deal, { account: 'Written elsewhere' }));
    other.prepare('update deals set revision = 2, state = ? where id = ?').run(state, deal.id);
    other.close();
    expect((await store.deals.load(ACME, deal.id))?.account).toBe('Written elsewhere');
  });

  it('all fail on a full disk, and earlier deals stay', async () => {
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
  /** A database in which one kind of step fails. */
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
      rollbackToSavepoint: step('roll back to savepoint', nothing),
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
        // SQLite rolls back by itself after an I/O error.
        if (broken.loses) open = false;
        throw new Error('write fails');
      });
    return { done, good, bad };
  }

  const outcomes = async (all: readonly Promise<string>[]) =>
    (await Promise.allSettled(all)).map((it) =>
      it.status === 'fulfilled' ? it.value : (it.reason as { message: string }).message,
    );

  it.each([['begin'], ['commit']] as const)('that cannot %s fails for every commit in it', async (at) => {
    const { good, done } = failing({ at });
    expect(await outcomes([good('one'), good('two')])).toEqual([`${at} fails`, `${at} fails`]);
    expect(done).toEqual(at === 'begin' ? [] : ['begin', 'rollback']);
  });

  it('goes on without the one write that fails alone', async () => {
    const { good, bad, done } = failing({ at: 'write' });
    expect(await outcomes([good('one'), bad(), good('three')])).toEqual(['one', 'write fails', 'three']);
    expect(done).toEqual(['begin', 'roll back to savepoint', 'commit']);
  });

  it('that the database rolled back fails for every commit in it, also for earlier ones', async () => {
    const { good, bad, done } = failing({ at: 'write', loses: true });
    expect(await outcomes([good('one'), bad(), good('three')])).toEqual(Array(3).fill('write fails'));
    expect(done).toEqual(['begin']);
  });

  it('that failed does not stop the next one', async () => {
    const { good, bad } = failing({ at: 'write', loses: true });
    expect(await outcomes([bad()])).toEqual(['write fails']);
    expect(await outcomes([good('later')])).toEqual(['later']);
  });
});
