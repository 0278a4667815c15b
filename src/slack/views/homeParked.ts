import type { AnyBlock } from '@slack/types';
import type { ParkedDeal } from '../../store/store';
import { ACTIONS } from '../ids';
import { account, buttons, cut, line, rich } from '../text';
import { divider, heading, quiet } from './small';

/** Shown at once; two blocks each, within Slack's 100 of a Home. */
export const MOST_PARKED = 3;

/** For admins, at the foot of App Home: deals that do not stand in Slack as they are. Nothing while there are none. */
export function homeParked(deals: readonly ParkedDeal[]): AnyBlock[] {
  if (deals.length === 0) return [];
  return [
    divider(),
    heading('Not shown in Slack'),
    quiet(
      'Some messages of these deals could not be posted. Everything recorded is kept, and is tried again slowly.',
    ),
    ...deals
      .slice(0, MOST_PARKED)
      .flatMap((deal): AnyBlock[] => [
        rich(
          line(
            account(deal),
            ', of ',
            { user: deal.rep },
            ', since ',
            { date: deal.since },
            ` (${cut(deal.error, 80)}, deal ${deal.dealId})`,
          ),
        ),
        buttons({ action: ACTIONS.showAgain, label: 'Try again', ref: { deal: deal.dealId } }),
      ]),
    ...(deals.length > MOST_PARKED ? [quiet('And more; they follow when these are mended.')] : []),
  ];
}
