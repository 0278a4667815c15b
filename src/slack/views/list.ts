import type { AnyBlock, ModalView } from '@slack/types';
import type { Deal } from '../../deal/deal';
import { ACTIONS, VIEWS } from '../ids';
import { type ButtonOptions, buttons, paragraph } from '../text';
import { dealLine } from './dealLine';
import { modal } from './modal';
import { apart, divider, quiet } from './small';

/** Slack takes 100 blocks; a deal is two, and a line before the next. */
const MOST = 30;

/** `/lostdeal list`: my open deals, each with the way in, and then those I look after. */
export function list(deals: readonly Deal[], others: readonly Deal[] = []): ModalView {
  const room = Math.max(MOST - deals.length, 0);
  return modal({
    id: VIEWS.list,
    title: 'Your open deals',
    blocks: [
      ...own(deals),
      ...(others.length === 0 || room === 0
        ? []
        : [
            divider(),
            quiet('Others you look after'),
            ...apart(
              others
                .slice(0, room)
                .map((deal): AnyBlock[] => [
                  dealLine(deal, { withRep: true }),
                  buttons({ action: ACTIONS.open, label: 'Open', ref: { d: deal.id } }),
                ]),
            ),
            ...(others.length > room ? [quiet(`And ${others.length - room} more.`)] : []),
          ]),
    ],
  });
}

function own(deals: readonly Deal[]): AnyBlock[] {
  return deals.length === 0
    ? [
        paragraph(['Nothing is open. When a prospect says no, type /lostdeal before you hang up.']),
        buttons({ action: ACTIONS.start, label: 'Start', style: 'primary' }),
      ]
    : [
        ...apart(deals.slice(0, MOST).map((deal): AnyBlock[] => [dealLine(deal), buttons(wayIn(deal))])),
        ...(deals.length > MOST ? [quiet(`And ${deals.length - MOST} more.`)] : []),
      ];
}

/** *Resume* for a call that was not finished, *Try now* when nobody was reached, else *Open*. */
export function wayIn(deal: Deal): ButtonOptions {
  const ref = { d: deal.id };
  if (deal.stage !== 'coaching') return { action: ACTIONS.open, label: 'Open', ref };
  return deal.position === null
    ? { action: ACTIONS.tryNow, label: 'Try now', ref }
    : { action: ACTIONS.resume, label: 'Resume', ref, style: 'primary' };
}
