/** A damaged record must not hide other deals, nor outlive the time for which customers' words are kept. */
import { openStore } from '../../../src/store/open';
import { connectSqlite } from '../../../src/store/sqlite/connectSqlite';
import type { Store } from '../../../src/store/store';
import { ACME, aDeal, anAsk, commitOf, NOON } from '../builder';
import { type TempFolder, tempFolder } from '../harness';

let folder: TempFolder;
let store: Store;
const warned: object[] = [];
beforeEach(async () => {
  folder = tempFolder();
  const logger = { info: () => undefined, warn: (details: object) => void warned.push(details) };
  store = await openStore(folder.url('a.db'), { logger });
});
afterEach(async () => {
  await store.close();
  folder.remove();
});

function damage(id: string): void {
  const file = connectSqlite(folder.file('a.db'));
  file.prepare(`update deals set state = '{"account": "Northwind"' where id = ?`).run(id);
  file.close();
}

it('a damaged deal is left out of lists, and the log names its id', async () => {
  const pending = { manager: 'UM', stage: 'awaiting_decision', ask: anAsk({ manager: 'UM' }) } as const;
  for (const id of ['damaged', 'whole']) await store.deals.commit(commitOf(aDeal({ id, ...pending })));
  damage('damaged');

  const { deals } = store;
  const lists = await Promise.all([
    deals.openOfRep(ACME, 'UREP', 10),
    deals.openOfManager(ACME, 'UM', 10),
    deals.openOfAll(ACME, 10),
    deals.waitingFor(ACME, ['UM'], 10),
  ]);
  for (const list of lists) expect(list.map(({ id }) => id)).toEqual(['whole']);
  expect(warned).toContainEqual(expect.objectContaining({ deal: 'damaged', team: 'TACME' }));
  expect(JSON.stringify(warned)).not.toContain('Northwind');
});

it('a damaged deal is erased in time, like any other', async () => {
  await store.deals.commit(commitOf(aDeal({ stage: 'closed' })));
  damage('D1');
  const [old] = await store.deals.closedBefore(ACME, NOON + 1, 10);
  expect(old).toEqual({ id: 'D1', revision: 1, wonBack: false });
  expect(await store.deals.erase(ACME, 'D1', 1)).toBe(true);
  expect(await store.deals.closedBefore(ACME, NOON + 1, 10)).toEqual([]);
});
