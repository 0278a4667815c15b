/** What every database must do. Each test has a store of its own. */
import type { OpenForTest } from './harness';
import { backlogSuite } from './suite/backlog';
import { bucketsSuite } from './suite/buckets';
import { commitSuite } from './suite/commit';
import { dealListsSuite } from './suite/dealLists';
import { dealsSuite } from './suite/deals';
import { settingsSuite } from './suite/settings';
import { slotsSuite } from './suite/slots';
import { workSuite } from './suite/work';
import { workspaceSuite } from './suite/workspace';

export function storeSuite(name: string, open: OpenForTest): void {
  describe(`the store on ${name}`, () => {
    commitSuite(open);
    dealsSuite(open);
    dealListsSuite(open);
    workSuite(open);
    slotsSuite(open);
    backlogSuite(open);
    bucketsSuite(open);
    workspaceSuite(open);
    settingsSuite(open);
  });
}
