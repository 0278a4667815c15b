/** The rows of figures trail the commits. */
import { INSIGHT_VERSION } from '../../src/insights/insightOf';
import { createProjector } from '../../src/insights/projector';
import { createLogger } from '../../src/log';
import { openStore } from '../../src/store/open';
import { connectSqlite } from '../../src/store/sqlite/connectSqlite';
import type { Store } from '../../src/store/store';
import { ACME, aDeal, commitOf, decidedAsk, MATCH, next } from '../store/builder';
import { type TempFolder, tempFolder, until } from '../store/harness';

const LATER = INSIGHT_VERSION + 1;
const logger = createLogger({ level: 'silent', pretty: false });

describe('the rows of figures', () => {
  let folder: TempFolder;
  let store: Store;
  beforeEach(async () => {
    folder = tempFolder();
    store = await openStore(folder.url('a.db'));
  });
  afterEach(async () => {
    await store.close();
    folder.remove();
  });

  function rows(): unknown[] {
    const file = connectSqlite(folder.file('a.db'), { readonly: true });
    const found = file
      .prepare('select deal_id, version, revision, counts, was_yes from insights order by deal_id')
      .all();
    file.close();
    return found;
  }
  const row = (deal_id: string, more: object) => ({
    deal_id,
    version: INSIGHT_VERSION,
    revision: 1,
    counts: 1,
    was_yes: 0,
    ...more,
  });

  it('are written for every deal, a page at a time, and anew for a later release', async () => {
    for (let index = 0; index < 60; index += 1)
      await store.deals.commit(commitOf(aDeal({ id: `D${index + 10}` })));
    await createProjector({ store, logger }).round();
    expect(rows()).toHaveLength(60);
    await createProjector({ store, logger, version: LATER }).round();
    expect(rows()).toEqual(
      Array.from({ length: 60 }, (_, index) => row(`D${index + 10}`, { version: LATER })),
    );
    // A process of the earlier release runs beside it for a while, and ends its round.
    await store.deals.commit(commitOf(next(aDeal({ id: 'D10' }))));
    await createProjector({ store, logger }).round();
    expect(rows()[0]).toEqual(row('D10', { version: LATER }));
    await createProjector({ store, logger, version: LATER }).round();
    expect(rows()[0]).toEqual(row('D10', { version: LATER, revision: 2 }));
  });

  it('leave a deal out that was withdrawn or cannot be read, and go on behind it', async () => {
    await store.deals.commit(commitOf(aDeal({ id: 'D1' })));
    await store.deals.commit(commitOf(aDeal({ id: 'D2', stage: 'withdrawn' })));
    await store.deals.commit(commitOf(aDeal({ id: 'D3', ask: decidedAsk(MATCH) })));
    const file = connectSqlite(folder.file('a.db'));
    file.exec(`update deals set state = '{' where id = 'D1'`);
    file.close();
    await createProjector({ store, logger }).round();
    expect(rows()).toEqual([row('D1', { counts: 0 }), row('D2', { counts: 0 }), row('D3', { was_yes: 1 })]);
    expect(await store.insights.behind(INSIGHT_VERSION, 5)).toEqual([]);
  });

  it('follow a commit within moments', async () => {
    const projector = createProjector({ store, logger });
    projector.start();
    await store.deals.commit(commitOf(aDeal()));
    projector.changed(ACME, 'D1');
    await until(async () => (rows().length === 1 ? true : null));
    await projector.stop();
    expect(rows()).toEqual([row('D1', {})]);
  });
});
