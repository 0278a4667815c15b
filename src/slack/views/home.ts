import type { AnyBlock, HomeView } from '@slack/types';
import type { Deal, UserId } from '../../deal/deal';
import { ACTIONS, VIEWS } from '../ids';
import { businessAndAmount, buttons, cut, line, paragraph, requestOf, rich } from '../text';
import { dealLine } from './dealLine';
import { wayIn } from './list';
import { apart, divider, heading, quiet } from './small';

export interface HomeOptions {
  /** Open deals where the viewer is the rep. */
  readonly mine: readonly Deal[];
  /** Deals whose ask waits for the viewer. */
  readonly waiting: readonly Deal[];
  /** Closed deals of the viewer. */
  readonly recent: readonly Deal[];
  readonly viewer: UserId;
}

/** 3 blocks a deal with the line after it, within Slack's 100. */
const MOST = { waiting: 10, mine: 12, recent: 8 };

/** App Home: what waits for me comes first, then my own deals. */
export function home({ mine, waiting, recent, viewer }: HomeOptions): HomeView {
  return {
    type: 'home',
    callback_id: VIEWS.home,
    blocks: [
      ...(waiting.length === 0
        ? []
        : [
            heading('Waiting for you'),
            ...apart(waiting.slice(0, MOST.waiting).map((deal) => waitingBlocks(deal, viewer))),
            ...more(waiting.length, MOST.waiting),
            divider(),
          ]),
      heading('A prospect says no?'),
      paragraph(['Stay on the line, and start here or type /lostdeal. One question a screen, no typing.']),
      buttons({ action: ACTIONS.start, label: 'Start', style: 'primary' }),
      divider(),
      heading('Your open deals'),
      ...(mine.length === 0
        ? [paragraph(['Nothing is open.'])]
        : apart(mine.slice(0, MOST.mine).map((deal): AnyBlock[] => [dealLine(deal), buttons(wayIn(deal))]))),
      ...more(mine.length, MOST.mine),
      ...(recent.length === 0
        ? []
        : [
            divider(),
            heading('Closed lately'),
            ...apart(
              recent
                .slice(0, MOST.recent)
                .map((deal): AnyBlock[] => [
                  dealLine(deal),
                  buttons({ action: ACTIONS.open, label: 'Open', ref: { d: deal.id } }),
                ]),
            ),
          ]),
    ],
  };
}

function waitingBlocks(deal: Deal, viewer: UserId): AnyBlock[] {
  const ask = deal.ask;
  if (ask === null) return [];
  const ref = { d: deal.id, a: ask.id };
  const standIn = ask.manager !== null && ask.manager !== viewer;
  return [
    rich(
      line(
        { bold: cut(deal.account, 400) },
        ` (${businessAndAmount(deal)}) will reconsider if we `,
        { bold: requestOf(deal) },
        '; answer by ',
        { date: ask.deadline, strong: true },
        '.',
      ),
      line(
        'Asked by ',
        { user: deal.rep },
        ...(standIn && ask.manager !== null ? [', for ', { user: ask.manager }] : []),
      ),
    ),
    buttons(
      { action: ACTIONS.match, label: 'Match', ref, style: 'primary' },
      { action: ACTIONS.counter, label: 'Counter', ref },
      { action: ACTIONS.decline, label: 'Decline', ref },
      { action: ACTIONS.askRep, label: 'Ask the rep', ref },
      { action: ACTIONS.open, label: 'Open', ref },
    ),
  ];
}

function more(all: number, shown: number): AnyBlock[] {
  return all > shown ? [quiet(`And ${all - shown} more.`)] : [];
}
