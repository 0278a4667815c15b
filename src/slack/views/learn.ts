/** Screens of figures: one competitor, and the deals behind a report. */
import type { AnyBlock, ModalView } from '@slack/types';
import type { Learned } from '../../coach/learn';
import type { Deal } from '../../deal/model/deal';
import type { FigureDeal } from '../../store/store';
import { ACTIONS, VIEWS } from '../ids';
import { buttons, cut, figureBlocks, line, offerWords, paragraph, quote, rich } from '../text';
import { apart, divider, heading, quiet } from './blocks';
import { modal } from './modal';

/** Deals of a screen: each takes two blocks and a divider. */
export const DEALS_SHOWN = 25;
/** Deals whose buyers' words stand on the page of a competitor. */
export const OFFERS_SHOWN = 8;
const OFFER_MAX = 240;

/** `/lostdeal vs Globex`: how we do against them, and what they offered in the buyers' words. */
export function competitorPage(learned: Learned, deals: readonly Deal[], typed: string): ModalView {
  const name = learned.asked.competitor ?? '';
  const none = learned.figures.funnel.lost === 0;
  const offers = deals.filter((deal) => offerWords(deal).length > 0);
  return modal({
    id: VIEWS.competitor,
    title: `Against ${name}`,
    blocks: [
      ...figureBlocks(learned),
      ...(offers.length === 0
        ? []
        : [divider(), heading('What they offered'), ...apart(offers.map(offerBlocks))]),
      ...(none
        ? [
            paragraph([`Is “${cut(typed, 80)}” the company that said no?`]),
            buttons({
              action: ACTIONS.start,
              label: 'Start the call',
              ref: { account: typed },
              style: 'primary',
            }),
          ]
        : []),
    ],
  });
}

function offerBlocks(deal: Deal): AnyBlock[] {
  return [
    rich(
      line(
        { date: deal.startedAt, style: 'day', strong: true },
        '  ·  ',
        cut(deal.account, 80),
        `  ·  ${cameBack(deal)}`,
      ),
      quote(cut(offerWords(deal).join('\n'), OFFER_MAX)),
    ),
    buttons({ action: ACTIONS.open, label: 'Open', ref: { deal: deal.id } }),
  ];
}

const cameBack = ({ outcome, stage }: Deal): string =>
  outcome?.kind === 'won_back' ? 'Back' : stage === 'closed' ? 'Still lost' : 'Open';

/** The deals behind a report. Null: it was for somebody else. */
export function figureDeals(deals: readonly FigureDeal[] | null, more: boolean): ModalView {
  return modal({
    id: VIEWS.figureDeals,
    title: 'Deals behind it',
    blocks:
      deals === null || deals.length === 0
        ? [paragraph(['There are no deals here that you can see.'])]
        : [
            ...apart(
              deals.map(({ dealId, account, rep, startedAt, isBack, isLost }) => [
                rich(
                  line(
                    { date: startedAt, style: 'day', strong: true },
                    '  ·  ',
                    cut(account, 80),
                    `  ·  ${isBack ? 'Back' : isLost ? 'Still lost' : 'Open'}  ·  `,
                    { user: rep },
                  ),
                ),
                buttons({ action: ACTIONS.open, label: 'Open', ref: { deal: dealId } }),
              ]),
            ),
            ...(more ? [quiet('There are more. Ask for a shorter period to see them.')] : []),
          ],
  });
}
