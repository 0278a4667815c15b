/** The count of all deals for the metrics runs in the thread that answers clicks. */
import { openStore } from '../../../src/store/open';
import { connectSqlite } from '../../../src/store/sqlite/connectSqlite';
import { aDeal, commitOf } from '../builder';
import { type TempFolder, tempFolder } from '../harness';

const DEALS = 45_000;

describe('many deals', () => {
  let folder: TempFolder;
  beforeEach(() => {
    folder = tempFolder();
  });
  afterEach(() => folder.remove());

  it('are all counted, and other work gets its turn meanwhile', async () => {
    const store = await openStore(folder.url('a.db'));
    await store.deals.commit(commitOf(aDeal()));
    const file = connectSqlite(folder.file('a.db'));
    const columns = (
      file
        .prepare(
          "select name from pragma_table_xinfo('deals') where hidden = 0 and name not in ('id', 'stage')",
        )
        .pluck()
        .all() as string[]
    ).join(', ');
    file.exec(`with recursive n (i) as (select 2 union all select i + 1 from n where i < ${DEALS})
      insert into deals (id, stage, ${columns}) select 'D' || i, iif(i % 9 = 0, 'winning_back', 'closed'), ${columns} from n, deals`);
    file.close();

    let turns = 0;
    let counting = true;
    const others = (): void => {
      if (!counting) return;
      turns += 1;
      setImmediate(others);
    };
    others();
    const { byStage } = await store.work.figures();
    counting = false;
    expect(byStage).toEqual({ coaching: 1, closed: DEALS - 5_001, winning_back: 5_000 });
    expect(turns).toBeGreaterThanOrEqual(4);
    await store.close();
  });
});
