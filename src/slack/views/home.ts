import type { AnyBlock, HomeView } from '@slack/types';
import type { WaitingVersions } from '../../coach/playbookPreview';
import type { Setup } from '../../coach/setup';
import { stationOf } from '../../deal/asking/stations';
import { nudgedUntil } from '../../deal/decide/rescue';
import type { Actor } from '../../deal/model/commands';
import type { Approval, Deal, UserId } from '../../deal/model/deal';
import { factsOf, known } from '../../deal/model/facts';
import { formatMoney } from '../../deal/model/money';
import type { ParkedDeal } from '../../store/store';
import { ACTIONS, VIEWS } from '../ids';
import {
  aboutDeal,
  account,
  type ButtonOptions,
  businessAndAmount,
  buttons,
  cut,
  DECISION_LABELS,
  dayWords,
  dealLine,
  decideButtons,
  line,
  offerWords,
  openButton,
  type Part,
  paragraph,
  quote,
  requestOf,
  rich,
  rowOf,
  signingParts,
  toldApart,
  wishParts,
} from '../text';
import { apart, divider, heading, quiet } from './blocks';
import { versionBlocks } from './playbooks';
import { setupBlocks } from './setup';

export interface HomeOptions {
  /** Open deals where the viewer is the rep. */
  readonly mine: readonly Deal[];
  /** Deals whose ask waits for the viewer. */
  readonly waiting: readonly Deal[];
  /** Other open deals the viewer looks after. */
  readonly others: readonly Deal[];
  /** Closed deals of the viewer. */
  readonly recent: readonly Deal[];
  readonly viewer: Actor;
  /** Full names of the reps of waiting deals, and of the people whom an ask of the viewer's deals waits for. */
  readonly names: ReadonlyMap<UserId, string>;
  /** The days on which the viewer is out now, and who decides meanwhile; null: they are there. */
  readonly out: Absence | null;
  readonly isAdmin: boolean;
  readonly isManager: boolean;
  /** The settings name a channel for threads. */
  readonly hasChannel: boolean;
  /** What is left to set up; null: nothing, or it is not theirs to do. */
  readonly setup: Setup | null;
  /** New versions that wait for the viewer, an admin; absent: none. */
  readonly versions?: WaitingVersions;
}

export interface Absence {
  readonly standIn: UserId;
  /** The last day, `YYYY-MM-DD`; null: until they are back. */
  readonly until: string | null;
  /** Today in the viewer's time zone, `YYYY-MM-DD`. */
  readonly today: string;
}

/** A deal takes three blocks with its divider, within Slack's 100. */
const MOST = { waiting: 6, mine: 8, others: 8, recent: 4 };
const OFFER_MAX = 240;

/** App Home: deals that wait for the viewer come first, then their own, then those they look after. */
export function home(options: HomeOptions): HomeView {
  const { mine, waiting, others, recent, viewer, names, out, isAdmin, setup, versions } = options;
  return {
    type: 'home',
    callback_id: VIEWS.home,
    blocks: toldApart([
      ...absence(out),
      ...noChannel(options),
      ...section('Waiting for you', waiting, MOST.waiting, (deal) =>
        waitingBlocks(deal, viewer.userId, names),
      ),
      heading('They said no?'),
      paragraph(['Start here, or type /lostdeal and the company. Nothing to type during the call.']),
      buttons(
        { action: ACTIONS.start, label: 'Start', style: 'primary' },
        { action: ACTIONS.practice, label: 'Practice first' },
      ),
      divider(),
      ...(versions === undefined ? [] : versionBlocks(versions)),
      ...setupBlocks(setup),
      ...(mine.length === 0
        ? [heading('Your open deals'), paragraph(['Nothing is open.']), divider()]
        : section('Your open deals', mine, MOST.mine, (deal) => [
            dealLine(deal),
            ...nudged(deal),
            buttons(...aboutDeal(deal, rowOf(deal, viewer, names))),
          ])),
      ...section(
        isAdmin ? 'Everybody’s open deals' : 'Your reps’ open deals',
        others,
        MOST.others,
        (deal) => [
          dealLine(deal, { withRep: true }),
          buttons(...aboutDeal(deal, rowOf(deal, viewer, names))),
        ],
      ),
      ...section('Closed lately', recent.slice(0, MOST.recent), MOST.recent, (deal) => [
        dealLine(deal),
        buttons(...aboutDeal(deal, [openButton(deal)])),
      ]),
      buttons(...ways(options)),
    ]),
  };
}

/** From when on the rep can nudge again, so that nobody has to tap to learn it. */
function nudged(deal: Deal): AnyBlock[] {
  const until = deal.nudges.at(-1)?.kind === 'from_rep' ? nudgedUntil(deal) : null;
  return until === null ? [] : [rich(line({ italic: 'Nudged. You can nudge again ' }, { date: until }, '.'))];
}

/** "You're out until Monday. @dana decides." */
function absence(out: Absence | null): AnyBlock[] {
  if (out === null) return [];
  const { standIn, until, today } = out;
  const days = until === null ? '' : ` until ${dayWords(until, today)}`;
  return [
    rich(line({ bold: `You're out${days}.` }, ' ', { user: standIn }, ' decides.')),
    buttons({ action: ACTIONS.backAgain, label: "I'm back" }),
    divider(),
  ];
}

/** One section; no blocks when it has no deals. */
function section(
  title: string,
  deals: readonly Deal[],
  most: number,
  blocksOf: (deal: Deal) => readonly AnyBlock[],
): AnyBlock[] {
  if (deals.length === 0) return [];
  return [
    heading(title),
    ...apart(deals.slice(0, most).map(blocksOf)),
    // The total is unknown: the caller reads no more deals than a Home may need.
    ...(deals.length > most ? [quiet('There are more. Type /lostdeal list.')] : []),
    divider(),
  ];
}

function ways({ isAdmin, isManager }: HomeOptions): ButtonOptions[] {
  return [
    { action: ACTIONS.upcoming, label: 'Coming up' },
    { action: ACTIONS.quietHours, label: 'My quiet hours' },
    ...(isManager || isAdmin ? [{ action: ACTIONS.out, label: "When I'm out" }] : []),
    ...(isAdmin ? [{ action: ACTIONS.settings, label: 'Settings' }] : []),
  ];
}

function noChannel({ hasChannel, isAdmin, setup }: HomeOptions): AnyBlock[] {
  // The list of what is left to set up begins with the channel.
  if (hasChannel || setup !== null) return [];
  return isAdmin
    ? [
        rich(
          line({ bold: 'Where should deals go?' }),
          line('Nobody has chosen a channel yet, so deals have no thread. A private channel is best.'),
        ),
        buttons({
          action: ACTIONS.settingsForm,
          label: 'Choose a channel',
          ref: { section: 'threads' },
          style: 'primary',
        }),
        divider(),
      ]
    : [quiet('Deals have no thread yet. An admin can choose a channel with /lostdeal settings.')];
}

/**
 * Everything for a decision in ten seconds: the prospect's wish, the deadline, the other offer and the cost of a yes.
 */
function waitingBlocks(deal: Deal, viewer: UserId, names: HomeOptions['names']): AnyBlock[] {
  const ask = deal.ask;
  if (ask === null) return [];
  const standsIn = deal.manager !== null && deal.manager !== viewer;
  // The first line already says what the prospect wants.
  const request = requestOf(deal);
  const words = offerWords(deal)
    .filter((it) => !request.includes(it.trim().replace(/[.;,\s]+$/u, '')))
    .join('\n');
  const obstacle = known(factsOf(deal).obstacle);
  const { recommendation, yesCosts, competitor, ourOffer } = deal.details;
  // The maker of the proposal may still decide otherwise.
  const approval = ask.approval?.by === viewer ? null : ask.approval;
  return [
    rich(
      ...(ask.changed === null
        ? []
        : [line({ bold: "What's changed: " }, `“${cut(ask.changed, OFFER_MAX)}”`)]),
      line(
        account(deal),
        ` (${businessAndAmount(deal)}) `,
        ...wishParts(deal),
        '. Please decide by ',
        { date: stationOf(ask).answerBy, strong: true },
        '.',
      ),
      ...(words === ''
        ? []
        : [
            line(competitor === null ? 'They also said' : `Against ${cut(competitor, 80)}. They also said`),
            quote(cut(words, OFFER_MAX)),
          ]),
      ...(ourOffer === null ? [] : [line('We had offered: ', cut(ourOffer, OFFER_MAX))]),
      ...(obstacle === null ? [] : [line('Also in the way: ', cut(obstacle, OFFER_MAX))]),
      line(
        ...(words === '' && competitor !== null ? [`Against ${cut(competitor, 80)}. `] : []),
        ...signingParts(deal),
      ),
      ...(yesCosts === null ? [] : [line('A yes costs ', { bold: formatMoney(yesCosts) }, '.')]),
      line(
        'From ',
        { user: deal.rep },
        ...(standsIn && deal.manager !== null ? [', for ', { user: deal.manager }] : []),
        ...(recommendation === null ? ['.'] : [`: “${cut(recommendation, OFFER_MAX)}”`]),
      ),
      ...(approval === null ? [] : [line(...proposalParts(approval))]),
    ),
    buttons(
      ...aboutDeal(deal, [
        ...decideButtons(deal, viewer, names.get(deal.rep) ?? null),
        { ...openButton(deal), ref: { deal: deal.id, ask: ask.id } },
      ]),
    ),
  ];
}

/** "@maya would counter with “…”, which costs us $6,000 and needs a second yes." */
function proposalParts({ by, terms }: Approval): Part[] {
  const cost = terms.value === null ? '' : `costs us ${formatMoney(terms.value)} and `;
  return [
    { user: by },
    ` wants to ${DECISION_LABELS[terms.kind].toLowerCase()} with “${cut(terms.terms, OFFER_MAX)}”, which ${cost}needs a second yes.`,
  ];
}

/** Home shows at most this many; each takes two of Slack's 100 blocks. */
export const MOST_PARKED = 3;

/** For admins, at the foot of App Home: deals whose messages in Slack are out of date. Empty when there are none. */
export function homeParked(deals: readonly ParkedDeal[]): AnyBlock[] {
  if (deals.length === 0) return [];
  return [
    divider(),
    heading('Not shown in Slack'),
    quiet("Slack didn't take some messages of these deals. Nothing is lost, and we keep trying."),
    ...toldApart(
      deals
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
          buttons(
            ...aboutDeal(deal, [
              { action: ACTIONS.showAgain, label: 'Try again', ref: { deal: deal.dealId } },
            ]),
          ),
        ]),
    ),
    ...(deals.length > MOST_PARKED ? [quiet('There are more. They follow once these work again.')] : []),
  ];
}
