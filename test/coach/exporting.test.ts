/** An export: whose deals are in it, and what people read while it lasts, when it is there, and when it fails. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { askForExport, EXPORT_BEGUN, hasFailed, makeExport } from '../../src/coach/exporting';
import { against, askedIn } from '../../src/coach/learn';
import { createTemporaryFiles } from '../../src/insights/export/temporaryFiles';
import { INSIGHT_VERSION, insightOf } from '../../src/insights/insightOf';
import { BUILT_IN_DIR, loadPlaybooks } from '../../src/playbook/checking/loader';
import { exportSlot } from '../../src/slack/messages/export';
import { renderNotice } from '../../src/slack/messages/notices';
import type { Notice } from '../../src/store/store';
import { readBlocks } from '../slack/read';
import { ACME, aDeal, aPerson, commitOf, NOON } from '../store/builder';
import { type OpenedStore, openSqliteForTest } from '../store/harness';
import { temporaryFolder } from '../temporaryFolder';

const folder = temporaryFolder();
afterAll(() => folder.remove());
const files = createTemporaryFiles(join(folder.path, 'exports'));
const HOUR = 60 * 60_000;
const DANA = { tenant: ACME, userId: 'UDANA', teamId: ACME.teamId, delivery: 'one' };

let opened: OpenedStore;
let now = NOON;
const coach = () => ({
  store: opened.store,
  clock: { now: () => now },
  ids: { deal: () => 'D0' },
  playbooks: loadPlaybooks({ builtInDir: BUILT_IN_DIR }),
  changed: () => undefined,
});
const admins = (...ids: string[]) => opened.store.workspace.saveSettings(ACME, { admins: ids });

beforeEach(async () => {
  now = NOON;
  opened = await openSqliteForTest({ now: () => now });
  for (const user of ['UDANA', 'UREP'])
    await opened.store.workspace.savePerson(ACME, aPerson(user, { fetchedAt: NOON + HOUR }));
  await admins('UDANA');
  for (const [id, rep] of [
    ['1', 'UREP'],
    ['2', 'UDANA'],
    ['3', 'UREP'],
  ] as const) {
    const start = aDeal({ id, rep });
    const deal = { ...start, account: `Account ${id}`, details: { ...start.details, competitor: 'Globex' } };
    await opened.store.deals.commit(commitOf(deal));
    await opened.store.insights.writeRows(INSIGHT_VERSION, [{ ...insightOf(deal), tenant: ACME }]);
  }
});
afterEach(() => opened.dispose());

async function ask(): Promise<Notice> {
  expect(await askForExport(coach(), DANA, against('Globex'))).toBe('coming');
  const notice = await opened.store.work.notice(ACME, 'export:UDANA:one');
  if (notice === null) throw new Error('nothing was asked for');
  return notice;
}

/** The accounts of the file. */
async function accountsOf(made: Awaited<ReturnType<typeof makeExport>>): Promise<string[]> {
  if (made.kind !== 'file') throw new Error(`there is no file: ${made.kind}`);
  const rows: Record<string, string>[] = parse(readFileSync(made.path), { columns: true, bom: true });
  await files.remove(made.path);
  return rows.map(({ account }) => account ?? '');
}

const quietly = async () => undefined;

it('has every deal for an admin, and only their own deals for somebody who stopped being one after they asked', async () => {
  const notice = await ask();
  const made = await makeExport(coach(), notice, { files, goesOn: quietly });
  expect(made).toMatchObject({ seesAll: true, deals: 3 });
  expect(await accountsOf(made)).toEqual(['Account 1', 'Account 2', 'Account 3']);
  await admins();
  const later = await makeExport(coach(), notice, { files, goesOn: quietly });
  expect(later).toMatchObject({ seesAll: false, deals: 1 });
  expect(await accountsOf(later)).toEqual(['Account 2']);
});

it('is made anew for somebody who stops being an admin while it is made, and leaves no file of what they may not see', async () => {
  const notice = await ask();
  const made = await makeExport(coach(), notice, { files, goesOn: () => admins() });
  expect(made).toMatchObject({ seesAll: false, deals: 1 });
  const left = readdirSync(join(folder.path, 'exports'), { recursive: true, encoding: 'utf8' });
  expect(left.filter((path) => path.endsWith('.csv'))).toHaveLength(1);
  expect(await accountsOf(made)).toEqual(['Account 2']);
  const history = await opened.store.workspace.settingsHistory(ACME, 9);
  expect(history.filter(({ field }) => field === 'exported').map(({ to }) => to)).toEqual([
    '1 deals, lost to Globex',
  ]);
});

it('is not sent to somebody who leaves while it is made, nor while Slack does not confirm who they are', async () => {
  const notice = await ask();
  const leaves = () => opened.store.workspace.savePerson(ACME, aPerson('UDANA', { deleted: true }));
  const gone = await makeExport(coach(), notice, { files, goesOn: leaves });
  expect(gone.kind).toBe('unconfirmed');
  await opened.store.workspace.savePerson(ACME, aPerson('UDANA'));
  now = NOON + 2 * HOUR;
  expect((await makeExport(coach(), notice, { files, goesOn: quietly })).kind).toBe('unconfirmed');
  const left = readdirSync(join(folder.path, 'exports'), { recursive: true, encoding: 'utf8' });
  expect(left.filter((path) => path.endsWith('.csv'))).toEqual([]);
});

it('leaves no file when the database fails after it is written', async () => {
  const notice = await ask();
  const { store } = opened;
  let isAway = false;
  const workspace = {
    ...store.workspace,
    async settings(...rest: Parameters<typeof store.workspace.settings>) {
      if (isAway) throw new Error('the database is away');
      return store.workspace.settings(...rest);
    },
  };
  const insights = {
    ...store.insights,
    async listDeals(...rest: Parameters<typeof store.insights.listDeals>) {
      const page = await store.insights.listDeals(...rest);
      isAway = true;
      return page;
    },
  };
  const failing = { ...coach(), store: { ...store, insights, workspace } };
  await expect(makeExport(failing, notice, { files, goesOn: quietly })).rejects.toThrow('is away');
  const left = readdirSync(join(folder.path, 'exports'), { recursive: true, encoding: 'utf8' });
  expect(left.filter((path) => path.endsWith('.csv'))).toEqual([]);
});

it('says once that it takes long, however often it is tried', async () => {
  const notice = await ask();
  for (let turn = 0; turn < 2; turn += 1)
    await accountsOf(await makeExport(coach(), notice, { files, goesOn: quietly, longFrom: 3 }));
  const begun = await opened.store.work.notice(ACME, `${notice.id}:begun`);
  expect(begun).toMatchObject({ kind: EXPORT_BEGUN, about: '3', to: 'UDANA', revision: 1 });
  const words = (about: string) =>
    readBlocks(renderNotice({ ...notice, kind: EXPORT_BEGUN, about })?.blocks).replaceAll('\n', ' ');
  expect(words('60000')).toBe(
    "I'm making your export: 60,000 deals. This takes less than a minute. The file comes as a message of its own.",
  );
  expect(words('1000000')).toContain('1,000,000 deals. This takes a minute or two.');
});

it('says after half an hour of failures that it did not work and what to do, but one of an earlier release is tried again', async () => {
  const notice = await ask();
  const slotOf = (of: Notice) =>
    exportSlot(of, {
      period: askedIn(of).period.named,
      make: async () => ({ kind: 'unconfirmed' }),
      discard: quietly,
      hasFailed: () => hasFailed(coach(), of),
    });
  now = NOON + 29 * 60_000;
  expect(slotOf(notice).file?.givesUp()).toBeNull();
  now = NOON + 30 * 60_000;
  expect(readBlocks(slotOf(notice).file?.givesUp()?.blocks)).toBe(
    "Your export didn't work. I tried for half an hour and then stopped. Type /lostdeal export again. If that fails too, ask the people who run Lostdeal to look at its log.",
  );
  const earlier = { ...notice, about: JSON.stringify(against('Globex')) };
  expect(slotOf(earlier).file?.givesUp()).toBeNull();
});
