import type { AnyBlock, ModalView } from '@slack/types';
import type { Actor } from '../../deal/model/commands';
import type { Deal, UserId } from '../../deal/model/deal';
import { ACTIONS, VIEWS } from '../ids';
import { aboutDeal, type ButtonOptions, buttons, dealLine, paragraph, rowOf } from '../text';
import { divider, pageAfter, pageBefore, quiet, within } from './blocks';
import { modal } from './modal';

/** Slack takes 100 blocks; a deal takes two, and a divider before the next. */
export const LIST_PAGE = 25;

export interface ListOptions {
  readonly viewer: Actor;
  /** Full names of the reps, and of the people whom an ask waits for. */
  readonly names: ReadonlyMap<UserId, string>;
  /** Deals that wait for the viewer's decision. */
  readonly waiting?: readonly Deal[];
  /** Deals of which the viewer is the rep. */
  readonly mine: readonly Deal[];
  /** Other deals they look after. */
  readonly others?: readonly Deal[];
  /** Counts from 0; a number past the end shows the last page. */
  readonly page?: number;
  /** The list leaves out deals of a kind beyond this number; absent: it has all. */
  readonly upTo?: number | null;
}

interface Entry {
  readonly section: string;
  readonly deal: Deal;
  readonly row: readonly ButtonOptions[];
  readonly withRep: boolean;
}

/**
 * `/lostdeal list`: deals that wait for the viewer, then their open deals, then those they look after, each with
 * the viewer's next actions, as on App Home.
 */
export function list({
  viewer,
  names,
  waiting = [],
  mine,
  others = [],
  page = 0,
  upTo = null,
}: ListOptions): ModalView {
  const row = (deal: Deal): ButtonOptions[] => rowOf(deal, viewer, names);
  const entries: Entry[] = [
    ...waiting.map((deal) => entry('Waiting for you', deal, row(deal), true)),
    ...mine.map((deal) => entry('Yours', deal, row(deal), false)),
    ...others.map((deal) => entry('Others you look after', deal, row(deal), true)),
  ];
  const pages = Math.ceil(entries.length / LIST_PAGE);
  const at = within(page, pages);
  const more = at < pages - 1;
  const turn = { action: ACTIONS.listPage, page: at, more };
  const from = at * LIST_PAGE;
  const shown = entries.slice(from, from + LIST_PAGE);
  return modal({
    id: VIEWS.list,
    title: 'Your open deals',
    ref: { page: at },
    blocks: [
      ...(entries.length === 0 ? nothingOpen() : []),
      ...shown.flatMap((it, index) => blocksOf(it, shown[index - 1] ?? null)),
      ...(pages <= 1 ? [] : [quiet(`${from + 1} to ${from + shown.length} of ${entries.length}.`)]),
      ...pageBefore('Previous page', turn),
      ...pageAfter('Next page', turn),
      ...(upTo !== null && !more
        ? [quiet(`Of each kind the ${upTo} with the latest news are listed. The others have their threads.`)]
        : []),
    ],
  });
}

const entry = (section: string, deal: Deal, row: readonly ButtonOptions[], withRep: boolean): Entry => ({
  section,
  deal,
  row,
  withRep,
});

/** The viewer's own deals need no heading when they come first. */
function blocksOf({ section, deal, row, withRep }: Entry, before: Entry | null): AnyBlock[] {
  const begins = before?.section !== section && !(before === null && section === 'Yours');
  return [
    ...(before === null ? [] : [divider()]),
    ...(begins ? [quiet(section)] : []),
    dealLine(deal, { withRep }),
    buttons(...aboutDeal(deal, row)),
  ];
}

function nothingOpen(): AnyBlock[] {
  return [
    paragraph(['Nothing is open. When they say no, type /lostdeal before you hang up.']),
    buttons({ action: ACTIONS.start, label: 'Start', style: 'primary' }),
  ];
}
