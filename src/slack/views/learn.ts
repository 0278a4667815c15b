/** Screens of figures: one competitor, and the deals behind a report. */
import type { AnyBlock, ModalView } from '@slack/types';
import type { CallEnds } from '../../coach/callEnds';
import type { Learned, PledgeFigures } from '../../coach/learn';
import type { Deal } from '../../deal/model/deal';
import { formatMoney } from '../../deal/model/money';
import type { FigureDeal } from '../../store/store';
import { ACTIONS, companyRef, type Ref, VIEWS } from '../ids';
import {
  buttons,
  competitorBlocks,
  cut,
  dealsRow,
  line,
  list,
  offerWords,
  paragraph,
  pledgeCounts,
  pledgeParts,
  quote,
  rich,
  verdict,
} from '../text';
import { apart, divider, heading, pageAfter, pageBefore, quiet } from './blocks';
import { modal } from './modal';

/** Deals of a screen: each takes two blocks and a divider. */
export const DEALS_SHOWN = 25;
/** Deals whose buyers' words stand on the page of a competitor. */
export const OFFERS_SHOWN = 8;
const OFFER_MAX = 240;
const NAME_MAX = 40;
/** Versions of playbooks on one page. */
const VERSIONS_SHOWN = 3;
const TITLE_MAX = 80;
/** Fewer calls than this say nothing of a step. */
const ENOUGH = 3;

/** Reasons with a sentence of their own. */
const WORKED_SHOWN = 5;

export interface Offers {
  readonly deals: readonly Deal[];
  /** From 0; figures stand on the first. */
  readonly page: number;
  readonly more: boolean;
}

/** `/lostdeal vs Globex`: how we do against them, what worked, whether they keep their word, and what they offered. */
export function competitorPage(learned: Learned, offers: Offers, typed: string): ModalView {
  const name = learned.asked.competitor ?? '';
  const none = learned.figures.funnel.lost === 0;
  const pages = { action: ACTIONS.competitorOffers, ref: { account: name }, ...offers };
  const row = dealsRow(learned, { section: 'all', company: companyRef(name) });
  return modal({
    id: VIEWS.competitor,
    title: `Against ${name}`,
    blocks: [
      ...pageBefore('Back', pages),
      ...(offers.page > 0 ? [] : competitorBlocks(learned)),
      ...(offers.page > 0 || row === null ? [] : [row]),
      ...(offers.page > 0 || none ? [] : lessonBlocks(learned)),
      ...(none ? [...namesAlike(learned), ...askWhether(typed)] : offerPage(offers)),
      ...pageAfter('Show more', pages),
    ],
  });
}

/** The names nearest to a mistyped one, each in a row of its own, since a row holds an action once. */
function namesAlike({ alike = [] }: Learned): AnyBlock[] {
  return [
    ...(alike.length === 0
      ? []
      : [paragraph([alike.length === 1 ? 'Did you mean this one?' : 'Did you mean one of these?'])]),
    ...alike.map((name) =>
      buttons({
        action: ACTIONS.competitorOffers,
        label: `See ${cut(name, NAME_MAX)}`,
        ref: { account: name, page: 0 },
      }),
    ),
  ];
}

function askWhether(typed: string): AnyBlock[] {
  return [
    paragraph([`Is “${cut(typed, 80)}” the company that said no?`]),
    buttons({
      action: ACTIONS.start,
      label: 'Start the call',
      ref: { account: typed },
      style: 'primary',
    }),
  ];
}

function lessonBlocks({ figures, reasons, exchange }: Learned): AnyBlock[] {
  const given = figures.reasons
    .filter((it) => it.given > 0)
    .sort((a, b) => b.back - a.back || b.given - a.given)
    .slice(0, WORKED_SHOWN);
  const [pledges] = figures.pledges;
  return [
    divider(),
    heading('What worked'),
    given.length === 0
      ? paragraph(["We haven't improved an offer against them yet."])
      : rich(...given.map((it) => line(verdict(it, reasons, exchange)))),
    heading('What they promised'),
    paragraph([pledges === undefined ? 'Nobody wrote down what they promised.' : pledgeSentence(pledges)]),
  ];
}

/** "They promised something in 7 deals. We asked in 4: 1 held, 2 broken." */
function pledgeSentence(pledges: PledgeFigures): string {
  const { promised, asked } = pledges;
  const first = `They promised something in ${promised} ${promised === 1 ? 'deal' : 'deals'}.`;
  if (asked === 0) return `${first} It's too early to ask if it held.`;
  const counts = pledgeCounts(pledges);
  return counts === ''
    ? `${first} Nobody has recorded if it held.`
    : `${first} We asked in ${asked}: ${counts}.`;
}

function offerPage({ deals, page }: Offers): AnyBlock[] {
  return [
    divider(),
    heading('What they offered'),
    ...(deals.length === 0
      ? [paragraph([page > 0 ? 'There are no more.' : 'Nobody wrote down what they offered.'])]
      : apart(deals.map(offerBlocks))),
  ];
}

function offerBlocks(deal: Deal): AnyBlock[] {
  const kept = deal.pledge?.answer == null ? [] : [line(...pledgeParts(deal))];
  return [
    rich(
      line({ bold: cut(deal.account, 80) }, `  ·  ${cameBack(deal)}  ·  `, {
        date: deal.startedAt,
        style: 'shortDay',
      }),
      quote(cut(offerWords(deal).join('\n'), OFFER_MAX)),
      ...kept,
    ),
    buttons({ action: ACTIONS.open, label: 'Open', about: deal.account, ref: { deal: deal.id } }),
  ];
}

const cameBack = ({ outcome, stage }: Deal): string =>
  outcome?.kind === 'won_back' ? 'Back' : stage === 'closed' ? 'Still lost' : 'Open';

/**
 * The deals behind one figure, a page of them.
 *
 * @param ref the figure, and the page
 */
export function figureDeals(title: string, deals: readonly FigureDeal[], ref: Ref, more: boolean): ModalView {
  const { page = 0, ...rest } = ref;
  const turn = { action: ACTIONS.figureDeals, page, more, ref: rest };
  return modal({
    id: VIEWS.figureDeals,
    title: 'Deals behind it',
    ref,
    blocks: [
      paragraph([{ bold: title }]),
      ...(deals.length === 0
        ? [paragraph(['There are no deals here that you can see.'])]
        : [
            ...pageBefore('Show newer', turn),
            ...apart(
              deals.map((deal) => [
                rich(
                  line(
                    { date: deal.startedAt, style: 'day', strong: true },
                    '  ·  ',
                    cut(deal.account, 80),
                    `  ·  ${whatHappened(deal)}  ·  `,
                    { user: deal.rep },
                  ),
                ),
                buttons({
                  action: ACTIONS.open,
                  label: 'Open',
                  about: deal.account,
                  ref: { deal: deal.dealId },
                }),
              ]),
            ),
            ...pageAfter('Show more', turn),
          ]),
    ],
  });
}

function whatHappened({ isBack, isSigned, isLost, wasTried, back }: FigureDeal): string {
  const worth = back === null ? '' : `, ${formatMoney(back)}`;
  if (isSigned) return `Back and signed${worth}`;
  if (isBack) return `Back, not signed yet${worth}`;
  if (!isLost) return 'Open';
  return wasTried ? 'Tried, still lost' : 'Still lost';
}

/**
 * Where the calls of each version of a playbook end without an answer, a page of versions.
 *
 * @param ref the choice that the figures are over, and the page
 */
export function callEndsScreen(versions: readonly CallEnds[], ref: Ref): ModalView {
  const { page = 0, ...rest } = ref;
  const from = page * VERSIONS_SHOWN;
  const shown = versions.slice(from, from + VERSIONS_SHOWN);
  const turn = { action: ACTIONS.callEnds, page, more: versions.length > from + shown.length, ref: rest };
  return modal({
    id: VIEWS.callEnds,
    title: 'Where calls end',
    ref,
    blocks:
      shown.length === 0
        ? [paragraph(['There are no calls here that you can see.'])]
        : [
            ...pageBefore('Show newer', turn),
            ...apart(shown.map((version) => [versionBlock(version)])),
            ...pageAfter('Show more', turn),
            quiet("A call ended at a step when they wouldn't answer there, or the rep didn't go on."),
          ],
  });
}

function versionBlock({ playbook, since, calls, steps }: CallEnds): AnyBlock {
  const [worst] = [...steps].sort((a, b) => b.left - a.left);
  const point =
    worst === undefined || worst.left < ENOUGH
      ? []
      : [line(`Calls end most often at ${cut(worst.title, TITLE_MAX)}: ${worst.left} of ${calls}.`)];
  return rich(
    line(
      { bold: `${cut(playbook.title, TITLE_MAX)}, since ` },
      { date: since, style: 'shortDay', strong: true },
    ),
    ...point,
    list(steps.map(({ title, reached, left }) => [`${cut(title, TITLE_MAX)}: ${stepCounts(reached, left)}`])),
  );
}

/** "40 calls, 2 ended here" */
const stepCounts = (reached: number, left: number): string =>
  `${reached} ${reached === 1 ? 'call' : 'calls'}${left === 0 ? '' : `, ${left} ended here`}`;
