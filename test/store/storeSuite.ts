/** The tests that every database must pass. Each test has its own store. */
import { type OpenForTest, storeOfEachTest } from './harness';
import { backlogSuite } from './suite/backlog';
import { bucketsSuite } from './suite/buckets';
import { commitSuite } from './suite/commit';
import { dealListsSuite } from './suite/dealLists';
import { dealsSuite } from './suite/deals';
import { draftsSuite } from './suite/drafts';
import { givesSuite } from './suite/gives';
import { insightsSuite } from './suite/insights';
import { noticesSuite } from './suite/notices';
import { playbookVersionsSuite } from './suite/playbookVersions';
import { practicesSuite } from './suite/practices';
import { remarksSuite } from './suite/remarks';
import { settingsSuite } from './suite/settings';
import { slotsSuite } from './suite/slots';
import { workSuite } from './suite/work';
import { workspaceSuite } from './suite/workspace';

export function storeSuite(name: string, open: OpenForTest): void {
  describe(`the store on ${name}`, () => {
    const store = storeOfEachTest(open);
    commitSuite(store);
    dealsSuite(store);
    dealListsSuite(store);
    remarksSuite(store);
    draftsSuite(store);
    givesSuite(store);
    practicesSuite(store);
    workSuite(store);
    slotsSuite(store);
    noticesSuite(store);
    insightsSuite(store);
    backlogSuite(store);
    bucketsSuite(store);
    workspaceSuite(store);
    settingsSuite(store);
    playbookVersionsSuite(store);
  });
}
