/** Both databases export the same deals to the same bytes, whatever words are in them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { createTemporaryFiles } from '../../../src/insights/export/temporaryFiles';
import { writeDeals } from '../../../src/insights/export/writeDeals';
import { createProjector } from '../../../src/insights/projector';
import { openStore } from '../../../src/store/open';
import type { Store } from '../../../src/store/store';
import { createDatabase, describeOnPostgres } from '../../postgres/database';
import { openSqliteForTest } from '../../store/harness';
import { temporaryFolder } from '../../temporaryFolder';
import { lives } from '../lives';
import { DAY, TENANT, TUESDAY } from '../people';

const DEALS = 260;
const folder = temporaryFolder();
afterAll(() => folder.remove());
const files = createTemporaryFiles(join(folder.path, 'exports'));

const words = fc.oneof(
  fc.constantFrom(
    '=1+1',
    '+1',
    '-1',
    '@x',
    '"Acme"',
    'A;B',
    'A,B',
    'Zoë 🦄',
    'שלום',
    "O'Neil",
    ' Acme ',
    '007',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
);
const odd = fc.sample(fc.tuple(words, words), { numRuns: DEALS, seed: 5 });

/** Several begin at one moment, and their ids differ only in case and marks. */
const LIVED = fc.sample(lives, { numRuns: DEALS, seed: 71 }).map(({ it, events }, index) => {
  const [account = '', competitor = ''] = odd[index] ?? [];
  const id = `${['D', 'd', '_', '-'][index % 4]}${Math.floor(index / 4)}`;
  const startedAt = TUESDAY + Math.floor(index / 8) * DAY;
  const details = { ...it.details, competitor: it.details.competitor === null ? null : competitor };
  return { deal: { ...it, id, startedAt, account, details }, events };
});

async function exported(store: Store): Promise<Buffer> {
  for (const { deal, events } of LIVED)
    await store.deals.commit({ deal, events, expectedRevision: 0, wakeAt: null });
  await createProjector({ store, logger: { warn: () => undefined } }).round();
  const all = {
    tenant: TENANT,
    sight: 'all',
    from: null,
    until: null,
    reps: null,
    competitor: null,
  } as const;
  const names = { person: (id: string) => `Name of ${id}`, reason: (id: string) => id, zone: 'Asia/Tokyo' };
  const namesFor = async () => names;
  const goesOn = async () => undefined;
  const { path, bytes, deals } = await writeDeals({ store, files, namesFor, goesOn }, all);
  const file = readFileSync(path);
  expect([deals, bytes]).toEqual([await store.insights.countDeals(all), file.length]);
  return file;
}

describeOnPostgres('an export', () => {
  it('of PostgreSQL has the rows and the bytes of one of SQLite', async () => {
    const sqlite = await openSqliteForTest();
    const database = await createDatabase();
    const postgres = await openStore(database.url);
    try {
      const [one, other] = [await exported(sqlite.store), await exported(postgres)];
      expect(other.toString().split('\r\n')).toEqual(one.toString().split('\r\n'));
      expect(other.equals(one)).toBe(true);
      expect(one.toString().split('\r\n').length).toBeGreaterThan(200);
    } finally {
      await postgres.close();
      await database.drop();
      await sqlite.dispose();
    }
  });
});
