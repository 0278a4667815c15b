/** Erasing what is kept of an account, a person or a workspace; and handing it out. */
import { existsSync, readFileSync } from 'node:fs';
import type { KeptRemark } from '../../../src/deal/model/remark';
import { createProjector } from '../../../src/insights/projector';
import { openStore } from '../../../src/store/open';
import { connectSqlite } from '../../../src/store/sqlite/connectSqlite';
import type { Store } from '../../../src/store/store';
import { copyDatabase } from '../../../src/store/tools/copyDatabase';
import { eraseData, type Scope } from '../../../src/store/tools/eraseData';
import { exportAccount } from '../../../src/store/tools/exportAccount';
import { createDatabase, describeOnPostgres } from '../../postgres/database';
import { ACME, aDeal, aSlot, commitOf, GLOBEX, NOON } from '../builder';
import { codeOf, type TempFolder, tempFolder } from '../harness';
import { practice } from '../suite/practices';

const TEAM = ACME.teamId;
const NORTHWIND: Scope = { what: 'account', account: ' northWIND  ltd' };

const reply = (by: string, text: string): KeptRemark => ({
  id: 1,
  by,
  at: NOON,
  channel: 'C1',
  ts: '1.1',
  text,
  isCut: false,
  editedAt: null,
  editedTs: null,
  edits: 0,
});

const person = (userId: string, deleted: boolean) => ({
  userId,
  realName: `Name of ${userId}`,
  tz: 'Europe/Berlin',
  isAdmin: false,
  isBot: false,
  isStranger: false,
  isGuest: false,
  deleted,
  fetchedAt: NOON,
});

const noted = (notes: string) => ({ details: { ...aDeal().details, notes } });

async function fill(store: Store): Promise<void> {
  const deal = { account: 'Northwind Ltd', ...noted('Northwind secret') };
  await store.deals.commit({ ...commitOf(aDeal({ id: 'D1', ...deal })), remark: reply('U1', 'First words') });
  const other = { account: 'Contoso', ...noted('Same as Northwind Ltd') };
  await store.deals.commit({
    ...commitOf(aDeal({ id: 'D2', ...other })),
    remark: reply('U2', 'Second words'),
  });
  await store.deals.commit(commitOf(aDeal({ id: 'D1', tenant: GLOBEX, ...deal, ...noted('Globex secret') })));
  await createProjector({ store, logger: { warn: () => undefined } }).round();
  const [claim] = (await store.work.claim('one', NOON, 10, 60_000)).filter(
    ({ tenant, owner }) => tenant.teamId === TEAM && owner.id === 'D1',
  );
  if (claim === undefined) throw new Error('D1 is not due');
  const summary = aSlot({ channel: 'C0DEALS', ts: '1700000000.000100' });
  expect(await store.work.saveSlot(claim, summary)).toBe(true);
  for (const one of [person('U1', false), person('U2', true)]) {
    await store.workspace.savePerson(ACME, one);
    await store.workspace.saveDmChannel(ACME, one.userId, `D${one.userId}`);
  }
  await store.workspace.saveSettings(ACME, { admins: ['U1'] });
  for (const rep of ['U1', 'U2']) await store.practices.save(practice({ rep }), 0);
  for (const key of DRAFTS) {
    const values = { 'field:notes': { input: { value: 'Half said' } } };
    await store.drafts.save({ ...key, viewId: 'V1', actionTs: 1, savedAt: NOON, values });
  }
}

const DRAFTS = (['U1', 'U2'] as const).flatMap((userId) => [
  { tenant: ACME, dealId: 'D1', userId, form: 'fill_in' },
  { tenant: ACME, dealId: 'D2', userId, form: 'fill_in' },
  { tenant: GLOBEX, dealId: 'D1', userId, form: 'fill_in' },
]);

/** Whose words stand on which screens that were not saved. */
const draftsIn = async (store: Store): Promise<string[]> => {
  const kept = await Promise.all(DRAFTS.map(async (key) => ((await store.drafts.values(key)) ? [key] : [])));
  return kept.flat().map(({ tenant, dealId, userId }) => `${userId} ${dealId} ${tenant.teamId}`);
};

const remarksIn = async (store: Store) =>
  (await Promise.all(['D1', 'D2'].map((id) => store.deals.remarks(ACME, id)))).flat().map(({ text }) => text);

function suite(of: () => { readonly url: string }): void {
  const erase = async (scope: Scope, isDryRun = false) =>
    (await eraseData({ url: of().url, teamId: TEAM, scope, isDryRun })).join('\n');
  const look = async <T>(work: (store: Store) => Promise<T>): Promise<T> => {
    const store = await openStore(of().url);
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  };
  beforeEach(() => look(fill));

  it('an account goes, however it is written, and the report says what stays', async () => {
    const report = await erase(NORTHWIND);
    expect(report).toContain(
      '1 deals of “ northWIND  ltd”, with their answers, events, replies and plans: D1',
    );
    expect(report).toContain('in the words of these deals of others, which stay: D2');
    expect(report).toContain('These 1 messages stay in Slack');
    expect(report).toContain('D1 C0DEALS 1700000000.000100');
    expect(report).toContain('Backups made before hold it still');
    await look(async (store) => {
      expect(await store.deals.load(ACME, 'D1')).toBeNull();
      expect(await store.deals.events(ACME, 'D1')).toEqual([]);
      expect(await remarksIn(store)).toEqual(['Second words']);
      expect(await draftsIn(store)).toEqual([
        `U1 D2 ${TEAM}`,
        `U1 D1 ${GLOBEX.teamId}`,
        `U2 D2 ${TEAM}`,
        `U2 D1 ${GLOBEX.teamId}`,
      ]);
      expect(await store.deals.load(GLOBEX, 'D1')).not.toBeNull();
    });
  });

  it('a person’s words, name and channel go, and that they left stays known', async () => {
    const report = await erase({ what: 'person', user: 'U1' });
    expect(report).toContain('the words of 1 replies of U1');
    expect(report).toContain('what U1 typed on 2 screens and did not save');
    expect(report).toContain('1 practice calls of U1');
    expect(report).toContain('The settings name U1');
    await look(async (store) => {
      expect(await draftsIn(store)).toEqual([
        `U1 D1 ${GLOBEX.teamId}`,
        `U2 D1 ${TEAM}`,
        `U2 D2 ${TEAM}`,
        `U2 D1 ${GLOBEX.teamId}`,
      ]);
      expect(await store.practices.load(ACME, 'U1', 'P1')).toBeNull();
      expect(await store.practices.load(ACME, 'U2', 'P1')).not.toBeNull();
    });
    await erase({ what: 'person', user: 'U2' });
    await look(async (store) => {
      expect(await remarksIn(store)).toEqual([null, null]);
      expect(await store.workspace.person(ACME, 'U1')).toBeNull();
      expect(await store.workspace.person(ACME, 'U2')).toMatchObject({ realName: '', deleted: true });
      expect(await store.workspace.dmChannel(ACME, 'U1')).toBeNull();
    });
  });

  it('a workspace goes whole, and others stay', async () => {
    const report = await erase({ what: 'workspace' });
    expect(report).toMatch(/deals +2 rows/u);
    expect(report).toMatch(/insights +2 rows/u);
    expect(report).toMatch(/drafts +4 rows/u);
    await look(async (store) => {
      expect(await draftsIn(store)).toEqual([`U1 D1 ${GLOBEX.teamId}`, `U2 D1 ${GLOBEX.teamId}`]);
      expect(await store.deals.load(ACME, 'D2')).toBeNull();
      expect(await store.workspace.settings(ACME)).toBeNull();
      expect(await store.workspace.person(ACME, 'U2')).toBeNull();
      expect(await store.deals.load(GLOBEX, 'D1')).not.toBeNull();
    });
    await expect(erase({ what: 'workspace' })).rejects.toThrow('Nothing is kept of a workspace');
  });

  it('a dry run says the same and erases nothing', async () => {
    for (const scope of [NORTHWIND, { what: 'person', user: 'U1' }, { what: 'workspace' }] as Scope[]) {
      const said = await erase(scope, true);
      expect(said).toContain('Would be erased for good:');
    }
    await look(async (store) => {
      expect(await store.deals.load(ACME, 'D1')).not.toBeNull();
      expect(await remarksIn(store)).toEqual(['First words', 'Second words']);
      expect(await draftsIn(store)).toHaveLength(6);
    });
  });

  it('what is kept of an account is handed out whole, and nothing of others', async () => {
    const text = JSON.stringify(await exportAccount(of().url, TEAM, 'Northwind Ltd'));
    for (const part of ['Northwind secret', 'First words', '1700000000.000100', '"started"', '"figures"'])
      expect(text).toContain(part);
    for (const part of ['Globex secret', 'Second words', 'Contoso']) expect(text).not.toContain(part);
  });
}

describe('on SQLite', () => {
  let folder: TempFolder;
  beforeEach(() => {
    folder = tempFolder();
  });
  afterEach(() => folder.remove());
  suite(() => ({ url: folder.url('a.db') }));

  const bytes = () =>
    ['a.db', 'a.db-wal', 'a.db-shm']
      .map((name) => folder.file(name))
      .filter((path) => existsSync(path))
      .map((path) => readFileSync(path, 'latin1'))
      .join('');

  it('what was erased is in no byte of the file', async () => {
    expect(bytes()).toContain('Northwind secret');
    await eraseData({ url: folder.url('a.db'), teamId: TEAM, scope: NORTHWIND, isDryRun: false });
    for (const gone of ['Northwind secret', 'First words']) expect(bytes()).not.toContain(gone);
    expect(bytes()).toContain('Globex secret');
  });

  it('a reply that its author deletes is in no byte of the file after the next upkeep', async () => {
    const store = await openStore(folder.url('a.db'));
    const deal = { ...aDeal({ id: 'D1', account: 'Northwind Ltd' }), revision: 2 };
    const events = [{ type: 'remark_deleted', remark: 1, seq: 2, at: NOON, by: 'U1' }] as const;
    const remark = { ...reply('U1', ''), text: null };
    await store.deals.commit({ deal, events, expectedRevision: 1, wakeAt: null, remark });
    await store.forgetErased();
    expect(bytes()).not.toContain('First words');
    expect(bytes()).toContain('Second words');
    await store.close();
  });

  it('a database of an earlier release is brought up to date before it is read', async () => {
    const file = connectSqlite(folder.file('a.db'));
    file.exec('delete from lostdeal_migrations where version > 6');
    file.close();
    const reading = exportAccount(folder.url('a.db'), TEAM, 'Northwind Ltd');
    expect(await codeOf(reading)).toBe('store_unsupported');
    await expect(reading).rejects.toThrow('Start Lostdeal once with this release');
  });

  it('nothing is erased while Lostdeal works on the file, and a backup keeps what it holds', async () => {
    const store = await openStore(folder.url('a.db'));
    const asked = { url: folder.url('a.db'), teamId: TEAM, scope: NORTHWIND } as const;
    expect(await codeOf(eraseData({ ...asked, isDryRun: false }))).toBe('store_locked');
    expect((await eraseData({ ...asked, isDryRun: true })).join('\n')).toContain('1 deals');
    await store.close();
    await copyDatabase(folder.file('a.db'), folder.file('backup/b.db'));
    expect((await eraseData({ ...asked, isDryRun: false })).join('\n')).toContain(folder.file('backup/b.db'));
    const copy = { ...asked, url: folder.url('backup/b.db'), isDryRun: false };
    expect((await eraseData(copy)).join('\n')).toContain('1 deals');
  });
});

describeOnPostgres('on PostgreSQL', () => {
  let url = '';
  let drop: () => Promise<void>;
  beforeEach(async () => {
    const database = await createDatabase();
    url = database.url;
    drop = () => database.drop();
  });
  afterEach(() => drop());
  suite(() => ({ url }));
});
