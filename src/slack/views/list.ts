import type { AnyBlock, ModalView } from '@slack/types';
import type { Deal } from '../../deal/deal';
import { ACTIONS, VIEWS } from '../ids';
import { type ButtonOptions, buttons, paragraph } from '../text';
import { dealLine } from './dealLine';
import { modal } from './modal';
import { apart, quiet } from './small';

/** Slack takes 100 blocks; a deal is two, and a line before the next. */
const MOST = 30;

/** `/lostdeal list`: my open deals, each with the way in. */
export function list(deals: readonly Deal[]): ModalView {
  return modal({
    id: VIEWS.list,
    title: 'Your open deals',
    blocks:
      deals.length === 0
        ? [
            paragraph(['Nothing is open. When a prospect says no, type /lostdeal before you hang up.']),
            buttons({ action: ACTIONS.start, label: 'Start', style: 'primary' }),
          ]
        : [
            ...apart(deals.slice(0, MOST).map((deal): AnyBlock[] => [dealLine(deal), buttons(wayIn(deal))])),
            ...(deals.length > MOST ? [quiet(`And ${deals.length - MOST} more.`)] : []),
          ],
  });
}

/** *Resume* for a call that was not finished, *Try now* when nobody was reached, else *Open*. */
export function wayIn(deal: Deal): ButtonOptions {
  const ref = { d: deal.id };
  if (deal.stage !== 'coaching') return { action: ACTIONS.open, label: 'Open', ref };
  return deal.position === null
    ? { action: ACTIONS.tryNow, label: 'Try now', ref }
    : { action: ACTIONS.resume, label: 'Resume', ref, style: 'primary' };
}
