/** One pass over one claimed notice: posts its message, or edits it if the notice has changed. */
import type { Claim } from '../../store/store';
import type { Lease } from './lease';
import { mayHaveDuplicates, PassContext, type Shared } from './passContext';
import { finishPass, notInstalled, type PassResult } from './passResult';
import type { RetryState } from './retryState';

export async function passOverNotice(
  shared: Shared,
  claim: Claim,
  lease: Lease,
  retryState: RetryState,
): Promise<PassResult> {
  const { deps } = shared;
  const notice = await deps.work.notice(claim.tenant, claim.owner.id);
  if (notice === null) return { kind: 'done', revision: claim.renderedRevision };
  const { revision } = notice;
  const isShown = revision <= claim.renderedRevision;
  if (isShown && !(await mayHaveDuplicates(shared, claim))) return { kind: 'done', revision };
  const slack = await deps.slackFor(claim.tenant);
  if (slack === null) return notInstalled(shared, claim, revision);
  const owner = { revision, isOpen: false, ask: null };
  const pass = new PassContext(shared, claim, owner, slack, retryState, lease);
  const slot = isShown ? null : await deps.renderNotice(notice);
  return finishPass(pass, {
    content: async () => ({ wanted: slot === null ? [] : [slot], privacy: 'full', unsureUntil: null }),
    lastShown: async () => null,
    shown: () => undefined,
  });
}
