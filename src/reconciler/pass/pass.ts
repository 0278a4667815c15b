/** One pass over one claimed owner of slots. */
import type { Claim } from '../../store/store';
import { passOverDeal } from './dealPass';
import type { Lease } from './lease';
import { passOverNotice } from './noticePass';
import type { Shared } from './passContext';
import type { PassResult } from './passResult';
import type { RetryState } from './retryState';

export async function passOver(
  shared: Shared,
  claim: Claim,
  lease: Lease,
  retryState: RetryState,
): Promise<PassResult> {
  shared.counts.passes += 1;
  await shared.deps.crashPoint?.('claimed');
  switch (claim.owner.kind) {
    case 'deal':
      return passOverDeal(shared, claim, lease, retryState);
    case 'notice':
      return passOverNotice(shared, claim, lease, retryState);
  }
}
