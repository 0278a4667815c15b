import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { INSIGHT_VERSION } from '../../../src/insights/insightOf';
import { createProjector } from '../../../src/insights/projector';
import { postgresTarget } from '../../../src/store/databaseUrl';
import { openStore } from '../../../src/store/open';
import { connectSqlite } from '../../../src/store/sqlite/connectSqlite';
import type { Store } from '../../../src/store/store';
import { Fingerprinter } from '../../../src/store/tools/fingerprint';
import { moveToPostgres } from '../../../src/store/tools/move';
import { createDatabase, describeOnPostgres, onDatabase, type TestDatabase } from '../../postgres/database';
import { ACME, aDeal, anAsk, aSlot, commitOf, dealOf, GLOBEX, NOON, next } from '../builder';
import { claimFirst, codeOf, type TempFolder, tempFolder } from '../harness';

const MINUTE = 60_000;
const HARD_WORDS = 'Nörthwind 🚚 "quoted" \\n {a,b} \t NULL \n line two';

async function fill(store: Store): Promise<void> {
  for (let index = 0; index < 25; index += 1) {
    const deal = aDeal({ id: `D${index}`, account: `${HARD_WORDS} ${index}` });
    await store.deals.commit(commitOf(deal, { deliveryKey: `K${index}`, wakeAt: NOON + MINUTE }));
    await store.deals.commit(commitOf(next(deal, { ask: anAsk() })));
  }
  await store.deals.commit(commitOf(aDeal({ tenant: GLOBEX, account: 'Another workspace' })));
  const claim = await claimFirst(store);
  await store.work.saveSlot(claim, aSlot());
  await store.work.finish(claim, 2);
  await createProjector({ store, logger: { warn: () => undefined } }).round();
  await store.workspace.saveSettings(ACME, { anything: HARD_WORDS });
  await store.workspace.saveInstallation({
    tenant: GLOBEX,
    botToken: 'xoxb-1',
    botId: 'B1',
    botUserId: 'U1',
    appId: 'A1',
    teamName: 'Globex',
    channel: null,
  });
}

/** Everything that `fill` made, as a store reads it. */
async function contents(store: Store): Promise<unknown> {
  const deals = await Promise.all(
    Array.from({ length: 25 }, async (_, index) => ({
      deal: await store.deals.load(ACME, `D${index}`),
      events: await store.deals.events(ACME, `D${index}`),
      slots: await store.work.slots(ACME, dealOf(`D${index}`)),
    })),
  );
  return {
    deals,
    other: await store.deals.load(GLOBEX, 'D1'),
    found: await store.work.findByMessage(ACME, 'C1', '1.1'),
    waiting: await store.deals.waitingFor(ACME, ['UMANAGER'], 100),
    figures: await store.work.figures(),
    behind: await store.insights.behind(INSIGHT_VERSION, 100),
    due: await store.work.nextDue(),
    settings: await store.workspace.settings(ACME),
    installations: await store.workspace.installations(),
    again: await store.deals.commit(commitOf(aDeal({ id: 'new' }), { deliveryKey: 'K3' })),
  };
}

describeOnPostgres('moving an SQLite database to PostgreSQL', () => {
  let folder: TempFolder;
  let database: TestDatabase;
  beforeEach(async () => {
    folder = tempFolder();
    database = await createDatabase();
    const store = await openStore(folder.url('a.db'));
    await fill(store);
    await store.close();
  });
  afterEach(async () => {
    await database.drop();
    folder.remove();
  });

  function move(options?: Parameters<typeof moveToPostgres>[2]) {
    const target = postgresTarget(database.url);
    if (target === null) throw new Error('not PostgreSQL');
    return moveToPostgres(folder.file('a.db'), target, options);
  }

  const rowsThere = (table: string) =>
    onDatabase(database.url, async (client) =>
      Number((await client.query(`select count(*) as rows from ${table}`)).rows[0].rows),
    );

  it('moves everything, and reports rows and hash of each table', async () => {
    const here = await openStore(folder.url('a.db'));
    const before = await contents(here);
    await here.close();
    const progress: string[] = [];
    const moved = await move({ onProgress: (what, rows, of) => progress.push(`${what} ${rows} ${of}`) });

    const there = await openStore(database.url);
    expect(await contents(there)).toEqual(before);
    await there.close();

    const tables = connectSqlite(folder.file('a.db'), { readonly: true })
      .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
      .pluck()
      .all();
    expect(moved.map(({ table }) => table)).toEqual(
      tables.filter((name) => name !== 'lostdeal_migrations').sort(),
    );
    expect(moved.find(({ table }) => table === 'deals')).toEqual({
      table: 'deals',
      rows: 26,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(moved.find(({ table }) => table === 'events')?.rows).toBe(51);
    expect(moved.find(({ table }) => table === 'insights')?.rows).toBe(26);
    expect(progress).toContain('deals 26 26');
  });

  it('leaves the target with every index and reference that a start creates', async () => {
    const shape = () =>
      onDatabase(database.url, async (client) => {
        const indexes = await client.query(
          "select indexname, indexdef from pg_indexes where schemaname = 'public' order by 1",
        );
        const references = await client.query(
          "select conname, pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace order by 1",
        );
        return { indexes: indexes.rows, references: references.rows };
      });
    await (await openStore(database.url)).close();
    const asStarted = await shape();
    await move();
    expect(await shape()).toEqual(asStarted);
    expect(asStarted.indexes.length).toBeGreaterThan(15);
  });

  it('refuses a database that holds anything', async () => {
    const there = await openStore(database.url);
    await there.workspace.saveDmChannel(ACME, 'U1', 'D1');
    await there.close();
    const moving = move();
    expect(await codeOf(moving)).toBe('store_not_empty');
    await expect(moving).rejects.toThrow('there are rows in dm_channels');
    expect(await rowsThere('deals')).toBe(0);
  });

  it('refuses while Lostdeal works on the file', async () => {
    const holder = spawn(
      process.execPath,
      ['--import', 'tsx', join(__dirname, '..', 'holder.ts'), folder.url('b.db')],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const ended = once(holder, 'exit');
    await once(holder.stdout, 'data');
    const target = postgresTarget(database.url);
    if (target === null) throw new Error('not PostgreSQL');
    expect(await codeOf(moveToPostgres(folder.file('b.db'), target))).toBe('store_locked');
    holder.kill('SIGKILL');
    await ended;
    expect(await moveToPostgres(folder.file('b.db'), target)).toContainEqual(
      expect.objectContaining({ table: 'deals', rows: 1 }),
    );
  });

  it('keeps nothing if the rows that arrived differ, and succeeds when it runs again', async () => {
    await (await openStore(database.url)).close();
    // An operator's trigger changes account names.
    await onDatabase(database.url, (client) =>
      client.query(`
        create function tidy() returns trigger language plpgsql as 'begin new.account := upper(new.account); return new; end';
        create trigger tidy before insert on deals for each row execute function tidy()`),
    );
    const moving = move();
    expect(await codeOf(moving)).toBe('store_corrupt');
    await expect(moving).rejects.toThrow(
      /deals did not arrive as it was: 26 rows with the hash [0-9a-f]{64} were sent, 26 rows/,
    );
    expect(await rowsThere('deals')).toBe(0);
    expect(await rowsThere('events')).toBe(0);

    await onDatabase(database.url, (client) => client.query('drop trigger tidy on deals'));
    expect(await move()).toContainEqual(expect.objectContaining({ table: 'deals', rows: 26 }));
  });

  it('keeps nothing if it is interrupted, and succeeds when it runs again', async () => {
    await expect(
      move({
        onProgress(what) {
          if (what === 'events') throw new Error('interrupted');
        },
      }),
    ).rejects.toThrow('interrupted');
    expect(await rowsThere('deals')).toBe(0);
    expect(await move()).toContainEqual(expect.objectContaining({ table: 'events', rows: 51 }));
    // The file is unchanged, for the way back.
    expect(statSync(folder.file('a.db')).size).toBeGreaterThan(0);
    await (await openStore(folder.url('a.db'))).close();
  });
});

describe('the fingerprint of a table', () => {
  const of = (...rows: (string | number | null)[][]) => {
    const fingerprinter = new Fingerprinter();
    for (const row of rows) fingerprinter.add(row);
    return fingerprinter.result.hash;
  };

  it('does not depend on the order of rows', () => {
    expect(of(['a', 1], ['b', 2])).toBe(of(['b', 2], ['a', 1]));
  });

  it.each([
    ['a cell', [['a', 1]], [['a', 2]]],
    ['the kind of a cell', [['a', 1]], [['a', '1']]],
    ['nothing for a word', [[null]], [['null']]],
    ['cells that lie together otherwise', [['ab', 'c']], [['a', 'bc']]],
    ['a row that is there twice', [['a']], [['a'], ['a']]],
    ['rows that are there twice', [['a'], ['a']], [['b'], ['b']]],
  ])('distinguishes %s', (_, one, other) => {
    expect(of(...one)).not.toBe(of(...other));
  });
});
