import type { Deal, UserId } from '../../deal/model/deal';
import { account, currentDecision, decidedParts, line, type Part, rich } from '../text';
import { dm, type RenderContext, ROOT, type Slot, slot, THREAD } from './slot';

/** The rep had tapped the wrong answer, and goes on from its question. */
const ON_THE_CALL = 'The rep is back on the call, so there is nothing to decide.';
const USER = /^[UW][A-Z0-9]+$/u;

/**
 * What to show in the place of a message that stands in Slack but is no longer part of the thread: an ask that went
 * to somebody else, a resume offer that was taken up, an outcome of a deal that was reopened. Never posted, only
 * updated. Null: leave it as it is.
 */
export function retiredSlot(deal: Deal, key: string, { privacy }: RenderContext): Slot | null {
  const [kind = '', event, user] = key.split(':');
  const addressee = user !== undefined && USER.test(user) ? user : null;
  const gone = (place: Slot['place'], text: Part[]): Slot =>
    slot({ key, place, fallback: text, overtaken: true, blocks: [rich(line(...text))] });
  switch (kind) {
    case 'summary':
      return gone(ROOT, [
        privacy === 'short' ? { bold: 'A lost deal' } : account(deal),
        '. Back on the call.',
      ]);
    case 'ask':
      return addressee === null
        ? null
        : gone(THREAD, [{ user: addressee }, ' was asked. ', ...handedOver(deal)]);
    case 'ask-dm':
      return addressee === null ? null : gone(dm(addressee), [account(deal), ': ', ...handedOver(deal)]);
    case 'approval':
      return gone(THREAD, ['A proposal that waited for approval. ', ...settledBy(deal, event)]);
    case 'approval-dm':
      return addressee === null
        ? null
        : gone(dm(addressee), [account(deal), ': ', ...settledBy(deal, event)]);
    case 'approval-rep':
      return gone(dm(addressee ?? deal.rep), [account(deal), ': ', ...settledBy(deal, event)]);
    case 'resume':
      return gone(
        dm(deal.rep),
        deal.closedBecause === 'abandoned'
          ? ['The call with ', account(deal), ' was not finished; the deal is closed.']
          : ['You picked the call with ', account(deal), ' up again.'],
      );
    case 'try':
    case 'unreached':
      return gone(dm(deal.rep), triedAgain(deal));
    case 'who-decides':
      return gone(dm(deal.rep), ['Who decides about ', account(deal), '? ', ON_THE_CALL]);
    case 'decision-dm':
      return addressee === null
        ? null
        : gone(dm(addressee), [account(deal), ' is with ', { user: deal.rep }, ' now.']);
    case 'outcome-dm':
      return gone(dm(addressee ?? deal.rep), [account(deal), ' was opened again after this.']);
    case 'signed':
    case 'outcome':
    case 'closed':
      return gone(THREAD, ['The deal was opened again after this.']);
    default:
      return null;
  }
}

/** @param proposal the sequence number of its event */
function settledBy(deal: Deal, proposal: string | undefined): Part[] {
  const approval = deal.ask?.approval ?? null;
  if (approval !== null && String(approval.id) === proposal) {
    return ['It is with ', { user: approval.approver }, ' now.'];
  }
  const decision = currentDecision(deal.ask);
  return deal.ask?.status === 'decided' && decision !== null
    ? ['Decided: ', ...decidedParts(decision), '.']
    : ['It does not wait any more.'];
}

function triedAgain(deal: Deal): Part[] {
  if (deal.stage === 'closed') return ['Trying to reach ', account(deal), ' has ended; the deal is closed.'];
  return deal.nextTryAt === null
    ? ['You tried ', account(deal), ' again.']
    : ['Next try to reach ', account(deal), ': ', { date: deal.nextTryAt }, '.'];
}

function handedOver(deal: Deal): Part[] {
  if (deal.verdict === null) return [ON_THE_CALL];
  const manager: UserId | null = deal.ask?.manager ?? deal.manager;
  return manager === null ? ['It is with nobody now.'] : ['It is with ', { user: manager }, ' now.'];
}
