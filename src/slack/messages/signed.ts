import { notifiedSoFar } from '../../deal/asking/stations';
import type { Deal } from '../../deal/model/deal';
import { account, line, type Part, rich } from '../text';
import { dm, type RenderContext, type Slot, slot, THREAD } from './slot';

/** The prospect has signed with somebody else: the rescue ends, and whoever was asked is told. */
export function signedSlots(deal: Deal, { privacy }: RenderContext): Slot[] {
  const at = deal.signedReportedAt;
  if (at === null) return [];
  const who: Part = privacy === 'short' ? 'The prospect' : account(deal);
  const first: Part[] = [who, ' has signed with the other company. The rescue ends here; we wish them well.'];
  const toManager: Part[] = [
    account(deal),
    ' has signed with the other company, says ',
    { user: deal.rep },
    '. There is nothing left to decide; thank you for looking at it.',
  ];
  const ask = deal.ask;
  const wasAsked = ask !== null && ask.status === 'withdrawn' && ask.decisions.length === 0;
  return [
    slot({
      key: `signed:${at}`,
      place: THREAD,
      fallback: first,
      notifies: true,
      blocks: [rich(line(...first))],
    }),
    ...(wasAsked ? notifiedSoFar(ask) : []).map((user) =>
      slot({
        key: `signed-dm:${at}:${user}`,
        place: dm(user),
        fallback: toManager,
        notifies: true,
        blocks: [rich(line(...toManager))],
      }),
    ),
  ];
}
