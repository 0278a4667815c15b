import type { AnyBlock, ModalView } from '@slack/types';
import type { Deal, ReEngagement, UserId } from '../../deal/model/deal';
import { ACTIONS, VIEWS } from '../ids';
import { aboutDeal, account, businessAndAmount, buttons, cut, line, paragraph, rich } from '../text';
import { apart, pageAfter, pageBefore, quiet } from './blocks';
import { modal } from './modal';

/** Deals of one page: each takes two blocks and a divider. */
export const UPCOMING_PAGE = 20;

const WHY: Readonly<Record<ReEngagement['why'], string>> = {
  agreed: 'They agreed to a call.',
  contract_end: 'Before their contract with the other company ends.',
  look_again: 'They look at it again.',
};

export interface UpcomingOptions {
  readonly viewer: UserId;
  /** The viewer may do with these deals what their rep may. */
  readonly isAdmin: boolean;
  readonly page: number;
  readonly more: boolean;
}

/** `/lostdeal upcoming`: the people to call again, with the day of each call. */
export function upcoming(deals: readonly Deal[], options: UpcomingOptions): ModalView {
  const { page, more } = options;
  const turn = { action: ACTIONS.upcomingPage, page, more };
  return modal({
    id: VIEWS.upcoming,
    title: 'Coming up',
    ref: { page: page },
    blocks: [
      ...(deals.length === 0
        ? [
            paragraph([
              'Nothing planned yet. When they sign elsewhere, ask how long the contract runs and if you can call again. It shows up here.',
            ]),
          ]
        : [
            quiet("I'll remind each rep in their working hours."),
            ...apart(deals.map((deal) => dealBlocks(deal, options))),
          ]),
      ...pageBefore('Sooner', turn),
      ...pageAfter('Later', turn),
    ],
  });
}

function dealBlocks(deal: Deal, { viewer, isAdmin }: UpcomingOptions): AnyBlock[] {
  const { reEngagement, details } = deal;
  if (reEngagement === null) return [];
  const ref = { deal: deal.id };
  const works = isAdmin || deal.rep === viewer;
  return [
    rich(
      line(
        { date: reEngagement.at, style: 'day', strong: true },
        '  ·  ',
        account(deal),
        `  ·  ${businessAndAmount(deal)}`,
      ),
      line(
        ...(details.competitor === null ? [] : [`They went to ${cut(details.competitor, 100)}. `]),
        WHY[reEngagement.why],
        ...(deal.rep === viewer ? [] : [' Rep: ', { user: deal.rep }, '.']),
      ),
    ),
    buttons(
      ...aboutDeal(deal, [
        ...(works
          ? ([
              { action: ACTIONS.startAgain, label: 'Start again', ref },
              { action: ACTIONS.changeDate, label: 'Change date', ref },
              {
                action: ACTIONS.dropReminder,
                label: 'Drop',
                ref,
                confirm: {
                  title: 'Drop this reminder?',
                  text: 'Nobody gets the reminder. What they said stays with the deal.',
                  yes: 'Drop it',
                },
              },
            ] as const)
          : []),
        ...(deal.rep === viewer ? [] : [{ action: ACTIONS.assignRep, label: 'Hand on', ref }]),
        { action: ACTIONS.details, label: 'Details', ref },
      ]),
    ),
  ];
}
