import type { AnyBlock, ModalView } from '@slack/types';
import type { Deal } from '../../deal/model/deal';
import { ACTIONS, VIEWS } from '../ids';
import { type ButtonOptions, buttons, dealLine, paragraph, resumeButtons } from '../text';
import { divider, pageAfter, pageBefore, quiet, within } from './blocks';
import { modal } from './modal';

/** Slack takes 100 blocks; a deal is two, and a line before the next. */
export const LIST_PAGE = 25;

export interface ListOptions {
  /** Deals that wait for the viewer's decision. */
  readonly waiting?: readonly Deal[];
  /** Their own as a rep. */
  readonly mine: readonly Deal[];
  /** Others they look after. */
  readonly others?: readonly Deal[];
  /** Counts from 0; one that is not there any more is the last one. */
  readonly page?: number;
  /** There are more of a kind than so many, and they are left out; absent: these are all. */
  readonly upTo?: number | null;
}

interface Entry {
  readonly section: string;
  readonly deal: Deal;
  readonly row: readonly ButtonOptions[];
  readonly withRep: boolean;
}

/** `/lostdeal list`: what waits for me, my open deals, each with the way in, and then those I look after. */
export function list({ waiting = [], mine, others = [], page = 0, upTo = null }: ListOptions): ModalView {
  const entries: Entry[] = [
    ...waiting.map((deal) => entry('Waiting for you', deal, [openButton(deal)], true)),
    ...mine.map((deal) => entry('Yours', deal, waysIn(deal), false)),
    ...others.map((deal) => entry('Others you look after', deal, [openButton(deal)], true)),
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

const openButton = (deal: Deal): ButtonOptions => ({
  action: ACTIONS.open,
  label: 'Open',
  ref: { deal: deal.id },
});

/** Somebody's own deals need no heading where they come first. */
function blocksOf({ section, deal, row, withRep }: Entry, before: Entry | null): AnyBlock[] {
  const begins = before?.section !== section && !(before === null && section === 'Yours');
  return [
    ...(before === null ? [] : [divider()]),
    ...(begins ? [quiet(section)] : []),
    dealLine(deal, { withRep }),
    buttons(...row),
  ];
}

function nothingOpen(): AnyBlock[] {
  return [
    paragraph(['Nothing is open. When a prospect says no, type /lostdeal before you hang up.']),
    buttons({ action: ACTIONS.start, label: 'Start', style: 'primary' }),
  ];
}

/** *Resume* for a call that was not finished, *Try now* when nobody was reached, else *Open*. */
export function waysIn(deal: Deal): ButtonOptions[] {
  if (deal.stage !== 'coaching') return [openButton(deal)];
  return deal.position === null
    ? [{ action: ACTIONS.tryNow, label: 'Try now', ref: { deal: deal.id } }]
    : resumeButtons(deal);
}
