/** What every database must do. Each test has a store of its own. */
import type { OpenForTest } from './harness';
import { backlogSuite } from './suite/backlog';
import { bucketsSuite } from './suite/buckets';
import { commitSuite } from './suite/commit';
import { dealsSuite } from './suite/deals';
import { slotsSuite } from './suite/slots';
import { workSuite } from './suite/work';
import { workspaceSuite } from './suite/workspace';

export function storeSuite(name: string, open: OpenForTest): void {
  describe(`the store on ${name}`, () => {
    commitSuite(open);
    dealsSuite(open);
    workSuite(open);
    slotsSuite(open);
    backlogSuite(open);
    bucketsSuite(open);
    workspaceSuite(open);
  });
}
